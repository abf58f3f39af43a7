"""Expected fresh contacts of every cell in every interval: volume × weekday × profile × growth × events."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ccsim.demand.busyness import day_factors, gamma_factors
from ccsim.demand.cells import Cell, cells
from ccsim.demand.counts import counted_rates
from ccsim.demand.grid import DAY, WEEK, Grid
from ccsim.demand.streams import Floats, issue_keys, name_key, stream_key, uniforms
from ccsim.scenario import Scenario
from ccsim.scenario.arrivals import Arrivals
from ccsim.scenario.events import Event
from ccsim.scenario.profiles import profile_weights

YEAR = 365.25 * DAY


def expected(scenario: Scenario, grid: Grid, cell: Cell, fresh: Floats | None = None) -> Floats:
    """Expected issues of a cell in each interval of the grid, before any busyness.

    `fresh` holds, for each interval of a week, the share of the stated volume that is fresh. Counts that
    are replayed stay what they were; as rates they may lie outside opening hours, but not on holidays.
    """
    arrivals = scenario.arrivals[cell.channel]
    if arrivals.counts is not None:
        rates = counted_rates(grid, arrivals.counts, cell)
        if arrivals.counts.mode == "replay":
            return rates
    else:
        rates = weekly_pattern(scenario, grid, arrivals) * cell.share
    rates = rates * _growth(grid, arrivals.growth) * np.repeat(~grid.holiday, grid.slots)
    if fresh is not None:
        rates = rates * np.take(fresh, week_slot(grid))
    return _events(scenario.events.values(), grid, cell, rates)


def week_slot(grid: Grid) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Interval of the week of each interval of the grid; Monday 00:00 is 0."""
    within = np.tile(np.arange(grid.slots), grid.days)
    return np.repeat(grid.weekday, grid.slots) * grid.slots + within


def weekly_pattern(scenario: Scenario, grid: Grid, arrivals: Arrivals) -> Floats:
    """Contacts of a channel in each interval of the grid in an ordinary week.

    Where no weekdays are given, a day gets contacts in proportion to its hours.
    """
    calendar = scenario.calendar
    shapes = np.zeros((7, grid.slots))
    for weekday in range(7):
        opening = calendar.week(grid.channel)[weekday]
        shape = profile_weights(arrivals.profile, opening, scenario.interval)
        hours = sum(closes - opens for opens, closes in opening)
        day = hours if arrivals.weekdays is None else arrivals.weekdays[weekday]
        shapes[weekday] = shape * day
    week = (arrivals.contacts or 0.0) * shapes / shapes.sum()
    return np.asarray(week[grid.weekday].ravel(), np.float64)


def weekly_volume(scenario: Scenario, channel: str) -> float:
    """Contacts a channel gets in an ordinary week, as stated."""
    arrivals = scenario.arrivals[channel]
    if arrivals.gaps is not None:
        return WEEK / arrivals.gaps.mean
    return float(volume_by_week_slot(scenario, Grid(scenario, channel)).sum())


def volume_by_week_slot(scenario: Scenario, grid: Grid) -> Floats:
    """Contacts of a channel in each interval of the week, as stated, averaged over the run."""
    own = [cell for cell in cells(scenario) if cell.channel == grid.channel]
    rates = np.sum([expected(scenario, grid, cell) for cell in own], axis=0)
    slots = week_slot(grid)
    size = 7 * grid.slots
    times = np.maximum(np.bincount(slots, minlength=size), 1)
    volume: Floats = np.bincount(slots, weights=rates, minlength=size) / times
    return volume


def busyness(scenario: Scenario, grid: Grid, replication: int) -> Floats:
    """Random factor of each interval of a channel, mean 1: the day's, times the interval's own."""
    given = scenario.arrivals[grid.channel].busyness
    if given is None:
        return np.ones(len(grid.start))
    day = day_factors(
        scenario.seed, replication, grid.channel, grid.first_day, grid.days,
        given.cv, given.day_correlation,
    )  # fmt: skip
    factors = np.repeat(day, grid.slots)
    if given.interval_cv > 0.0:
        keys = issue_keys(name_key("interval", grid.channel), grid.number, np.zeros_like(grid.number))
        stream = stream_key(scenario.seed, replication, f"interval_busyness/{grid.channel}")
        factors = factors * gamma_factors(uniforms(stream, keys), given.interval_cv)
    return factors


def _growth(grid: Grid, yearly: float) -> Floats:
    grown: Floats = (1.0 + yearly) ** (grid.start / YEAR)
    return grown


def _events(events: Iterable[Event], grid: Grid, cell: Cell, rates: Floats) -> Floats:
    width = float(grid.scenario.interval)
    base = rates
    for event in events:
        if not _touches(event, cell):
            continue
        overlap = np.minimum(grid.start + width, event.end) - np.maximum(grid.start, event.start)
        share = np.clip(overlap / width, 0.0, 1.0)
        rates = rates * (1.0 + share * (event.factor - 1.0))
        window = base * share
        if event.contacts and window.sum() > 0.0:
            touched = _touched_share(event, grid.scenario, cell)
            rates = rates + event.contacts * touched * window / window.sum()
    return rates


def _touches(event: Event, cell: Cell) -> bool:
    channel = event.channels is None or cell.channel in event.channels
    return channel and (event.intents is None or cell.intent in event.intents)


def _touched_share(event: Event, scenario: Scenario, cell: Cell) -> float:
    return cell.share / sum(other.share for other in cells(scenario) if _touches(event, other))
