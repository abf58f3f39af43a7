"""From replications to an estimate with its standard error, and how far the truth lies from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtr

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A value, its standard error and the degrees of freedom that is known with."""

    value: float
    se: float
    freedom: int

    def z(self, truth: float, truth_se: float = 0.0) -> float:
        """How far the truth lies away, as a normal score with the probability Student's t gives it.

        `truth_se` is the standard error of a truth that was itself simulated.
        """
        se = float(np.hypot(self.se, truth_se))
        if se == 0.0:
            return 0.0 if self.value == truth else np.copysign(99.0, self.value - truth)
        t = (self.value - truth) / se
        return float(np.copysign(-ndtri(stdtr(self.freedom, -abs(t))), t))


def ratio(numerators: Floats, denominators: Floats) -> Estimate:
    """Ratio of sums over independent replications, standard error by the delta method."""
    n = len(numerators)
    value = numerators.sum() / denominators.sum()
    rest = numerators - value * denominators
    se = np.sqrt((rest**2).sum() / (n - 1) / n) / denominators.mean()
    return Estimate(float(value), float(se), n - 1)


def adjusted_ratio(numerators: Floats, denominators: Floats, controls: Floats) -> Estimate:
    """The same with control variates: columns of `controls` have expectation 0 (regression estimator)."""
    controls = controls[:, controls.std(axis=0) > 0.0]
    n, k = controls.shape
    value = numerators.sum() / denominators.sum()
    rest = (numerators - value * denominators) / denominators.mean()
    design = np.column_stack([np.ones(n), controls])
    fit, *_ = np.linalg.lstsq(design, rest, rcond=None)
    noise = rest - design @ fit
    variance = (noise**2).sum() / (n - 1 - k)
    inverse = np.linalg.inv(design.T @ design)
    return Estimate(float(value + fit[0]), float(np.sqrt(variance * inverse[0, 0])), n - 1 - k)
