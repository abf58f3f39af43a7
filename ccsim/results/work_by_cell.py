"""Whose contacts take how much of each group's time: what they bear of its cost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import IN_HAND, Journal
from ccsim.results.columns import Handling, Stays

FloatArray = npt.NDArray[np.float64]


def work_by_cell(journal: Journal, legs: Stays, handling: Handling, room: FloatArray) -> FloatArray:
    """Seconds in hands in the counted weeks, (groups, channels, cells), each divided by the room for it.

    The channel is that of the queue, the cell that of the issue; `room` is how many contacts of each
    channel an agent of each group has room for, (groups, channels).
    """
    names, until = journal.names, journal.counted_until
    shape = (*room.shape, names.cells)
    work = np.minimum(handling.end, until)
    work[_still(legs, handling)] = until  # they are in hand until the end of the run
    work -= np.clip(handling.start, 0.0, until)
    np.maximum(work, 0.0, out=work)
    key = handling.group.astype(np.int64)
    if shape[1] > 1:
        key *= shape[1]
        key += names.queue_channel[legs.queue[handling.rows]]
    if shape[2] > 1:
        key *= shape[2]
        key += journal.issues["cell"][journal.legs["issue"][handling.rows]]
    found = np.bincount(key, work, minlength=int(np.prod(shape))).reshape(shape)
    return np.asarray(found / room[:, :, None], np.float64)


def _still(legs: Stays, handling: Handling) -> npt.NDArray[np.intp]:
    """Which of the handling is not over when the run ends."""
    return np.searchsorted(handling.rows, np.flatnonzero(legs.outcome == IN_HAND))
