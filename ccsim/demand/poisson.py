"""Counts by quantile: the same uniform gives more issues when the rate is higher, never others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import pdtr, pdtrik

from ccsim.demand.streams import Floats


def poisson_quantile(u: Floats, rate: Floats) -> npt.NDArray[np.int64]:
    """The smallest count k with P(Poisson(rate) <= k) >= u, elementwise; 0 where the rate is 0."""
    busy = rate > 0.0
    mean = np.where(busy, rate, 1.0)
    guess = np.maximum(np.ceil(pdtrik(u, mean)), 0.0)
    guess = np.where(np.isfinite(guess), guess, 0.0)
    for _ in range(3):  # pdtrik is inexact near integers: step to the exact count
        guess = np.where((guess > 0.0) & (pdtr(np.maximum(guess - 1.0, 0.0), mean) >= u), guess - 1.0, guess)
        guess = np.where(pdtr(guess, mean) < u, guess + 1.0, guess)
    return np.where(busy, guess, 0.0).astype(np.int64)
