"""Expected fresh contacts of every cell in every interval: volume × weekday × profile × growth × events."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from ccsim.demand.busyness import day_factors, gamma_factors
from ccsim.demand.cells import Cell, cells, cells_of
from ccsim.demand.counts import CountTable, count_table, logged_rates
from ccsim.demand.grid import DAY, WEEK, Grid
from ccsim.demand.streams import Floats, issue_keys, name_key, stream_key, uniforms
from ccsim.demand.surges import part, surged, touches
from ccsim.scenario import Scenario
from ccsim.scenario.arrivals import Arrivals
from ccsim.scenario.events import Event
from ccsim.scenario.profiles import profile_weights

YEAR = 365.25 * DAY
ALL_DAY = ((0, DAY),)


class Expected:
    """Expected issues of cells by interval, before any chance; what cells share is worked out once.

    `fresh` holds, by channel, for each interval of a week the share of the stated volume that is fresh.
    Growth, holidays, events and fresh shares leave replays alone, as they leave gaps between arrivals.
    """

    def __init__(self, scenario: Scenario, fresh: Mapping[str, Floats] | None = None) -> None:
        self.scenario = scenario
        self.fresh = fresh or {}
        self._grids: dict[str, Grid] = {}
        self._weeks: dict[str, Floats] = {}
        self._tables: dict[str, CountTable] = {}
        self._among: dict[str, float] = {}

    def grid(self, channel: str) -> Grid:
        """The grid of a channel."""
        if channel not in self._grids:
            self._grids[channel] = Grid(self.scenario, channel)
        return self._grids[channel]

    def rates(self, cell: Cell) -> Floats:
        """Expected issues of a cell in each interval of its channel's grid."""
        arrivals, grid = self.scenario.arrivals[cell.channel], self.grid(cell.channel)
        if arrivals.replayed:
            return self._stated(cell)
        rates = usual = self._usual(cell)
        for name, event in self.scenario.events.items():
            if touches(event, cell):
                rates = surged(rates, usual, event, grid, self._usually(name, event))
        fresh = self.fresh.get(cell.channel)
        return rates if fresh is None else rates * np.take(fresh, week_slot(grid))

    def _usual(self, cell: Cell) -> Floats:
        """Without events; as rates, counts may lie outside opening hours, but not on holidays."""
        arrivals, grid = self.scenario.arrivals[cell.channel], self.grid(cell.channel)
        return self._stated(cell) * _growth(grid, arrivals.growth) * np.repeat(~grid.quiet, grid.slots)

    def _stated(self, cell: Cell) -> Floats:
        arrivals, grid = self.scenario.arrivals[cell.channel], self.grid(cell.channel)
        if arrivals.log is not None:
            return logged_rates(grid, arrivals, cell)
        if arrivals.counts is not None:
            if cell.channel not in self._tables:
                self._tables[cell.channel] = count_table(grid, arrivals.counts)
            return self._tables[cell.channel].rates(cell)
        if cell.channel not in self._weeks:
            self._weeks[cell.channel] = weekly_pattern(self.scenario, grid, arrivals)
        return self._weeks[cell.channel] * cell.share

    def _usually(self, name: str, event: Event) -> float:
        """Contacts that usually come while an event is on, in all cells it touches."""
        if event.contacts and name not in self._among:
            self._among[name] = sum(
                float((self._usual(cell) * part(event, self.grid(cell.channel))).sum())
                for cell in cells(self.scenario)
                if touches(event, cell) and not _apart(self.scenario.arrivals[cell.channel])
            )
        return self._among.get(name, 0.0)


def _apart(arrivals: Arrivals) -> bool:
    """Whether events leave these arrivals alone."""
    return arrivals.replayed or arrivals.gaps is not None


def expected(scenario: Scenario, grid: Grid, cell: Cell, fresh: Floats | None = None) -> Floats:
    """Expected issues of one cell in each interval of the grid, before any chance (see `Expected`)."""
    return Expected(scenario, None if fresh is None else {grid.channel: fresh}).rates(cell)


def week_slot(grid: Grid) -> npt.NDArray[np.int64]:
    """Interval of the week of each interval of the grid; Monday 00:00 is 0."""
    within = np.tile(np.arange(grid.slots), grid.days)
    return np.repeat(grid.weekday, grid.slots) * grid.slots + within


def weekly_pattern(scenario: Scenario, grid: Grid, arrivals: Arrivals) -> Floats:
    """Contacts of a channel in each interval of the grid in an ordinary week.

    Where no weekdays are given, a day gets contacts in proportion to its hours: of opening, or all 24
    where customers write at all hours.
    """
    week = scenario.calendar.week(grid.channel)
    shapes = np.zeros((7, grid.slots))
    for weekday in range(7):
        opening = ALL_DAY if grid.all_hours else week[weekday]
        hours = _hours(week, weekday) if grid.all_hours else None
        shape = profile_weights(arrivals.profile, opening, scenario.interval, hours)
        open_for = sum(closes - opens for opens, closes in opening)
        day = open_for if arrivals.weekdays is None else arrivals.weekdays[weekday]
        shapes[weekday] = shape * day
    contacts = (arrivals.contacts or 0.0) * shapes / shapes.sum()
    return np.asarray(contacts[grid.weekday].ravel(), np.float64)


def _hours(week: tuple[tuple[tuple[int, int], ...], ...], weekday: int) -> tuple[int, int] | None:
    """First and last hour of a weekday's opening; of the whole week's on a day without any."""
    spans = week[weekday] or [span for day in week for span in day]
    return (min(opens for opens, _ in spans), max(closes for _, closes in spans)) if spans else None


def weekly_volume(scenario: Scenario, channel: str) -> float:
    """Contacts a channel gets in an ordinary week, as stated."""
    arrivals = scenario.arrivals[channel]
    if arrivals.gaps is not None:
        return WEEK / arrivals.gaps.mean
    return float(volume_by_week_slot(scenario, Grid(scenario, channel)).sum())


def volume_by_week_slot(scenario: Scenario, grid: Grid) -> Floats:
    """Contacts of a channel in each interval of the week, as stated, averaged over the run."""
    found = Expected(scenario)
    rates = np.sum([found.rates(cell) for cell in cells_of(scenario, grid.channel)], axis=0)
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
