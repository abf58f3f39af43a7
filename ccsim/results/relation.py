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
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from ccsim.results.draws import Draws
from ccsim.results.journeys import Journeys

Floats = npt.NDArray[np.float64]

PLACES: Final = np.array([0.0, 0.25, 0.5, 0.75])  # of the way, where its speed is computed
NEAR: Final = 1e-12  # a relation this near has arrived
STEPS = 60  # Newton steps at most; the balance is concave and piecewise linear: a few suffice


def segment_means(journeys: Journeys, values: Floats) -> Floats:
    """Means of (rows, draws) values by segment, shape (segments, draws); nan without issues."""
    own = np.arange(len(journeys.segments))[:, None] == journeys.segment
    weight = own * journeys.count
    total = weight.sum(axis=1)
    return np.asarray((weight @ values) / np.where(total > 0, total, np.nan)[:, None])


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
            relation[place] = _balance(satisfied.T[:, rows].T, share, pull, anchor[place], draws)
    return relation


def _balance(satisfied: Floats, share: Floats, pull: Floats, anchor: Floats, draws: Draws) -> Floats:
    """Root z of pull (anchor - z) + λ+ E[(S - z)+] - λ- E[(z - S)+], per draw."""
    up, down = draws["relation.lambda_pos"], draws["relation.lambda_neg"]
    z = anchor.copy()
    mean, gap = share @ satisfied, np.empty_like(satisfied)
    for _ in range(STEPS):
        np.subtract(satisfied, z, out=gap)
        above = share @ (gap > 0)
        gain = share @ np.maximum(gap, 0.0, out=gap)
        loss = gain - (mean - z)
        force = pull * (anchor - z) + up * gain - down * loss
        slope = pull + up * above + down * (1.0 - above)
        step = force / slope
        z = z + step
        if not np.any(np.abs(step) > 1e-13):
            break
    return z


def speeds(
    journeys: Journeys,
    satisfied: Floats,
    rate: Floats,
    anchor: Floats,
    start: Floats,
    steady: Floats,
    draws: Draws,
) -> Floats:
    """Speed k a month with which Z nears `steady`, at `PLACES` of the way from `start`.

    Shape (places, segments, draws); infinite where the number of customers is not known.
    """
    found = np.full((len(PLACES), *steady.shape), np.inf)
    drift = math.log(2.0) / draws["relation.half_life_months"]
    up, down = draws["relation.lambda_pos"], draws["relation.lambda_neg"]
    for segment, issues in enumerate(rate):
        rows = journeys.segment == segment
        if not rows.any() or not issues > 0:
            continue
        share, own = journeys.count[rows] / journeys.count[rows].sum(), satisfied[rows]
        way = steady[segment] - start[segment]
        for place, done in enumerate(PLACES):
            z = start[segment] + done * way
            gap = own - z
            gain, loss = share @ np.maximum(gap, 0.0), share @ np.maximum(-gap, 0.0)
            force = drift * (anchor[segment] - z) + issues * (up * gain - down * loss)
            left = (1.0 - done) * way
            moves = np.abs(left) > NEAR
            found[place, segment] = np.where(moves, force / np.where(moves, left, 1.0), 0.0)
    return found


def path(start: Floats, steady: Floats, speed: Floats, months: int) -> Floats:
    """Z at the end of months 1 … months on the way from `start` to `steady`, (months, segments, draws).

    speed: from `speeds`; linear between its places.
    """
    way = steady - start
    left = np.ones_like(way)
    found = np.empty((months, *way.shape))
    for month in range(months):
        left = left * np.exp(-_between(speed, 1.0 - left))
        found[month] = np.where(np.abs(way) > NEAR, steady - left * way, start + way)
    return found


def _between(speed: Floats, done: Floats) -> Floats:
    """Speed at these shares of the way."""
    step = np.clip(done / PLACES[1], 0.0, len(PLACES) - 1.0)
    low = np.minimum(step.astype(np.int64), len(PLACES) - 2)
    first, second = (np.take_along_axis(speed, (low + k)[None], axis=0)[0] for k in (0, 1))
    with np.errstate(invalid="ignore"):
        return np.where(np.isinf(first), np.inf, first + (step - low) * (second - first))


def recommending(relation: Floats, draws: Draws) -> tuple[Floats, Floats]:
    """Shares of promoters (9-10) and of detractors (0-6): P(NPS <= k) = Λ(ν_k - ν1 (Z - Z_ref))."""
    lift = draws["nps.slope"] * (relation - draws["nps.reference"])
    low, passive = draws.cuts["nps.cuts"]
    return np.asarray(expit(lift - passive)), np.asarray(expit(low - lift))


def nps(relation: Floats, weight: Floats, draws: Draws) -> Floats:
    """NPS in points: % 9-10 minus % 0-6, over segments of the given weights."""
    known = ~np.isnan(relation[:, 0])
    if not known.any() or not weight[known].sum() > 0:
        return np.full(draws.size, np.nan)
    share = weight[known] / weight[known].sum()
    promoters, detractors = recommending(relation[known], draws)
    return np.asarray(100.0 * (share @ promoters - share @ detractors))
