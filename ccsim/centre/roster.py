"""The roster: who is there when, as lines of a plan known before the start.

`on_seat` gives headcounts by interval within opening hours; `scheduled` gives each agent shifts with
breaks, days absent and time away, drawn from the agent's own streams.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import floor

from ccsim.centre.tables import (
    HEADCOUNT,
    LEAVE,
    PAUSE_AWAY,
    PAUSE_BREAK,
    SERVE_OUT,
    SHIFT_END,
    SHIFT_START,
)
from ccsim.demand.grid import DAY, Grid
from ccsim.demand.streams import (
    INTERVAL_STEP,
    ISSUE_STEP,
    MASK,
    UNIT,
    mix,
    name_key,
    stream_key,
    turn_key,
)
from ccsim.scenario import Scenario
from ccsim.scenario.agents import Group
from ccsim.scenario.shifts import Shift

WHOLE_DAYS = ("absence", "leave")  # kinds of shrinkage that take a day; `breaks` are in the shift
AWAY_BLOCK = 7200.0  # s: not adhering is spread over a shift, one spell in each block of this length

Line = tuple[float, int, int, float]  # time (s), kind, group or agent, value


@dataclass
class Roster:
    """Lines of the plan in order of time, the agents of each group, and days absent.

    `absent` holds (agent, start s, end s).
    """

    agents: list[int] = field(default_factory=list)  # group of each agent
    first: list[int] = field(default_factory=list)  # first agent of each group
    lines: list[Line] = field(default_factory=list)
    absent: list[tuple[int, float, float]] = field(default_factory=list)


def build_roster(scenario: Scenario, replication: int) -> Roster:
    """The roster of one replication."""
    roster = Roster()
    for number, (name, group) in enumerate(scenario.agents.items()):
        roster.first.append(len(roster.agents))
        if group.on_seat is not None:
            lines = list(_headcounts(scenario, number, group))
            size = max((int(line[3]) for line in lines), default=0)
            roster.lines += lines
        else:
            size = _schedule(scenario, replication, name, group, roster)
        roster.agents += [number] * size
    roster.lines.sort(key=lambda line: line[0])
    return roster


def group_openings(scenario: Scenario, group: Group) -> list[tuple[float, float]]:
    """When any channel the group handles is open, s, in order, joined."""
    spans = sorted(
        span
        for channel in group.handles
        if channel in scenario.channels
        for span in Grid(scenario, channel).openings
    )
    joined: list[tuple[float, float]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _headcounts(scenario: Scenario, number: int, group: Group) -> Iterator[Line]:
    """A line wherever the headcount changes: at opening, at its own steps, at midnight, at closing."""
    assert group.on_seat is not None
    first = scenario.start.weekday()
    present = 0
    for begin, end in group_openings(scenario, group):
        for day in range(int(begin // DAY), int(-(-end // DAY))):
            weekday = (first + day) % 7
            steps = [day * DAY + float(time) for time, _ in group.on_seat.steps[weekday]]
            opened = max(begin, day * DAY)
            for at in [
                opened,
                *(time for time in steps if opened < time < min(end, (day + 1) * DAY)),
            ]:
                target = group.on_seat.at(weekday, at - day * DAY)
                if target != present:
                    yield at, HEADCOUNT, number, float(target)
                    present = target
        if present:
            yield end, HEADCOUNT, number, 0.0
            present = 0


def _schedule(scenario: Scenario, replication: int, name: str, group: Group, roster: Roster) -> int:
    """Add the shifts of a scheduled group; returns how many agents it has."""
    assert isinstance(group.scheduled, dict)
    base = len(roster.agents)
    days = _open_days(scenario, group)
    openings = group_openings(scenario, group)
    draws = _GroupDraws(scenario.seed, replication, name)
    busy_days: list[set[int]] = []  # weekdays on which each agent has a shift already
    for shift_name, people in group.scheduled.items():
        shift = scenario.shifts[shift_name]
        needed = _days_taken(shift)
        free = [k for k, taken in enumerate(busy_days) if not taken & needed]
        for place in range(people):
            if place < len(free):
                k = free[place]
            else:
                k = len(busy_days)
                busy_days.append(set())
            busy_days[k] |= needed
            _work_shift(_Place(group, shift, place, k, base + k), days, openings, draws, roster)
    return len(busy_days)


def _days_taken(shift: Shift) -> set[int]:
    """Weekdays on which an agent of this shift can have no other: after a night also the next one."""
    after_midnight = {(day + 1) % 7 for day in shift.days} if shift.end > DAY else set()
    return set(shift.days) | after_midnight


class _GroupDraws:
    """Uniform draws of a group's agents by day: nobody else's move when a colleague is added."""

    def __init__(self, seed: int, replication: int, group: str) -> None:
        self.group = name_key("agents", group)
        self.streams = {
            name: stream_key(seed, replication, name) for name in ("absence", "meeting", "adherence")
        }

    def uniform(self, stream: str, agent: int, day: int, turn: int = 0) -> float:
        key = mix((self.group + agent * INTERVAL_STEP + day * ISSUE_STEP) & MASK)
        return ((mix(key ^ turn_key(self.streams[stream], turn)) >> 11) + 0.5) * UNIT


@dataclass(frozen=True)
class _Place:
    """A place on a shift: its number there, and the agent's number in the group and in the centre."""

    group: Group
    shift: Shift
    number: int
    own: int
    agent: int


