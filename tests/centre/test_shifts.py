"""Shifts, breaks and headcounts: work in hand is finished, overtime recorded, the idle leave first."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.centre.journal import (
    ABSENT,
    AWAY,
    BREAK,
    CLOSED,
    HANDLED,
    IN_HAND,
    SEATED,
    TRANSFERRED,
    WAITING,
    Journal,
)
from ccsim.centre.simulate import simulate
from ccsim.scenario import Scenario, loads

HOUR, DAY = 3600.0, 86400.0
HEAD = """
ccsim: 1
weeks: WEEKS
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon-fri: 08:00-18:00}}
intents: {ask: {talk: TALK, fcr: 100%, complexity: 0, repeat: none}}
channels: {voice: {patience: PATIENCE, redial: none}}
arrivals: {voice: {contacts: CONTACTS/week, profile: flat, busyness: none, counted: first}}
"""
ROSTER = """
shifts:
  early: {days: mon-fri, hours: 07:50-13:00, breaks: [10:00 15min, 12:00 20min]}
  late: {days: mon-fri, hours: 12:30-18:00, breaks: [15:00 15min]}
agents:
  team: {scheduled: {early: 5, late: 4}, skills: [ask], adherence: ADHERENCE, shrinkage: SHRINKAGE}
"""


def centre(
    rest: str, talk: str = "5min", patience: str = "3min", contacts: int = 2600, weeks: int = 2, **words: str
) -> Scenario:
    text = HEAD + rest
    found = {"TALK": talk, "PATIENCE": patience, "CONTACTS": str(contacts), "WEEKS": str(weeks)}
    for word, value in {**found, "ADHERENCE": "100%", "SHRINKAGE": "none", **words}.items():
        text = text.replace(word, value)
    return loads(text)


def run(scenario: Scenario, replication: int = 0) -> Journal:
    return simulate(scenario, replication, "simpy")


SHIFTS = centre(ROSTER).shifts


@pytest.fixture(scope="module")
def roster() -> Journal:
    return run(centre(ROSTER))


def work_ends(journal: Journal) -> np.ndarray:
    """When each leg that an agent took is done with."""
    legs = journal.legs[np.isin(journal.legs["outcome"], (HANDLED, TRANSFERRED, IN_HAND))]
    return np.asarray(legs["left"] + legs["talk"] + legs["hold"] + legs["wrap"])


def days_of(spells: np.ndarray) -> dict[tuple[int, int], np.ndarray]:
    """Spells of one agent on one day, in order."""
    found: dict[tuple[int, int], list[np.ndarray]] = {}
    for row in spells[np.lexsort((spells["start"], spells["agent"]))]:
        found.setdefault((int(row["agent"]), int(row["start"] // DAY)), []).append(row)
    return {key: np.array(rows) for key, rows in found.items()}


# --- On the roster -----------------------------------------------------------------------------------


def test_a_day_is_one_unbroken_stretch(roster: Journal) -> None:
    for (agent, day), spells in days_of(roster.presence).items():
        starts, ends = (8 * HOUR - 600, 13 * HOUR) if agent < 5 else (12.5 * HOUR, 18 * HOUR)
        assert spells["start"][0] == day * DAY + starts
        assert np.array_equal(spells["start"][1:], spells["end"][:-1])
        assert spells["end"][-1] >= day * DAY + ends
        assert spells["due"][-1] == day * DAY + ends
    assert len(days_of(roster.presence)) == 9 * 10


def test_who_goes_late_was_still_with_a_customer(roster: Journal) -> None:
    """Work in hand is done when an agent goes home late, at that very moment."""
    done = np.sort(work_ends(roster))
    late = []
    for spells in days_of(roster.presence).values():
        last = spells[-1]
        if last["end"] > last["due"]:
            late.append(last["end"] - last["due"])
            assert np.abs(done - last["end"]).min() < 1e-6
    assert 20 < len(late) < 80
    assert 0 < np.mean(late) < 900


def test_nobody_starts_a_contact_after_the_shift_but_at_closing(roster: Journal) -> None:
    """The early shift ends at 13:00; the late one at closing time, when those still waiting are served."""
    legs = roster.legs[roster.legs["agent"] >= 0]
    time = legs["left"] % DAY
    early = legs["agent"] < 5
    assert time[early].max() < 13 * HOUR
    after = time[~early] >= 18 * HOUR
    assert after.any()
    assert np.all(legs["entered"][~early][after] % DAY < 18 * HOUR)


def test_breaks_start_late_but_never_in_a_call_and_last_their_length(roster: Journal) -> None:
    spells = roster.presence[roster.presence["state"] == BREAK]
    shift_ends = np.where(spells["agent"] < 5, 13 * HOUR, 18 * HOUR)
    cut = spells["end"] % DAY == shift_ends  # a long call, and no time left for the whole of it
    length = np.round(spells["end"] - spells["start"], 6)
    assert set(length[~cut].tolist()) <= {900.0, 1200.0, 2100.0}  # two together after a very long call
    assert np.all(length[cut] <= 1200.0) and cut.sum() < 5
    assert len(spells) == pytest.approx(5 * 10 * 2 + 4 * 10, abs=3)
    first = SHIFTS["early"].breaks[0]
    for place in range(5):
        mine = spells[(spells["agent"] == place) & (length == 900.0)]
        delay = mine["start"] % DAY - SHIFTS["early"].break_at(place, *first)
        assert delay.min() >= 0.0
        assert (delay > 0).any()
    taken = roster.legs[roster.legs["agent"] >= 0]
    for row in spells:
        mine = taken[taken["agent"] == row["agent"]]
        assert not np.any((mine["left"] < row["end"] - 1e-6) & (mine["left"] > row["start"] + 1e-6))
        over = mine["left"] + mine["talk"] + mine["hold"] + mine["wrap"]
        assert not np.any((mine["left"] < row["start"] - 1e-6) & (over > row["start"] + 1e-6))


def test_paid_time_is_the_roster_and_overtime(roster: Journal) -> None:
    """Time seated, on breaks and away, and late minutes: all that is paid, and nothing else."""
    present = (roster.presence["end"] - roster.presence["start"]).sum()
    overtime = np.maximum(roster.presence["end"] - roster.presence["due"], 0.0)
    last = [spells[-1] for spells in days_of(roster.presence).values()]
    assert sum(row["end"] - row["due"] for row in last) == pytest.approx(overtime.sum())
    planned = 10 * (5 * (5 * HOUR + 600) + 4 * 5.5 * HOUR)
    assert present == pytest.approx(planned + overtime.sum())


def test_absence_and_adherence_take_their_shares() -> None:
    scenario = centre(ROSTER, weeks=12, ADHERENCE="90%", SHRINKAGE="{absence: 8%, meetings: 5%}")
    journal = run(scenario)
    presence = journal.presence
    absent = presence[presence["state"] == ABSENT]
    shifts = 9 * 60
    assert len(absent) / shifts == pytest.approx(0.08, abs=3.5 * np.sqrt(0.08 * 0.92 / shifts))
    assert set(np.round(absent["end"] - absent["start"]).tolist()) == {5 * HOUR + 600, 5.5 * HOUR}
    worked = days_of(presence[presence["state"] != ABSENT])
    assert len(worked) + len(absent) == shifts
    on_roster = sum(spells["due"][-1] - spells["start"][0] for spells in worked.values())
    away = presence[presence["state"] == AWAY]
    share = (away["end"] - away["start"]).sum() / on_roster
    pauses = 10 * (5 * 35 + 4 * 15) / (10 * (5 * 310 + 4 * 330))
    assert share == pytest.approx(0.05 + 0.1 * (1 - 0.05 - pauses), abs=0.005)


def test_an_absence_moves_nobody_else() -> None:
    """Each agent's days are drawn from the agent's own streams: a colleague more changes none of them."""
    plain = centre(ROSTER, contacts=10, ADHERENCE="85%", SHRINKAGE="{absence: 20%}")
    more = plain.with_changes({"agents.team.scheduled.late": "+3"})
    one, other = (run(scenario).presence for scenario in (plain, more))
    for agent in range(9):
        assert np.array_equal(one[one["agent"] == agent][["state", "start", "due"]][:3],
                              other[other["agent"] == agent][["state", "start", "due"]][:3])  # fmt: skip
    absences = [set(map(tuple, p[p["state"] == ABSENT][["agent", "start"]].tolist())) for p in (one, other)]
    assert absences[0] <= absences[1]


NIGHTS = """
shifts:
  night: {days: mon, hours: 22:00-06:00}
  early: {days: tue-fri, hours: 05:00-13:00}
  weekend: {days: wed-thu, hours: 13:00-21:00}
