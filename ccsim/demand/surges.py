"""Events: what makes some days unlike others, on one channel or several."""

from __future__ import annotations

import numpy as np

from ccsim.demand.cells import Cell
from ccsim.demand.grid import Grid
from ccsim.demand.streams import Floats
from ccsim.scenario.events import Event


def touches(event: Event, cell: Cell) -> bool:
    """Whether an event speaks of a cell."""
    channel = event.channels is None or cell.channel in event.channels
    return channel and (event.intents is None or cell.intent in event.intents)


def part(event: Event, grid: Grid) -> Floats:
    """The part of each interval of the grid in which the event is on."""
    width = float(grid.scenario.interval)
    overlap = np.minimum(grid.start + width, event.end) - np.maximum(grid.start, event.start)
    return np.clip(overlap / width, 0.0, 1.0)


def surged(rates: Floats, usual: Floats, event: Event, grid: Grid, among: float) -> Floats:
    """`rates` of a cell with an event on top of those before it.

    The event's factor multiplies; its added contacts come where contacts `usual`ly come, in proportion:
    `among` is how many usually come while it is on, over all cells and channels it touches.
    """
    share = part(event, grid)
    rates = rates * (1.0 + share * (event.factor - 1.0))
    if event.contacts and among > 0.0:
        rates = rates + event.contacts * (usual * share) / among
    return rates
