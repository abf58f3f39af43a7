"""How many agents a service level needs, by formula."""

from __future__ import annotations

import math
from collections.abc import Callable

from ccsim.distributions import Distribution
from ccsim.theory.checks import above_zero
from ccsim.theory.erlang_a import erlang_a
from ccsim.theory.erlang_c import erlang_c
from ccsim.theory.patience import queue_with_patience
from ccsim.theory.queue import Queue

Patience = float | Distribution | None


def queue(rate: float, aht: float, agents: int, patience: Patience = None) -> Queue:
    """Steady state: Erlang C (patience None), Erlang A (mean seconds) or M/M/n+G."""
    if patience is None:
        return erlang_c(rate, aht, agents)
    if isinstance(patience, Distribution):
        return queue_with_patience(rate, aht, agents, patience)
    return erlang_a(rate, aht, agents, patience)


def agents_for(
    target_share: float,
    within: float,
    rate: float,
    aht: float,
    patience: Patience = None,
    *,
    short_abandon: float = 5.0,
    max_occupancy: float = 1.0,
) -> int:
    """Fewest agents with a service level of target_share within so many seconds.

    rate: contacts a second; aht, patience (mean, or a distribution, or None: nobody hangs up) in
    seconds. Service level as `Queue.service_level`. Agents are added beyond it until occupancy is
    at most max_occupancy. ValueError for a target outside (0, 1).
    """
    if not 0 < target_share < 1:
        raise ValueError(f"the target must lie between 0 and 1, not {target_share!r}")
    if not 0 < max_occupancy <= 1:
        raise ValueError(f"max_occupancy must lie between 0 and 1, not {max_occupancy!r}")
    above_zero("rate", rate), above_zero("aht", aht)

    def enough(agents: int) -> bool:
        try:
            steady = queue(rate, aht, agents, patience)
        except ValueError:  # M/M/n+G without a steady state
            return False
        served = steady.service_level(within, short_abandon) >= target_share
        return served and steady.occupancy <= max_occupancy

    return _fewest(enough, guess=max(1, math.ceil(rate * aht)))


def _fewest(enough: Callable[[int], bool], guess: int) -> int:
    """Smallest whole number for which `enough` holds, it being so for all greater ones."""
    low, high, step = 0, guess, 1
    while not enough(high):
        low, high, step = high, high + step, 2 * step
    step = 1
    while high - step > low and enough(high - step):
        high, step = high - step, 2 * step
    low = max(low, high - step)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
