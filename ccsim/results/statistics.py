"""Estimates over replications, each with its 95 % interval.

All functions take arrays whose first axis is the replication and work along it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

FloatArray = npt.NDArray[np.float64]

CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False)
class Estimate:
    """A value with its standard error and 95 % interval; nan where it is not defined.

    `replications` counts those in which something was counted.
    """

    value: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    replications: npt.NDArray[np.int64]


def student_mean(values: FloatArray) -> Estimate:
    """Mean over replications with a Student interval; nan entries are left out.

    `values` has shape (R, ...); with fewer than two values the interval is nan.
    """
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=0) / count
        spread = np.where(known, values - mean, 0.0)
        se = np.sqrt((spread**2).sum(axis=0) / (count * (count - 1.0)))
    return _interval(mean, np.where(count > 1, se, np.nan), count)


def ratio(numerator: FloatArray, denominator: FloatArray) -> Estimate:
    """Ratio of sums over replications, with a Student interval by the delta method.

    Shapes (R, ...). se^2 = sum (n_i - r d_i)^2 / (R (R-1) mean(d)^2)  (Cochran, Sampling
    Techniques, 6.4; Law, Simulation Modeling and Analysis, 9.3). nan where the denominators are 0.
    """
    total = denominator.sum(axis=0)
    runs = len(denominator)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(total != 0, numerator.sum(axis=0) / total, np.nan)
        rest = numerator - value * denominator
        se = np.sqrt((rest**2).sum(axis=0) / (runs * (runs - 1.0))) / np.abs(total / runs)
    counted = (denominator != 0).sum(axis=0)
    return _interval(value, np.where(counted > 1, se, np.nan), counted, np.asarray(runs))


def influences(numerator: FloatArray, denominator: FloatArray) -> tuple[FloatArray, FloatArray]:
    """A ratio of sums over replications, and how each replication moves it: (n_i - r d_i) / mean(d).

    Shapes (R, ...). Differences of two ratios' influences are paired like any others (delta method, as
    `ratio`). nan where the denominators are 0.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        total = denominator.sum(axis=0)
        value = np.where(total != 0, numerator.sum(axis=0) / total, np.nan)
        return value, (numerator - value * denominator) / denominator.mean(axis=0)


def jackknife(values: FloatArray, statistic: Callable[[FloatArray], float]) -> Estimate:
    """`statistic` of all replications together; its error by leaving one replication out in turn.

    `values` has shape (R, days). For figures that are neither a mean nor a ratio, such as a
    percentile of days.
    """
    runs = len(values)
    value = statistic(values)
    se = np.nan
    if runs > 1:
        without = np.array([statistic(np.delete(values, i, axis=0)) for i in range(runs)])
        se = np.sqrt((runs - 1) / runs * ((without - without.mean()) ** 2).sum())
    return _interval(np.asarray(value), np.asarray(se), np.asarray(runs))


def percentile_of_days(share: float) -> Callable[[FloatArray], float]:
    """A statistic: the `share` quantile of all daily values, nan days left out."""

    def statistic(values: FloatArray) -> float:
        known = values[~np.isnan(values)]
        return float(np.quantile(known, share)) if len(known) else float("nan")

    return statistic


def _interval(
    value: FloatArray,
    se: FloatArray,
    counted: npt.NDArray[np.int64],
    sample: npt.NDArray[np.int64] | None = None,
) -> Estimate:
    freedom = np.asarray(counted if sample is None else sample) - 1.0
    with np.errstate(invalid="ignore"):
        half = stdtrit(np.maximum(freedom, 1.0), 0.5 + CONFIDENCE / 2) * se
    value = np.asarray(value, np.float64)
    return Estimate(value, np.asarray(se), value - half, value + half, np.asarray(counted))
