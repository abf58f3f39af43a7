"""Histograms of waits: fine enough for quantiles, small enough to keep for every replication.

Bin 0 holds waits of exactly zero (and rounding noise). Bin b >= 1 starts at
SCALE (e^(STEP (b-1)) - 1) seconds: about 0.1 s wide near zero, 1 % of the wait for long ones.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]

SCALE = 10.0  # s
STEP = 0.01
BINS = 1200  # the last one starts at 1.6 million seconds and is open
_ZERO = 1e-9  # s


@cache
def edges() -> FloatArray:
    """Lower edges of the bins (s), shape (BINS,)."""
    lower = np.zeros(BINS)
    lower[1:] = SCALE * np.expm1(STEP * np.arange(BINS - 1))
    return lower


def wait_bins(waits: FloatArray) -> IndexArray:
    """Bin of each wait (s, not nan)."""
    bins = np.log1p(np.maximum(waits, 0.0) / SCALE)
    bins *= 1.0 / STEP
    index = bins.astype(np.int64)
    index += waits > _ZERO
    return np.minimum(index, BINS - 1, out=index)


def quantiles(counts: npt.NDArray[np.generic], shares: tuple[float, ...]) -> FloatArray:
    """Quantiles (s) of histograms.

    `counts` has shape (..., BINS); the result (..., len(shares)), nan where nothing was counted.
    Within a bin waits are taken as evenly spread.
    """
    flat = np.asarray(counts, np.float64).reshape(-1, BINS)
    rows = np.array([_quantiles(row, shares) for row in flat]).reshape(len(flat), len(shares))
    return rows.reshape((*counts.shape[:-1], len(shares)))


def _quantiles(counts: FloatArray, shares: tuple[float, ...]) -> FloatArray:
    filled = np.flatnonzero(counts)
    if not len(filled):
        return np.full(len(shares), np.nan)
    below = np.cumsum(counts[filled])
    wanted = np.asarray(shares) * below[-1]
    at = np.minimum(np.searchsorted(below, wanted, side="left"), len(filled) - 1)
    inside = 1.0 - (below[at] - wanted) / counts[filled[at]]
    lower = edges()
    place = filled[at]
    start = lower[place]
    end = np.where(place > 0, lower[np.minimum(place + 1, BINS - 1)], 0.0)
    return np.asarray(start + inside * (end - start), np.float64)
