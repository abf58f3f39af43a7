"""What the reduction takes from the scenario: the grid of intervals and the voice thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

FloatArray = npt.NDArray[np.float64]

DAY = 86_400
WEEK = 7 * DAY
DEFAULT_WITHIN = 20.0  # s: service level where no target is set, the field's usual threshold
DEFAULT_SHORT = 5.0  # s: hung up so soon that nobody could have answered


@dataclass(frozen=True)
class Grid:
    """The counted weeks cut in intervals; `first_weekday` is that of the first day, Monday 0."""

    interval: int
    weeks: int
    first_weekday: int = 0

    @property
    def size(self) -> int:
        """Number of intervals in the counted weeks."""
        return self.weeks * self.per_week

    @property
    def per_day(self) -> int:
        """Number of intervals in a day."""
        return DAY // self.interval

    @property
    def per_week(self) -> int:
        """Number of intervals in a week."""
        return WEEK // self.interval

    @property
    def days(self) -> int:
        """Number of counted days."""
        return 7 * self.weeks

    @property
    def edges(self) -> FloatArray:
        """Bounds of the intervals (s), shape (size + 1,)."""
        return np.arange(self.size + 1, dtype=np.float64) * self.interval

    def by_interval(self, counts: FloatArray) -> FloatArray:
        """Fold (..., size) to (..., intervals of the week from Monday), summed over weeks."""
        shape = (*counts.shape[:-1], self.weeks, 7, self.per_day)
        from_first: FloatArray = counts.reshape(shape).sum(axis=-3)
        from_monday = np.roll(from_first, self.first_weekday, axis=-2)
        return from_monday.reshape(*counts.shape[:-1], self.per_week)

    def by_day(self, counts: FloatArray) -> FloatArray:
        """Fold (..., size) to (..., counted days)."""
        folded: FloatArray = counts.reshape((*counts.shape[:-1], self.days, self.per_day)).sum(-1)
        return folded


@dataclass(frozen=True)
class Thresholds:
    """Per channel: answered `within` (s), target `share` (nan if none), `short` abandon (s)."""

    within: FloatArray
    share: FloatArray
    short: FloatArray


def grid_of(scenario: Scenario) -> Grid:
    """The counted weeks of a scenario."""
    return Grid(int(scenario.interval), int(scenario.weeks), scenario.start.weekday())


def thresholds_of(scenario: Scenario, channels: tuple[str, ...]) -> Thresholds:
    """The service thresholds of the channels, in the journal's order."""
    within = np.full(len(channels), DEFAULT_WITHIN)
    share = np.full(len(channels), np.nan)
    short = np.full(len(channels), DEFAULT_SHORT)
    for number, name in enumerate(channels):
        channel = scenario.channels[name]
        short[number] = channel.short_abandon
        if channel.target is not None:
            within[number], share[number] = channel.target.within, channel.target.share
    return Thresholds(within, share, short)
