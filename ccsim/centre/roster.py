"""The roster: who is there when, as lines of a plan known before the start.

`on_seat` gives headcounts by interval within opening hours; `scheduled` gives each agent shifts with
breaks, days absent and time away, drawn from the agent's own streams.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

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
from ccsim.demand.streams import mix, name_key, stream_key, turn_key
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
    assert group.scheduled is not None
    base = len(roster.agents)
    busy_days: list[set[int]] = []  # weekdays on which each agent has a shift already
    for shift_name, people in group.scheduled.items():
        shift = scenario.shifts[shift_name]
        free = [k for k, days in enumerate(busy_days) if not days & shift.days]
        for place in range(people):
            if place < len(free):
                k = free[place]
            else:
                k = len(busy_days)
                busy_days.append(set())
            busy_days[k] |= shift.days
            draws = _AgentDraws(scenario.seed, replication, name, k)
            _work_shift(scenario, group, shift, base + k, draws, roster)
    return len(busy_days)


@dataclass(frozen=True)
class _AgentDraws:
    """Uniform draws of one agent on one day, by name: nobody else's move when a colleague is added."""

    seed: int
    replication: int
    group: str
    agent: int

    def uniform(self, stream: str, day: int, turn: int = 0) -> float:
        key = name_key("agent", self.group, self.agent, day)
        base = stream_key(self.seed, self.replication, f"{stream}/{self.group}")
        return ((mix(key ^ turn_key(base, turn)) >> 11) + 0.5) * 2.0**-53


def _work_shift(
    scenario: Scenario, group: Group, shift: Shift, agent: int, draws: _AgentDraws, roster: Roster
) -> None:
    grid = Grid(scenario, next(iter(scenario.channels)))
    absence = sum(group.shrinkage.get(kind, 0.0) for kind in WHOLE_DAYS)
    away_share = sum(group.shrinkage.values()) - absence - group.shrinkage.get("breaks", 0.0)
    for day in range(grid.first_day, grid.first_day + grid.days):
        date = scenario.start + dt.timedelta(days=day)
        closing = _closing(scenario, group, date)
        if date.weekday() not in shift.days or closing is None:
            continue
        start, end = day * DAY + float(shift.start), day * DAY + float(shift.end)
        if draws.uniform("absence", day) < absence:
            roster.absent.append((agent, start, end))
            continue
        how = SERVE_OUT if shift.end >= closing else LEAVE
        roster.lines.append((start, SHIFT_START, agent, end))
        for begin, length in shift.breaks:
            roster.lines.append((day * DAY + float(begin), PAUSE_BREAK, agent, float(length)))
        for begin, length in _away(start, end, away_share, 1.0 - group.adherence, day, draws):
            roster.lines.append((begin, PAUSE_AWAY, agent, length))
        roster.lines.append((end, SHIFT_END, agent, float(how)))


def _closing(scenario: Scenario, group: Group, date: dt.date) -> float | None:
    """Closing time of the group's channels on a date, s of the day; None on a closed day."""
    closings = [
        closes
        for channel in group.handles
        if channel in scenario.channels
        for _, closes in scenario.calendar.opening(channel, date)
    ]
    return float(max(closings)) if closings else None


def _away(
    start: float, end: float, meetings: float, straying: float, day: int, draws: _AgentDraws
) -> Iterator[tuple[float, float]]:
    """Spells off the phones in a shift: one meeting, and a stray spell in each block."""
    length = end - start
    if meetings > 0.0:
        spell = float(round(meetings * length))
        yield start + np.floor(draws.uniform("meeting", day) * (length - spell)), spell
    if straying > 0.0:
        blocks = max(1, round(length / AWAY_BLOCK))
        block = length / blocks
        spell = float(round(straying * block))
        for k in range(blocks):
            u = draws.uniform("adherence", day, k)
            yield start + np.floor(k * block + u * (block - spell)), spell
