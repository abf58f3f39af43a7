"""Issues as they are born: where, with what key, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.demand.cells import Cell
from ccsim.demand.streams import Floats, Keys

TICKS = float(1 << 20)  # times of birth lie on a grid of a microsecond: their differences are exact


@dataclass(frozen=True, eq=False)
class Births:
    """Issues born in one cell: arrays of one length, times in s.

    `customer` is the index in the segment where a log says who it was (-1 elsewhere); None: nobody does.
    """

    cell: Cell
    key: Keys
    born: Floats
    customer: npt.NDArray[np.int32] | None = None

    def __len__(self) -> int:
        return len(self.key)

    def only(self, kept: npt.NDArray[np.bool_]) -> Births:
        """Those of a mask."""
        customer = None if self.customer is None else self.customer[kept]
        return Births(self.cell, self.key[kept], self.born[kept], customer)


def on_grid(times: Floats) -> Floats:
    """Times on the grid of a microsecond, never later than they were."""
    return np.asarray(np.floor(times * TICKS) / TICKS)
