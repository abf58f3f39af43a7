"""Targets speak of the measures there are, in their units."""

from __future__ import annotations

import pytest

from ccsim.results.measures import MEASURES
from ccsim.scenario import loads
from ccsim.scenario.targets import MEASURE_UNITS
from ccsim.scenario.templates import template

UNITS = {"share": "share", "duration": "s", "number": "number", "money": "money"}
OF_THE_OUTCOME_MODEL = {"csat", "csat_top", "csat_surveyed", "csat_mean", "ces", "nps", "churn"}


def test_every_target_is_a_measure_of_that_unit() -> None:
    for name, unit in MEASURE_UNITS.items():
        if name not in OF_THE_OUTCOME_MODEL:
            assert MEASURES[name].unit == UNITS[unit], name


def test_every_rate_time_and_score_may_have_a_target() -> None:
    rated = {name for name, measure in MEASURES.items() if measure.unit in UNITS.values()}
    assert rated <= set(MEASURE_UNITS)


@pytest.mark.parametrize(
    ("band", "low", "high"),
    [
        ("due_hit_rate: min 90%", 0.9, None),
        ("first_response: max 4h", None, 14400),
        ("backlog: max 300", None, 300),
        ("load_per_agent: min 1.5 max 2.5", 1.5, 2.5),
    ],
)
def test_bands_of_every_unit(band: str, low: float | None, high: float | None) -> None:
    text = template("quickstart").replace("economics:", f"targets: {{{band}}}\neconomics:")
    (found,) = loads(text).targets.bands.values()
    assert (found.min, found.max) == (low, high)
