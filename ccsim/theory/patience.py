"""M/M/n+G: any patience, by the integrals of Zeltyn and Mandelbaum (2005).

With H(x) = E[min(patience, x)] the density of the wait offered is proportional to
exp(λH(x) − nμx), and every figure follows from its integral, first moment, and its moment of H:
Zeltyn and Mandelbaum, "Call centers with impatient customers: many-server asymptotics of the
M/M/n+G queue", Queueing Systems 51, 2005, appendix.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ccsim.distributions import Distribution, Exponential, Never
from ccsim.theory.checks import above_zero, whole
from ccsim.theory.erlang_a import erlang_a
from ccsim.theory.erlang_c import erlang_b, erlang_c
from ccsim.theory.queue import Queue

DEPTH = 60.0  # natural logarithms below the peak at which the density is cut
FARTHEST = 1e15  # seconds


def queue_with_patience(rate: float, aht: float, agents: int, patience: Distribution) -> Queue:
    """Steady state of M/M/n+G; the closed forms are taken where patience has one."""
    if isinstance(patience, Never):
        return erlang_c(rate, aht, agents)
    if isinstance(patience, Exponential):
        return erlang_a(rate, aht, agents, patience.mean)
    return queue_by_integrals(rate, aht, agents, patience)


def queue_by_integrals(rate: float, aht: float, agents: int, patience: Distribution) -> Queue:
    """The same by numerical integration, for any patience (atoms and constants too).

    A customer with no patience at all leaves at once unless an agent is free. Raises ValueError
    where so many never hang up that the queue has no steady state.
    """
    above_zero("rate", rate), above_zero("aht", aht), whole("agents", agents)
    stay = float(patience.survival(math.inf))
    if rate * stay * aht >= agents:
        raise ValueError("those who never hang up alone outnumber the agents: no steady state")
    wait = _offered_wait(rate, aht, agents, patience)
    total, first, spent = wait.between(0.0, wait.end)
    free = wait.free  # weight of finding an agent free, on the scale of the integrals
    norm = free + rate * total
    drain = agents / aht

    def upto(seconds: float) -> float:
        answered = wait.height(seconds) - wait.height(0.0)
        return free + answered + drain * wait.between(0.0, seconds)[0]

    def beyond(seconds: float) -> float:
        tail = wait.between(seconds, wait.end)[0]
        return rate * tail * float(patience.survival(seconds))

    p_abandon = (wait.height(0.0) + (rate - drain) * total) / norm
    served_wait = (drain * first - total) / norm
    mean_wait = rate * spent / norm
    return Queue(
        model="M/M/n+G",
        rate=rate,
        aht=aht,
        agents=agents,
        p_wait=rate * total / norm,
        p_abandon=p_abandon,
        mean_offered_wait=rate * first / norm,
        mean_wait=mean_wait,
        mean_queue=rate * mean_wait,
        occupancy=rate * (1.0 - p_abandon) * aht / agents,
        asa=served_wait / (1.0 - p_abandon),
        mean_wait_abandoned=(mean_wait - served_wait) / p_abandon if p_abandon > 0 else math.nan,
        _answered=lambda seconds: upto(seconds) / norm,
        _waiting=lambda seconds: beyond(seconds) / norm,
    )


@dataclass(frozen=True)
class _OfferedWait:
    """exp(λH(x) − nμx) on a scale where its peak is 1; `free` is the weight of no wait there."""

    exponent: Callable[[float], float]
    limited_mean: Callable[[float], float]
    peak: float
    start: float
    end: float
    cuts: tuple[float, ...]
    free: float

    def height(self, x: float) -> float:
        """The density's shape at x."""
        return math.exp(self.exponent(x) - self.peak)

    def between(self, low: float, high: float) -> tuple[float, float, float]:
        """Integrals from low to high of the shape, of x times it and of H(x) times it."""
        from scipy.integrate import quad_vec

        low, high = max(low, self.start), min(high, self.end)
        edges = [low, *(cut for cut in self.cuts if low < cut < high), high]
        total = np.zeros(3)
        for left, right in itertools.pairwise(edges):
            if right > left:
                total += quad_vec(self._moments, left, right, epsrel=1e-11, epsabs=1e-300)[0]
        return float(total[0]), float(total[1]), float(total[2])

    def _moments(self, x: float) -> np.ndarray:
        return self.height(x) * np.array([1.0, x, self.limited_mean(x)])


def _offered_wait(rate: float, aht: float, agents: int, patience: Distribution) -> _OfferedWait:
    drain = agents / aht

    def limited_mean(x: float) -> float:
        return float(patience.limited_mean(x))

    def exponent(x: float) -> float:
        return rate * limited_mean(x) - drain * x

    # The exponent is concave: it rises while more arrive than are served or leave.
    mode = float(patience.quantile(1.0 - drain / rate)) if rate > drain else 0.0
    peak = exponent(mode)
    start = _crossing(exponent, mode, 0.0, peak - DEPTH)
    width = max(mode - start, aht / agents)
    while exponent(mode + width) > peak - DEPTH and width < FARTHEST:
        width *= 2.0
    end = _crossing(exponent, mode, mode + width, peak - DEPTH)
    free = math.exp(-peak) / erlang_b(rate * aht, agents - 1)
    spread = [mode + (end - mode) * share for share in (0.02, 0.1, 0.3)]
    cuts = sorted({mode, *spread, *patience.kinks()})
    return _OfferedWait(exponent, limited_mean, peak, start, end, tuple(cuts), free)


def _crossing(function: Callable[[float], float], inside: float, outside: float, level: float) -> float:
    """Point between where the function is above the level (`inside`) and where it is below."""
    if function(outside) >= level:
        return outside
    for _ in range(60):
        middle = 0.5 * (inside + outside)
        inside, outside = (middle, outside) if function(middle) >= level else (inside, middle)
    return outside
