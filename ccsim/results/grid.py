"""What the reduction takes from the scenario: the grid of intervals, each channel's thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ccsim.scenario import Scenario
    from ccsim.scenario.channels import Channel

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

DAY = 86_400
WEEK = 7 * DAY
# s: threshold of the service level where no target is set, the field's usual ones.
DEFAULT_WITHIN = {"voice": 20.0, "chat": 60.0, "messaging": 3600.0, "deferred": 86_400.0}
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
    """Per channel: answered `within` (s), target `share` (nan if none), `short` abandon (s).

    `deferred`: nobody waits on the line. `due`: s after arrival by which an answer is due, nan where
    nothing says so. `turns`: it goes to and fro (messaging). `lines`: it is a telephone.
    """

    within: FloatArray
    share: FloatArray
    short: FloatArray
    deferred: BoolArray
    due: FloatArray
    turns: BoolArray
    lines: BoolArray


def grid_of(scenario: Scenario) -> Grid:
    """The counted weeks of a scenario."""
    return Grid(int(scenario.interval), int(scenario.weeks), scenario.start.weekday())


def within_of(channel: Channel) -> float:
    """The threshold of a channel's service level (s)."""
    return channel.target.within if channel.target else DEFAULT_WITHIN[channel.kind]


def thresholds_of(scenario: Scenario, channels: tuple[str, ...]) -> Thresholds:
    """The service thresholds of the channels, in the journal's order."""
    rules = [scenario.channels[name] for name in channels]
    return Thresholds(
        within=np.array([within_of(rule) for rule in rules]),
        share=np.array([rule.target.share if rule.target else np.nan for rule in rules]),
        short=np.array([rule.short_abandon for rule in rules], np.float64),
        deferred=np.array([rule.deferred for rule in rules], np.bool_),
        due=np.array([np.nan if rule.due is None else rule.due for rule in rules]),
        turns=np.array([rule.kind == "messaging" for rule in rules], np.bool_),
        lines=np.array([rule.kind == "voice" for rule in rules], np.bool_),
    )


def at_once(scenario: Scenario, groups: tuple[str, ...], channels: tuple[str, ...]) -> FloatArray:
    """How many contacts of each channel an agent of each group has room for: (groups, channels).

    1 where a group does not take the channel.
    """
    handles = [scenario.agents[group].handles for group in groups]
    room = [[max(1, each.get(channel, 1)) for channel in channels] for each in handles]
    return np.array(room, np.float64).reshape(len(groups), len(channels))
