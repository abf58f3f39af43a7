"""Days and hours a group can work: when any of its channels is open."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ccsim.demand.grid import Grid
from ccsim.scenario import Scenario

Spans = list[tuple[float, float]]


class Day(NamedTuple):
    """A day by its number from the start date: weekday from Monday 0, and its week, counted from the
    Monday on or before the start."""

    number: int
    weekday: int
    week: int


@dataclass(frozen=True, eq=False)
class WorkingDays:
    """Open days and openings of a group that handles some channels."""

    scenario: Scenario
    channels: tuple[str, ...]

    @cached_property
    def openings(self) -> Spans:
        """When any of the channels is open, s, in order, joined."""
        spans = sorted(span for name in self._known for span in Grid(self.scenario, name).openings)
        joined: Spans = []
        for begin, end in spans:
            if joined and begin <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((begin, end))
        return joined

    @cached_property
    def open_days(self) -> list[Day]:
        """Simulated days on which any of the channels opens."""
        grid = Grid(self.scenario, next(iter(self.scenario.channels)))
        offset = self.scenario.start.weekday()
        found = []
        for number in range(grid.first_day, grid.first_day + grid.days):
            date = self.scenario.start + dt.timedelta(days=number)
            if any(self.scenario.calendar.opening(name, date) for name in self._known):
                found.append(Day(number, date.weekday(), (number + offset) // 7))
        return found

    def is_open(self, time: float) -> bool:
        """Whether the doors are open just after `time`."""
        k = bisect_right(self._begins, time) - 1
        return k >= 0 and time < self.openings[k][1]

    @cached_property
    def _begins(self) -> list[float]:
        return [begin for begin, _ in self.openings]

    @property
    def _known(self) -> list[str]:
        return [name for name in self.channels if name in self.scenario.channels]
