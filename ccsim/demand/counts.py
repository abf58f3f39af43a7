"""Volumes from a table of counts: replayed as they were, or taken as rates."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np

from ccsim.demand.cells import Cell
from ccsim.demand.grid import DAY, Grid
from ccsim.demand.streams import Floats
from ccsim.scenario.arrivals import CountRow, Counts


def counted_rates(grid: Grid, counts: Counts, cell: Cell) -> Floats:
    """Contacts of a cell in each interval of the grid, from the rows that speak of it.

    A row longer than an interval is spread evenly; a row that names no intent or segment is split by
    the channel's mix and segments.
    """
    scenario = grid.scenario
    of_intent = scenario.mix(cell.channel)[cell.intent]
    of_segment = scenario.segment_shares(cell.channel)[cell.segment]
    step = _step(counts)
    by_day: dict[object, Floats] = {}
    for row in counts.rows:
        if row.intent not in (None, cell.intent) or row.segment not in (None, cell.segment):
            continue
        share = (of_intent if row.intent is None else 1.0) * (of_segment if row.segment is None else 1.0)
        day = by_day.setdefault(row.day, np.zeros(grid.slots))
        _spread(day, row, share, step, scenario.interval)
    nothing = np.zeros(grid.slots)
    days = []
    for number, weekday in zip(range(grid.first_day, grid.first_day + grid.days), grid.weekday, strict=True):
        date = scenario.start + dt.timedelta(days=number)
        days.append(by_day.get(date, by_day.get(int(weekday), nothing)))
    return np.concatenate(days)


def _step(counts: Counts) -> int:
    times = sorted({row.time for row in counts.rows})
    return min((b - a for a, b in itertools.pairwise(times)), default=DAY)


def _spread(day: Floats, row: CountRow, share: float, step: int, interval: int) -> None:
    pieces = max(1, step // interval)
    first = row.time // interval
    day[first : first + pieces] += row.contacts * share / pieces
