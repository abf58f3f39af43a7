"""Agents' hands on the clock: when they are busy, with how many contacts, how much of their room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import IN_HAND, Journal
from ccsim.results.agent_time import seconds_by_interval
from ccsim.results.columns import Handling, IntArray, Spans
from ccsim.results.grid import Grid

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class InHand:
    """Seconds in the intervals of the counted weeks, shapes (groups, grid.size).

    busy: agents with at least one contact; hands: contacts in hand; used: the same, each divided by
    how many its agent has room for: agents' time if they were always full. work: `used` in all, by
    group and channel.
    """

    busy: FloatArray
    hands: FloatArray
    used: FloatArray
    work: FloatArray

    def seated(self, seated: FloatArray, several: BoolArray) -> InHand:
        """Nobody is busy without a seat; groups that take one at a time have one in hand or none."""
        busy = np.minimum(self.busy, seated)
        if not several.any():
            return InHand(busy, busy, busy, self.work)
        few = ~several[:, None]
        return InHand(busy, np.where(few, busy, self.hands), np.where(few, busy, self.used), self.work)


def in_hand(journal: Journal, handling: Handling, queue: IntArray, room: FloatArray, grid: Grid) -> InHand:
    """What agents had in hand; `queue` is that of each leg, `room` how many each group has room for,
    by channel."""
    groups, channels = room.shape
    several = takes_several(room)
    if channels == 1 and not several.any():
        busy = seconds_by_interval(handling, groups, grid)
        return InHand(busy, busy, busy, busy.sum(axis=1, keepdims=True))
    channel = journal.names.queue_channel[queue[handling.rows]]
    spans = Spans(handling.group * channels + channel, handling.start, _ends(journal, handling))
    each = seconds_by_interval(spans, groups * channels, grid).reshape(groups, channels, grid.size)
    hands, parts = each.sum(axis=1), each / room[:, :, None]
    busy = hands.copy()
    if several.any():
        rows = np.flatnonzero(several[handling.group])
        agent = journal.legs["agent"][handling.rows[rows]]
        stretches = _stretches(handling.group[rows], agent, spans.start[rows], spans.end[rows])
        busy[several] = seconds_by_interval(stretches, groups, grid)[several]
    return InHand(busy, hands, parts.sum(axis=1), parts.sum(axis=2))


def takes_several(room: FloatArray) -> BoolArray:
    """Which groups have agents who may have several contacts in hand."""
    return np.asarray((room > 1).any(axis=1))


def _ends(journal: Journal, handling: Handling) -> FloatArray:
    """When each contact left its agent's hands: what is still there is cut at the end of the run."""
    open_ = journal.legs["outcome"][handling.rows] == IN_HAND
    return np.where(open_, journal.end, handling.end)


def _stretches(group: IntArray, agent: IntArray, start: FloatArray, end: FloatArray) -> Spans:
    """Times at which an agent has at least one of the contacts in hand, each once."""
    if not len(agent):
        return Spans(group, start, end)
    order = np.lexsort((start, agent))
    group, start, end = group[order], start[order], end[order]
    apart = agent[order] * (end.max() - start.min() + 1.0)  # s: no two agents meet
    reached = np.maximum.accumulate(end + apart)
    opens = np.append(True, start[1:] + apart[1:] > reached[:-1])
    first = np.flatnonzero(opens)
    return Spans(group[first], start[first], np.maximum.reduceat(end, first))
