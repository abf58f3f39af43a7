"""The grid of days and intervals a run is drawn on: when the doors are open, when contacts may arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ccsim.demand.streams import Floats
from ccsim.scenario import Scenario

DAY = 86400
WEEK = 7 * DAY


@dataclass(frozen=True, eq=False)
class Grid:
    """Intervals of one channel, day by day; arrays are flat, `days * slots` long.

    `openings` are the hours of the doors and of the people behind them. On a deferred channel
    customers write at all hours (`all_hours`), on holidays too; elsewhere they come while it is open.
    """

    scenario: Scenario
    channel: str

    @property
    def first_day(self) -> int:
        """Number of the first simulated day; day 0 is the scenario's start, warm-up is negative."""
        return int(self.scenario.begin // DAY)

    @property
    def days(self) -> int:
        return int(-(-self.scenario.end // DAY)) - self.first_day

    @property
    def slots(self) -> int:
        """Intervals a day."""
        return DAY // self.scenario.interval

    @cached_property
    def number(self) -> npt.NDArray[np.int64]:
        """Number of each interval, counted from the scenario's start."""
        first = self.first_day * self.slots
        return np.arange(first, first + self.days * self.slots, dtype=np.int64)

    @cached_property
    def start(self) -> Floats:
        """Start of each interval, s."""
        return np.asarray(self.number * float(self.scenario.interval), np.float64)

    @cached_property
    def weekday(self) -> npt.NDArray[np.int64]:
        """Weekday of each day, Monday 0; `days` long."""
        days = np.arange(self.first_day, self.first_day + self.days)
        return (days + self.scenario.start.weekday()) % 7

    @cached_property
    def holiday(self) -> npt.NDArray[np.bool_]:
        """Days on which the doors stay shut although their weekday has hours; `days` long."""
        calendar = self.scenario.calendar
        usual = [bool(hours) for hours in calendar.week(self.channel)]
        dates = (self.scenario.start + timedelta(days=self.first_day + k) for k in range(self.days))
        return np.array([usual[date.weekday()] and calendar.is_holiday(date) for date in dates])

    @property
    def all_hours(self) -> bool:
        """Whether contacts arrive at all hours: a deferred channel has no doors for customers."""
        return self.scenario.channels[self.channel].deferred

    @cached_property
    def quiet(self) -> npt.NDArray[np.bool_]:
        """Days without contacts although their weekday has them; `days` long."""
        return np.zeros(self.days, bool) if self.all_hours else self.holiday

    @cached_property
    def arriving(self) -> list[tuple[float, float]]:
        """When contacts may arrive over the whole run, s: the openings, or all of it."""
        if not self.all_hours:
            return self.openings
        return [(self.first_day * float(DAY), (self.first_day + self.days) * float(DAY))]

    @cached_property
    def openings(self) -> list[tuple[float, float]]:
        """When the channel is open over the whole run, s, in order; touching ones joined."""
        joined: list[tuple[float, float]] = []
        for day in range(self.first_day, self.first_day + self.days):
            date = self.scenario.start + timedelta(days=day)
            for opens, closes in self.scenario.calendar.opening(self.channel, date):
                begin, end = day * DAY + float(opens), day * DAY + float(closes)
                if joined and joined[-1][1] >= begin:
                    joined[-1] = (joined[-1][0], end)
                else:
                    joined.append((begin, end))
        return joined

    @cached_property
    def windows(self) -> tuple[Floats, Floats]:
        """Part of each interval in which contacts arrive: start and width, s; all of it where none do."""
        width = float(self.scenario.interval)
        begin, end = self.start.copy(), self.start + width
        opened = np.zeros(len(begin), bool)
        for opens, closes in self.arriving:
            a, b = (
                np.searchsorted(self.start + width, opens, "right"),
                np.searchsorted(self.start, closes, "left"),
            )
            fresh = slice(int(a), int(b))
            begin[fresh] = np.where(opened[fresh], begin[fresh], np.maximum(self.start[fresh], opens))
            end[fresh] = np.minimum(self.start[fresh] + width, closes)
            opened[fresh] = True
        return begin, end - begin
