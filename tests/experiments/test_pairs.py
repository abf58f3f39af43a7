"""Paired differences against independent arithmetic; Holm's correction."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ccsim.experiments.pairs import chance_better, dominance, holm, of_gain, of_values, verdict


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
    assert verdict(found.difference, 1.0, "up") == "no change"


def test_one_pair_has_no_interval() -> None:
    found = of_values(np.array([1.0]), np.array([2.0]))
    assert found.difference == 1.0
    assert np.isnan(found.low)
    assert verdict(found.difference, found.p, "up") == "unknown"
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
    assert verdict(found.difference, 0.01, better) == said
    assert verdict(found.difference, 0.06, better) == "no change"


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


# -- P(B beats A) and dominance ---------------------------------------------------------------------


def test_the_chance_to_be_better_is_the_posterior_of_the_difference() -> None:
    """Against a Monte Carlo of the t posterior: sigma² from its scaled inverse chi², the mean given sigma."""
    rng = np.random.default_rng(11)
    base = rng.normal(10, 2, 9)
    other = base + rng.normal(0.3, 0.9, 9)
    apart = other - base
    sigma = np.sqrt(8 * apart.var(ddof=1) / rng.chisquare(8, 400_000))
    truth = rng.normal(apart.mean(), sigma / 3)
    found = of_values(base, other)
    assert chance_better(found, "up") == pytest.approx((truth > 0).mean(), abs=0.003)
    assert chance_better(found, "down") == pytest.approx((truth < 0).mean(), abs=0.003)
    assert chance_better(found, "up") + chance_better(found, "down") == pytest.approx(1)


def test_the_chance_to_be_better_agrees_with_p() -> None:
    found = of_values(np.arange(6.0), np.arange(6.0) + np.array([0.1, 0.4, -0.2, 0.3, 0.2, 0.1]))
    assert 2 * (1 - chance_better(found, "up")) == pytest.approx(found.p)


def test_the_chance_to_be_better_is_not_known_everywhere() -> None:
    base = np.array([1.0, 2.0, 3.0])
    assert np.isnan(chance_better(of_values(base, base * 2), None))
    assert np.isnan(chance_better(of_values(base, base), "up"))
    assert np.isnan(chance_better(of_values(base[:1], base[:1] + 1), "up"))
    assert chance_better(of_values(base, base + 1), "up") == 1.0
    assert chance_better(of_values(base, base + 1), "down") == 0.0


def test_dominance_takes_surety_in_all_and_a_gain_in_one() -> None:
    base = np.zeros(10)
    noise = np.linspace(-1, 1, 10)
    sure, unsure, equal = (of_values(base, values) for values in (5 + noise, 0.1 + noise, base))
    assert dominance([(sure, "up"), (equal, "up")], 0.05)
    assert dominance([(equal, "down"), (sure, "up")], 0.05)
    assert not dominance([(sure, "up"), (unsure, "up")], 0.05)
    assert not dominance([(sure, "up"), (sure, "down")], 0.05)
    assert not dominance([(equal, "up"), (equal, "up")], 0.05)
    edge = of_values(base, 0.6 + noise)  # sure at 95 %, not at 99.9 %
    assert dominance([(edge, "up"), (equal, "up")], 0.05) and not dominance(
        [(edge, "up"), (equal, "up")], 0.001
    )


def test_a_gain_is_a_difference_from_none() -> None:
    each = np.array([3.0, 5.0, 4.0, 4.4])
    found = of_gain(4.2, each)
    assert found.difference == 4.2 and found.half == pytest.approx(stats.t.ppf(0.975, 3) * stats.sem(each))
    assert np.isnan(found.saved)
