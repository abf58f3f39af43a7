"""Counts by quantile: the same uniform gives more issues when the rate is higher, never others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, pdtr

from ccsim.demand.streams import Floats

FAR_OUT = 9.0  # normal scores beyond those of any uniform that is drawn


def poisson_quantile(u: Floats, rate: Floats) -> npt.NDArray[np.int64]:
    """The smallest count k with P(Poisson(rate) <= k) >= u, elementwise; 0 where the rate is 0.

    Exact: from the Cornish-Fisher guess (seldom more than one off) one step at a time.
    """
    busy = np.flatnonzero(rate > 0.0)
    mean, level = rate[busy], u[busy]
    score = np.clip(ndtri(level), -FAR_OUT, FAR_OUT)
    count = np.maximum(np.rint(mean + score * np.sqrt(mean) + (score * score - 1.0) / 6.0), 0.0)
    left = np.arange(len(busy))
    while len(left):
        k, m, v = count[left], mean[left], level[left]
        low = pdtr(k, m) < v
        high = (k > 0.0) & (pdtr(np.maximum(k - 1.0, 0.0), m) >= v)
        count[left] = k + low - high
        left = left[low | high]
    counts = np.zeros(rate.shape, np.int64)
    counts[busy] = count.astype(np.int64)
    return counts
