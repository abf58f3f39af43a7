"""When issues are born: counts by Poisson quantile, times by uniform, both fixed to the issue's key."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.demand.births import Births, on_grid
from ccsim.demand.cells import Cell, cells_of
from ccsim.demand.forecast_error import forecast_factor
from ccsim.demand.grid import Grid
from ccsim.demand.poisson import poisson_quantile
from ccsim.demand.rates import Expected, busyness
from ccsim.demand.replay import logged
from ccsim.demand.streams import Floats, issue_keys, name_key, stream_key, uniforms
from ccsim.scenario import Scenario

Fresh = dict[str, Floats]  # by channel: share of the stated volume that is fresh, by interval of week


def births(scenario: Scenario, replication: int, fresh: Fresh | None = None) -> list[Births]:
    """The issues that arrive in one replication, by channel and cell."""
    expected = Expected(scenario, fresh)
    found = []
    for channel, arrivals in scenario.arrivals.items():
        if arrivals.gaps is not None:
            found += _renewal(scenario, replication, expected.grid(channel))
        elif arrivals.log is not None:
            found += logged(scenario, replication, channel)
        else:
            found += _counted(scenario, replication, channel, expected)
    return found


def _counted(scenario: Scenario, replication: int, channel: str, expected: Expected) -> list[Births]:
    """As many as the quantile of each interval's uniform; a replay has its own numbers."""
    grid, own = expected.grid(channel), cells_of(scenario, channel)
    if scenario.arrivals[channel].replayed:
        numbers = _whole(scenario, replication, channel, [expected.rates(cell) for cell in own])
        return [_placed(scenario, replication, grid, *one) for one in zip(own, numbers, strict=True)]
    factors = busyness(scenario, grid, replication) * forecast_factor(scenario, channel, replication)
    stream = stream_key(scenario.seed, replication, "count")
    nothing = np.zeros_like(grid.number)
    found = []
    for cell in own:
        u = uniforms(stream, issue_keys(cell.key, grid.number, nothing))
        counts = poisson_quantile(u, expected.rates(cell) * factors)
        found.append(_placed(scenario, replication, grid, cell, counts))
    return found


def _whole(
    scenario: Scenario, replication: int, channel: str, rates: list[Floats]
) -> list[npt.NDArray[np.int64]]:
    """Whole numbers for the rates of cells, by systematic rounding interval by interval.

    A whole rate stays as it is, and what is split among cells or intervals keeps its sum: one uniform
    lays a grid of ones over the running total of all of them.
    """
    total = np.cumsum(np.stack(rates, axis=1))
    key = np.array([name_key("replay", channel)], np.uint64)
    u = uniforms(stream_key(scenario.seed, replication, "count"), key)
    numbers = np.diff(np.floor(total + u[0]), prepend=0.0).astype(np.int64)
    return list(numbers.reshape(-1, len(rates)).T)


def _placed(
    scenario: Scenario, replication: int, grid: Grid, cell: Cell, counts: npt.NDArray[np.int64]
) -> Births:
    where = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    j = np.arange(len(where)) - before[where]
    key = issue_keys(cell.key, grid.number[where], j)
    begin, width = grid.windows
    born = begin[where] + width[where] * uniforms(_stream(scenario, replication, "time"), key)
    return Births(cell, key, on_grid(born))


def _renewal(scenario: Scenario, replication: int, grid: Grid) -> list[Births]:
    gaps = scenario.arrivals[grid.channel].gaps
    assert gaps is not None
    own = cells_of(scenario, grid.channel)
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
        found.append(Births(cell, own_key, on_grid(born[mine])))
    return found


def _stream(scenario: Scenario, replication: int, name: str) -> int:
    return stream_key(scenario.seed, replication, name)
