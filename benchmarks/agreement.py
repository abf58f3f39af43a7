"""Do two programs describe the same centre? Abandonment and mean wait against their noise."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

HOUR = 3600.0
BATCH = 12 * HOUR  # half a day: long against waits, so that batches are nearly independent


class Figures(NamedTuple):
    """A statistic with its standard error, from batch means over half-days."""

    abandonment: float
    abandonment_se: float
    mean_wait: float
    mean_wait_se: float


def figures(arrival: np.ndarray, wait: np.ndarray, abandoned: np.ndarray) -> Figures:
    """Figures of one run: arrival times and waits in seconds, ``abandoned`` as 0/1."""
    batch = (arrival / BATCH).astype(int)
    share, share_se = _ratio(batch, abandoned.astype(float))
    mean, mean_se = _ratio(batch, wait)
    return Figures(share, share_se, mean, mean_se)


def _ratio(batch: np.ndarray, value: np.ndarray) -> tuple[float, float]:
    count = np.bincount(batch).astype(float)
    total = np.bincount(batch, weights=value)
    ratio = total.sum() / count.sum()
    residual = total - ratio * count
    return float(ratio), float(np.sqrt((residual**2).sum()) / count.sum())


def agree(one: Figures, other: Figures, limit: float = 4.0) -> bool:
    """Whether both figures differ by no more than ``limit`` standard errors of the difference."""
    pairs = (
        (one.abandonment, one.abandonment_se, other.abandonment, other.abandonment_se),
        (one.mean_wait, one.mean_wait_se, other.mean_wait, other.mean_wait_se),
    )
    return all(abs(a - b) <= limit * np.hypot(sa, sb) for a, sa, b, sb in pairs)
