"""Busy days and busy intervals: spread, correlation, and who shares them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import gamma, kstest

from ccsim.demand.arrivals import births
from ccsim.demand.busyness import day_factors, gamma_factors
from ccsim.demand.grid import DAY, Grid
from ccsim.demand.rates import busyness
from ccsim.scenario import Scenario, loads

CENTRE = """
ccsim: 1
weeks: 8
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {daily: 24h}}
intents: {ask: {talk: 4min}, tell: {talk: 3min}}
channels: {voice: {}}
arrivals:
  voice: {contacts: 70000/week, profile: flat, mix: {ask: 50%, tell: 50%}, counted: first, busyness: BUSYNESS}
agents: {front: {on_seat: 9, skills: [ask, tell]}}
"""


def centre(busy: str) -> Scenario:
    return loads(CENTRE.replace("BUSYNESS", busy))


def counts(scenario: Scenario, replication: int, width: float) -> np.ndarray:
    """Births by cell and span of `width` seconds."""
    spans = int(scenario.end / width)
    found = [
        np.bincount((g.born // width).astype(int), minlength=spans) for g in births(scenario, replication)
    ]
    return np.array(found, np.float64)


@pytest.mark.parametrize("cv", [0.1, 0.35])
def test_factors_are_gamma(cv: float) -> None:
    factors = np.concatenate([day_factors(3, r, "voice", 0, 200, cv, 0.0) for r in range(20)])
    assert kstest(factors, gamma(cv**-2, scale=cv**2).cdf).pvalue > 1e-4


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
def test_scores_of_days_are_a_chain(correlation: float) -> None:
    """Normal scores k days apart correlate as the k-th power."""
    days = np.array([day_factors(4, r, "voice", 0, 60, 0.2, correlation) for r in range(400)])
    scores = ndtri(gamma(25.0, scale=1 / 25).cdf(days))
    for lag in (1, 2, 4):
        found = np.mean(scores[:, lag:] * scores[:, :-lag])
        assert found == pytest.approx(correlation**lag, abs=0.05)
    assert scores[:, 0].std() == pytest.approx(1.0, abs=0.12)  # from the first day on


def test_days_vary_more_than_poisson_by_the_stated_cv() -> None:
    """Var N = m + m² cv²; all intents of a channel share the day, so their counts rise together."""
    days = np.concatenate(
        [counts(centre("{cv: 20%, day_correlation: 0}"), r, DAY) for r in range(12)], axis=1
    )
    n = days.shape[1]
    mean = 5000.0
    for cell in days:
        assert cell.mean() == pytest.approx(mean, abs=3.5 * mean * 0.2 / np.sqrt(n))
        spread = (cell.var(ddof=1) - mean) / mean**2
        assert np.sqrt(spread) == pytest.approx(0.2, rel=3.5 / np.sqrt(2 * n))
    assert np.corrcoef(days)[0, 1] > 0.95


def test_interval_noise_comes_on_top_and_alone() -> None:
    scenario = centre("{cv: 0%, interval_cv: 30%}")
    half_hours = np.concatenate([counts(scenario, r, 1800.0).sum(axis=0) for r in range(3)])
    mean, n = 70000 / 336, len(half_hours)
    spread = (half_hours.var(ddof=1) - mean) / mean**2
    assert np.sqrt(spread) == pytest.approx(0.3, rel=3.5 / np.sqrt(2 * n))
    apart = np.corrcoef(half_hours[:-1], half_hours[1:])[0, 1]
    assert abs(apart) < 3.8 / np.sqrt(n)


def test_both_together_multiply() -> None:
    scenario = centre("{cv: 15%, day_correlation: 0.3, interval_cv: 20%}")
    grid = Grid(scenario, "voice")
    factors = np.concatenate([busyness(scenario, grid, r) for r in range(30)])
    expected = np.sqrt((1 + 0.15**2) * (1 + 0.2**2) - 1)
    assert factors.std() / factors.mean() == pytest.approx(expected, rel=0.05)
    assert factors.mean() == pytest.approx(1.0, abs=0.02)


def test_more_spread_keeps_the_rank_of_days() -> None:
    """The same days are the busy ones whatever the spread: quantiles, not redraws."""
    calm, wild = (day_factors(1, 0, "voice", 0, 50, cv, 0.5) for cv in (0.05, 0.4))
    assert np.array_equal(np.argsort(calm), np.argsort(wild))
    assert np.all(gamma_factors(np.linspace(0.01, 0.99, 9), 0.0) == 1.0)
