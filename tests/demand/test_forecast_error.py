"""The forecast as a whole: one gamma factor a replication, on every channel at the same score."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from centres import CENTRE, assert_untouched, centre
from scipy.stats import gamma, kstest

from ccsim.demand.arrivals import births
from ccsim.demand.forecast_error import forecast_factor
from ccsim.demand.issues import draw_issues

ERROR = "arrivals.defaults.forecast_error=20%"
PHONES = CENTRE.replace("  chat: {contacts: 1200/week}\n  email: {contacts: 900/week}\n", "")


def test_factors_are_gamma_with_mean_one() -> None:
    scenario = centre("arrivals.voice.forecast_error=20%")
    factors = np.array([forecast_factor(scenario, "voice", r) for r in range(3000)])
    assert factors.mean() == pytest.approx(1.0, abs=3.3 * 0.2 / np.sqrt(3000))
    assert factors.std() == pytest.approx(0.2, rel=3.3 / np.sqrt(2 * 3000))
    assert kstest(factors, gamma(25, scale=1 / 25).cdf).pvalue > 1e-4


def test_channels_err_the_same_way_each_by_its_own_measure() -> None:
    scenario = centre(ERROR, "arrivals.email.forecast_error=40%")
    factors = np.array([[forecast_factor(scenario, c, r) for c in scenario.arrivals] for r in range(200)])
    assert np.array_equal(factors[:, 0], factors[:, 1])
    scores = [gamma(cv**-2, scale=cv**2).cdf(f) for cv, f in zip((0.2, 0.4), factors.T[[0, 2]], strict=True)]
    assert np.allclose(*scores)


def test_nothing_stated_costs_and_changes_nothing() -> None:
    assert forecast_factor(centre(), "voice", 3) == 1.0
    before = draw_issues(centre("arrivals.voice.forecast_error=0%"), 0)
    assert np.array_equal(before.draws, draw_issues(centre(), 0).draws)


def test_a_whole_replication_is_higher_or_lower() -> None:
    """Variance of a week's count: m + m² cv², and weeks of one replication go together."""
    scenario = centre("arrivals.voice.forecast_error=20%", "arrivals.voice.contacts=4000/week", text=PHONES)
    weeks = []
    for r in range(150):
        born = np.concatenate([g.born for g in births(scenario, r) if g.cell.channel == "voice"])
        weeks.append(np.bincount((born // 604800).astype(int) + 1, minlength=3))
    counts = np.array(weeks, float)
    spread = np.sqrt((counts[:, 0].var(ddof=1) - 4000) / 4000**2)
    assert spread == pytest.approx(0.2, rel=3.3 / np.sqrt(2 * 150))
    assert np.corrcoef(counts[:, 0], counts[:, 2])[0, 1] > 0.97


def test_more_than_forecast_adds_issues_and_leaves_the_others() -> None:
    replications = [r for r in range(20) if forecast_factor(centre(ERROR), "voice", r) > 1.05][:2]
    for r in replications:
        assert_untouched(draw_issues(centre(), r), draw_issues(centre(ERROR), r))


def test_it_comes_on_top_of_busy_days() -> None:
    busy = "arrivals.voice.busyness={cv: 10%, day_correlation: 0}"
    scenario = centre(
        busy, "arrivals.voice.forecast_error=10%", "arrivals.voice.contacts=20000/week", text=PHONES
    )
    days = []
    for r in range(120):
        born = np.concatenate([g.born for g in births(scenario, r) if g.cell.channel == "voice"])
        days.append(np.count_nonzero((born >= 0) & (born < 86400)))
    counts, mean = np.array(days, float), 20000 * 10 / 54
    spread = np.sqrt((counts.var(ddof=1) - counts.mean()) / mean**2)
    assert spread == pytest.approx(np.sqrt(0.1**2 + 0.1**2 + 0.1**4), rel=3.3 / np.sqrt(2 * 120))


def test_replays_know_no_forecast(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_text("date,time,contacts\n2026-01-05,09:00,40\n", "utf-8")
    scenario = centre(
        ERROR,
        "arrivals.voice.contacts=none",
        "arrivals.voice.counts={from: counts.csv, as: replay}",
        folder=tmp_path,
    )
    for r in range(8):
        assert sum(len(g) for g in births(scenario, r) if g.cell.channel == "voice") == 40
