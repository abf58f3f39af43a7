"""Effort scores shown with 7 easy or 7 hard: 8 - x in one row, and not a byte different elsewhere."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import ccsim
from ccsim.experiments.labels import band_of
from ccsim.experiments.run import Run
from ccsim.results.journeys import COLUMNS
from ccsim.scenario.targets import Band

EFFORT = "experience.ces.polarity=effort"
TURNED = ["label", "value", "low", "high", "model_low", "model_high", "target_min", "target_max", "verdict"]


@pytest.fixture(scope="module")
def hard_run(small_file: Path) -> Run:
    return ccsim.run(ccsim.load(small_file, sets=[EFFORT]), clock="simpy")


def test_only_the_row_of_effort_is_turned(small_run: Run, hard_run: Run) -> None:
    easy, hard = (run.summary() for run in (small_run, hard_run))
    own = easy["measure"] == "ces"
    pd.testing.assert_frame_equal(easy[~own], hard[~own], check_exact=True)
    old, new = easy[own].iloc[0], hard[own].iloc[0]
    assert (old["label"], new["label"]) == ("effort (CES 1–7, 7 easy)", "effort (CES 1–7, 7 hard)")
    assert new["value"] == 8 - old["value"]
    assert (new["low"], new["high"]) == (8 - old["high"], 8 - old["low"])
    assert (new["model_low"], new["model_high"]) == (8 - old["model_high"], 8 - old["model_low"])
    assert new["low"] < new["value"] < new["high"]
    rest = [name for name in easy.columns if name not in TURNED]
    pd.testing.assert_series_equal(old[rest], new[rest], check_names=False)


def test_nothing_downstream_changes_by_a_byte(small_run: Run, hard_run: Run) -> None:
    easy, hard = small_run.outcomes, hard_run.outcomes
    for name in (*COLUMNS, "ln_wait", "count"):
        assert getattr(easy.case.pooled, name).tobytes() == getattr(hard.case.pooled, name).tobytes()
    for name, value in vars(easy.alone.outcome.scores).items():
        assert value.tobytes() == getattr(hard.alone.outcome.scores, name).tobytes(), name
    for part in ("relation", "bad", "severe", "stay"):
        assert getattr(easy.alone.spread, part).tobytes() == getattr(hard.alone.spread, part).tobytes()
    assert easy.alone.calibration.to_json() == hard.alone.calibration.to_json()
    assert easy.drivers == hard.drivers
    pd.testing.assert_frame_equal(small_run.measures(), hard_run.measures(), check_exact=True)


def test_targets_are_read_in_the_polarity_shown(small_file: Path) -> None:
    own = ccsim.load(small_file, sets=[EFFORT, "targets.ces=max 4"])
    assert band_of(own, "ces") == Band(max=4.0)
    row = ccsim.run(own, 1, clock="simpy").summary().set_index("measure").loc["ces"]
    assert row["verdict"] == "ok" and row["target_max"] == 4.0
    missed = ccsim.run(ccsim.load(small_file, sets=["targets.ces=max 4"]), 1, clock="simpy")
    assert missed.summary().set_index("measure").loc["ces", "verdict"] == "MISS"  # ease is above 4


def test_a_band_of_the_preset_is_kept_as_ease_and_turned(small_file: Path) -> None:
    preset = Band(min=5.0, source="somebody")
    for word, expected in (("ease", preset), ("effort", Band(max=3.0, source="somebody"))):
        scenario = ccsim.load(small_file, sets=[f"experience.ces.polarity={word}"])
        bands = scenario.targets.model_copy(update={"bands": {"ces": preset}})
        assert band_of(scenario.model_copy(update={"targets": bands}), "ces") == expected
