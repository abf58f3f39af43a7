"""`Run.standing`: the run's own figures, the sector's levels, and in which band they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments.run import Run
from ccsim.scenario.sectors import benchmarks


@pytest.mark.parametrize("sector", list(benchmarks()))
def test_values_are_those_of_the_run(small_run: Run, sector: str) -> None:
    frame = small_run.standing(sector).set_index("measure")
    assert set(frame.index) == set(benchmarks()[sector])
    scores = small_run.summary().set_index("measure")
    measures = small_run.measures().set_index("measure")
    for name in frame.index.intersection(scores.index):
        known = measures.loc[name, "value"] if name in measures.index else scores.loc[name, "value"]
        assert frame.loc[name, "value"] == known
    assert (frame["low"] <= frame["value"]).all() and (frame["value"] <= frame["high"]).all()
    assert (frame["band"] != "").all()
    assert frame.loc["cost_per_contact", "unit"] == "EUR"


def test_bands_follow_from_the_levels_by_hand(small_run: Run) -> None:
    frame = small_run.standing("bank").set_index("measure")
    assert frame.loc["churn", "band"] == "poor"  # 18 % a year stated, 8 % usual
    assert frame.loc["churn", "usual"] == 0.08 and frame.loc["churn", "confidence"] == "assumption"
    fcr = frame.loc["fcr", "value"]
    assert frame.loc["fcr", "band"] == (
        "usual" if 0.71 <= fcr < 0.8 else "poor" if fcr < 0.71 else "excellent"
    )


def test_the_sector_is_that_of_the_preset(small_run: Run, small_file: Path) -> None:
    scenario = ccsim.load(small_file, sets=["targets.preset=insurance"])
    run = Run(scenario, small_run.tallies, small_run.fresh, small_run.clock)
    assert set(run.standing()["sector"]) == {"insurance"}
    assert set(run.standing("telecom")["sector"]) == {"telecom"}


def test_without_a_sector_it_says_what_to_write(small_run: Run) -> None:
    with pytest.raises(CcsimError, match=r"targets: \{preset: bank\}"):
        small_run.standing()
    with pytest.raises(CcsimError, match="no sector is called `florist`; there are ecommerce, b2b"):
        small_run.standing("florist")


def test_effort_stands_the_same_whichever_way_it_is_shown(small_run: Run, small_file: Path) -> None:
    turned = ccsim.load(small_file, sets=["experience.ces.polarity=effort"])
    hard = (
        Run(turned, small_run.tallies, small_run.fresh, small_run.clock).standing("bank").set_index("measure")
    )
    easy = small_run.standing("bank").set_index("measure")
    assert hard.loc["ces", "band"] == easy.loc["ces", "band"]
    for name in ("value", "usual", "good", "excellent"):
        assert hard.loc["ces", name] == pytest.approx(8 - easy.loc["ces", name])
    others = [name for name in easy.index if name != "ces"]
    numbers = ["value", "low", "high", "usual", "good", "excellent"]
    np.testing.assert_array_equal(easy.loc[others, numbers], hard.loc[others, numbers])
