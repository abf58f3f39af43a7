"""Facts of the contacts that arrived in the counted weeks, by channel and interval and by cell; waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import BOUNCE, FOLLOW_UP, REDIAL, REPEAT, Journal
from ccsim.results.axis import Axis, Runs, Slots, count, histogram
from ccsim.results.columns import Stays
from ccsim.results.grid import Grid
from ccsim.results.histogram import BINS, quantiles
from ccsim.results.queue_facts import Waits, is_offered, queue_facts
from ccsim.results.tally import SHARES, Counts

FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Facts = dict[str, FloatArray]

MOST_TIMES = 20_000  # cells x intervals of the day: more are not kept
AGAIN = {"redials": REDIAL, "repeats": REPEAT, "bounces": BOUNCE, "follow_ups": FOLLOW_UP}


@dataclass(frozen=True, eq=False)
class Counted:
    """The counted contacts: rows `start` to `end` of the contacts, in order of arrival.

    `first` are their first legs in a queue for people, `channel` their channels (None where there
    is but one), `time` their intervals, channel after channel, `cell` their cells. `later` are all
    other legs of the journal, of counted contacts or not; `every` all legs, where contacts may begin
    in self-service (None elsewhere).
    """

    start: int
    end: int
    first: Stays
    later: Stays
    every: Stays | None
    waits: Waits
    channel: npt.NDArray[np.int64] | None
    interval: Runs
    time: Axis
    cell: Slots

    @property
    def rows(self) -> slice:
        """Their rows among all contacts."""
        return slice(self.start, self.end)

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """Along which their facts are added up: channel and time, and cell."""
        return self.time, self.cell

    def inside(self, contacts: npt.NDArray[Any]) -> Rows:
        """Those of some contacts that are counted, as places among the counted."""
        counted = contacts[(contacts >= self.start) & (contacts < self.end)]
        return np.asarray(counted - self.start, np.intp)


def counted_contacts(journal: Journal, legs: Stays, grid: Grid) -> Counted:
    """Pick the counted contacts; contacts are in order of arrival, so they are consecutive."""
    contacts = journal.contacts
    edges = np.searchsorted(contacts.arrived, grid.edges)
    rows = slice(int(edges[0]), int(edges[-1]))
    first = legs.take(contacts.queued[rows])
    cell = journal.issues["cell"][contacts.issue[rows]].astype(np.int64)
    interval = Runs(edges - edges[0])
    channel = None
    if len(journal.names.channels) > 1:
        channel = contacts.channel[rows].astype(np.int64)
    return Counted(
        start=rows.start,
        end=rows.stop,
        first=first,
        later=legs.take(contacts.later),
        every=None if contacts.queued is contacts.first else legs,
        waits=Waits(first),
        channel=channel,
        interval=interval,
        time=by_channel(interval, channel, len(journal.names.channels)),
        cell=Slots(cell, journal.names.cells),
    )


def by_channel(time: Runs, channel: npt.NDArray[np.int64] | None, channels: int) -> Axis:
    """An axis of time for each channel, one after another."""
    if channel is None:
        return time
    return Slots(channel * time.size + time.index, channels * time.size)


def contact_facts(journal: Journal, counted: Counted) -> tuple[Facts, Facts]:
    """Facts by channel and interval of the counted weeks, and by cell.

    A contact has the wait of its first leg in a queue, the outcome of its last and the work of all.
    """
    ended = replace(counted.first, outcome=journal.contacts.outcome[counted.rows])
    whole = _with_later_work(journal, counted, ended)
    pairs = zip(queue_facts(whole, counted.axes), _again(journal, counted), strict=True)
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


def _again(journal: Journal, counted: Counted) -> list[Facts]:
    """Facts of the few that are not their issue's first."""
    contacts = journal.contacts
    few = counted.inside(contacts.returning)
    few = few[is_offered(contacts.outcome[counted.rows][few])]
    kind = contacts.kind[counted.rows][few]
    chosen = {name: few[kind == code] for name, code in AGAIN.items()}
    return [{name: count(axis, rows) for name, rows in chosen.items()} for axis in counted.axes]


def contact_waits(
    journal: Journal, counted: Counted, grid: Grid
) -> tuple[dict[str, Counts], FloatArray, FloatArray]:
    """Histograms of waits by channel, intent and segment, and quantiles (s) of days.

    Of days: by day and share, of all channels, and the same by channel.
    """
    names = journal.names
    by_cell = counted.waits.along(counted.cell)
    days = Runs(counted.interval.edges[:: grid.per_day])
    waits = {
        "intent": _folded(by_cell, names.cell_intent, len(names.intents)),
        "segment": _folded(by_cell, names.cell_segment, len(names.segments)),
    }
    channels = len(names.channels)
    by_day = counted.waits.along(by_channel(days, counted.channel, channels))
    each = by_day.reshape(channels, grid.days, 2, BINS)
    waits["channel"] = waits["intent"].sum(axis=0, keepdims=True, dtype=np.uint32)
    if channels == 1:
        whole = quantiles(by_day, SHARES)
        return waits, whole, whole[None]
    waits["channel"] = each.sum(axis=1, dtype=np.uint32)
    return waits, quantiles(each.sum(axis=0), SHARES), quantiles(each, SHARES)


def _folded(by_cell: Counts, part: npt.NDArray[np.int32], size: int) -> Counts:
    total = np.zeros((size, 2, BINS), np.uint32)
    np.add.at(total, part, by_cell)
    return total


def offered_by_cell(journal: Journal, counted: Counted, grid: Grid) -> Counts | None:
    """Offered contacts by cell and interval of the day, if that is few numbers."""
    if counted.cell.size * grid.per_day > MOST_TIMES:
        return None
    asked = np.flatnonzero(is_offered(journal.contacts.outcome[counted.rows]))
    time = (np.arange(grid.size) % grid.per_day)[counted.interval.index[asked]]
    cell = Slots(counted.cell.index[asked], counted.cell.size)
    return histogram(cell, time, grid.per_day).astype(np.uint32)
