"""The knee of a curve: from where on more of a lever brings clearly less.

Kneedle (Satopää, Albrecht, Irwin and Raghavan, "Finding a 'Kneedle' in a Haystack", ICDCS Workshops 2011):
lever and response are put on 0..1, and the knee is where the curve is furthest above its chord. The response
is made monotone first (isotonic regression), so that noise between neighbours makes no knees. There is one
only where that distance is at least a tenth, and in 9 of 10 resamples of the replications.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.curves import Curve, curves_of
from ccsim.experiments.response import CHANCE

if TYPE_CHECKING:
    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep
    from ccsim.experiments.sweep_measures import Followed

Floats = npt.NDArray[np.float64]

LEAST_DISTANCE: Final = 0.1  # from the chord, of the whole rise
LEAST_SHARE: Final = 0.9  # of resamples with a knee
POINTS: Final = 5  # fewer show no bend
NOT_MONEY: Final = ("cost", "net_gain", "roi", "npv", "margin_kept", "customers_kept")


@dataclass(frozen=True, eq=False)
class Knee:
    """A knee on a curve: at which value of the lever; low, high: 95 % over resamples of the replications.

    found_in: share of the resamples with a knee.
    """

    curve: Curve
    what: Followed
    at: float
    low: float
    high: float
    found_in: float


def knees_of(sweep: Sweep) -> list[Knee]:
    """The knees of all figures that have a better direction, along every curve."""
    wanted = [
        response
        for response in sweep.responses_by.values()
        if response.what.better is not None and response.what.measure not in NOT_MONEY
    ]
    found = [_on(sweep, curve, response) for curve in curves_of(sweep) for response in wanted]
    return [one for one in found if one is not None]


def knee(at: Floats, values: Floats) -> float:
    """Where a curve bends most, or nan: the point furthest above the chord, all scaled to 0..1.

    at: ascending. The curve may rise or fall, whichever it does on the whole; a knee is where it flattens.
    """
    if len(at) < POINTS or np.isnan(values).any() or values[0] == values[-1]:
        return math.nan
    rising = values if values[-1] > values[0] else -values
    smooth = isotonic(rising)
    height = smooth[-1] - smooth[0]
    if height <= 0:
        return math.nan
    share = (at - at[0]) / (at[-1] - at[0])
    distance = (smooth - smooth[0]) / height - share
    place = int(np.argmax(distance))
    return float(at[place]) if distance[place] >= LEAST_DISTANCE else math.nan


def isotonic(values: Floats) -> Floats:
    """The nearest never-falling values (least squares; pool adjacent violators)."""
    levels: list[float] = []
    counts: list[int] = []
    for value in values:
        levels.append(float(value))
        counts.append(1)
        while len(levels) > 1 and levels[-2] > levels[-1]:
            level, count = levels.pop(), counts.pop()
            levels[-1] = (levels[-1] * counts[-1] + level * count) / (counts[-1] + count)
            counts[-1] += count
    return np.repeat(levels, counts)


def _on(sweep: Sweep, curve: Curve, response: Response) -> Knee | None:
    points = list(curve.points)
    central = knee(curve.at, response.value[points])
    if math.isnan(central) or sweep.replications < 2 or not _improves(response, points):
        return None
    again = np.array([knee(curve.at, values) for values in response.resampled()[:, points]])
    found = again[~np.isnan(again)]
    share = len(found) / len(again)
    if share < LEAST_SHARE:
        return None
    low, high = np.quantile(found, CHANCE)
    return Knee(curve, response.what, central, float(low), float(high), share)


def _improves(response: Response, points: list[int]) -> bool:
    """Whether more of the lever makes it better: what grows worse ever more slowly has no knee to stop at."""
    up = response.value[points[-1]] > response.value[points[0]]
    return bool(up) == (response.what.better == "up")
