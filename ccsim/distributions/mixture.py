"""Mixtures: some hang up at once, some come back in minutes and some in days."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ccsim.distributions.base import Distribution, Floats, floats, require
from ccsim.distributions.solve import increasing_root
from ccsim.distributions.steps import Constant, Empirical, Never

Part = tuple[float, Distribution]


@dataclass(frozen=True)
class Mixture(Distribution):
    """Weighted parts; weights are normalised. An atom at zero is a part `Constant(0)`.

    The quantile splits the parts into atoms (exact) and the rest: one smooth part is inverted in
    closed form, several by bracketed root finding to about 1e-13 relative.
    """

    parts: tuple[Part, ...]
    _places: Floats = field(init=False, repr=False, compare=False)
    _masses: Floats = field(init=False, repr=False, compare=False)
    _smooth: tuple[Part, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        require(len(self.parts) > 0, "a mixture needs at least one part")
        weights = [weight for weight, _ in self.parts]
        require(min(weights) >= 0 and sum(weights) > 0, "weights must be >= 0 and not all zero")
        flat = _flatten(self.parts, 1.0)
        places, masses = _atoms(flat)
        smooth = tuple(part for part in flat if _is_smooth(part[1]))
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_masses", masses)
        object.__setattr__(self, "_smooth", smooth)

    @property
    def mean(self) -> float:
        """Weighted mean of the parts."""
        total = sum(weight for weight, _ in self.parts)
        return sum(weight / total * part.mean for weight, part in self.parts if weight > 0)

    def cdf(self, x: npt.ArrayLike) -> Floats:
        point = floats(x)
        finite = np.isfinite(self._places)
        upto = np.concatenate(([0.0], np.cumsum(self._masses[finite])))
        jumps = upto[np.searchsorted(self._places[finite], point, side="right")]
        return np.minimum(jumps + self._smooth_cdf(point), 1.0)

    def survival(self, x: npt.ArrayLike) -> Floats:
        point = floats(x)
        above = np.concatenate((np.cumsum(self._masses[::-1])[::-1], [0.0]))
        stay = above[np.searchsorted(self._places, point, side="right")]
        if np.isinf(self._places[-1:]).any():
            stay = np.where(np.isinf(point), self._masses[-1], stay)
        return np.asarray(stay + sum(w * part.survival(point) for w, part in self._smooth))

    def quantile(self, u: npt.ArrayLike) -> Floats:
        level = np.clip(floats(u), 0.0, 1.0)
        upto = np.concatenate(([0.0], np.cumsum(self._masses)))
        at_atom = self._smooth_cdf(self._places)
        gap = np.searchsorted(upto[1:] + at_atom, level, side="left")  # atoms wholly below u
        rest = level - upto[gap]
        room = np.append(at_atom, np.inf)[gap]  # above it, u falls on the atom itself
        on_atom = (rest > room) | (not self._smooth)
        value = self._smooth_quantile(np.where(on_atom, 0.0, rest))
        last = self._places[-1] if not self._smooth else np.inf
        return np.asarray(np.where(on_atom, np.append(self._places, last)[gap], value))

    def limited_mean(self, x: npt.ArrayLike) -> Floats:
        total = sum(weight for weight, _ in self.parts)
        return np.asarray(sum(w / total * part.limited_mean(x) for w, part in self.parts))

    def _smooth_cdf(self, x: Floats) -> Floats:
        return np.asarray(sum((w * part.cdf(x) for w, part in self._smooth), np.zeros(x.shape)))

    def _smooth_quantile(self, mass: Floats) -> Floats:
        if not self._smooth:
            return np.zeros(mass.shape)
        total = sum(weight for weight, _ in self._smooth)
        share = np.minimum(mass / total, 1.0)
        each = [part.quantile(share) for _, part in self._smooth]
        if len(each) == 1:
            return each[0]
        low, high = np.minimum.reduce(each), np.maximum.reduce(each)
        return increasing_root(self._smooth_cdf, np.minimum(mass, total), low, high)

    def scaled(self, factor: float) -> Mixture:
        return Mixture(tuple((weight, part.scaled(factor)) for weight, part in self.parts))

    def kinks(self) -> tuple[float, ...]:
        return tuple(sorted({point for _, part in self.parts for point in part.kinks()}))


def _flatten(parts: tuple[Part, ...], mass: float) -> list[Part]:
    """Parts of nested mixtures with their share of the whole; empty ones left out."""
    total = sum(weight for weight, _ in parts)
    flat: list[Part] = []
    for weight, part in parts:
        share = mass * weight / total
        if isinstance(part, Mixture):
            flat += _flatten(part.parts, share)
        elif share > 0:
            flat.append((share, part))
    return flat


def _is_smooth(part: Distribution) -> bool:
    return not isinstance(part, Constant | Empirical | Never)


def _atoms(flat: list[Part]) -> tuple[Floats, Floats]:
    """Distinct places, ascending (inf last), and their masses."""
    places: list[float] = []
    masses: list[float] = []
    for share, part in flat:
        if isinstance(part, Constant):
            places.append(part.value)
            masses.append(share)
        elif isinstance(part, Empirical):
            values, chances = part.atoms()
            places += values.tolist()
            masses += (share * chances).tolist()
        elif isinstance(part, Never):
            places.append(np.inf)
            masses.append(share)
    distinct, where = np.unique(floats(places), return_inverse=True)
    return distinct, np.bincount(where, floats(masses), distinct.size).astype(np.float64)
