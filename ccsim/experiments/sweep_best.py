"""Which points stand out: the largest net gain and its equals, and the cheapest that reaches the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.experiments.response import RESAMPLES
from ccsim.experiments.sweep_measures import service_targets

if TYPE_CHECKING:
    from ccsim.experiments.sweep import Sweep

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Best:
    """The point of largest net gain; equals: others that chance alone could put above it.

    wins: share of the outcome model's draws in which it is the best of all points (nan: none were made).
    """

    point: int
    equals: tuple[int, ...]
    wins: float


def best_of(sweep: Sweep) -> Best | None:
    """The point of largest net gain; None where net gain is not known, or is zero everywhere."""
    if not sweep.worth_known:
        return None
    net = sweep["net_gain"]
    if not net.value.any():
        return None
    point = int(np.argmax(net.value))
    wins = float(np.mean(np.argmax(net.drawn, axis=0) == point)) if net.drawn.shape[1] else np.nan
    return Best(point, _equals(sweep, point), wins)


def _equals(sweep: Sweep, best: int) -> tuple[int, ...]:
    """Points that are above the best in more than 2.5 % of the resamples."""
    if sweep.replications < 2:
        return ()
    again = sweep["net_gain"].resampled()
    above = (again >= again[:, [best]]).sum(axis=0)
    same = [row == sweep.rows[best] for row in sweep.rows]
    return tuple(
        point
        for point in range(len(sweep.rows))
        if point != best and above[point] > 0.025 * RESAMPLES and not same[point]
    )


def reaches(sweep: Sweep) -> Bools | None:
    """Which points reach every service target of the file; None where it has none."""
    found = None
    for part, band in service_targets(sweep.base).items():
        mine = sweep["service_level", part].value >= (band.min or 0.0)
        found = mine if found is None else found & mine
    return found


def chance_to_reach(sweep: Sweep, point: int) -> float:
    """Share of resamples of the replications in which a point reaches every service target."""
    found = np.ones(RESAMPLES, dtype=bool)
    for part, band in service_targets(sweep.base).items():
        found &= sweep["service_level", part].resampled()[:, point] >= (band.min or 0.0)
    return float(found.mean())


def cheapest_of(sweep: Sweep) -> int | None:
    """The point with the least cost among those that reach every service target."""
    there = reaches(sweep)
    if there is None or not there.any():
        return None
    return int(np.argmin(np.where(there, sweep["cost"].value, np.inf)))
