"""How much of a figure's spread over the points each lever makes.

sobol: first and total indices of Sobol' from Saltelli's matrices (`scipy.stats.sobol_indices`; total by
Jansen's estimator), with a 95 % bootstrap over the rows of the matrices. grid: the same two, exact for the
grid itself with every value as probable as any other (analysis of variance), with a 95 % bootstrap over
replications. lhs: standardized rank regression coefficients (Iman and Conover 1979; Saltelli et al., Global
Sensitivity Analysis, 2008, 1.2.5): by how many standard deviations the rank of the figure moves with that of
the lever, -1..1, with a bootstrap over points; only where ranks explain most of it (R² at least 0.7).

All are about the ranges that were varied: a lever that hardly moved explains little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.response import CHANCE, RESAMPLES

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

Floats = npt.NDArray[np.float64]

LEAST_R2: Final = 0.7


@dataclass(frozen=True)
class Index:
    """One index of one lever for one figure; low, high: 95 %, nan where not known."""

    measure: str
    part: str
    lever: str
    index: str
    value: float
    low: float
    high: float
    method: str


def indices_of(sweep: Sweep) -> list[Index]:
    """The indices of all figures that vary and are known at every point."""
    if len(sweep.levers) < 2 or sweep.design.kind == "one":
        return []
    told = {"sobol": _sobol, "grid": _grid, "lhs": _ranks}[sweep.design.kind]
    found = []
    for response in sweep.responses_by.values():
        values = response.value
        if np.isfinite(values).all() and np.ptp(values) > 1e-12 * max(1.0, float(np.abs(values).max())):
            found += [
                Index(*response.what.key, sweep.names[lever], name, value, low, high, sweep.design.kind)
                for name, lever, value, low, high in told(sweep, response)
            ]
    return found


def indices_frame(indices: Sequence[Index]) -> pd.DataFrame:
    """The indices as a frame; see `Sweep.indices`."""
    import pandas as pd

    names = ["measure", "part", "lever", "index", "value", "low", "high", "method"]
    return pd.DataFrame([[getattr(one, name) for name in names] for one in indices], columns=names)


Found = Iterator[tuple[str, int, float, float, float]]


def _sobol(sweep: Sweep, response: Response) -> Found:
    size, levers = sweep.design.points, len(sweep.levers)
    return sobol_from(response.value, size, levers)


def sobol_from(values: Floats, size: int, levers: int) -> Found:
    """Indices from the figures at the points of `designs.saltelli`: name, lever, value, low, high."""
    from scipy.stats import sobol_indices

    first, second = values[:size], values[size : 2 * size]
    mixed = values[2 * size :].reshape(levers, 1, size)
    found = sobol_indices(
        func={"f_A": first[None], "f_B": second[None], "f_AB": mixed}, n=size, rng=np.random.default_rng(1)
    )
    again = found.bootstrap(confidence_level=0.95, n_resamples=RESAMPLES)
    for name, index, interval in (
        ("first", found.first_order, again.first_order.confidence_interval),
        ("total", found.total_order, again.total_order.confidence_interval),
    ):
        lows, highs = (np.atleast_2d(end) for end in (interval.low, interval.high))
        for lever, value in enumerate(np.atleast_2d(index)[0]):
            yield name, lever, float(value), float(lows[0, lever]), float(highs[0, lever])


def _grid(sweep: Sweep, response: Response) -> Found:
    shape = tuple(len(lever.settings) for lever in sweep.levers)
    central = grid_indices(response.value.reshape(shape))
    again = np.array([grid_indices(v.reshape(shape)) for v in response.resampled()])
    several = sweep.replications > 1
    lows, highs = np.nanquantile(again, CHANCE, axis=0) if several else np.full((2, *central.shape), np.nan)
    for kind, name in enumerate(("first", "total")):
        for lever in range(len(shape)):
            place = (kind, lever)
            yield name, lever, float(central[place]), float(lows[place]), float(highs[place])


def grid_indices(values: Floats) -> Floats:
    """First and total indices of a full grid, (2, levers): values has one axis a lever."""
    whole = values.var()
    axes = range(values.ndim)
    first = [values.mean(axis=tuple(a for a in axes if a != axis)).var() / whole for axis in axes]
    total = [values.var(axis=axis).mean() / whole for axis in axes]
    return np.array([first, total])


def _ranks(sweep: Sweep, response: Response) -> Found:
    from scipy.stats import rankdata

    columns = [
        [
            row[lever].number if sweep.levers[lever].numeric else _place(sweep, lever, row[lever].text)
            for row in sweep.rows
        ]
        for lever in range(len(sweep.levers))
    ]
    levers = np.array([rankdata(column) for column in columns]).T
    figure = rankdata(response.value)
    central, explained = rank_regression(levers, figure)
    if not explained >= LEAST_R2:
        return
    stream = np.random.default_rng([1, *b"sweep/ranks"])
    chosen = stream.integers(0, len(figure), (RESAMPLES, len(figure)))
    again = np.array([rank_regression(levers[some], figure[some])[0] for some in chosen])
    lows, highs = np.nanquantile(again, CHANCE, axis=0)
    for lever, value in enumerate(central):
        yield "srrc", lever, float(value), float(lows[lever]), float(highs[lever])


def rank_regression(levers: Floats, figure: Floats) -> tuple[Floats, float]:
    """Standardized coefficients of a linear regression, one a lever, and its R²; nan where nothing varies."""
    spread, own = levers.std(axis=0), figure.std()
    if not own or not spread.all():
        return np.full(levers.shape[1], np.nan), float("nan")
    x, y = (levers - levers.mean(axis=0)) / spread, (figure - figure.mean()) / own
    found, *_ = np.linalg.lstsq(x, y, rcond=None)
    return found, float(1.0 - np.mean((y - x @ found) ** 2))


def _place(sweep: Sweep, lever: int, text: str) -> float:
    """A value without a number stands at its place in the list."""
    return float([one.text for one in sweep.levers[lever].settings].index(text))
