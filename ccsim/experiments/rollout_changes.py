"""Changes from old to new rules over paired replications, many slices at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.experiments.pairs import error_of, holm, verdict
from ccsim.results.statistics import influences

Floats = npt.NDArray[np.float64]

COLUMNS = ("before", "after", "change", "low", "high", "p")


@dataclass(frozen=True, eq=False)
class Changes:
    """Figures before and after and their difference, all of one shape; nan where nothing was counted.

    low, high: 95 % interval of the change over pairs of replications; p: two-sided.
    """

    before: Floats
    after: Floats
    change: Floats
    low: Floats
    high: Floats
    p: Floats

    def columns(self, index: tuple[object, ...] = ()) -> dict[str, Floats]:
        """As columns of a frame, flattened."""
        return {name: np.ravel(getattr(self, name)[index]) for name in COLUMNS}


def of_ratios(before: Floats, after: Floats, base: Floats, base_after: Floats | None = None) -> Changes:
    """Ratios of sums over replications (the first axis), and their paired difference.

    The error comes from the differences of the replications' influences (n_i - r d_i) / mean(d), as in
    `pairs.of_measure`. `base_after`: what the sums after are divided by, where it is not the same.
    """
    sides = [influences(before, base), influences(after, base if base_after is None else base_after)]
    return _changes(sides[0][0], sides[1][0], sides[1][1] - sides[0][1])


def of_means(before: Floats, after: Floats) -> Changes:
    """Means over replications (the first axis), and their paired difference; nan where one is unknown."""
    with np.errstate(invalid="ignore"):
        return _changes(before.mean(axis=0), after.mean(axis=0), after - before)


def _changes(before: Floats, after: Floats, apart: Floats) -> Changes:
    change = np.asarray(after - before, np.float64)
    _, half, p = error_of(change, apart)
    return Changes(np.asarray(before), np.asarray(after), change, change - half, change + half, p)


def verdicts(change: Sequence[float], p: Sequence[float], better: str) -> tuple[list[float], list[str]]:
    """p-values adjusted for their number (Holm), and 'better', 'worse', 'no change' or 'unknown'.

    better: 'up' or 'down'. All verdicts handed in together hold together at 95 %.
    """
    adjusted = holm(list(p))
    return adjusted, [verdict(each, q, better) for each, q in zip(change, adjusted, strict=True)]
