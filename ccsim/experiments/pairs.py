"""Paired differences: variant less base in the same replications, on the same draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from ccsim.results.measure import Measure
from ccsim.results.statistics import influences
from ccsim.results.tally import Tally

Floats = npt.NDArray[np.float64]

LEVEL = 0.05


@dataclass(frozen=True)
class Difference:
    """A variant's figure against its base's.

    low, high: 95 % interval of the difference over pairs of replications (each difference alone,
    not corrected for their number). p: two-sided. saved: how many times as many independent pairs
    would have given the same interval (nan where unknown). pairs: those in which both sides are known.
    """

    base: float
    variant: float
    difference: float
    se: float
    low: float
    high: float
    p: float
    saved: float
    pairs: int

    @property
    def half(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def of_measure(measure: Measure, base: Sequence[Tally], variant: Sequence[Tally]) -> Difference:
    """The difference of a service measure.

    A ratio's value is the ratio of sums over replications; its error comes from the influences
    (n_i - r d_i) / mean(d) of the replications, which are paired (delta method).
    """
    if measure.each is not None:
        sides = [np.array([measure.values(t)[0] for t in tallies]) for tallies in (base, variant)]
        return of_values(*sides)
    (value, each), (other, each_other) = (_ratio(measure, side) for side in (base, variant))
    return _difference(value, other, each, each_other)


def of_values(base: Floats, variant: Floats) -> Difference:
    """The difference of means over replications; pairs with an unknown side are left out."""
    known = ~(np.isnan(base) | np.isnan(variant))
    base, variant = base[known], variant[known]
    if not len(base):
        return _difference(math.nan, math.nan, base, variant)
    return _difference(float(base.mean()), float(variant.mean()), base, variant)


def of_figures(base: float, variant: float, each_base: Floats, each_variant: Floats) -> Difference:
    """The difference of two pooled figures, its error from those of single replications."""
    return _difference(base, variant, each_base, each_variant)


def of_gain(gain: float, each: Floats) -> Difference:
    """A gain, which is a difference already: pooled, its error from those of single pairs."""
    return replace(_difference(0.0, gain, np.zeros(len(each)), each), saved=math.nan)


def error_of(change: Floats, apart: Floats) -> tuple[Floats, Floats, Floats]:
    """Standard error of a change, half its 95 % interval (Student) and its two-sided p.

    apart: shape (pairs, ...): how far the sides of each pair are apart, or their influences; `change` has
    the shape behind. nan with fewer than two pairs; but where no pair differs, the error is 0 and p 1.
    """
    runs = len(apart)
    freedom = max(runs - 1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        se = np.sqrt(apart.var(axis=0, ddof=1) / runs) if runs > 1 else np.full(change.shape, np.nan)
        same = (change == 0) & ~apart.any(axis=0) & (runs > 0)
        se = np.where(same, 0.0, np.where(np.isnan(change), np.nan, se))
        p = np.where(se > 0, 2 * stdtr(freedom, -np.abs(change) / se), np.where(same, 1.0, 0.0))
    return se, stdtrit(freedom, 0.975) * se, np.where(np.isnan(se), np.nan, p)


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values adjusted for their number (Holm, Scandinavian Journal of Statistics 6, 1979).

    Those below 0.05 hold together at 95 %. nan stays nan and is not counted.
    """
    known = [(p, place) for place, p in enumerate(p_values) if not math.isnan(p)]
    adjusted = [math.nan] * len(p_values)
    worst = 0.0
    for rank, (p, place) in enumerate(sorted(known)):
        worst = max(worst, min(1.0, p * (len(known) - rank)))
        adjusted[place] = worst
    return adjusted


def verdict(difference: float, adjusted: float, better: str | None) -> str:
    """'better', 'worse', 'higher', 'lower' (where neither is good), 'no change' or 'unknown'."""
    if math.isnan(difference) or math.isnan(adjusted):
        return "unknown"
    if adjusted >= LEVEL or difference == 0:
        return "no change"
    up = difference > 0
    if better is None:
        return "higher" if up else "lower"
    return "better" if up == (better == "up") else "worse"


def chance_better(found: Difference, better: str | None) -> float:
    """How probable it is, given the pairs, that the variant is truly better: P(B beats A).

    With d the mean difference of n pairs and s its standard error, (d - true) / s follows Student's t with
    n - 1 degrees of freedom; where nothing was known before the pairs (flat prior), P(true > 0) =
    T_{n-1}(d / s) (Box and Tiao, Bayesian Inference in Statistical Analysis, 2.4). Of one figure alone: not
    adjusted for how many are looked at. nan where neither direction is good, with fewer than two pairs, and
    where no pair differs.
    """
    if better is None or math.isnan(found.se) or (found.se == 0 and found.difference == 0):
        return math.nan
    gain = found.difference if better == "up" else -found.difference
    if found.se == 0:
        return 1.0 if gain > 0 else 0.0
    return float(stdtr(found.pairs - 1, gain / found.se))


def dominance(criteria: Sequence[tuple[Difference, str]], level: float) -> bool:
    """Whether the variant is surely no worse by any criterion and surely better by one.

    criteria: differences, each with its good direction. Surely: the whole two-sided interval at 1 - `level`
    says so. All have to hold, each at its level, so that their number needs no adjustment
    (intersection-union test: Berger, Technometrics 24, 1982).
    """
    ends = [_worst(found, better, level) for found, better in criteria]
    return all(low >= 0 for low in ends) and any(low > 0 for low in ends)


def _worst(found: Difference, better: str, level: float) -> float:
    """The bad end of the interval of how much better the variant is."""
    gain = found.difference if better == "up" else -found.difference
    if math.isnan(found.se) or found.pairs < 2:
        return math.nan
    return gain - float(stdtrit(found.pairs - 1, 1 - level / 2)) * found.se


def _ratio(measure: Measure, tallies: Sequence[Tally]) -> tuple[float, Floats]:
    """A measure over all replications, and the influence of each."""
    pairs = [measure.pair(tally) for tally in tallies]
    above, below = (np.array([float(side[0]) for side in sides]) for sides in zip(*pairs, strict=True))
    value, each = influences(above, below)
    return float(value), each


def _difference(base: float, variant: float, each_base: Floats, each_variant: Floats) -> Difference:
    value, apart = variant - base, each_variant - each_base
    se, half, p = (float(found) for found in error_of(np.asarray(value), apart))
    together = float(apart.var(ddof=1)) if se > 0 else math.nan
    alone = float(each_base.var(ddof=1) + each_variant.var(ddof=1)) if se > 0 else math.nan
    low, high = value - half, value + half
    return Difference(base, variant, value, se, low, high, p, alone / together, len(apart))
