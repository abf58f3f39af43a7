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
from ccsim.experiments.response import CHANCE
from ccsim.experiments.sweep_points import of_the_world
from ccsim.results.uncertainty import BAND

if TYPE_CHECKING:
    from ccsim.experiments.sweep import Sweep

Floats = npt.NDArray[np.float64]


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
    place, own = _own_place(sweep, curve)
    where = np.insert(curve.at, place, own) if len(own) else curve.at
    again = _inserted(net.resampled()[:, points], place, own) if sweep.replications > 1 else None
    drawn = _inserted(net.drawn[points].T, place, own) if net.drawn.shape[1] else None
    found = []
    for at, up in crossings(where, _inserted(net.value[points], place, own)):
        chance = _range(where, again, at, up, CHANCE)
        model = _range(where, drawn, at, up, BAND)
        found.append(Crossing(curve, at, up, *chance, *model))
    return found


def _own_place(sweep: Sweep, curve: Curve) -> tuple[int, Floats]:
    """Where the base itself, with its net gain of zero, lies between the points of a curve."""
    nowhere = 0, np.empty(0)
    if sweep.scenario is not sweep.base or of_the_world(sweep.levers[curve.lever].key):
        return nowhere
    kept = [lever.written(sweep.base) for lever in sweep.levers]
    own = kept[curve.lever].number
    row = sweep.rows[curve.points[0]]
    elsewhere = any(
        not one.kept and one.text != mine.text and one.number != mine.number
        for lever, (one, mine) in enumerate(zip(row, kept, strict=True))
        if lever != curve.lever
    )
    if elsewhere or not curve.at[0] < own < curve.at[-1] or own in curve.at:
        return nowhere
    return int(np.searchsorted(curve.at, own)), np.array([own])


def _inserted(values: Floats, place: int, own: Floats) -> Floats:
    return np.insert(values, place, np.zeros(len(own)), axis=-1) if len(own) else values


def crossings(at: Floats, values: Floats) -> list[tuple[float, bool]]:
    """Where a curve through points crosses zero, and whether upward; a point at zero is no crossing."""
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
