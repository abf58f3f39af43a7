"""Columns of the legs, contiguous: the reduction reads each of them several times."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import (
    ABANDONED,
    DROPPED,
    ESCALATED,
    HANDLED,
    IN_HAND,
    INTERRUPTED,
    OUTCOMES,
    REPLIED,
    SELF_SERVICE,
    SILENT,
    TRANSFERRED,
    Journal,
    columns_of,
)
from ccsim.results.grid import Thresholds

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.intp]
Columns = dict[str, npt.NDArray[Any]]

# How a stay in a queue ended. Answered late or in time; hung up, with bits for before
# `short_abandon` (1) and within the threshold (2); or anything else.
OTHER, LATE, IN_TIME, HUNG_UP = 0, 1, 2, 3
STAYS = HUNG_UP + 4
ANSWERS = (HANDLED, TRANSFERRED, IN_HAND, DROPPED, INTERRUPTED, REPLIED, ESCALATED)
LEAVES = (ABANDONED, SILENT)


def _stay_table() -> Codes:
    """Stay by outcome * 4 + short + 2 * within."""
    table = np.zeros((len(OUTCOMES), 4), np.uint8)
    table[list(ANSWERS)] = (LATE, LATE, IN_TIME, IN_TIME)
    table[list(LEAVES)] = HUNG_UP + np.arange(4)
    return table.ravel()


_STAY_TABLE = _stay_table()


@dataclass(frozen=True, eq=False)
class Stays:
    """Stays in a queue and what followed, one row each.

    `stay` is a code from above, `wait` (s) 0 where it is not known, `group` -1 where nobody
    answered; talk, hold and wrap-up (s) are 0 unless an agent is done with it.
    """

    queue: IntArray
    group: IntArray
    outcome: IntArray
    stay: Codes
    wait: FloatArray
    talk: FloatArray
    hold: FloatArray
    wrap: FloatArray

    def take(self, rows: Rows) -> Stays:
        """Some of the rows."""
        return Stays(*(getattr(self, column.name)[rows] for column in fields(self)))


@dataclass(frozen=True, eq=False)
class Spans:
    """Stretches of time (s), each belonging to a group (or whatever `group` numbers)."""

    group: IntArray
    start: FloatArray
    end: FloatArray


@dataclass(frozen=True, eq=False)
class Handling(Spans):
    """Contacts in hands: `rows` of the legs, beside group, start and end of each."""

    rows: Rows


def legs_of(journal: Journal, limits: Thresholds) -> tuple[Stays, Handling]:
    """The legs of a journal, and the handling in them.

    Work in hand at the end of the run is on the clock of its agent, but is not yet handled. A
    session of self-service is no stay in a queue: it has no wait.
    """
    c = columns_of(journal.legs, ("queue", "group", "outcome", "entered", "left", "talk", "hold", "wrap"))
    handling = _handling(c)
    in_hand = np.flatnonzero(c["outcome"] == IN_HAND)
    for name in ("talk", "hold", "wrap"):
        c[name][in_hand] = 0.0
    wait = np.subtract(c["left"], c["entered"], out=c["left"])
    wait[np.flatnonzero(np.isnan(wait))] = 0.0
    kinds = journal.names.queue_kind
    if (kinds == SELF_SERVICE).any():
        wait[kinds[c["queue"]] == SELF_SERVICE] = 0.0
    stay = stay_codes(c["outcome"], wait, *_limits(journal, c["queue"], limits))
    columns = (c[name] for name in ("talk", "hold", "wrap"))
    return Stays(c["queue"], c["group"], c["outcome"], stay, wait, *columns), handling


def _handling(c: Columns) -> Handling:
    work = c["talk"] + c["hold"]
    work += c["wrap"]
    taken = np.flatnonzero(c["group"] >= 0)
    start = c["left"][taken]
    return Handling(c["group"][taken], start, start + work[taken], taken)


def stay_codes(
    outcome: npt.NDArray[Any],
    wait: FloatArray,
    within: FloatArray | float,
    short: FloatArray | float,
) -> Codes:
    """The stay code of each leg, from its outcome and its wait (s)."""
    code = outcome.astype(np.uint8)
    code <<= 2
    code += wait < short
    code += (wait <= within).view(np.uint8) << 1
    return _STAY_TABLE[code]


def _limits(
    journal: Journal, queue: IntArray, limits: Thresholds
) -> tuple[FloatArray | float, FloatArray | float]:
    """Threshold and short abandon (s) of each leg; plain numbers where there is one channel."""
    if len(limits.within) == 1:
        return float(limits.within[0]), float(limits.short[0])
    channel = journal.names.queue_channel[queue]
    return limits.within[channel], limits.short[channel]
