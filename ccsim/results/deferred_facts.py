"""Facts of channels where nobody waits on the line: first responses, due dates, and the backlog."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import AWAITING, ESCALATED, HANDLED, PEOPLE, REPLIED, Journal
from ccsim.results.agent_time import seconds_by_interval
from ccsim.results.axis import Slots, count
from ccsim.results.columns import Spans
from ccsim.results.contact_facts import Counted
from ccsim.results.grid import DAY, Grid, Thresholds
from ccsim.results.histogram import BINS, wait_bins
from ccsim.results.ordered_legs import OrderedLegs, one_of
from ccsim.results.queue_facts import is_offered
from ccsim.results.tally import Counts

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]
Facts = dict[str, FloatArray]

_RESPONSES = one_of((HANDLED, REPLIED, ESCALATED))  # ends of legs that leave the customer with an answer


def response_facts(
    journal: Journal, counted: Counted, limits: Thresholds, legs: OrderedLegs | None
) -> tuple[list[Facts], Counts]:
    """Facts along the axes of the counted contacts, and a histogram of responses by channel.

    A response is given when talk (and hold) of the first leg that answers is over. A due date that
    lies after the end of the run counts only if it is met by then.
    """
    size = len(journal.names.channels)
    if legs is None or not limits.deferred.any():
        return [{} for _ in counted.axes], np.zeros((size, BINS), np.uint32)
    contacts = journal.contacts
    channel = contacts.channel[counted.rows]
    mine = np.flatnonzero(limits.deferred[channel] & is_offered(contacts.outcome[counted.rows]))
    arrived = contacts.arrived[counted.start + mine]
    taken = _responses(legs)[counted.start + mine] - arrived
    given = ~np.isnan(taken)
    due = limits.due[channel[mine]]
    met = given & (taken <= due)
    chosen = {
        "responses": mine[given],
        "due": mine[met | (arrived + due <= journal.end)],
        "due_met": mine[met],
    }
    found = [{name: count(axis, rows) for name, rows in chosen.items()} for axis in counted.axes]
    for facts, axis in zip(found, counted.axes, strict=True):
        facts["response_time"] = Slots(axis.index[mine[given]], axis.size).sums(taken[given])
    key = channel[mine[given]].astype(np.int64) * BINS + wait_bins(taken[given])
    table = np.bincount(key, minlength=size * BINS).reshape(size, BINS)
    return found, table.astype(np.uint32)


def _responses(legs: OrderedLegs) -> FloatArray:
    """When each contact was first answered (s); nan where it was not."""
    rows = np.flatnonzero(_RESPONSES[legs.outcome])
    rows = rows[np.append(True, np.diff(legs.contact[rows]) > 0)[: len(rows)]]  # the first of each contact
    at = np.full(len(legs.first), np.nan)
    at[legs.contact[rows]] = legs.left[rows] + legs.talk[rows] + legs.hold[rows]
    return at


def backlog_facts(
    journal: Journal, limits: Thresholds, grid: Grid, legs: OrderedLegs | None
) -> tuple[Facts, Facts]:
    """Open deferred work by channel: in every interval, and at the end of every day.

    Open: a contact waits for people or is in their hands; while it is the customer's turn it is not.
    Shapes (channels, grid.size) and (channels, grid.days).
    """
    if legs is None or not limits.deferred.any():
        return {}, {}
    channel, start, end, since = _open(journal, limits, legs)
    channels = len(journal.names.channels)
    open_ = seconds_by_interval(Spans(channel, start, end), channels, grid)
    return {"backlog": open_}, _day_ends(channel, start, end, since, channels, grid)


def _open(
    journal: Journal, limits: Thresholds, legs: OrderedLegs
) -> tuple[npt.NDArray[np.int32], FloatArray, FloatArray, FloatArray]:
    """Channel, start and end of each leg of deferred work, and since when its customer waits."""
    names = journal.names
    work = (names.queue_kind == PEOPLE) & limits.deferred[names.queue_channel]
    rows = np.flatnonzero(work[legs.queue] & (legs.outcome != AWAITING))
    channel, start = names.queue_channel[legs.queue[rows]], legs.entered[rows]
    over = legs.left[rows] + legs.talk[rows] + legs.hold[rows]
    end = np.where(np.isnan(legs.ended[rows]), journal.end, over)
    since = np.where(limits.turns[channel], start, legs.entered[legs.queued[legs.contact[rows]]])
    return channel, start, end, since


def _day_ends(
    channel: npt.NDArray[np.int32],
    start: FloatArray,
    end: FloatArray,
    since: FloatArray,
    channels: int,
    grid: Grid,
) -> Facts:
    """What was open at the end of each counted day, and the age of the oldest (s)."""
    first = np.clip(np.ceil(start / DAY), 1, grid.days + 1).astype(np.int64)
    last = np.clip(np.ceil(end / DAY), 1, grid.days + 1).astype(np.int64)  # the first end without it
    nights = last - first
    rows = np.repeat(np.arange(len(start)), nights)
    day = np.arange(len(rows)) - np.repeat(np.cumsum(nights) - nights, nights) + first[rows] - 1
    key = channel[rows].astype(np.int64) * grid.days + day
    size = channels * grid.days
    oldest = np.full(size, np.inf)
    np.minimum.at(oldest, key, since[rows])
    ends = np.tile((np.arange(grid.days) + 1.0) * DAY, channels)
    left = np.bincount(key, minlength=size).astype(np.float64)
    age = np.where(left > 0, ends - oldest, 0.0)
    found = {"left_over": left, "left_over_age": age, "left_over_days": (left > 0).astype(np.float64)}
    return {name: values.reshape(channels, grid.days) for name, values in found.items()}
