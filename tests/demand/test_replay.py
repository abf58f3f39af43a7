"""A log replayed: every contact at its moment, with draws that no other row moves."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from centres import assert_untouched, centre
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.demand.arrivals import births
from ccsim.demand.births import TICKS
from ccsim.demand.cells import cells
from ccsim.demand.grid import Grid
from ccsim.demand.issues import Issues, draw_issues
from ccsim.demand.rates import volume_by_week_slot, weekly_volume
from ccsim.scenario import Scenario

ROWS = (
    "2026-01-05 08:00:00.250000,billing,members,A17",
    "2026-01-05 08:00:00.250000,billing,members,B2",
    "2026-01-05T07:59:59.999999,technical,,A17",
    "2025-12-31 23:00:00,technical,guests,",
    "2026-01-10 20:00,billing,,",
)
BEFORE, AFTER = "2025-12-28 23:59:59.999999,billing,,", "2026-01-19 00:00:00,billing,,"


def replayed(folder: Path, *rows: str, more: str = "") -> Scenario:
    text = "\n".join(("time,intent,segment,customer", *rows))
    (folder / "calls.csv").write_text(text + "\n", "utf-8")
    return centre(
        "arrivals.voice.contacts=none", "arrivals.voice.log={from: calls.csv}", more=more, folder=folder
    )


def voice(scenario: Scenario, replication: int = 0) -> Issues:
    """The issues of the telephone."""
    issues = draw_issues(scenario, replication)
    mine = issues.cell < 4
    return Issues(
        issues.key[mine], issues.cell[mine], issues.customer[mine], issues.columns, issues.draws[:, mine]
    )


def test_contacts_come_at_their_moments_in_order(tmp_path: Path) -> None:
    issues = voice(replayed(tmp_path, *ROWS))
    stated = np.array([-5 * 86400 + 23 * 3600, 28800 - 1e-6, 28800.25, 28800.25, 5 * 86400 + 20 * 3600])
    assert np.abs(issues.born - stated).max() <= 0.5 / TICKS
    assert np.array_equal(issues.born * TICKS, np.round(issues.born * TICKS))


def test_rows_outside_the_simulated_time_are_left_out(tmp_path: Path) -> None:
    """The first second of the run is in, its end is not."""
    inside = ("2025-12-29 00:00:00,billing,,", "2026-01-18 23:59:59.999999,billing,,")
    edges = voice(replayed(tmp_path, BEFORE, *inside, AFTER))
    assert edges.born.tolist() == pytest.approx([-7 * 86400.0, 14 * 86400.0 - 1e-6], abs=1e-6)
    assert edges.born.max() < 14 * 86400.0


def test_replications_differ_only_in_their_draws(tmp_path: Path) -> None:
    scenario = replayed(tmp_path, *ROWS)
    one, other = voice(scenario, 0), voice(scenario, 1)
    assert np.array_equal(one.key, other.key) and np.array_equal(one.born, other.born)
    assert not np.array_equal(one.draws[1], other.draws[1])


def test_another_row_moves_no_draw(tmp_path: Path) -> None:
    before = voice(replayed(tmp_path, *ROWS))
    after = voice(
        replayed(tmp_path, "2026-01-04 10:00,billing,,", *ROWS, "2026-01-05 08:00:00.25,billing,guests,")
    )
    assert len(after) == len(before) + 2
    assert_untouched(before, after)


def test_growth_events_and_busy_days_leave_it_alone(tmp_path: Path) -> None:
    scenario = replayed(
        tmp_path, *ROWS, more="events: {e: {from: 2026-01-05, to: 2026-01-05, factor: 3, contacts: 50}}\n"
    )
    scenario = scenario.with_changes(
        {
            "arrivals.voice.growth": "50%/year",
            "arrivals.voice.busyness": "30%",
            "arrivals.voice.forecast_error": "50%",
        }
    )
    assert np.array_equal(voice(scenario).born, voice(replayed(tmp_path, *ROWS)).born)
    more = sum(len(g) for g in births(scenario, 0)) - sum(
        len(g) for g in births(replayed(tmp_path, *ROWS), 0)
    )
    assert more > 50  # on the other channels


def test_segments_are_those_stated_else_drawn_by_share_and_kept_by_a_customer(tmp_path: Path) -> None:
    start = datetime(2026, 1, 5)
    rows = [f"{start + timedelta(seconds=k)},billing,,C{k % 3000}" for k in range(9000)]
    scenario = replayed(tmp_path, *rows)
    issues = voice(scenario)
    segment = (issues.cell % 2).reshape(3, 3000)
    assert np.array_equal(segment[0], segment[1]) and np.array_equal(segment[0], segment[2])
    assert segment[0].mean() == pytest.approx(0.75, abs=3.3 * np.sqrt(0.75 * 0.25 / 3000))
    customer = issues.customer.reshape(3, 3000)
    assert np.array_equal(customer[0], customer[2])
    for s in (0, 1):  # each has a number of its own
        mine = customer[0][segment[0] == s]
        assert sorted(mine.tolist()) == list(range(len(mine)))


def test_who_is_not_named_is_anybody(tmp_path: Path) -> None:
    rows = [f"2026-01-05 09:{k // 60:02d}:{k % 60:02d},billing,members," for k in range(600)]
    customer = voice(replayed(tmp_path, *rows)).customer
    assert customer.min() >= 0 and customer.max() < 4000 and len(set(customer.tolist())) > 500


def test_more_customers_than_the_segment_counts(tmp_path: Path) -> None:
    rows = [f"2026-01-05 09:{k // 60:02d}:{k % 60:02d},billing,members,C{k}" for k in range(600)]
    scenario = replayed(tmp_path, *rows).with_changes({"customers.members.count": 250})
    assert np.bincount(voice(scenario).customer).tolist() == [3] * 100 + [2] * 150


def test_volumes_are_those_of_the_log(tmp_path: Path) -> None:
    scenario = replayed(tmp_path, BEFORE, *ROWS, AFTER)
    assert weekly_volume(scenario, "voice") == pytest.approx(5 / 3)
    week = volume_by_week_slot(scenario, Grid(scenario, "voice")).reshape(7, 48)
    assert week[0, 16] == pytest.approx(2 / 3) and week[2, 46] == pytest.approx(1 / 3)


def test_cells_are_those_that_rows_may_fall_into(tmp_path: Path) -> None:
    scenario = replayed(tmp_path, *ROWS[:2], ROWS[3])
    named = [(cell.intent, cell.segment) for cell in cells(scenario) if cell.channel == "voice"]
    assert named == [("billing", "members"), ("technical", "guests")]
    scenario = replayed(tmp_path, *ROWS[2:3])
    assert [cell.segment for cell in cells(scenario) if cell.channel == "voice"] == ["members", "guests"]


def test_other_channels_do_not_notice(tmp_path: Path) -> None:
    before, after = draw_issues(centre(), 0), draw_issues(replayed(tmp_path, *ROWS), 0)
    keep = [issues.cell >= 4 for issues in (before, after)]
    assert np.array_equal(before.draws[:, keep[0]], after.draws[:, keep[1]])


@given(st.lists(st.integers(-7 * 86400 * 10**6, 14 * 86400 * 10**6 - 1), min_size=1, max_size=60))
@settings(max_examples=20, deadline=None)
def test_any_moments_are_replayed_to_half_a_microsecond(
    tmp_path_factory: pytest.TempPathFactory, moments: list[int]
) -> None:
    start = datetime(2026, 1, 5)
    rows = [f"{(start + timedelta(microseconds=m)).isoformat()},billing,guests,X{m % 5}" for m in moments]
    issues = voice(replayed(tmp_path_factory.mktemp("log"), *rows))
    assert len(set(issues.key.tolist())) == len(moments)
    assert np.abs(issues.born - np.sort(np.array(moments) / 1e6)).max() <= 0.51 / TICKS
