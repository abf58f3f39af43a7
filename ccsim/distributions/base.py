"""What every distribution of a duration can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

Floats = npt.NDArray[np.float64]


class Distribution(ABC):
    """A frozen, hashable distribution on [0, inf], in whatever unit its parameters carry.

    Draws are made by quantile (`quantile`, `from_normal`), never by a generator: a scenario that
    changes a parameter then maps the same uniform and keeps every rank (common random numbers).
    """

    if TYPE_CHECKING:  # a dataclass field in most families, a computed property in the others

        @property
        def mean(self) -> float: ...

    @abstractmethod
    def quantile(self, u: npt.ArrayLike) -> Floats:
        """Smallest x with cdf(x) >= u, elementwise, for u in [0, 1]; inf where there is none."""

    @abstractmethod
    def cdf(self, x: npt.ArrayLike) -> Floats:
        """P(X <= x), elementwise; cdf(inf) leaves out the mass that never comes."""

    @abstractmethod
    def scaled(self, factor: float) -> Distribution:
        """The distribution of `factor` times the variable."""

    @abstractmethod
    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        """E[min(X, x)], the integral of the survival function from 0 to x, for finite x."""

    def survival(self, x: npt.ArrayLike) -> Floats:
        """P(X > x), elementwise."""
        return np.asarray(1.0 - self.cdf(x))

    def from_normal(self, z: npt.ArrayLike) -> Floats:
        """quantile(Phi(z)): for draws made through a Gaussian copula."""
        return self.quantile(ndtr(np.asarray(z, dtype=np.float64)))

    def kinks(self) -> tuple[float, ...]:
        """Finite points where the cdf jumps or bends: where a quadrature must be cut."""
        return ()


def floats(values: npt.ArrayLike) -> Floats:
    """The values as a float array."""
    return np.asarray(values, dtype=np.float64)


def require(condition: bool, message: str) -> None:
    """Raise ValueError(message) unless the condition holds."""
    if not condition:
        raise ValueError(message)


def above_zero(name: str, value: Any) -> None:
    """Raise ValueError unless the value is a finite number above zero."""
    require(
        bool(np.isfinite(value)) and value > 0,
        f"{name} must be a number above zero, not {value!r} (for none at all use a constant of 0)",
    )
