"""Vectorised inversion of a non-decreasing function."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ccsim.distributions.base import Floats

TOLERANCE = 1e-13  # relative width of the bracket at which the search stops
FARTHEST = 1e18  # an upper end beyond this is taken for never


def increasing_root(
    function: Callable[[Floats], Floats], target: Floats, low: Floats, high: Floats
) -> Floats:
    """Smallest x in [low, high] with function(x) >= target, elementwise.

    `high` may be inf: it is then searched for by doubling, and inf is returned where the target
    is not reached before 1e18. Alternates false position with halving, so a smooth stretch takes
    a dozen steps and a flat or steep one at most twice those of bisection.
    """
    shape = np.shape(target)
    target, low, high = (np.ravel(np.array(a, dtype=np.float64)) for a in (target, low, high))
    high = _finite_end(function, target, low, high)
    answer = high.copy()
    active = np.flatnonzero(np.isfinite(high) & (high > low))
    reached = function(low[active]) >= target[active] if active.size else active.astype(bool)
    answer[active[reached]] = low[active[reached]]
    active = active[~reached]
    answer[active] = _bracket(function, target[active], low[active], high[active])
    return answer.reshape(shape)


def _finite_end(function: Callable[[Floats], Floats], target: Floats, low: Floats, high: Floats) -> Floats:
    end = high.copy()
    open_ended = np.flatnonzero(np.isinf(end) & np.isfinite(low))
    reach = np.maximum(low[open_ended], 1e-3)
    while open_ended.size:
        reach = 2.0 * reach
        done = function(reach) >= target[open_ended]
        end[open_ended[done]] = reach[done]
        keep = ~done & (reach < FARTHEST)
        open_ended, reach = open_ended[keep], reach[keep]
    return end


def _bracket(function: Callable[[Floats], Floats], target: Floats, low: Floats, high: Floats) -> Floats:
    """Brackets with function(low) < target <= function(high), narrowed to TOLERANCE."""
    answer = high.copy()
    index = np.arange(target.size)
    miss_low, miss_high = function(low) - target, function(high) - target
    for step in range(400):
        wide = high - low > TOLERANCE * high
        answer[index[~wide]] = high[~wide]
        index, target, low, high = index[wide], target[wide], low[wide], high[wide]
        miss_low, miss_high = miss_low[wide], miss_high[wide]
        if not index.size:
            return answer
        middle = _guess(low, high, miss_low, miss_high, step)
        miss = function(middle) - target
        below = miss < 0
        low, miss_low = np.where(below, middle, low), np.where(below, miss, miss_low)
        high, miss_high = np.where(below, high, middle), np.where(below, miss_high, miss)
    answer[index] = high
    return answer


def _guess(low: Floats, high: Floats, miss_low: Floats, miss_high: Floats, step: int) -> Floats:
    half = 0.5 * (low + high)
    if step % 3 == 2:
        return half
    with np.errstate(divide="ignore", invalid="ignore"):
        chord = high - miss_high * (high - low) / (miss_high - miss_low)
    # A hair beyond the root, so that both ends close in and not one only.
    nudge = 0.25 * TOLERANCE * high * (1.0 if step % 3 == 0 else -1.0)
    inside = (chord + nudge > low) & (chord + nudge < high)
    return np.asarray(np.where(inside, chord + nudge, half))
