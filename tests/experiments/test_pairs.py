"""Paired differences against independent arithmetic; Holm's correction."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ccsim.experiments.pairs import holm, of_values, verdict


def test_a_paired_difference_is_the_paired_t_test() -> None:
    rng = np.random.default_rng(3)
    base = rng.normal(10, 2, 12)
    other = base + rng.normal(0.5, 0.4, 12)
    found = of_values(base, other)
    expected = stats.ttest_rel(other, base)
    interval = expected.confidence_interval(0.95)
    assert found.p == pytest.approx(expected.pvalue)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert found.saved > 1


def test_equal_sides_differ_by_exactly_zero() -> None:
    found = of_values(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    assert (found.difference, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)
    assert verdict(found, 1.0, "up") == "no change"


def test_one_pair_has_no_interval() -> None:
    found = of_values(np.array([1.0]), np.array([2.0]))
    assert found.difference == 1.0
    assert np.isnan(found.low)
    assert verdict(found, found.p, "up") == "unknown"
    assert of_values(np.array([1.0]), np.array([1.0])).p == 1.0


def test_unknown_pairs_are_left_out() -> None:
    found = of_values(np.array([1.0, np.nan, 3.0]), np.array([2.0, 5.0, 5.0]))
    assert found.difference == 1.5
    assert np.isnan(of_values(np.array([np.nan]), np.array([np.nan])).difference)


@pytest.mark.parametrize(
    ("difference", "better", "said"),
    [(1, "up", "better"), (-1, "up", "worse"), (-1, "down", "better"), (1, None, "higher"),
     (-1, None, "lower")],
)  # fmt: skip
def test_verdicts(difference: int, better: str | None, said: str) -> None:
    base = np.array([1.0, 1.1, 0.9])
    found = of_values(base, base + difference)
    assert verdict(found, 0.01, better) == said
    assert verdict(found, 0.06, better) == "no change"


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert np.isnan(holm([0.01, float("nan")])[1])
    assert holm([0.01, float("nan")])[0] == 0.01


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_lowers_a_p_value_and_keeps_their_order(values: list[float]) -> None:
    adjusted = holm(values)
    assert all(a >= p for a, p in zip(adjusted, values, strict=True))
    assert max(adjusted) <= 1
    order = np.argsort(values, kind="stable")
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()
