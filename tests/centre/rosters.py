"""Rosters made and played through without a simulation: every line and absence of a whole run."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from ccsim.centre.roster import Line, Roster, build_roster
from ccsim.centre.tables import PAUSE_AWAY, PAUSE_BREAK, SHIFT_END, SHIFT_START
from ccsim.scenario import Scenario, loads

HEAD = """
ccsim: 1
weeks: WEEKS
warm_up: 1 week
follow_up: 0 days
calendar: {hours: {daily: 24h}}
intents: {ask: {talk: 4min, fcr: 70%}}
channels: {voice: {}}
arrivals: {voice: {contacts: 100/week}}
shifts:
  early: {days: mon-fri, hours: 06:00-14:00, breaks: [10:00 30min]}
  late: {days: mon-fri, hours: 14:00-22:00, breaks: [18:00 30min]}
  weekend: {days: sat-sun, hours: 08:00-16:00}
  night: {days: daily, hours: 22:00-06:00}
"""
GROUP = "agents: {team: {KEYS, skills: [ask]}}\n"
PLAIN = "shrinkage: none, adherence: 100%"


def centre(keys: str, rest: str = "", weeks: int = 4) -> Scenario:
    return loads(HEAD.replace("WEEKS", str(weeks)) + GROUP.replace("KEYS", keys) + rest)


@dataclass
class Played:
    """A roster with all its lines, as the reviews of a run added them, batch by batch."""

    roster: Roster
    batches: list[list[Line]]
    rows: SimpleNamespace = field(repr=False)
    paces: list[npt.NDArray[np.float64]] = field(default_factory=list)  # of each agent, after each review

    @property
    def lines(self) -> list[Line]:
        return [line for batch in self.batches for line in batch]

    def shifts(self) -> list[tuple[int, float, float]]:
        """(agent, start, end) of every shift worked."""
        return [(who, time, value) for time, kind, who, value in self.lines if kind == SHIFT_START]

    def seconds(self, kind: int) -> float:
        return sum(value for _, k, _, value in self.lines if k == kind)

    @property
    def worked(self) -> float:
        return sum(end - start for _, start, end in self.shifts())


def play(scenario: Scenario, replication: int = 0, occupancy: float = 0.0) -> Played:
    """Build a roster and hold all its reviews, everybody seated 40 h a week at some occupancy."""
    roster = build_roster(scenario, replication)
    agents = [
        SimpleNamespace(pace=pace, quality=quality, strain=0.0, idle_time=0.0, seat_time=0.0)
        for pace, quality in zip(roster.pace, roster.quality, strict=True)
    ]
    rows = SimpleNamespace(agents=agents)
    played = Played(roster, [list(roster.lines)], rows)
    for pause in roster.pauses:
        for agent in agents:
            agent.seat_time += 40 * 3600.0
            agent.idle_time += 40 * 3600.0 * (1.0 - occupancy)
        assert roster.review is not None
        played.batches.append(roster.review(rows, pause))
        played.paces.append(np.array([agent.pace for agent in agents]))
    return played


def ends(lines: list[Line]) -> int:
    return sum(kind == SHIFT_END for _, kind, _, _ in lines)


__all__ = ["PAUSE_AWAY", "PAUSE_BREAK", "PLAIN", "Played", "centre", "ends", "play"]
