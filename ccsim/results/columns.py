"""Columns of the legs, contiguous: the reduction reads each of them several times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import IN_HAND, WAITING, Journal, columns_of
from ccsim.results.grid import Grid, Thresholds
from ccsim.results.queue_facts import Stays, stay_codes

IndexArray = npt.NDArray[np.int64]
IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Legs:
    """One row a leg. `interval` is that of its entry (`grid.size` if not counted); times in s."""

    interval: IndexArray
    queue: IntArray
    group: IntArray
    answered: FloatArray
    freed: FloatArray
    stays: Stays


def legs_of(journal: Journal, grid: Grid, limits: Thresholds) -> Legs:
    """The legs of a journal as columns.

    Work in hand at the end of the run is on the clock of its agent, but is not yet handled.
    """
    c = columns_of(
        journal.legs, ("queue", "group", "outcome", "entered", "left", "talk", "hold", "wrap")
    )
    outcome, left = c["outcome"], c["left"]
    freed = left + (c["talk"] + c["hold"] + c["wrap"])
    for name in ("talk", "hold", "wrap"):
        c[name][outcome == IN_HAND] = 0.0
    wait = left - c["entered"]
    wait[outcome == WAITING] = 0.0
    within, short = _limits(journal, c["queue"], limits)
    stay = stay_codes(outcome, wait, within, short)
    stays = Stays(outcome, stay, wait, c["talk"], c["hold"], c["wrap"])
    return Legs(grid.index(c["entered"]), c["queue"], c["group"], left, freed, stays)


def _limits(
    journal: Journal, queue: IntArray, limits: Thresholds
) -> tuple[FloatArray | float, FloatArray | float]:
    """Threshold and short abandon (s) of each leg; plain numbers where there is one channel."""
    if len(limits.within) == 1:
        return float(limits.within[0]), float(limits.short[0])
    channel = journal.names.queue_channel[queue]
    return limits.within[channel], limits.short[channel]
