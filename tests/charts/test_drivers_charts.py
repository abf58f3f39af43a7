"""The charts of what is lost: they begin and end where the run says, and every part has its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccsim.charts import effort_drivers, outcome_drivers, style
from ccsim.experiments.run import Run


@pytest.fixture(scope="module")
def place(every_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drivers")
    with style.styled():
        effort_drivers.draw(every_run, folder)
        outcome_drivers.draw(every_run, folder)
    return folder


@pytest.mark.parametrize("of", ["csat", "churn"])
def test_the_waterfall_runs_from_the_best_to_what_is_predicted(place: Path, every_run: Run, of: str) -> None:
    steps = pd.read_csv(place / "effort_drivers.csv").query("of == @of")
    np.testing.assert_allclose(steps["end"].to_numpy()[:-1], steps["start"].to_numpy()[1:])
    assert steps["start"].iloc[0] == pytest.approx(steps["best"].iloc[0])
    predicted = 100 * every_run.outcomes.score(of).value
    assert steps["now"].iloc[0] == pytest.approx(predicted)
    assert steps["end"].iloc[-1] == pytest.approx(predicted, abs=0.05)
    assert (steps["end_low"] <= steps["end_high"]).all()


def test_what_is_lost_by_place_adds_up(place: Path, every_run: Run) -> None:
    cells = pd.read_csv(place / "outcome_drivers.csv")
    frame = every_run.why()
    money = frame["margin"].sum() + frame["handling"].sum()
    assert cells["worth"].sum() == pytest.approx(money)
    assert set(cells["channel"]) <= set(every_run.scenario.channels)


def test_a_part_too_small_to_see_is_left_out(every_run: Run) -> None:
    fall = effort_drivers.fall_of(every_run.reasons(), "csat")
    assert all(abs(step.end - step.start) >= effort_drivers.SMALL for step in fall.steps)
    assert "beginners" not in {step.driver for step in fall.steps}