agents: {team: {scheduled: {night: 1, early: 1, weekend: 1}, skills: [ask], adherence: 100%, shrinkage: none}}
"""


def test_nobody_has_two_shifts_at_once() -> None:
    """The night of Monday ends on Tuesday: another agent takes the early shift, and all of it is worked."""
    text = (HEAD + NIGHTS).replace("{mon-fri: 08:00-18:00}", "{daily: 24h}").replace("WEEKS", "1")
    for word, value in {"TALK": "2min", "PATIENCE": "1min", "CONTACTS": "100"}.items():
        text = text.replace(word, value)
    journal = run(loads(text))
    rows = journal.presence
    seated = np.minimum(rows["end"], rows["due"]) - rows["start"]
    assert seated.sum() == pytest.approx((1 + 4 + 2) * 8 * HOUR)
    assert np.all(seated <= 8 * HOUR + 1e-6)
    assert len(journal.names.agents) == 2  # who works nights can still work from Wednesday on


# --- On seat -----------------------------------------------------------------------------------------

STEPS = """
agents: {team: {on_seat: {08:00: 6, 10:00: 2, 12:00: 5, 15:00: 3}, skills: [ask]}}
"""
PLANNED = ((8.0, 10.0, 6), (10.0, 12.0, 2), (12.0, 15.0, 5), (15.0, 18.0, 3))


def seated_at(journal: Journal, time: float) -> np.ndarray:
    """Agents seated just after a moment."""
    rows = journal.presence
    here = (rows["state"] == SEATED) & (rows["start"] <= time) & (rows["end"] > time)
    return np.asarray(rows["agent"][here])


def busy_at(journal: Journal, time: float) -> np.ndarray:
    legs = journal.legs[journal.legs["agent"] >= 0]
    over = legs["left"] + legs["talk"] + legs["hold"] + legs["wrap"]
    return np.asarray(legs["agent"][(legs["left"] <= time) & (over > time)])


def test_headcounts_are_as_planned() -> None:
    """Never fewer than planned; more only while calls taken before are finished."""
    journal = run(centre(STEPS, contacts=1500))
    for day in range(5):
        for begin, end, agents in PLANNED:
            for time in (begin + 0.01, (begin + end) / 2, end - 0.01):
                now = day * DAY + time * HOUR
                seated = seated_at(journal, now)
                assert len(seated) >= agents
                if len(seated) > agents:
                    assert len(busy_at(journal, now)) >= len(seated) - agents
        assert len(seated_at(journal, day * DAY + 17.9 * HOUR)) == 3
        assert len(seated_at(journal, day * DAY + 19.5 * HOUR)) == 0


def test_the_idle_leave_first_highest_number_first() -> None:
    """A quiet centre: at the change nearly all are idle, and the highest numbers go at once."""
    journal = run(centre(STEPS, contacts=150, talk="2min"))
    for day in range(5):
        change = day * DAY + 10 * HOUR
        before, busy = set(seated_at(journal, change - 0.01)), set(busy_at(journal, change))
        after = set(seated_at(journal, change + 0.01))
        idle = sorted(before - busy)
        gone = sorted(before - after)
        assert gone == idle[len(idle) - len(gone) :]
        assert len(gone) == min(4, len(idle))


def test_busy_agents_leave_when_done_and_take_nobody_else() -> None:
    journal = run(centre(STEPS, contacts=4000, talk="6min"))
    overtime = journal.presence[journal.presence["end"] > journal.presence["due"] + 1e-6]
    assert len(overtime) > 20
    done = work_ends(journal)
    legs = journal.legs[journal.legs["agent"] >= 0]
    for row in overtime:
        assert np.abs(done - row["end"]).min() < 1e-6
        closing = row["due"] % DAY == 18 * HOUR
        taken = legs[
            (legs["agent"] == row["agent"]) & (legs["left"] > row["due"]) & (legs["left"] < row["end"])
        ]
        assert closing or len(taken) == 0


def test_seated_time_is_headcount_and_overtime() -> None:
    journal = run(centre(STEPS, contacts=1500, talk="3min"))
    rows = journal.presence
    overtime = np.maximum(rows["end"] - rows["due"], 0.0).sum()
    planned = 10 * sum((end - begin) * HOUR * agents for begin, end, agents in PLANNED)
    assert (rows["end"] - rows["start"]).sum() == pytest.approx(planned + overtime, rel=1e-9)
    assert overtime > 0


def test_at_closing_those_who_wait_are_served() -> None:
    journal = run(centre(STEPS, contacts=6000, patience="never"))
    legs = journal.legs
    late = legs[(legs["entered"] % DAY < 18 * HOUR) & (legs["left"] % DAY > 18 * HOUR)]
    assert len(late) > 20
    assert not np.any(legs["outcome"] == WAITING)
    assert not np.any(legs["outcome"] == CLOSED)
