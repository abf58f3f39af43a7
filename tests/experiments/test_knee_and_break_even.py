"""Knees and break-even on curves whose knees and crossings are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sweeps import made_sweep

from ccsim.experiments.knee import isotonic, knee

PATIENCE = "channels.voice.patience"
AT = np.arange(1.0, 12.0)


def test_a_broken_line_bends_where_it_is_broken() -> None:
    values = np.minimum(AT, 4.0) * 10 + np.maximum(AT - 4.0, 0.0)
    assert knee(AT, values) == 4.0
    assert knee(AT, 100 - values) == 4.0  # what falls ever more slowly


def test_one_minus_exp() -> None:
    """Of 1 - exp(-x / c) the tangent is parallel to the chord at c ln(width / (c (1 - exp(-width / c))))."""
    at, c = np.linspace(0, 10, 1001), 2.0
    known = c * math.log(10 / (c * (1 - math.exp(-10 / c))))
    assert knee(at, 1 - np.exp(-at / c)) == pytest.approx(known, abs=0.01)


@pytest.mark.parametrize("values", [AT, AT**3, np.ones(11), np.append(AT[:-1], np.nan)])
def test_no_knee_where_nothing_flattens(values: np.ndarray) -> None:
    assert math.isnan(knee(AT, values))


@settings(deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=30))
def test_isotonic_never_falls_and_keeps_the_mean(values: list[float]) -> None:
    found = isotonic(np.array(values))
    assert (np.diff(found) >= -1e-9).all()
    assert found.mean() == pytest.approx(np.mean(values), abs=1e-9)
    assert np.array_equal(isotonic(np.sort(values)), np.sort(values))


def test_a_sweep_knows_its_knee() -> None:
    level = np.minimum(np.arange(1, 11) * 0.2, 0.8) + np.maximum(np.arange(1, 11) - 4, 0) * 0.01
    result = made_sweep([f"{PATIENCE}=1min:10min:1min"], {"service_level": level}, noise=0.01)
    [found] = [one for one in result.all_knees if one.what.measure == "service_level"]
    assert (found.at, found.low, found.high, found.found_in) == (4.0, 4.0, 4.0, 1.0)
    frame = result.knees()
    assert frame.loc[0, ["lever", "measure", "at", "unit"]].tolist() == [
        "patience",
        "service_level",
        4.0,
        "min",
    ]


def test_no_knee_in_what_gets_worse() -> None:
    level = 1 - np.minimum(np.arange(1, 11) * 0.2, 0.8)
    result = made_sweep([f"{PATIENCE}=1min:10min:1min"], {"service_level": level})
    assert result.knees().empty


def test_break_even_is_interpolated() -> None:
    """Net gain 100 x - 330 crosses zero at 3.3; noise of 20 a replication moves that by 0.2 / sqrt(20)."""
    net = 100.0 * np.arange(1, 8) - 330.0
    result = made_sweep([f"{PATIENCE}=1min:7min:1min"], {"net_gain": net}, noise=20.0, spread=50.0)
    [one] = result.crossings
    assert (one.at, one.up) == (pytest.approx(3.3), True)
    half = 1.96 * 0.2 / math.sqrt(20)
    assert one.low == pytest.approx(3.3 - half, abs=0.4 * half)
    assert one.high == pytest.approx(3.3 + half, abs=0.4 * half)
    drawn = np.sort(3.3 - 0.5 * np.random.default_rng(7).normal(size=70)[20:])  # as `made_sweep` draws
    assert one.model_low == pytest.approx(drawn[5], abs=1e-9)
    assert one.model_high == pytest.approx(drawn[45], abs=1e-9)


def test_draws_that_never_cross_lie_beyond() -> None:
    net = 10.0 * np.arange(1, 6) - 45.0
    result = made_sweep([f"{PATIENCE}=1min:5min:1min"], {"net_gain": net}, spread=200.0)
    [one] = result.crossings
    assert (one.model_low, one.model_high) == (-math.inf, math.inf)


def test_falling_crossings_and_none() -> None:
    [one] = made_sweep([f"{PATIENCE}=1min:4min:1min"], {"net_gain": np.array([3.0, 2, 1, -1])}).crossings
    assert (one.at, one.up) == (3.5, False)
    assert (
        made_sweep([f"{PATIENCE}=4min:7min:1min"], {"net_gain": np.array([3.0, 2, 1, 4])}).break_even().empty
    )


def test_the_bases_own_zero_is_no_crossing() -> None:
    """The file has 3 min: between 2 and 4 the sign changes at the base itself."""
    result = made_sweep([f"{PATIENCE}=2min:8min:2min"], {"net_gain": np.array([-5.0, 5, 5, -5])})
    [one] = result.crossings
    assert (one.at, one.up) == (7.0, False)
    at_base = made_sweep([f"{PATIENCE}=1min:4min:1min"], {"net_gain": np.array([-5.0, -3, 0, 4])})
    assert at_base.break_even().empty


def test_the_best_and_what_cannot_be_told_from_it() -> None:
    net = np.array([10.0, 30.0, 30.0 - 1e-6, 5.0])
    result = made_sweep([f"{PATIENCE}=4min:7min:1min"], {"net_gain": net}, noise=5.0)
    best = result.best
    assert best is not None
    assert (best.point, best.equals) == (1, ())  # the same chance at all points: pairs tell them apart
    assert best.wins == 1.0
