"""When issues are born: counts by Poisson quantile, times by uniform, both fixed to the issue's key."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.demand.cells import Cell, cells
from ccsim.demand.grid import Grid
from ccsim.demand.poisson import poisson_quantile
from ccsim.demand.rates import busyness, expected
from ccsim.demand.streams import Floats, Keys, issue_keys, name_key, stream_key, uniforms
from ccsim.scenario import Scenario

Fresh = dict[str, Floats]  # by channel: share of the stated volume that is fresh, by interval of week
TICKS = float(1 << 20)  # times of birth lie on a grid of a microsecond: their differences are exact


@dataclass(frozen=True, eq=False)
class Births:
    """Issues born in one cell, in the order of their keys: arrays of one length, times in s."""

    cell: Cell
    key: Keys
    born: Floats


def births(scenario: Scenario, replication: int, fresh: Fresh | None = None) -> list[Births]:
    """The issues of every cell in one replication."""
    found = []
    for channel, arrivals in scenario.arrivals.items():
        grid = Grid(scenario, channel)
        own = [cell for cell in cells(scenario) if cell.channel == channel]
        if arrivals.gaps is not None:
            found += _renewal(scenario, replication, grid, own)
            continue
        factors = busyness(scenario, grid, replication)
        replay = arrivals.counts is not None and arrivals.counts.mode == "replay"
        for cell in own:
            rates = expected(scenario, grid, cell, fresh.get(channel) if fresh else None)
            stream = stream_key(scenario.seed, replication, "count")
            nothing = np.zeros_like(grid.number)
            u = uniforms(stream, issue_keys(cell.key, grid.number, nothing))
            counts = _rounded(rates, u) if replay else poisson_quantile(u, rates * factors)
            found.append(_placed(scenario, replication, grid, cell, counts))
    return found


def _rounded(rates: Floats, u: Floats) -> npt.NDArray[np.int64]:
    whole = np.floor(rates)
    return (whole + (u < rates - whole)).astype(np.int64)


def _placed(
    scenario: Scenario, replication: int, grid: Grid, cell: Cell, counts: npt.NDArray[np.int64]
) -> Births:
    where = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    j = np.arange(len(where)) - before[where]
    key = issue_keys(cell.key, grid.number[where], j)
    begin, width = grid.windows
    born = begin[where] + width[where] * uniforms(_stream(scenario, replication, "time"), key)
    return Births(cell, key, np.floor(born * TICKS) / TICKS)


def _renewal(scenario: Scenario, replication: int, grid: Grid, own: list[Cell]) -> list[Births]:
    gaps = scenario.arrivals[grid.channel].gaps
    assert gaps is not None
    length = scenario.end - scenario.begin
    number = np.arange(int(1.2 * length / gaps.mean) + 1000)
    key = issue_keys(name_key("gaps", grid.channel), np.zeros_like(number), number)
    times = np.cumsum(gaps.quantile(uniforms(_stream(scenario, replication, "gap"), key)))
    born = scenario.begin + times[times < length]
    edges = np.cumsum([cell.share for cell in own])
    u = uniforms(_stream(scenario, replication, "gap_cell"), key[: len(born)])
    which = np.searchsorted(edges / edges[-1], u)
    found = []
    for k, cell in enumerate(own):
        mine = np.flatnonzero(which == k)
        own_key = issue_keys(cell.key, np.zeros_like(mine), mine)
        found.append(Births(cell, own_key, np.floor(born[mine] * TICKS) / TICKS))
    return found


def _stream(scenario: Scenario, replication: int, name: str) -> int:
    return stream_key(scenario.seed, replication, name)
