"""Demand on several channels at once: each with its own hours, none moving another's draws."""

from __future__ import annotations

import numpy as np
import pytest
from centres import CENTRE, assert_untouched, centre, channel_of

from ccsim.demand.arrivals import births
from ccsim.demand.cells import cell_number, cells
from ccsim.demand.grid import DAY, Grid
from ccsim.demand.issues import FOREVER, draw_issues, patience_of, talk_of
from ccsim.demand.rates import volume_by_week_slot, weekly_volume
from ccsim.scenario import Scenario
from ccsim.scenario.calendar import Calendar

WEEK = 7 * DAY


def week_of(scenario: Scenario, channel: str) -> np.ndarray:
    """Stated contacts by weekday and interval of the day."""
    return volume_by_week_slot(scenario, Grid(scenario, channel)).reshape(7, 48)


def born_on(scenario: Scenario, channel: str, replication: int = 0) -> np.ndarray:
    return np.concatenate([g.born for g in births(scenario, replication) if g.cell.channel == channel])


@pytest.mark.parametrize(("channel", "contacts"), [("voice", 2000), ("chat", 1200), ("email", 900)])
def test_stated_weekly_volumes_come_out(channel: str, contacts: float) -> None:
    scenario = centre()
    assert weekly_volume(scenario, channel) == pytest.approx(contacts)
    replications, weeks = 12, 3
    n = sum(len(born_on(scenario, channel, r)) for r in range(replications))
    mean = n / replications / weeks
    assert mean == pytest.approx(contacts, abs=3.3 * np.sqrt(contacts / replications / weeks))


def test_customers_write_at_all_hours_and_call_while_it_is_open() -> None:
    scenario = centre()
    email, voice = week_of(scenario, "email"), week_of(scenario, "voice")
    assert np.allclose(email, 900 / 336)
    assert voice[6].sum() == 0 and voice[0, :16].sum() == 0 and voice[0, 16:36].min() > 0
    hour = born_on(scenario, "email") % DAY // 3600
    assert np.bincount(hour.astype(int), minlength=24).min() > 0
    assert set((born_on(scenario, "voice") % WEEK // DAY).astype(int)) == {0, 1, 2, 3, 4, 5}


def test_doors_stay_those_of_the_calendar() -> None:
    grid = Grid(centre(), "email")
    assert grid.all_hours and len(grid.openings) == 6 * 3
    assert grid.arriving == [(-7.0 * DAY, 14.0 * DAY)]
    assert not Grid(centre(), "chat").all_hours


def test_holidays_close_doors_and_stop_no_letters() -> None:
    scenario = centre("calendar.holidays=[2026-01-07]")
    for channel, expected in (("voice", 0), ("chat", 0), ("email", 900 / 7)):
        grid = Grid(scenario, channel)
        assert grid.holiday.sum() == 1 and grid.quiet.sum() == (0 if channel == "email" else 1)
        born = born_on(scenario, channel)
        wednesday = np.count_nonzero((born >= 2 * DAY) & (born < 3 * DAY))
        assert wednesday == pytest.approx(expected, abs=3.3 * np.sqrt(expected))
    assert weekly_volume(scenario, "email") == pytest.approx(900)


def test_weekdays_and_steps_hold_at_all_hours() -> None:
    scenario = centre(
        "arrivals.email.weekdays={mon-fri: 1, sat-sun: 0.25}",
        "arrivals.email.profile={00:00: 1, 06:00: 3, 22:00: 1}",
    )
    week = week_of(scenario, "email")
    assert week.sum() == pytest.approx(900)
    assert week[6].sum() / week[0].sum() == pytest.approx(0.25)
    assert week[0, 20] / week[0, 2] == pytest.approx(3) and week[0, 46] == pytest.approx(week[0, 2])


def test_a_named_profile_keeps_to_the_hours_of_the_calendar() -> None:
    """Two peaks are a late morning's and an afternoon's, whenever one may write."""
    scenario = centre("arrivals.email.profile=two_peaks", "arrivals.voice.profile=two_peaks")
    email, voice = week_of(scenario, "email"), week_of(scenario, "voice")
    ratio = email[0, 16:36] / voice[0, 16:36]
    assert np.allclose(ratio, ratio[0])
    assert np.allclose(email[0, :16], email[0, 0]) and 0 < email[0, 0] <= email[0, 16]
    assert email[6].argmax() == email[0].argmax()  # a Sunday has the week's widest hours


def test_another_channel_moves_no_draw() -> None:
    fewer = centre(text=CENTRE.replace("  chat: {contacts: 1200/week}\n", ""))
    before, after = draw_issues(fewer, 0), draw_issues(centre(), 0)
    assert len(after) > len(before)
    assert_untouched(before, after)


@pytest.mark.parametrize("change", [
    "arrivals.email.contacts=+20%", "channels.email.initial_backlog=500", "arrivals.chat.profile=evening",
])  # fmt: skip
def test_what_one_channel_gets_is_nothing_to_the_others(change: str) -> None:
    before, after = draw_issues(centre(), 0), draw_issues(centre(change), 0)
    touched = change.split(".")[1]
    keep = [np.array(channel_of(centre(), issues)) != touched for issues in (before, after)]
    assert np.array_equal(before.key[keep[0]], after.key[keep[1]])
    assert np.array_equal(before.draws[:, keep[0]], after.draws[:, keep[1]])


def test_channels_are_independent() -> None:
    scenario = centre()
    counts = np.array([[len(born_on(scenario, c, r)) for c in scenario.arrivals] for r in range(100)])
    apart = np.corrcoef(counts.T)[np.triu_indices(3, 1)]
    assert np.abs(apart).max() < 3.5 / np.sqrt(100)


def test_talk_and_patience_are_the_channels() -> None:
    scenario = centre("channels.chat.talk=+50%")
    assert [talk_of(scenario, c, "billing").mean for c in ("voice", "chat", "email")] == [240, 540, 360]
    assert [talk_of(scenario, c, "technical").mean for c in ("voice", "chat")] == [360, 540]
    waits = [patience_of(scenario, c, "billing").mean for c in ("voice", "chat", "email")]
    assert waits == [120, 120, float("inf")]  # the intent's own, where somebody waits on a line
    issues = draw_issues(scenario, 0)
    patience = dict(zip(issues.columns, issues.draws, strict=True))["patience"]
    channel = np.array(channel_of(scenario, issues))
    assert np.all(patience[channel == "email"] == FOREVER)
    assert np.all(patience[channel != "email"] < FOREVER)


def test_cells_are_numbered_densely_over_all_channels() -> None:
    scenario = centre()
    assert [cell.number for cell in cells(scenario)] == list(range(12))
    fewer = centre(text=CENTRE.replace("  chat: {contacts: 1200/week}\n", ""))
    assert [cell.number for cell in cells(fewer)] == [0, 1, 2, 3, 8, 9, 10, 11]
    assert cell_number(scenario, len(scenario.channels), 0, 0) == 12


def test_a_calendar_without_hours_for_a_deferred_channel_still_gets_letters() -> None:
    scenario = centre()
    closed = scenario.model_copy(
        update={"calendar": Calendar(hours={"voice": ((),) * 7, "email": ((),) * 7})}
    )
    assert weekly_volume(closed, "email") == pytest.approx(900)
