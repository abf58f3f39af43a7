"""A response: one figure over all points of a sweep, with both kinds of interval and its pairs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.pairs import Difference, of_figures
from ccsim.results.statistics import Estimate, influences, ratio
from ccsim.results.uncertainty import BAND

if TYPE_CHECKING:
    from ccsim.experiments.sweep_measures import Followed

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

RESAMPLES: Final = 400
CHANCE: Final = (0.025, 0.975)  # of resamples: a 95 % interval


@dataclass(frozen=True, eq=False)
class Response:
    """One figure over the points.

    above, below: numerator and denominator of each replication, (points, R); base_above, base_below: the
    same of each point's base. drawn: over draws of the outcome model, (points, draws); (points, 0) where it
    moves nothing or was not drawn.
    """

    what: Followed
    above: Floats
    below: Floats
    base_above: Floats
    base_below: Floats
    drawn: Floats

    @cached_property
    def value(self) -> Floats:
        """The figure of each point, (points,)."""
        return _ratio(self.above, self.below)

    @cached_property
    def base(self) -> Floats:
        """The figure of each point's base, (points,)."""
        return _ratio(self.base_above, self.base_below)

    @cached_property
    def estimate(self) -> Estimate:
        """Each point's figure with its 95 % interval over replications."""
        return ratio(self.above.T, self.below.T)

    @cached_property
    def differences(self) -> list[Difference]:
        """Each point against its base, over pairs of replications."""
        own = _influences(self.above, self.below)
        others = _influences(self.base_above, self.base_below)
        return [
            of_figures(float(self.base[point]), float(self.value[point]), others[point], own[point])
            for point in range(len(self.value))
        ]

    def between(self, first: int, second: int) -> Difference:
        """One point against another, over pairs of replications."""
        points = [first, second]
        values, each = self.value[points], _influences(self.above[points], self.below[points])
        return of_figures(float(values[0]), float(values[1]), each[0], each[1])

    @cached_property
    def band(self) -> tuple[Floats, Floats]:
        """The 80 % band of the outcome model of each point; nan where there is none."""
        if not self.drawn.shape[1]:
            unknown = np.full(len(self.above), np.nan)
            return unknown, unknown
        low, high = np.quantile(self.drawn, BAND, axis=1)
        return low, high

    def resampled(self, times: int = RESAMPLES, seed: int = 1) -> Floats:
        """The figures under replications drawn again with replacement, the same for all points.

        Shape (times, points): the bootstrap over replications, which keeps points paired.
        """
        chosen = self._chosen(times, seed)
        return _ratio(self.above[:, chosen].swapaxes(0, 1), self.below[:, chosen].swapaxes(0, 1))

    def _chosen(self, times: int, seed: int) -> Whole:
        replications = self.above.shape[1]
        stream = np.random.default_rng([seed, *b"sweep/bootstrap"])
        return stream.integers(0, replications, (times, replications))


def _ratio(above: Floats, below: Floats) -> Floats:
    total = below.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total != 0, above.sum(axis=-1) / total, np.nan)


def _influences(above: Floats, below: Floats) -> Floats:
    """How each replication moves the ratio of each point, (points, R)."""
    return influences(above.T, below.T)[1].T
