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
    grid = expected.grid(channel)
    replayed = scenario.arrivals[channel].replayed
    factors = busyness(scenario, grid, replication) * forecast_factor(scenario, channel, replication)
    stream = stream_key(scenario.seed, replication, "count")
    nothing = np.zeros_like(grid.number)
    found = []
    for cell in cells_of(scenario, channel):
        rates = expected.rates(cell)
        u = uniforms(stream, issue_keys(cell.key, grid.number, nothing))
        counts = _rounded(rates, u) if replayed else poisson_quantile(u, rates * factors)
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
