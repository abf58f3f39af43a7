"""Facts by time: folded into the week and into days, by channel and in all, and what was on target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results.facts import FactsAlong
from ccsim.results.grid import Grid, Thresholds

FloatArray = npt.NDArray[np.float64]
Facts = dict[str, FloatArray]


@dataclass(frozen=True, eq=False)
class ByTime:
    """Facts by interval of the week and by counted day; the same by channel, channels first."""

    interval: FactsAlong
    day: FactsAlong
    channel_interval: FactsAlong
    channel_day: FactsAlong


def by_time(channels: Facts, day_ends: Facts, agents: Facts, limits: Thresholds, grid: Grid) -> ByTime:
    """Fold facts of the counted weeks.

    channels: by channel and interval, (channels * grid.size,) or (channels, grid.size). day_ends: by
    channel and day. agents: by interval, of no single channel.
    """
    size = len(limits.share)
    each = {name: values.reshape(size, grid.size) for name, values in channels.items()}
    each |= met(each, limits, "intervals")
    days = {name: grid.by_day(values) for name, values in each.items()} | day_ends
    days |= met(days, limits, "days")
    week = {name: grid.by_interval(values) for name, values in each.items()}
    weeks = {name: grid.by_interval(values) for name, values in agents.items()}
    by_day = {name: grid.by_day(values) for name, values in agents.items()}
    return ByTime(
        FactsAlong((grid.per_week,), _over_channels(week, limits) | weeks),
        FactsAlong((grid.days,), _over_channels(days, limits) | by_day),
        FactsAlong((size, grid.per_week), week),
        FactsAlong((size, grid.days), days),
    )


def met(facts: Facts, limits: Thresholds, unit: str) -> Facts:
    """Intervals or days in which something was offered, and those on target (nan: no target)."""
    asked = facts["offered"] - facts["short"]
    share = limits.share[:, None]
    # Divided, not multiplied: 55 of 100 is 55 % to the last bit, 0.55 x 100 is more than 55.
    on_target = (asked > 0) & (facts["in_time"] / np.maximum(asked, 1.0) >= share)
    return {
        unit: (asked > 0).astype(np.float64),
        f"{unit}_met": np.where(np.isnan(share), np.nan, on_target.astype(np.float64)),
    }


def _over_channels(facts: Facts, limits: Thresholds) -> Facts:
    """Sums over channels; what is on target or not counts only channels that have one, if any has."""
    if len(limits.share) == 1:
        return {name: values[0] for name, values in facts.items()}
    judged = ~np.isnan(limits.share)
    some = judged if judged.any() else ~judged

    def chosen(name: str, values: FloatArray) -> FloatArray:
        return values[some] if name.startswith(("intervals", "days")) else values

    return {name: chosen(name, values).sum(axis=0) for name, values in facts.items()}
