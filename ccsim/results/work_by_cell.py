"""Whose contacts take how much of each group's time: what they bear of its cost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Journal
from ccsim.results.columns import Handling, IntArray
from ccsim.results.in_hand import ends_of

FloatArray = npt.NDArray[np.float64]


def work_by_cell(journal: Journal, handling: Handling, queue: IntArray, room: FloatArray) -> FloatArray:
    """Seconds in hands in the counted weeks, (groups, channels, cells), each divided by the room for it.

    The channel is that of the queue (`queue`, of each leg), the cell that of the issue; `room` is how
    many contacts of each channel an agent of each group has room for, (groups, channels).
    """
    names, until = journal.names, journal.counted_until
    shape = (*room.shape, names.cells)
    work = np.minimum(ends_of(journal, handling), until)
    work -= np.clip(handling.start, 0.0, until)
    np.maximum(work, 0.0, out=work)
    key = handling.group.astype(np.int64)
    if shape[1] > 1:
        key *= shape[1]
        key += names.queue_channel[queue[handling.rows]]
    if shape[2] > 1:
        key *= shape[2]
        key += journal.issues["cell"][journal.legs["issue"][handling.rows]]
    found = np.bincount(key, work, minlength=int(np.prod(shape))).reshape(shape)
    return np.asarray(found / room[:, :, None], np.float64)
