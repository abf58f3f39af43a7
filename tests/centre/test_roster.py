"""Rosters by shift, by rota and by contract: exact where nothing is drawn, else within their shares."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from rosters import PAUSE_AWAY, PAUSE_BREAK, PLAIN, Played, centre, play

DAY, HOUR, WEEK = 86400.0, 3600.0, 604800.0


def weekdays_of(played: Played, agent: int, week: int) -> list[tuple[int, int]]:
    """(weekday, hour of start) of an agent's shifts in one week."""
    begin = week * WEEK
    return sorted(
        (int((start - begin) // DAY), int(start % DAY // HOUR))
        for who, start, _ in played.shifts()
        if who == agent and begin <= start < begin + WEEK
    )


def test_people_alternate_week_by_week() -> None:
    played = play(centre(f"scheduled: 3, rota: [early, [late, weekend], off], {PLAIN}"))
    early = [(day, 6) for day in range(5)]
    late = [(day, 14) for day in range(5)] + [(5, 8), (6, 8)]
    plans = [early, late, []]
    for week in range(-1, 4):
        for agent in range(3):
            assert weekdays_of(played, agent, week) == plans[(week + agent) % 3], (week, agent)


def test_every_week_has_the_same_hands() -> None:
    """Twelve people on two weeks: six early and six late in each, in waves of breaks of their own."""
    played = play(centre(f"scheduled: 12, rota: [early, late], {PLAIN}"))
    starts = np.array([start for _, start, _ in played.shifts()])
    for week in range(-1, 4):
        for day in range(5):
            at = week * WEEK + day * DAY
            assert (starts == at + 6 * HOUR).sum() == 6 and (starts == at + 14 * HOUR).sum() == 6
    breaks = [time for time, kind, _, _ in played.lines if kind == PAUSE_BREAK and 0 <= time < 14 * HOUR]
    assert len(breaks) == 6 and len(set(breaks)) == 4


def test_rosters_start_on_any_weekday() -> None:
    """The rota turns on Mondays, whatever day the run starts on."""
    text = centre(f"scheduled: 2, rota: [early, late], {PLAIN}")
    there = play(text.with_changes({"start": "2026-01-07"}))  # a Wednesday
    first = [(start % DAY) / HOUR for who, start, _ in there.shifts() if who == 0 and 0 <= start < 7 * DAY]
    assert first == [6, 6, 6, 14, 14]  # Wednesday to Friday early, Monday and Tuesday late


@pytest.mark.parametrize(("keys", "days"), [
    ("scheduled: 10, rota: [early, late], part_time: {share: 40%, hours: 50%}", 6 * 5 + 4 * 2.5),
    ("scheduled: 10, rota: early, part_time: {share: 100%, hours: 24h}", 10 * 3),
    ("employed: {people: 10, hours: 32h, leave: 0 weeks}, rota: [early, late], workforce: {attrition: none}", 10 * 4),
])  # fmt: skip
def test_part_timers_work_fewer_days_evenly(keys: str, days: float) -> None:
    played = play(centre(f"{keys}, {PLAIN}, learning: none", weeks=11))
    worked = [len(played.shifts()) / 12]
    assert worked[0] == pytest.approx(days, rel=0.02)
    by_agent = np.bincount([agent for agent, _, _ in played.shifts()], minlength=10) / 12
    assert set(np.round(by_agent * 2)) <= {5.0, 6.0, 8.0, 10.0}
    by_day = np.bincount([int(start // DAY) + 7 for _, start, _ in played.shifts()])
    working = by_day[by_day > 0]
    assert len(working) == 12 * 5 and working.max() - working.min() <= 4


def test_rostered_time_is_worked_absent_or_in_training() -> None:
    keys = ("employed: {people: 40, leave: 5 weeks}, rota: [early, late, [weekend, early]], "
            "shrinkage: {absence: 8%, meetings: 5%}, adherence: 90%, "
            "workforce: {attrition: 60%/year, replace: {lead: 1 week}, training: 2 weeks}")  # fmt: skip
    played = play(centre(keys, "", weeks=26))
    roster = played.roster
    absent = sum(end - start for _, start, end in roster.absent)
    trained = sum(end - start for _, start, end in roster.away)
    rows = roster.people
    here = np.zeros((len(roster.agents), 27 * 7), bool)
    for agent, hired, left in zip(rows["agent"], rows["hired"], rows["left"], strict=True):
        first = -7 if np.isnan(hired) else int(hired // DAY)
        last = 26 * 7 if np.isnan(left) else int(left // DAY)
        here[agent, first + 7 : last + 7] = True
    shift = 8 * HOUR
    rostered = 0.0
    for agent in range(40):
        for day in range(-7, 26 * 7):
            turn = (day // 7 + agent) % 3
            on = day % 7 < 5 or turn == 2
            rostered += shift * on * here[agent, day + 7]
    assert played.worked + absent + trained == pytest.approx(rostered)
    assert trained > 0 and absent > 0
    share = 0.92 * (1 - 5 * WEEK / (365.25 * DAY))
    shifts = rostered / shift
    spread = np.sqrt(share * (1 - share) / shifts * 3)  # leave comes by the week: larger clusters
    assert absent / rostered == pytest.approx(1 - share, abs=3.3 * spread)


def test_absence_is_drawn_with_its_share() -> None:
    keys = "scheduled: {early: 50}, shrinkage: {absence: 7%, leave: 4%, meetings: 6%, coaching: 2%}, adherence: 92%"
    played = play(centre(keys, weeks=11))
    shifts = 50 * 5 * 12
    absent = len(played.roster.absent)
    assert absent == pytest.approx(0.11 * shifts, abs=3.3 * np.sqrt(0.11 * 0.89 * shifts))
    worked = played.worked
    assert worked == pytest.approx((shifts - absent) * 8 * HOUR)
    away, breaks = played.seconds(PAUSE_AWAY), played.seconds(PAUSE_BREAK)
    assert breaks == pytest.approx(worked * 30 / 480)
    assert away == pytest.approx(worked * (0.08 + 0.08 * (1 - 0.08 - 30 / 480)), rel=1e-3)


def test_training_takes_its_hours_in_the_first_weeks() -> None:
    keys = f"scheduled: 6, rota: [early, late], training: {{hours: 16h, over: 4 weeks, cost: 900}}, {PLAIN}"
    played = play(centre(keys, weeks=8))
    spells = [(time, value) for time, kind, _, value in played.lines if kind == PAUSE_AWAY]
    assert sum(value for _, value in spells) == pytest.approx(6 * 16 * HOUR)
    assert min(time for time, _ in spells) >= 0.0 and max(time for time, _ in spells) < 4 * WEEK
    assert {value for _, value in spells} == {16 * HOUR / 20}


def test_what_does_not_change_has_no_review() -> None:
    quiet = play(centre(f"scheduled: {{early: 3, night: 2}}, {PLAIN}"))
    assert quiet.roster.review is None and quiet.roster.pauses == ()
    learning = play(centre(f"scheduled: {{early: 3}}, tenure: 1 month, {PLAIN}"))
    assert learning.roster.pauses == (0.0, WEEK, 2 * WEEK, 3 * WEEK)
    assert all(not batch for batch in learning.batches[1:])


def test_weekly_plans_are_the_plan_cut_at_the_pauses() -> None:
    """Nobody leaves at 0 %: made week by week, night shifts across the boundary included."""
    keys = "scheduled: {early: 3, night: 4}, shrinkage: {absence: 10%, meetings: 5%}, adherence: 95%"
    whole = play(centre(keys))
    weekly = play(centre(keys + ", workforce: {strain: on}"))
    assert len(weekly.batches) == 5 and all(weekly.batches)
    for pause, batch in zip(weekly.roster.pauses, weekly.batches[1:], strict=True):
        assert batch[0][0] >= pause and (pause == 3 * WEEK or batch[-1][0] < pause + WEEK)
    for batch in weekly.batches:
        assert [line[0] for line in batch] == sorted(line[0] for line in batch)
    assert sorted(weekly.lines) == sorted(whole.lines)
    assert sorted(weekly.roster.absent) == sorted(whole.roster.absent)


def test_a_colleague_more_moves_nobody() -> None:
    keys = "scheduled: NUMBER, rota: [early, late], shrinkage: {absence: 20%}, adherence: 90%, workforce: {attrition: 80%/year}"
    one, other = (play(centre(keys.replace("NUMBER", n), weeks=12)) for n in ("8", "10"))
    for agent in range(8):
        assert [line for line in one.lines if line[2] == agent] == [
            line for line in other.lines if line[2] == agent
        ]
    mine = one.roster.people
    theirs = other.roster.people[other.roster.people["agent"] < 8]
    assert mine.tobytes() == theirs.tobytes()


def test_replications_differ_and_repeat() -> None:
    keys = "employed: 30, rota: [early, late]"
    first, again, other = (play(centre(keys), replication) for replication in (0, 0, 1))
    assert first.batches == again.batches and first.lines != other.lines
    assert np.array_equal(first.paces, again.paces)
