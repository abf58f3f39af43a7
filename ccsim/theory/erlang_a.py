"""Erlang A: exponential patience, with or without a limit on lines (M/M/n/K+M).

States by the number in the system form a birth-death chain. One who finds j waiting ahead would
wait the sum of exponentials with rates nμ + iθ (i = 0 … j), and exp(−θV) of that sum is
Beta(nμ/θ, j + 1): so every figure, service level too, is a finite sum without quadrature.
Palm 1957; Mandelbaum and Zeltyn, "Service engineering in action: the Palm/Erlang-A queue", 2007.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.theory.checks import above_zero, whole
from ccsim.theory.erlang_c import erlang_c
from ccsim.theory.queue import Queue

Floats = npt.NDArray[np.float64]

NEGLIGIBLE = 80.0  # natural logarithms below the peak at which the chain is cut
LONGEST = 5_000_000  # states of the queue at most


@dataclass(frozen=True)
class _Chain:
    """Probabilities: of each number waiting ahead found (0, 1, …) by one who got a line and must
    wait, and of being blocked; `hurry` is nμ/θ."""

    ahead: Floats
    p_block: float
    hurry: float
    theta: float

    def answered_after_waiting(self, within: float) -> float:
        from scipy.special import betaincc

        stages = np.arange(1, len(self.ahead) + 1)
        served = self.hurry / (self.hurry + stages)
        return float(self.ahead @ (served * betaincc(self.hurry + 1, stages, math.exp(-self.theta * within))))

    def offered_wait_longer(self, than: float) -> float:
        from scipy.special import betainc

        stages = np.arange(1, len(self.ahead) + 1)
        return float(self.ahead @ betainc(self.hurry, stages, math.exp(-self.theta * than)))


def erlang_a(rate: float, aht: float, agents: int, patience: float, lines: int | None = None) -> Queue:
    """Steady state with exponential patience of the given mean, seconds (inf: Erlang C).

    lines: contacts in the centre at most, talking and waiting; those beyond are blocked and gone.
    """
    above_zero("rate", rate), above_zero("aht", aht), whole("agents", agents)
    if math.isinf(patience) and lines is None:
        return erlang_c(rate, aht, agents)
    if lines is not None and whole("lines", lines) < agents:
        raise ValueError(f"lines must be at least the {agents} agents, not {lines}")
    theta = 0.0 if math.isinf(patience) else 1.0 / above_zero("patience", patience)
    if theta == 0.0:
        raise ValueError("a limit on lines needs a finite patience (take a very long one)")
    chain = _chain(rate, aht, agents, theta, lines)
    return _queue(rate, aht, agents, chain, lines)


def _chain(rate: float, aht: float, agents: int, theta: float, lines: int | None) -> _Chain:
    below = np.arange(1, agents + 1) / aht
    places = _places(rate, aht, agents, theta) if lines is None else lines - agents
    beyond = agents / aht + theta * np.arange(1, places + 1)
    steps = np.log(rate) - np.log(np.concatenate((below, beyond)))
    weight = np.concatenate(([0.0], np.cumsum(steps)))
    share = np.exp(weight - weight.max())
    share /= share.sum()
    waiting = share[agents:] if lines is None else share[agents:-1]
    blocked = 0.0 if lines is None else float(share[-1])
    return _Chain(waiting / (1.0 - blocked), blocked, agents / aht / theta, theta)


def _places(rate: float, aht: float, agents: int, theta: float) -> int:
    """Waiting places enough for all but a negligible part of the time."""
    full = agents / aht
    turn = max(rate - full, 0.0) / theta  # the likeliest queue, where departures match arrivals
    slope = theta / rate  # beyond it the logarithm falls by about slope * k² / 2
    by_patience = turn + math.sqrt(2 * NEGLIGIBLE / slope) + 2 * NEGLIGIBLE
    by_spare = NEGLIGIBLE / math.log(full / rate) + 1 if rate < full else math.inf
    return int(min(by_patience, by_spare, LONGEST)) + 1


def _queue(rate: float, aht: float, agents: int, chain: _Chain, lines: int | None) -> Queue:
    ahead, theta, hurry = chain.ahead, chain.theta, chain.hurry
    stages = np.arange(len(ahead))
    served = hurry / (hurry + 1.0 + stages)
    offered = np.cumsum(1.0 / (theta * (hurry + stages)))
    tilted = np.cumsum(1.0 / (theta * (hurry + 1.0 + stages)))  # mean wait of those then served
    p_wait = float(ahead.sum())
    p_abandon = float(ahead @ (1.0 - served))
    mean_wait = p_abandon / theta
    served_wait = float(ahead @ (served * tilted))
    accepted = rate * (1.0 - chain.p_block)
    return Queue(
        model="Erlang A" if lines is None else f"Erlang A, {lines} lines",
        rate=rate,
        aht=aht,
        agents=agents,
        p_wait=p_wait,
        p_abandon=p_abandon,
        mean_offered_wait=float(ahead @ offered),
        mean_wait=mean_wait,
        mean_queue=accepted * mean_wait,
        occupancy=accepted * (1.0 - p_abandon) * aht / agents,
        asa=served_wait / (1.0 - p_abandon),
        mean_wait_abandoned=(mean_wait - served_wait) / p_abandon if p_abandon else math.nan,
        p_block=chain.p_block,
        _answered=lambda seconds: 1.0 - p_wait + chain.answered_after_waiting(seconds),
        _waiting=lambda seconds: chain.offered_wait_longer(seconds) * math.exp(-theta * seconds),
    )
