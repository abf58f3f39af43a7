"""Which level a value reaches: worst first, either direction, unknown stays unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim.results.standing import BANDS, band_reached
from ccsim.scenario.sectors import Benchmark, benchmarks


def benchmark(better: str, usual: float | None, good: float | None, excellent: float | None) -> Benchmark:
    return Benchmark("bank", "fcr", better, usual, good, excellent, "usual", "by hand", "moderate")


UP, DOWN = benchmark("up", 0.6, 0.7, 0.8), benchmark("down", 8.0, 5.0, 3.0)


@pytest.mark.parametrize(("value", "band"), [
    (0.59, "poor"), (0.6, "usual"), (0.69, "usual"), (0.7, "good"), (0.8, "excellent"), (float("nan"), ""),
])  # fmt: skip
def test_more_is_better(value: float, band: str) -> None:
    assert band_reached(UP, value) == band


@pytest.mark.parametrize(
    ("value", "band"), [(8.1, "poor"), (8.0, "usual"), (5.0, "good"), (2.0, "excellent")]
)
def test_less_is_better(value: float, band: str) -> None:
    assert band_reached(DOWN, value) == band


def test_levels_that_nobody_gives_are_not_invented() -> None:
    assert band_reached(benchmark("up", None, 40, 60), 30) == "below good"
    assert band_reached(benchmark("up", 0.7, None, 0.8), 0.75) == "usual"
    assert band_reached(benchmark("up", None, None, 70), 60) == "below excellent"


@given(st.sampled_from([row for rows in benchmarks().values() for row in rows.values()]),
       st.floats(-100, 100), st.floats(0, 50))  # fmt: skip
def test_better_never_stands_lower(row: Benchmark, value: float, more: float) -> None:
    better = value + more if row.better == "up" else value - more

    def rank(band: str) -> int:
        return BANDS.index(band) if band in BANDS else 0

    assert rank(band_reached(row, better)) >= rank(band_reached(row, value))