def _work_shift(
    place: _Place,
    days: list[tuple[int, int]],
    openings: list[tuple[float, float]],
    draws: _GroupDraws,
    roster: Roster,
) -> None:
    """A shift of one agent on all its days."""
    shift, agent = place.shift, place.agent
    absence = sum(place.group.shrinkage.get(kind, 0.0) for kind in WHOLE_DAYS)
    for day, weekday in days:
        if weekday not in shift.days:
            continue
        start, end = day * DAY + float(shift.start), day * DAY + float(shift.end)
        if draws.uniform("absence", place.own, day) < absence:
            roster.absent.append((agent, start, end))
            continue
        roster.lines.append((start, SHIFT_START, agent, end))
        for begin, length in shift.breaks:
            at = float(day * DAY + shift.break_at(place.number, begin, length))
            roster.lines.append((at, PAUSE_BREAK, agent, float(length)))
        for at, spell in _away(place, start, end, day, draws):
            roster.lines.append((at, PAUSE_AWAY, agent, spell))
        how = LEAVE if _is_open(openings, end) else SERVE_OUT
        roster.lines.append((end, SHIFT_END, agent, float(how)))


def _is_open(openings: list[tuple[float, float]], time: float) -> bool:
    """Whether the doors are open just after `time`."""
    k = bisect_right(openings, time, key=lambda opening: opening[0]) - 1
    return k >= 0 and time < openings[k][1]


def _away(
    place: _Place, start: float, end: float, day: int, draws: _GroupDraws
) -> Iterator[tuple[float, float]]:
    """Spells off the phones in a shift (start s, length s): a meeting, and one stray spell a block."""
    group = place.group
    whole_days = sum(group.shrinkage.get(kind, 0.0) for kind in WHOLE_DAYS)
    share = sum(group.shrinkage.values()) - whole_days - group.shrinkage.get("breaks", 0.0)
    if share > 0.0:
        spell = round(share * (end - start))
        u = draws.uniform("meeting", place.own, day)
        yield start + floor(u * (end - start - spell)), float(spell)
    # Adherence is a share of the time planned on seat, not of the whole shift.
    seat = max(0.0, 1.0 - share - sum(length for _, length in place.shift.breaks) / (end - start))
    for k, (at, block) in enumerate(_blocks(start, end) if group.adherence < 1.0 else ()):
        spell = round((1.0 - group.adherence) * seat * block)
        u = draws.uniform("adherence", place.own, day, k)
        yield at + floor(u * (block - spell)), float(spell)


def _blocks(start: float, end: float) -> Iterator[tuple[float, float]]:
    """A shift in blocks of about AWAY_BLOCK, each with one stray spell: (start s, length s)."""
    count = max(1, round((end - start) / AWAY_BLOCK))
    for k in range(count):
        yield float(start + k * (end - start) // count), (end - start) / count


def _open_days(scenario: Scenario, group: Group) -> list[tuple[int, int]]:
    """Days on which any of the group's channels opens: number and weekday."""
    grid = Grid(scenario, next(iter(scenario.channels)))
    found = []
    for day in range(grid.first_day, grid.first_day + grid.days):
        date = scenario.start + dt.timedelta(days=day)
        if any(scenario.calendar.opening(name, date) for name in group.handles if name in scenario.channels):
            found.append((day, date.weekday()))
    return found
