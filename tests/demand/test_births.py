"""Arrivals: nothing moves another's draws, and volumes, busyness, events and counts come out as stated."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.demand.arrivals import births
from ccsim.demand.busyness import day_factors, gamma_factors
from ccsim.demand.grid import DAY, Grid
from ccsim.demand.issues import draw_issues
from ccsim.demand.poisson import poisson_quantile
from ccsim.demand.rates import volume_by_week_slot, weekly_volume
from ccsim.scenario import loads

CENTRE = """
ccsim: 1
name: Demand
weeks: WEEKS
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon-fri: 08:00-18:00, sat: 09:00-13:00}}
customers: {everyone: {count: 5000}}
intents:
  billing: {talk: 4min, wrap_up: 30s, fcr: 70%}
  technical: {talk: 6min, fcr: 60%}
channels: {voice: {patience: 3min}}
arrivals:
  voice: {contacts: 3000/week, mix: {billing: 60%, technical: 40%}, busyness: none, counted: first}
agents: {front: {on_seat: 9, skills: [billing, technical]}}
"""


def centre(*sets: str, weeks: int = 1, text: str = CENTRE, folder=None):
    scenario = loads(text.replace("WEEKS", str(weeks)), **({"folder": folder} if folder else {}))
    return scenario.with_changes(dict(item.split("=", 1) for item in sets)) if sets else scenario


def by_key(issues):
    """The draws of every issue under its key."""
    return {int(key): tuple(row) for key, row in zip(issues.key, issues.draws.T, strict=True)}


def assert_untouched(before, after):
    one, other = by_key(before), by_key(after)
    shared = one.keys() & other.keys()
    assert shared == one.keys()
    assert all(one[key] == other[key] for key in shared)


def test_more_volume_adds_issues_and_leaves_the_others():
    before = draw_issues(centre(), 0)
    after = draw_issues(centre("arrivals.voice.contacts=+5%"), 0)
    assert_untouched(before, after)
    assert len(before) < len(after) < 1.15 * len(before)


def test_another_intent_moves_no_draw():
    text = CENTRE.replace(
        "mix: {billing: 60%, technical: 40%}", "mix: {billing: 48%, technical: 32%, other: 20%}"
    )
    text = text.replace("contacts: 3000/week", "contacts: 3750/week")
    text = text.replace("  technical: {talk", "  other: {talk: 2min, skill: billing}\n  technical: {talk")
    before, after = draw_issues(centre(), 0), draw_issues(centre(text=text), 0)
    assert_untouched(before, after)
    assert len(after) > len(before)


@pytest.mark.parametrize("change", ["agents.front.on_seat=+3", "intents.billing.fcr=90%", "weeks=2"])
def test_staff_quality_and_length_move_no_draw(change):
    assert_untouched(draw_issues(centre(), 0), draw_issues(centre(change), 0))


def test_another_group_moves_no_draw():
    text = CENTRE.replace(
        "billing, technical]}}", "billing, technical]}, back: {on_seat: 2, skills: [technical]}}"
    )
    assert_untouched(draw_issues(centre(), 0), draw_issues(centre(text=text), 0))


def test_scaling_keeps_the_quantile():
    before, after = draw_issues(centre(), 0), draw_issues(centre("intents.billing.talk=-10%"), 0)
    billing = before.cell == before.cell.min()
    assert np.allclose(after.draws[1][billing], 0.9 * before.draws[1][billing])
    assert np.array_equal(after.draws[1][~billing], before.draws[1][~billing])


def test_replications_and_seeds_share_nothing():
    one, other = draw_issues(centre(), 0), draw_issues(centre(), 1)
    assert not np.array_equal(one.draws[0][:100], other.draws[0][:100])
    assert not np.array_equal(one.draws[0][:100], draw_issues(centre("seed=2"), 0).draws[0][:100])


def test_volume_mix_and_shape_come_out():
    scenario = centre(weeks=4)
    n = np.zeros(2)
    week = np.zeros(7 * 48)
    replications = 25
    for replication in range(replications):
        for cell, group in enumerate(births(scenario, replication)):
            n[cell] += len(group.key)
            week += np.bincount((group.born % (7 * DAY) // 1800).astype(int), minlength=7 * 48)
    mean = n / replications / 4
    assert np.all(np.abs(mean - [1800, 1200]) < 3.3 * np.sqrt([1800, 1200]) / np.sqrt(4 * replications))
    stated = volume_by_week_slot(scenario, Grid(scenario, "voice"))
    error = (week / replications / 4 - stated)[stated > 0] / np.sqrt(stated[stated > 0] / 4 / replications)
    assert np.all(week[stated == 0] == 0)
    assert abs(error.mean()) < 0.5 and 0.8 < error.std() < 1.2
    assert weekly_volume(scenario, "voice") == pytest.approx(3000)


def test_a_short_saturday_gets_its_hours():
    stated = volume_by_week_slot(centre(), Grid(centre(), "voice")).reshape(7, 48).sum(axis=1)
    assert stated[5] / stated[0] == pytest.approx(4 / 10)
    assert stated[6] == 0


def test_poisson_quantile_is_exact_and_monotone():
    u = (np.arange(5000) + 0.5) / 5000
    for rate in (0.3, 4.0, 70.0):
        counts = poisson_quantile(u, np.full_like(u, rate))
        assert counts.mean() == pytest.approx(rate, rel=0.02)
        assert counts.var() == pytest.approx(rate, rel=0.05)
        assert np.all(poisson_quantile(u, np.full_like(u, 1.07 * rate)) >= counts)
    assert poisson_quantile(u[:3], np.zeros(3)).tolist() == [0, 0, 0]


def test_busy_days_have_the_stated_spread_and_correlation():
    factors = np.concatenate([day_factors(1, r, "voice", 0, 400, 0.2, 0.5) for r in range(25)])
    n = len(factors)
    assert factors.mean() == pytest.approx(1.0, abs=3.3 * 0.2 * np.sqrt(3 / n))
    assert factors.std() == pytest.approx(0.2, rel=0.06)
    assert np.corrcoef(factors[:-1], factors[1:])[0, 1] == pytest.approx(0.49, abs=0.04)
    assert np.all(gamma_factors(np.array([0.1, 0.9]), 0.0) == 1.0)


def test_events_raise_and_add():
    event = "events: {sale: {from: 2026-01-06, to: 2026-01-06, factor: 2, intents: [billing]}}\n"
    added = "events: {sale: {from: 2026-01-06, to: 2026-01-06, contacts: 500}}\n"
    plain = volume(centre())
    doubled, more = volume(centre(text=CENTRE + event)), volume(centre(text=CENTRE + added))
    assert doubled[1] == pytest.approx(plain[1] * 1.6)
    assert more[1] == pytest.approx(plain[1] + 500)
    assert np.allclose(np.delete(doubled, 1), np.delete(plain, 1))


def volume(scenario):
    return volume_by_week_slot(scenario, Grid(scenario, "voice")).reshape(7, 48).sum(axis=1)


def test_growth_is_a_year():
    grown = centre("arrivals.voice.growth=50%/year", weeks=53)
    from ccsim.demand.cells import cells
    from ccsim.demand.rates import expected

    grid = Grid(grown, "voice")
    rates = sum(expected(grown, grid, cell) for cell in cells(grown)).reshape(-1, 7 * 48).sum(axis=1)
    assert rates[52] / rates[0] == pytest.approx(1.5 ** (364 / 365.25), rel=1e-6)


def test_holidays_are_closed():
    text = CENTRE.replace("calendar: {hours", "calendar: {holidays: [2026-01-07], hours")
    scenario = centre(text=text)
    born = np.concatenate([group.born for group in births(scenario, 0)])
    assert not np.any((born >= 2 * DAY) & (born < 3 * DAY))
    assert np.any((born >= 3 * DAY) & (born < 4 * DAY))


@pytest.mark.parametrize("mode", ["rates", "replay"])
def test_counts_from_a_table(tmp_path, mode):
    (tmp_path / "counts.csv").write_text(
        "date,time,contacts,intent\n2026-01-05,09:00,40,billing\n2026-01-05,09:30,12,technical\n", "utf-8"
    )
    text = CENTRE.replace("contacts: 3000/week", f"counts: {{from: counts.csv, as: {mode}}}")
    scenario = centre(text=text, folder=tmp_path)
    counts = np.array([[len(group.key) for group in births(scenario, r)] for r in range(60)])
    if mode == "replay":
        assert np.all(counts == [40, 12])
    else:
        assert np.all(np.abs(counts.mean(axis=0) - [40, 12]) < 3.3 * np.sqrt(np.array([40, 12]) / 60))
        assert counts[:, 0].std() > 3
    for group, start in zip(births(scenario, 0), (9.0, 9.5), strict=True):
        assert np.all((group.born >= start * 3600) & (group.born < start * 3600 + 1800))


def test_renewal_gaps():
    text = CENTRE.replace("contacts: 3000/week", "gaps: {gamma: {mean: 60s, cv: 0.5}}")
    text = text.replace("{mon-fri: 08:00-18:00, sat: 09:00-13:00}", "24h")
    issues = draw_issues(centre(text=text), 0)
    gaps = np.diff(issues.born)
    assert gaps.mean() == pytest.approx(60, abs=3.3 * 30 / np.sqrt(len(gaps)))
    assert gaps.std() == pytest.approx(30, rel=0.05)
    assert abs(np.corrcoef(gaps[:-1], gaps[1:])[0, 1]) < 3.3 / np.sqrt(len(gaps))


def test_births_are_in_order_and_in_their_window():
    issues = draw_issues(centre(weeks=2), 0)
    assert np.all(np.diff(issues.born) >= 0)
    hour = issues.born % DAY / 3600
    assert hour.min() >= 8.0 and hour.max() < 18.0
    assert np.all(issues.customer >= 0) and issues.customer.max() < 5000
