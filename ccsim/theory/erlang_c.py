"""Erlang's loss and delay formulas (A. K. Erlang 1917; Cooper, Introduction to Queueing Theory)."""

from __future__ import annotations

import math

from ccsim.theory.checks import above_zero, whole
from ccsim.theory.queue import Queue


def erlang_b(load: float, servers: int) -> float:
    """Share blocked when `load` erlangs are offered to `servers` without waiting places (M/G/n/n).

    By the recursion B(n) = a B(n-1) / (n + a B(n-1)), which loses no digits.
    """
    above_zero("load", load)
    blocked = 1.0
    for server in range(1, whole("servers", servers, at_least=0) + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked


def p_wait(load: float, servers: int) -> float:
    """Share that must wait in M/M/n, no abandonment; 1 where load is not below servers."""
    if load >= whole("servers", servers):
        return 1.0
    blocked = erlang_b(load, servers)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def erlang_c(rate: float, aht: float, agents: int) -> Queue:
    """M/M/n with patience without end: `rate` contacts a second, `aht` seconds each.

    With a load of `agents` erlangs or more the queue has no steady state: waits are infinite and
    nothing is answered in time.
    """
    load = above_zero("rate", rate) * above_zero("aht", aht)
    whole("agents", agents)
    waits = p_wait(load, agents)
    spare = agents - load
    stable = spare > 0
    mean = waits * aht / spare if stable else math.inf

    def waiting(seconds: float) -> float:
        return waits * math.exp(-spare * seconds / aht) if stable else 1.0

    return Queue(
        model="Erlang C",
        rate=rate,
        aht=aht,
        agents=agents,
        p_wait=waits,
        p_abandon=0.0,
        mean_offered_wait=mean,
        mean_wait=mean,
        mean_queue=rate * mean,
        occupancy=min(load / agents, 1.0),
        asa=mean,
        mean_wait_abandoned=math.nan,
        _answered=lambda seconds: 1.0 - waiting(seconds),
        _waiting=waiting,
    )
