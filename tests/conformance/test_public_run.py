"""From scenario to measures through the public names: what a planner reads off is the truth too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri, stdtr

import ccsim
from ccsim.centre.clock_compiled import available
from conformance.case import EXACT
from conformance.cases import CASES

LIMIT = 3.3
REPLICATIONS = 16


def score(value: float, se: float, truth: float) -> float:
    t = (value - truth) / se
    return float(np.copysign(-ndtri(stdtr(REPLICATIONS - 1, -abs(t))), t))


@pytest.fixture(scope="module")
def erlang_a() -> ccsim.Run:
    hours = 72.0 if available() else 24.0
    changes = {"channels.voice.target": "80% in 20s", "channels.voice.short_abandon": "20s", "seed": "5"}
    scenario = CASES["EA1"].build(hours).with_changes(changes)
    return ccsim.run(scenario, replications=REPLICATIONS)


EXPECTED = {
    "service_level_offered": "sl_offered_20s",
    "service_level_answered": "sl_answered_20s",
    "service_level": "sl_excl_short_ab_20s",  # short abandons are not counted: here those within 20 s
    "abandonment_all": "p_abandon",
    "asa": "asa_answered",
    "occupancy": "occupancy",
}


@pytest.mark.parametrize("measure", EXPECTED)
def test_measures_of_a_run_are_true(erlang_a: ccsim.Run, measure: str) -> None:
    """Each replication starts empty and is counted from the start: a bias far below the standard error."""
    table: Any = erlang_a.measures().set_index("measure").loc[measure]
    truth = EXACT["EA1"]["outputs"][EXPECTED[measure]]
    assert abs(score(table["value"], table["se"], truth)) < LIMIT
    assert table["se"] < 0.05 * truth


def test_intervals_hold_what_they_promise(erlang_a: ccsim.Run) -> None:
    """A 95 % interval is Student's t times the standard error on either side."""
    table = erlang_a.measures().set_index("measure").loc["asa"]
    assert table["low"] < table["value"] < table["high"]
    assert table["high"] - table["value"] == pytest.approx(2.131 * table["se"], rel=0.05)
