"""Families on a bounded interval: uniform and triangular."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.distributions.base import Distribution, Floats, floats, require


@dataclass(frozen=True)
class Uniform(Distribution):
    """Uniform between low and high."""

    low: float
    high: float

    def __post_init__(self) -> None:
        require(0 <= self.low < self.high < np.inf, "uniform needs 0 <= low < high")

    @property
    def mean(self) -> float:
        """Middle of the interval."""
        return 0.5 * (self.low + self.high)

    def quantile(self, u: npt.ArrayLike) -> Floats:
        return np.asarray(self.low + (self.high - self.low) * floats(u))

    def cdf(self, x: npt.ArrayLike) -> Floats:
        return np.clip((floats(x) - self.low) / (self.high - self.low), 0.0, 1.0)

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        point = np.clip(floats(x), 0.0, self.high)
        past = np.maximum(point - self.low, 0.0)
        return np.asarray(point - past**2 / (2.0 * (self.high - self.low)))

    def scaled(self, factor: float) -> Uniform:
        return Uniform(self.low * factor, self.high * factor)

    def kinks(self) -> tuple[float, ...]:
        return (self.low, self.high)


@dataclass(frozen=True)
class Triangular(Distribution):
    """Triangular with its peak at mode: what people state when they know three numbers."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        ordered = 0 <= self.low <= self.mode <= self.high < np.inf and self.low < self.high
        require(ordered, "triangular needs 0 <= low <= mode <= high, and low < high")

    @property
    def mean(self) -> float:
        """A third of the sum of the three points."""
        return (self.low + self.mode + self.high) / 3.0

    def quantile(self, u: npt.ArrayLike) -> Floats:
        return triangular_quantile(floats(u), self.low, self.mode, self.high)

    def cdf(self, x: npt.ArrayLike) -> Floats:
        point = np.clip(floats(x), self.low, self.high)
        width = self.high - self.low
        with np.errstate(divide="ignore", invalid="ignore"):
            left = (point - self.low) ** 2 / (width * (self.mode - self.low))
            right = 1.0 - (self.high - point) ** 2 / (width * (self.high - self.mode))
        return np.asarray(np.where(point < self.mode, left, np.where(point < self.high, right, 1)))

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        point = np.maximum(floats(x), 0.0)
        width = self.high - self.low
        rise = np.clip(point, self.low, self.mode) - self.low
        fall = self.high - np.clip(point, self.mode, self.high)
        lost = rise**3 / (3.0 * width * max(self.mode - self.low, np.finfo(float).tiny))
        after = ((self.high - self.mode) ** 3 - fall**3) / 3.0
        kept = after / (width * max(self.high - self.mode, np.finfo(float).tiny))
        return np.asarray(np.minimum(point, self.mode) - lost + kept)

    def scaled(self, factor: float) -> Triangular:
        return Triangular(self.low * factor, self.mode * factor, self.high * factor)

    def kinks(self) -> tuple[float, ...]:
        return (self.low, self.mode, self.high)


def triangular_quantile(u: Floats, low: float, mode: float, high: float) -> Floats:
    """Quantile of the triangular distribution; any order-respecting reals, negative ones too."""
    if high == low:
        return np.full_like(u, mode)
    width = high - low
    turn = (mode - low) / width
    left = low + np.sqrt(u * width * (mode - low))
    right = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.asarray(np.where(u < turn, left, right))
