"""Families with a density, by mean and shape: Brown et al. 2005 is why lognormal leads."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc, gammaincc, gammainccinv, gammaincinv, log_ndtr, ndtr, ndtri

from ccsim.distributions.base import Distribution, Floats, above_zero, floats, require


@dataclass(frozen=True)
class Exponential(Distribution):
    """Exponential with the given mean: patience, redial delay."""

    mean: float

    def __post_init__(self) -> None:
        above_zero("mean", self.mean)

    def quantile(self, u: npt.ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray(-self.mean * np.log1p(-floats(u)))

    def from_normal(self, z: npt.ArrayLike) -> Floats:
        return np.asarray(-self.mean * log_ndtr(-floats(z)))

    def cdf(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(-np.expm1(-np.maximum(floats(x), 0.0) / self.mean))

    def survival(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(np.exp(-np.maximum(floats(x), 0.0) / self.mean))

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(self.mean * self.cdf(x))

    def scaled(self, factor: float) -> Exponential:
        return Exponential(self.mean * factor)


@dataclass(frozen=True)
class Lognormal(Distribution):
    """Lognormal with the given mean and coefficient of variation: handling times."""

    mean: float
    cv: float

    def __post_init__(self) -> None:
        above_zero("mean", self.mean)
        above_zero("cv", self.cv)

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.sqrt(math.log1p(self.cv * self.cv))

    @property
    def mu(self) -> float:
        """Mean of the logarithm."""
        return math.log(self.mean) - 0.5 * self.sigma**2

    def quantile(self, u: npt.ArrayLike) -> Floats:
        return self.from_normal(ndtri(floats(u)))

    def from_normal(self, z: npt.ArrayLike) -> Floats:
        return np.asarray(np.exp(self.mu + self.sigma * floats(z)))

    def _score(self, x: npt.ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray((np.log(np.maximum(floats(x), 0.0)) - self.mu) / self.sigma)

    def cdf(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(ndtr(self._score(x)))

    def survival(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(ndtr(-self._score(x)))

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        below = ndtr(self._score(x) - self.sigma)
        return np.asarray(self.mean * below + np.maximum(floats(x), 0.0) * self.survival(x))

    def scaled(self, factor: float) -> Lognormal:
        return Lognormal(self.mean * factor, self.cv)


class _GammaLike(Distribution):
    """The gamma functions shared by Gamma and Erlang, by shape and scale."""

    def _shape_scale(self) -> tuple[float, float]:
        raise TypeError("a gamma family must give its shape and scale")

    def quantile(self, u: npt.ArrayLike) -> Floats:
        shape, scale = self._shape_scale()
        return np.asarray(scale * gammaincinv(shape, floats(u)))

    def from_normal(self, z: npt.ArrayLike) -> Floats:
        shape, scale = self._shape_scale()
        score = floats(z)
        upper = gammainccinv(shape, ndtr(-np.abs(score)))  # keeps the right tail exact
        lower = gammaincinv(shape, ndtr(-np.abs(score)))
        return np.asarray(scale * np.where(score > 0, upper, lower))

    def cdf(self, x: npt.ArrayLike) -> Floats:
        shape, scale = self._shape_scale()
        return np.asarray(gammainc(shape, np.maximum(floats(x), 0.0) / scale))

    def survival(self, x: npt.ArrayLike) -> Floats:
        shape, scale = self._shape_scale()
        return np.asarray(gammaincc(shape, np.maximum(floats(x), 0.0) / scale))

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        shape, scale = self._shape_scale()
        point = np.maximum(floats(x), 0.0)
        below = gammainc(shape + 1.0, point / scale)
        return np.asarray(shape * scale * below + point * self.survival(point))


@dataclass(frozen=True)
class Gamma(_GammaLike):
    """Gamma with the given mean and coefficient of variation."""

    mean: float
    cv: float

    def __post_init__(self) -> None:
        above_zero("mean", self.mean)
        above_zero("cv", self.cv)

    def _shape_scale(self) -> tuple[float, float]:
        return self.cv**-2, self.mean * self.cv**2

    def scaled(self, factor: float) -> Gamma:
        return Gamma(self.mean * factor, self.cv)


@dataclass(frozen=True)
class Erlang(_GammaLike):
    """Sum of k exponentials with the given mean in all."""

    mean: float
    k: int

    def __post_init__(self) -> None:
        above_zero("mean", self.mean)
        require(self.k == int(self.k) and self.k >= 1, f"k must be 1, 2, 3 …, not {self.k!r}")

    def _shape_scale(self) -> tuple[float, float]:
        return float(self.k), self.mean / self.k

    def scaled(self, factor: float) -> Erlang:
        return Erlang(self.mean * factor, self.k)


@dataclass(frozen=True)
class Weibull(Distribution):
    """Weibull with the given mean and shape; below 1 the hazard falls, as patience often does."""

    mean: float
    shape: float

    def __post_init__(self) -> None:
        above_zero("mean", self.mean)
        above_zero("shape", self.shape)

    @property
    def scale(self) -> float:
        """The 63.2 % point."""
        return self.mean / math.gamma(1.0 + 1.0 / self.shape)

    def quantile(self, u: npt.ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray(self.scale * (-np.log1p(-floats(u))) ** (1.0 / self.shape))

    def from_normal(self, z: npt.ArrayLike) -> Floats:
        return np.asarray(self.scale * (-log_ndtr(-floats(z))) ** (1.0 / self.shape))

    def _hazard_spent(self, x: npt.ArrayLike) -> Floats:
        return np.asarray((np.maximum(floats(x), 0.0) / self.scale) ** self.shape)

    def cdf(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(-np.expm1(-self._hazard_spent(x)))

    def survival(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(np.exp(-self._hazard_spent(x)))

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        return np.asarray(self.mean * gammainc(1.0 / self.shape, self._hazard_spent(x)))

    def scaled(self, factor: float) -> Weibull:
        return Weibull(self.mean * factor, self.shape)
