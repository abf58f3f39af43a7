"""The relation: what is left of all journeys in a customer's mind, and recommendation (NPS).

After each issue Z moves by λ+ (S - Z) where S is above it and by λ- (S - Z) where it is below
(λ- >= λ+: losses weigh more), and drifts back to the segment's mean in between. What is used is
its steady state: the level at which the pulls of a month balance on average,

    ρ (μ - z) + r (λ+ E[(S - z)+] - λ- E[(z - S)+]) = 0

with r issues a customer and month, ρ = ln 2 / half-life and μ the segment's mean satisfaction in
the base. Where the number of customers is not known, r is taken as so large that drift does not
matter.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from ccsim.results.draws import Draws
from ccsim.results.journeys import Journeys

Floats = npt.NDArray[np.float64]

STEPS = 60  # Newton steps at most; the balance is concave and piecewise linear: a few suffice


def segment_means(journeys: Journeys, values: Floats) -> Floats:
    """Means of (rows, draws) values by segment, shape (segments, draws); nan without issues."""
    size = len(journeys.segments)
    means = np.full((size, values.shape[1]), np.nan)
    for place in range(size):
        rows = journeys.segment == place
        weight = journeys.count[rows]
        if weight.size:
            means[place] = weight @ values[rows] / weight.sum()
    return means


def steady_relation(
    journeys: Journeys, satisfied: Floats, rate: Floats, anchor: Floats, draws: Draws
) -> Floats:
    """Steady relation Z by segment, shape (segments, draws); nan without issues.

    rate: issues a customer and month by segment (nan: unknown); anchor: the mean to which each
    segment drifts, (segments, draws).
    """
    relation = np.full(anchor.shape, np.nan)
    for place, issues in enumerate(rate):
        rows = journeys.segment == place
        if rows.any():
            drift = math.log(2.0) / draws["relation.half_life_months"]
            pull = drift / issues if issues > 0 else np.zeros(draws.size)
            share = journeys.count[rows] / journeys.count[rows].sum()
            relation[place] = _balance(satisfied[rows], share, pull, anchor[place], draws)
    return relation


def _balance(satisfied: Floats, share: Floats, pull: Floats, anchor: Floats, draws: Draws) -> Floats:
    """Root z of pull (anchor - z) + λ+ E[(S - z)+] - λ- E[(z - S)+], per draw."""
    up, down = draws["relation.lambda_pos"], draws["relation.lambda_neg"]
    z = anchor.copy()
    for _ in range(STEPS):
        gap = satisfied - z
        gain, loss = share @ np.maximum(gap, 0.0), share @ np.maximum(-gap, 0.0)
        above = share @ (gap > 0)
        force = pull * (anchor - z) + up * gain - down * loss
        slope = pull + up * above + down * (1.0 - above)
        step = force / slope
        z = z + step
        if not np.any(np.abs(step) > 1e-13):
            break
    return z


def nps(relation: Floats, weight: Floats, draws: Draws) -> Floats:
    """NPS in points: % 9-10 minus % 0-6, over segments of the given weights.

    P(NPS <= k) = Λ(ν_k - ν1 (Z - Z_ref)) for k = 6 and 8.
    """
    known = ~np.isnan(relation[:, 0])
    if not known.any() or not weight[known].sum() > 0:
        return np.full(draws.size, np.nan)
    share = weight[known] / weight[known].sum()
    lift = draws["nps.slope"] * (relation[known] - draws["nps.reference"])
    detract, passive = (share @ expit(cut - lift) for cut in draws.cuts["nps.cuts"])
    return np.asarray(100.0 * ((1.0 - passive) - detract))
