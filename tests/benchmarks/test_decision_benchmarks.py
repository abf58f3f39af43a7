"""The benchmarks of decisions do what they say, on a few days: intervals against known answers, common draws."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import common_draws
import interval_coverage


def test_intervals_lie_about_the_known_answers() -> None:
    """Eight experiments of six weeks: with 95 % intervals, two misses of eight are rare (6 %), four are none."""
    for row in interval_coverage.simulated(8, 6):
        assert row.held + row.above + row.below == row.experiments == 8
        assert row.held >= 5, row


def test_the_truth_is_that_of_erlang_a() -> None:
    """One agent, ρ = 2/3, patience 300 s: the balance equations of the chain, solved by hand."""
    rate, serve, leave = 5 / 3600, 1 / 480, 1 / 300
    weights = [1.0]
    for state in range(1, 200):
        weights.append(weights[-1] * rate / (serve + (state - 1) * leave))
    waiting = sum((state - 1) * w for state, w in enumerate(weights) if state > 1) / sum(weights)
    assert interval_coverage.abandoning(1) == pytest.approx(leave * waiting / rate, rel=1e-6)


def test_what_is_seen_is_counted() -> None:
    found = interval_coverage.seen("x", 1.0, [(0.5, 1.5), (1.1, 2.0), (0.0, 0.9), (1.0, 1.0)])
    assert (found.held, found.above, found.below) == (2, 1, 1)


def test_stopping_at_a_precision_takes_about_what_it_needs() -> None:
    found = interval_coverage.stopped(200, 30)
    assert 30 < found.pairs < 50
    assert found.held > 0.88
    assert interval_coverage.stopped(400, 30, skewed=True).held < found.held


def test_common_draws_cut_the_variance_of_a_difference() -> None:
    apart, common = common_draws.spreads(60, 60, steady=False)
    assert (apart / common) ** 2 > 6
