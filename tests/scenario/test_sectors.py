"""Levels by sector: in order, sourced, honest about how sure they are; targets are among them."""

from __future__ import annotations

import itertools

import pytest

from ccsim.scenario import loads
from ccsim.scenario.sectors import CONFIDENCES, benchmarks
from ccsim.scenario.targets import MEASURE_UNITS, presets
from ccsim.scenario.templates import template

ASKED = {"csat", "ces", "nps", "fcr", "churn", "cost_per_contact"}
ROWS = [row for rows in benchmarks().values() for row in rows.values()]


def test_every_sector_speaks_of_what_was_asked() -> None:
    for sector, rows in benchmarks().items():
        assert set(rows) >= ASKED, sector


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.sector} {row.measure}")
def test_levels_rise_from_usual_to_excellent(row) -> None:  # type: ignore[no-untyped-def]
    assert row.measure in MEASURE_UNITS and row.better in ("up", "down")
    assert row.levels and row.source and row.confidence in CONFIDENCES
    steps = list(row.levels.values())
    rising = [b > a if row.better == "up" else b < a for a, b in itertools.pairwise(steps)]
    assert all(rising)
    if MEASURE_UNITS[row.measure] == "share":
        assert all(0 < step < 1 for step in steps)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.sector} {row.measure}")
def test_what_no_source_backs_says_so(row) -> None:  # type: ignore[no-untyped-def]
    assert ("assumption" in row.source) == (row.confidence == "assumption") or "none for" in row.source
    if row.confidence == "assumption" and row.measure in ("ces", "churn"):
        assert not row.target  # nobody misses a target that we made up


def test_a_target_is_one_of_the_levels() -> None:
    for sector, bands in presets().items():
        for measure, band in bands.items():
            row = benchmarks()[sector][measure]
            assert (band.max if row.better == "down" else band.min) == row.levels[row.target]
            assert band.source == row.source


def test_levels_that_the_sources_give() -> None:
    """Read off the project's source documents and SQM's sector figures, by hand."""
    known = benchmarks()
    assert known["ecommerce"]["nps"].levels == {"good": 40, "excellent": 60}
    assert known["ecommerce"]["csat"].levels == {"good": 0.88, "excellent": 0.90}
    assert known["b2b"]["csat"].levels == {"good": 0.82, "excellent": 0.85}
    assert known["b2b"]["nps"].usual == 30
    sqm = {
        "bank": (0.71, 0.75),
        "telecom": (0.61, 0.68),
        "insurance": (0.76, 0.80),
        "utility": (0.72, 0.76),
        "saas": (0.65, 0.75),
    }
    for sector, (fcr, csat) in sqm.items():
        assert (known[sector]["fcr"].usual, known[sector]["csat_top"].usual) == (fcr, csat)


def test_a_sector_that_nobody_knows_is_refused_with_the_nearest() -> None:
    from ccsim.errors import CcsimError

    with pytest.raises(CcsimError, match="did you mean `telecom`"):
        loads(template("quickstart") + "targets: {preset: telecoms}\n")
