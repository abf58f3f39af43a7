"""Facts of contacts: by interval, day and cell, by where and when their first leg entered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import CLOSED, REDIAL, REPEAT, Journal
from ccsim.results.axis import Axis
from ccsim.results.columns import Legs
from ccsim.results.grid import Grid
from ccsim.results.histogram import BINS, quantiles, wait_bins
from ccsim.results.queue_facts import Stays, known_waits, queue_facts, wait_histograms
from ccsim.results.tally import SHARES, Counts

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]
Facts = dict[str, FloatArray]

MOST_TIMES = 20_000  # cells x intervals of the day: more are not kept


@dataclass(frozen=True, eq=False)
class ContactFacts:
    """Facts by absolute interval (`grid`) and by cell, histograms and daily quantiles of waits."""

    grid: Facts
    cell: Facts
    waits: dict[str, Counts]
    day_waits: FloatArray
    offered: Counts | None


def contact_facts(journal: Journal, legs: Legs, grid: Grid) -> ContactFacts:
    """The facts of the contacts that arrived in the counted weeks."""
    contacts, names = journal.contacts, journal.names
    stays = _stays(journal, legs)
    interval = legs.interval[contacts.first]
    cell = journal.issues["cell"][contacts.issue]
    by_time = Axis(interval, grid.size)
    by_cell = Axis(np.where(interval < grid.size, cell, names.cells), names.cells)
    waits, day_waits = _waits(journal, stays, by_time, by_cell, grid)
    return ContactFacts(
        queue_facts(stays, by_time) | _again(journal, stays, by_time),
        queue_facts(stays, by_cell) | _again(journal, stays, by_cell),
        waits,
        day_waits,
        _offered(stays, by_time, by_cell, grid),
    )


def _stays(journal: Journal, legs: Legs) -> Stays:
    """Of each contact: the stay of its first leg, the outcome of its last, the work of all."""
    contacts, of = journal.contacts, legs.stays
    first = contacts.first
    work = [of.talk[first], of.hold[first], of.wrap[first]]
    if (contacts.legs > 1).any():
        later = np.flatnonzero(journal.legs["leg"] > 0)
        whose = journal.legs["contact"][later]
        for total, part in zip(work, (of.talk, of.hold, of.wrap), strict=True):
            np.add.at(total, whose, part[later])
    return Stays(contacts.outcome, of.stay[first], of.wait[first], *work)


def _again(journal: Journal, stays: Stays, axis: Axis) -> Facts:
    """Facts of the few: contacts transferred, and those that are not their issue's first."""
    contacts = journal.contacts
    passed_on = axis.at(np.flatnonzero(contacts.legs > 1))
    later = np.flatnonzero((contacts.attempt > 0) & (stays.outcome != CLOSED))
    kinds = axis.at(later).counts(contacts.kind[later], 3)
    return {
        "transferred": np.bincount(passed_on.index, minlength=axis.size + 1)[:-1].astype(float),
        "redials": kinds[REDIAL],
        "repeats": kinds[REPEAT],
    }


def _waits(
    journal: Journal, stays: Stays, by_time: Axis, by_cell: Axis, grid: Grid
) -> tuple[dict[str, Counts], FloatArray]:
    names = journal.names
    bins = wait_bins(stays.wait)
    known = known_waits(stays.outcome, stays.stay)
    day = Axis(np.where(known, by_time.index // grid.per_day, grid.days), grid.days)
    cell = Axis(np.where(known, by_cell.index, by_cell.size), by_cell.size)
    cells = wait_histograms(stays, bins, cell)
    waits = {
        "intent": _folded(cells, names.cell_intent, len(names.intents)),
        "segment": _folded(cells, names.cell_segment, len(names.segments)),
    }
    return waits, quantiles(wait_histograms(stays, bins, day), SHARES)


def _folded(cells: Counts, part: npt.NDArray[np.int32], size: int) -> Counts:
    total = np.zeros((size, 2, BINS), np.uint32)
    np.add.at(total, part, cells)
    return total


def _offered(stays: Stays, by_time: Axis, by_cell: Axis, grid: Grid) -> Counts | None:
    """Offered contacts by cell and interval of the day, if that is few numbers."""
    if by_cell.size * grid.per_day > MOST_TIMES:
        return None
    time = (np.arange(grid.size + 1) % grid.per_day)[by_time.index]
    offered = Axis(np.where(stays.outcome != CLOSED, by_cell.index, by_cell.size), by_cell.size)
    return offered.histogram(time, grid.per_day).astype(np.uint32)
