"""Volumes from a table of counts or a log: replayed as they were, or taken as rates."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.demand.cells import Cell, Pair, Split
from ccsim.demand.grid import DAY, Grid
from ccsim.demand.streams import Floats
from ccsim.scenario.arrivals import Arrivals, Counts


@dataclass(frozen=True, eq=False)
class CountTable:
    """The rows of one table by what they name: for each pair contacts by day and time of day.

    split: how rows fall to cells. contacts: arrays (days + 1, slots), the last row empty. has: which days
    the pair speaks of. dated, weekly: for each day of the grid the row of its date and of its weekday,
    the empty one if none. A row longer than an interval is spread evenly over `pieces` of them, the last
    of a day over those that are left of it.
    """

    split: Split
    contacts: dict[Pair, Floats]
    has: dict[Pair, npt.NDArray[np.bool_]]
    dated: npt.NDArray[np.int64]
    weekly: npt.NDArray[np.int64]
    pieces: int

    def rates(self, cell: Cell) -> Floats:
        """Contacts of a cell in each interval of the grid, from the rows that speak of it.

        Rows of a date stand in for those of its weekday; a row that names no intent or segment is
        split by the channel's mix and segments.
        """
        first = next(iter(self.contacts))
        day, has, nothing = np.zeros_like(self.contacts[first]), np.zeros_like(self.has[first]), -1
        for pair, contacts in self.contacts.items():
            share = self.split.part(cell, pair)
            if share > 0.0:
                day += contacts * share / self.pieces
                has |= self.has[pair]
        row = np.where(has[self.dated], self.dated, np.where(has[self.weekly], self.weekly, nothing))
        rates: Floats = day[row].ravel()
        return rates


def count_table(grid: Grid, counts: Counts) -> CountTable:
    """The table of a channel, read once for all its cells."""
    days = {day: k for k, day in enumerate(dict.fromkeys(row.day for row in counts.rows))}
    pieces = max(1, _step(counts) // grid.scenario.interval)
    groups: dict[Pair, list[tuple[int, int, float]]] = {}
    for row in counts.rows:
        at = (days[row.day], row.time // grid.scenario.interval, row.contacts)
        groups.setdefault((row.intent, row.segment), []).append(at)
    contacts, has = {}, {}
    for pair, rows in groups.items():
        contacts[pair], has[pair] = _spread(rows, len(days), grid.slots, pieces)
    split = Split.of(grid.scenario, grid.channel)
    return CountTable(split, contacts, has, *_rows_of_days(grid, days), pieces)


def _spread(
    rows: list[tuple[int, int, float]], days: int, slots: int, pieces: int
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    table = np.zeros((days + 1, slots))
    day, first, contacts = (np.array(column) for column in zip(*rows, strict=True))
    contacts = contacts * (pieces / np.minimum(pieces, slots - first))
    for piece in range(pieces):
        inside = first + piece < slots
        np.add.at(table, (day[inside], first[inside] + piece), contacts[inside])
    has = np.zeros(days + 1, bool)
    has[day] = True
    return table, has


def _rows_of_days(grid: Grid, days: dict[Any, int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    numbers = range(grid.first_day, grid.first_day + grid.days)
    dates = (grid.scenario.start + dt.timedelta(days=number) for number in numbers)
    dated = np.array([days.get(date, len(days)) for date in dates], np.int64)
    weekly = np.array([days.get(day, len(days)) for day in grid.weekday.tolist()], np.int64)
    return dated, weekly


def _step(counts: Counts) -> int:
    times = sorted({row.time for row in counts.rows})
    return min((b - a for a, b in itertools.pairwise(times)), default=DAY)


def logged_rates(grid: Grid, arrivals: Arrivals, cell: Cell) -> Floats:
    """Contacts of a cell in each interval of the grid, from a log; rows without a segment by share."""
    log, scenario = arrivals.log, grid.scenario
    assert log is not None
    found = np.zeros(len(grid.number))
    if cell.intent not in log.names["intent"]:
        return found
    seconds = log.seconds(scenario.start)
    inside = (seconds >= scenario.begin) & (seconds < scenario.end)
    inside &= log.codes["intent"] == log.names["intent"].index(cell.intent)
    slot = (seconds // scenario.interval).astype(np.int64) - grid.number[0]
    split = Split.of(scenario, cell.channel)
    for code, segment in enumerate((None, *log.names["segment"]), -1):
        share = split.part(cell, (cell.intent, segment))
        if share > 0.0:
            mine = inside & (log.codes["segment"] == code)
            found += share * np.bincount(slot[mine], minlength=len(found))
    return found
