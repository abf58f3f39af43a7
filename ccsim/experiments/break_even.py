"""Break-even: where net gain over the base crosses zero along a lever.

Between two points of opposite sign the crossing is interpolated on a straight line. Where a point is the
base itself its net gain is zero because nothing was done: that is no crossing. Chance: the crossing of the
curve through net gains of pairs drawn again with replacement. Model: its crossing in each draw. Where a
resample or a draw has no such crossing it lies beyond the range, on the side that the sign says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.experiments.curves import Curve, curves_of
from ccsim.results.uncertainty import BAND

if TYPE_CHECKING:
    from ccsim.experiments.sweep import Sweep

Floats = npt.NDArray[np.float64]

CHANCE = (0.025, 0.975)


@dataclass(frozen=True, eq=False)
class Crossing:
    """One break-even on a curve: where, and in what range; infinite: beyond the points.

    low, high: 95 % over replications. model_low, model_high: 80 % over draws, nan where none were made.
    up: whether more of the lever turns a loss into a gain.
    """

    curve: Curve
    at: float
    up: bool
    low: float
    high: float
    model_low: float
    model_high: float


def crossings_of(sweep: Sweep) -> list[Crossing]:
    """Every break-even along every curve; none where customers' worth is not known."""
    if not sweep.worth_known:
        return []
    return [one for curve in curves_of(sweep) for one in _on(sweep, curve)]


def _on(sweep: Sweep, curve: Curve) -> list[Crossing]:
    net = sweep["net_gain"]
    points = list(curve.points)
    again = net.resampled()[:, points] if sweep.replications > 1 else None
    drawn = net.drawn[points].T if net.drawn.shape[1] else None
    found = []
    for at, up in crossings(curve.at, net.value[points]):
        chance = _range(curve.at, again, at, up, CHANCE)
        model = _range(curve.at, drawn, at, up, BAND)
        found.append(Crossing(curve, at, up, *chance, *model))
    return found


def crossings(at: Floats, values: Floats) -> list[tuple[float, bool]]:
    """Where a curve through points crosses zero, and whether upward.

    A single point that is exactly zero is a crossing only if its neighbours lie on either side of it
    at another point's value: the base's own zero is none.
    """
    found = []
    for left in range(len(at) - 1):
        before, after = values[left], values[left + 1]
        if before * after < 0:
            share = before / (before - after)
            found.append((float(at[left] + share * (at[left + 1] - at[left])), bool(after > 0)))
    return found


def _range(
    at: Floats, curves: Floats | None, central: float, up: bool, ends: tuple[float, float]
) -> tuple[float, float]:
    """The crossing over many curves, (curves, points): quantiles, by order, so that they may be infinite."""
    if curves is None:
        return math.nan, math.nan
    places = np.sort([_nearest(at, values, central, up) for values in curves])
    low, high = (places[min(int(end * len(places)), len(places) - 1)] for end in ends)
    return float(low), float(high)


def _nearest(at: Floats, values: Floats, central: float, up: bool) -> float:
    """The crossing in the same direction that is nearest; infinite where there is none."""
    found = [place for place, upward in crossings(at, values) if upward == up]
    if found:
        return min(found, key=lambda place: abs(place - central))
    gains = float(np.interp(central, at, values)) > 0
    return -math.inf if gains == up else math.inf
