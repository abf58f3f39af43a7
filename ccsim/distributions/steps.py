"""Families made of steps: constants, observed values, never, piecewise-constant hazard."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr

from ccsim.distributions.base import Distribution, Floats, above_zero, floats, require


@dataclass(frozen=True)
class Constant(Distribution):
    """Always the same value."""

    value: float

    def __post_init__(self) -> None:
        require(0 <= self.value < np.inf, f"a constant must be zero or more, not {self.value!r}")

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    def quantile(self, u: npt.ArrayLike) -> Floats:
        return np.full(np.shape(u), float(self.value))

    def cdf(self, x: npt.ArrayLike) -> Floats:
        return (floats(x) >= self.value).astype(np.float64)

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        return np.clip(floats(x), 0.0, self.value)

    def scaled(self, factor: float) -> Constant:
        return Constant(self.value * factor)

    def kinks(self) -> tuple[float, ...]:
        return (self.value,)


@dataclass(frozen=True)
class Never(Distribution):
    """It does not happen: the patience of someone who never hangs up."""

    @property
    def mean(self) -> float:
        """Infinite."""
        return math.inf

    def quantile(self, u: npt.ArrayLike) -> Floats:
        return np.full(np.shape(u), np.inf)

    def cdf(self, x: npt.ArrayLike) -> Floats:
        return np.zeros(np.shape(x))

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        return np.maximum(floats(x), 0.0)

    def scaled(self, factor: float) -> Never:
        above_zero("factor", factor)
        return self


@dataclass(frozen=True)
class Empirical(Distribution):
    """Observed values with weights: the quantile is always one of the values seen."""

    values: tuple[float, ...]
    weights: tuple[float, ...] | None = None
    _sorted: Floats = field(init=False, repr=False, compare=False)
    _upto: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values = floats(self.values)
        weights = np.ones(values.size) if self.weights is None else floats(self.weights)
        require(values.ndim == 1 and values.size > 0, "empirical needs at least one value")
        require(weights.shape == values.shape, "empirical needs one weight for each value")
        require(bool((values >= 0).all() and np.isfinite(values).all()), "values must be >= 0")
        require(bool((weights >= 0).all()) and weights.sum() > 0, "weights must be >= 0, not all 0")
        distinct, place = np.unique(values[weights > 0], return_inverse=True)
        mass = np.bincount(place, weights[weights > 0])
        upto = np.cumsum(mass) / mass.sum()
        upto[-1] = 1.0
        object.__setattr__(self, "_sorted", distinct)
        object.__setattr__(self, "_upto", upto)

    @property
    def mean(self) -> float:
        """Weighted mean of the values."""
        return float(np.dot(self._sorted, np.diff(self._upto, prepend=0.0)))

    def atoms(self) -> tuple[Floats, Floats]:
        """Distinct values ascending and the probability of each."""
        return self._sorted, np.diff(self._upto, prepend=0.0)

    def quantile(self, u: npt.ArrayLike) -> Floats:
        place = np.searchsorted(self._upto, floats(u), side="left")
        return np.asarray(self._sorted[np.minimum(place, self._sorted.size - 1)])

    def cdf(self, x: npt.ArrayLike) -> Floats:
        below = np.searchsorted(self._sorted, floats(x), side="right")
        return np.asarray(np.concatenate(([0.0], self._upto))[below])

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        point = np.maximum(floats(x), 0.0)
        values, chances = self.atoms()
        below = np.concatenate(([0.0], np.cumsum(values * chances)))
        place = np.searchsorted(self._sorted, point, side="right")
        return np.asarray(below[place] + point * self.survival(point))

    def scaled(self, factor: float) -> Empirical:
        return Empirical(tuple(v * factor for v in self.values), self.weights)

    def kinks(self) -> tuple[float, ...]:
        return tuple(self._sorted.tolist())


@dataclass(frozen=True)
class PiecewiseHazard(Distribution):
    """Hazard constant between the starts (the last goes on for ever): announcements.

    starts: seconds, ascending, the first 0. hazards: per second, one for each start. With a last
    hazard of 0 those who stay that long stay for ever (quantile and mean are inf).
    """

    starts: tuple[float, ...]
    hazards: tuple[float, ...]
    _spent: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts, hazards = floats(self.starts), floats(self.hazards)
        require(starts.size > 0 and starts.size == hazards.size, "one hazard for each start")
        require(starts[0] == 0 and bool((np.diff(starts) > 0).all()), "starts: 0, then ascending")
        require(bool((hazards >= 0).all() and np.isfinite(hazards).all()), "hazards must be >= 0")
        spent = np.concatenate(([0.0], np.cumsum(hazards[:-1] * np.diff(starts))))
        object.__setattr__(self, "_spent", spent)

    @property
    def mean(self) -> float:
        """Integral of the survival function; inf when the last hazard is 0."""
        return float(self.limited_mean(math.inf))

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        point = floats(x)
        total = np.zeros(point.shape)
        ends = [*self.starts[1:], math.inf]
        rows = zip(self.starts, ends, self.hazards, self._spent.tolist(), strict=True)
        for start, end, hazard, spent in rows:
            width = np.clip(point - start, 0.0, end - start)
            alone = width if hazard == 0 else -np.expm1(-hazard * width) / hazard
            total = total + math.exp(-spent) * alone
        return total

    def _reach(self, spent: Floats) -> Floats:
        place = np.maximum(np.searchsorted(self._spent, spent, side="left") - 1, 0)
        left = spent - self._spent[place]
        with np.errstate(divide="ignore", invalid="ignore"):
            more = np.where(left > 0, left / floats(self.hazards)[place], 0.0)
        return np.asarray(floats(self.starts)[place] + more)

    def quantile(self, u: npt.ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return self._reach(np.asarray(-np.log1p(-floats(u))))

    def from_normal(self, z: npt.ArrayLike) -> Floats:
        return self._reach(np.asarray(-log_ndtr(-floats(z))))

    def _cumulated(self, x: npt.ArrayLike) -> Floats:
        point = np.maximum(floats(x), 0.0)
        place = np.searchsorted(floats(self.starts), point, side="right") - 1
        hazard = floats(self.hazards)[place]
        past = np.where(hazard > 0, point - floats(self.starts)[place], 0.0)
        return np.asarray(self._spent[place] + hazard * past)

    def cdf(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(-np.expm1(-self._cumulated(x)))

    def survival(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(np.exp(-self._cumulated(x)))

    def scaled(self, factor: float) -> PiecewiseHazard:
        above_zero("factor", factor)
        starts = tuple(s * factor for s in self.starts)
        return PiecewiseHazard(starts, tuple(h / factor for h in self.hazards))

    def kinks(self) -> tuple[float, ...]:
        return self.starts
