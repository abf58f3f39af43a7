"""Facts of the contacts that arrived in the counted weeks: by interval, by cell, and their waits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import CLOSED, REDIAL, REPEAT, Journal
from ccsim.results.axis import Axis, Runs, Slots, count, histogram
from ccsim.results.columns import Stays
from ccsim.results.grid import Grid
from ccsim.results.histogram import BINS, quantiles
from ccsim.results.queue_facts import Waits, queue_facts
from ccsim.results.tally import SHARES, Counts

FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Facts = dict[str, FloatArray]

MOST_TIMES = 20_000  # cells x intervals of the day: more are not kept


@dataclass(frozen=True, eq=False)
class Counted:
    """The counted contacts: rows `start` to `end` of the contacts, in order of arrival.

    `first` are their first legs, `time` their intervals, `cell` their cells. `later` are all other
    legs of the journal, of counted contacts or not.
    """

    start: int
    end: int
    first: Stays
    later: Stays
    waits: Waits
    time: Runs
    cell: Slots

    @property
    def rows(self) -> slice:
        """Their rows among all contacts."""
        return slice(self.start, self.end)


def counted_contacts(journal: Journal, legs: Stays, grid: Grid) -> Counted:
    """Pick the counted contacts; contacts are in order of arrival, so they are consecutive."""
    contacts = journal.contacts
    edges = np.searchsorted(contacts.arrived, grid.edges)
    rows = slice(int(edges[0]), int(edges[-1]))
    first = legs.take(contacts.first[rows])
    cell = journal.issues["cell"][contacts.issue[rows]].astype(np.int64)
    time, cells = Runs(edges - edges[0]), Slots(cell, journal.names.cells)
    later = legs.take(contacts.later)
    return Counted(rows.start, rows.stop, first, later, Waits(first), time, cells)


def contact_facts(journal: Journal, counted: Counted) -> tuple[Facts, Facts]:
    """Facts by interval of the counted weeks and by cell.

    A contact has the wait of its first leg, the outcome of its last and the work of all.
    """
    axes = (counted.time, counted.cell)
    ended = replace(counted.first, outcome=journal.contacts.outcome[counted.rows])
    whole = _with_later_work(journal, counted, ended)
    pairs = zip(queue_facts(whole, axes), _again(journal, counted, axes), strict=True)
    by_time, by_cell = (facts | again for facts, again in pairs)
    return by_time, by_cell


def _with_later_work(journal: Journal, counted: Counted, whole: Stays) -> Stays:
    """Talk, hold and wrap-up of all legs, where a contact has several."""
    later = counted.later
    if not len(later.wait):
        return whole
    whose = journal.legs["contact"][journal.contacts.later] - counted.start
    inside = np.flatnonzero((whose >= 0) & (whose < len(whole.wait)))
    work = [column.copy() for column in (whole.talk, whole.hold, whole.wrap)]
    for total, part in zip(work, (later.talk, later.hold, later.wrap), strict=True):
        np.add.at(total, whose[inside], part[inside])
    return replace(whole, talk=work[0], hold=work[1], wrap=work[2])


def _again(journal: Journal, counted: Counted, axes: tuple[Axis, ...]) -> list[Facts]:
    """Facts of the few: contacts transferred, and those that are not their issue's first."""
    contacts, rows = journal.contacts, counted.rows
    kind = contacts.kind[rows]
    asked = contacts.outcome[rows] != CLOSED
    chosen = {
        "transferred": np.flatnonzero(contacts.legs[rows] > 1),
        "redials": np.flatnonzero((kind == REDIAL) & asked),
        "repeats": np.flatnonzero((kind == REPEAT) & asked),
    }
    return [{name: count(axis, few) for name, few in chosen.items()} for axis in axes]


def contact_waits(journal: Journal, counted: Counted, grid: Grid) -> tuple[dict[str, Counts], FloatArray]:
    """Histograms of waits by intent and segment, and quantiles (s) by day and share."""
    names = journal.names
    by_cell = counted.waits.along(counted.cell)
    days = Runs(counted.time.edges[:: grid.per_day])
    waits = {
        "intent": _folded(by_cell, names.cell_intent, len(names.intents)),
        "segment": _folded(by_cell, names.cell_segment, len(names.segments)),
    }
    return waits, quantiles(counted.waits.along(days), SHARES)


def _folded(by_cell: Counts, part: npt.NDArray[np.int32], size: int) -> Counts:
    total = np.zeros((size, 2, BINS), np.uint32)
    np.add.at(total, part, by_cell)
    return total


def offered_by_cell(journal: Journal, counted: Counted, grid: Grid) -> Counts | None:
    """Offered contacts by cell and interval of the day, if that is few numbers."""
    if counted.cell.size * grid.per_day > MOST_TIMES:
        return None
    asked = np.flatnonzero(journal.contacts.outcome[counted.rows] != CLOSED)
    time = (np.arange(grid.size) % grid.per_day)[counted.time.index[asked]]
    cell = Slots(counted.cell.index[asked], counted.cell.size)
    return histogram(cell, time, grid.per_day).astype(np.uint32)
