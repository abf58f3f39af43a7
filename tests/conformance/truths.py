"""Truths of our own for centres like the published ones, worked out without ccsim.

    python -m conformance.truths        (from tests/; about five minutes; writes references.json)

Markov chains and integrals are exact; the rest comes from the plain simulator with draws of its own.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.linalg import spsolve
from scipy.stats import lognorm

from conformance.plain import Call, Kind, Plain, Pool

FILE = Path(__file__).with_name("references.json")
NORMAL_95 = 1.959963984540054
Floats = npt.NDArray[np.float64]
Outputs = dict[str, Any]
State = tuple[int, ...]
Moves = Callable[[State], Iterator[tuple[float, State]]]


# --- Markov chains -----------------------------------------------------------------------------------


def stationary(start: State, moves: Moves) -> dict[State, float]:
    """Stationary probabilities of the chain that `moves` (rate, next state) spans from `start`."""
    number = {start: 0}
    todo = [start]
    rows, columns, rates = [], [], []
    for state in todo:
        for rate, following in moves(state):
            if rate <= 0.0:
                continue
            if following not in number:
                number[following] = len(number)
                todo.append(following)
            rows += [number[state], number[state]]
            columns += [number[following], number[state]]
            rates += [rate, -rate]
    n = len(number)
    balance = sp.csc_matrix((rates, (columns, rows)), shape=(n, n)).tolil()
    balance[0, :] = 1.0
    right = np.zeros(n)
    right[0] = 1.0
    p = spsolve(balance.tocsc(), right)
    return {state: float(p[k]) for state, k in number.items()}


def mean(p: dict[State, float], figure: Callable[[State], float]) -> float:
    return sum(chance * figure(state) for state, chance in p.items())


def reserve_in_n_model() -> Outputs:
    """NM1's numbers, but pool 2 keeps its last two idle agents for B: state (A at 1, A and B at 2, waiting)."""
    la, lb, n1, n2, keep = 0.03, 0.02, 4, 6, 2
    a1, a2, b2, ta, tb = 1 / 180, 1 / 200, 1 / 220, 1 / 120, 1 / 150
    top = 45

    def moves(x: State) -> Iterator[tuple[float, State]]:
        i, a, b, qa, qb = x
        idle = n2 - a - b
        if i < n1:
            yield la, (i + 1, a, b, qa, qb)
        elif idle > keep:
            yield la, (i, a + 1, b, qa, qb)
        elif qa < top:
            yield la, (i, a, b, qa + 1, qb)
        if idle > 0:
            yield lb, (i, a, b + 1, qa, qb)
        elif qb < top:
            yield lb, (i, a, b, qa, qb + 1)
        yield i * a1, (i, a, b, qa - 1, qb) if qa else (i - 1, a, b, qa, qb)
        for rate, after in ((a * a2, (a - 1, b)), (b * b2, (a, b - 1))):
            if qb:
                yield rate, (i, after[0], after[1] + 1, qa, qb - 1)
            elif qa and idle >= keep:
                yield rate, (i, after[0] + 1, after[1], qa - 1, qb)
            else:
                yield rate, (i, *after, qa, qb)
        yield qa * ta, (i, a, b, qa - 1, qb)
        yield qb * tb, (i, a, b, qa, qb - 1)

    p = stationary((0, 0, 0, 0, 0), moves)
    served_2 = mean(p, lambda x: x[1]) * a2
    served_1 = mean(p, lambda x: x[0]) * a1
    return {
        "p_wait_A": mean(p, lambda x: x[0] == n1 and n2 - x[1] - x[2] <= keep),
        "p_wait_B": mean(p, lambda x: x[1] + x[2] == n2),
        "p_abandon_A": mean(p, lambda x: x[3]) * ta / la,
        "p_abandon_B": mean(p, lambda x: x[4]) * tb / lb,
        "mean_wait_all_A": mean(p, lambda x: x[3]) / la,
        "mean_wait_all_B": mean(p, lambda x: x[4]) / lb,
        "occupancy_pool1": mean(p, lambda x: x[0]) / n1,
        "occupancy_pool2": mean(p, lambda x: x[1] + x[2]) / n2,
        "share_A_served_by_pool2": served_2 / (served_1 + served_2),
    }


def two_priorities(
    rates: tuple[float, float], agents: int, aht: float, patience: tuple[float, float],
    rooms: tuple[int, int],
) -> Outputs:  # fmt: skip
    """Non-preemptive priority, equal service, own patience and waiting room: state (busy, waiting)."""
    mu, (t1, t2) = 1 / aht, (1 / patience[0], 1 / patience[1])

    def moves(x: State) -> Iterator[tuple[float, State]]:
        n, q1, q2 = x
        for k, rate in enumerate(rates):
            if n < agents:
                yield rate, (n + 1, q1, q2)
            elif x[1 + k] < rooms[k]:
                yield rate, (n, q1 + (k == 0), q2 + (k == 1))
        if q1:
            yield n * mu, (n, q1 - 1, q2)
        elif q2:
            yield n * mu, (n, q1, q2 - 1)
        else:
            yield n * mu, (n - 1, q1, q2)
        yield q1 * t1, (n, q1 - 1, q2)
        yield q2 * t2, (n, q1, q2 - 1)

    p = stationary((0, 0, 0), moves)
    found: Outputs = {"occupancy": mean(p, lambda x: x[0]) / agents}
    for k, (rate, limit) in enumerate(zip(rates, rooms, strict=True)):
        queue = sum(chance * x[1 + k] for x, chance in p.items())
        blocked = sum(chance for x, chance in p.items() if x[0] == agents and x[1 + k] == limit)
        found |= {
            f"p_block_{k + 1}": blocked,
            f"p_wait_{k + 1}": mean(p, lambda x: x[0] == agents) - blocked,
            f"p_abandon_{k + 1}": queue / patience[k] / rate,
            f"mean_wait_all_{k + 1}": queue / rate,
            f"mean_queue_{k + 1}": queue,
        }
    return found


def passing_back_and_forth() -> Outputs:
    """Two teams that pass on to each other (30 % one way, 15 % back), abandonment in both queues."""
    rates, chance, agents = (0.05, 0.02), (0.3, 0.15), (9, 7)
    mu, theta, top = (1 / 150, 1 / 200), (1 / 120, 1 / 180), 90

    def moves(x: State) -> Iterator[tuple[float, State]]:
        for k in (0, 1):
            step = (1, 0) if k == 0 else (0, 1)
            if x[k] < top:
                yield rates[k], (x[0] + step[0], x[1] + step[1])
            served = min(x[k], agents[k]) * mu[k]
            over = (x[0] - step[0], x[1] - step[1])
            yield served * (1 - chance[k]) + max(x[k] - agents[k], 0) * theta[k], over
            passed_on = (over[0] + step[1], over[1] + step[0])
            yield served * chance[k], (min(passed_on[0], top), min(passed_on[1], top))

    p = stationary((0, 0), moves)
    busy = [sum(chance * min(x[k], agents[k]) for x, chance in p.items()) for k in (0, 1)]
    flow = [busy[k] * mu[k] for k in (0, 1)]
    enter = [rates[0] + flow[1] * chance[1], rates[1] + flow[0] * chance[0]]
    found: Outputs = {}
    for k in (0, 1):
        queue = sum(chance * max(x[k] - agents[k], 0) for x, chance in p.items())
        found |= {
            f"mean_wait_all_{k + 1}": queue / enter[k],
            f"p_abandon_{k + 1}": queue * theta[k] / enter[k],
            f"tier{k + 1}_arrival_rate": enter[k],
            f"occupancy_{k + 1}": busy[k] / agents[k],
        }
    return found


# --- M/M/n+G by integrals (Zeltyn and Mandelbaum 2005) -----------------------------------------------


def any_patience(survival: Callable[[Floats], Floats], breaks: tuple[float, ...] = ()) -> Outputs:
    """18 agents, one call in 10 s, 180 s of service; `survival` of patience, with jumps at `breaks`."""
    lam, n, mu, top = 0.1, 18, 1 / 180, 4000.0
    x = np.unique(np.concatenate([np.linspace(0, top, 400_001), breaks]))
    step = np.diff(x)
    stays = survival((x[1:] + x[:-1]) / 2)
    offered = np.concatenate([[0.0], np.cumsum(stays * step)])  # integral of the survival function
    density = lam * np.exp(lam * offered - n * mu * x)
    ratio, scale = 1.0, 1.0  # fewer than n busy, relative to n - 1 busy
    for k in range(n - 1, 0, -1):
        ratio *= k * mu / lam
        scale += ratio
    pieces = (density[1:] + density[:-1]) / 2 * step
    scale += pieces.sum()
    longer = np.append(pieces[::-1].cumsum()[::-1], 0.0) / scale  # P(offered wait > x)
    wait = float((stays * (longer[1:] + longer[:-1]) / 2 * step).sum())
    abandon = float((1 + (1 - n * mu / lam) * pieces.sum()) / scale)
    found = {
        "p_wait": float(longer[0]),
        "p_abandon": abandon,
        "mean_wait_all": wait,
        "mean_queue": lam * wait,
    }
    found["occupancy"] = lam * (1 - abandon) / n / mu
    for t in (20.0, 60.0):
        still = float(survival(np.array([t]))[0])
        found[f"p_wait_gt_{t:g}s"] = float(np.interp(t, x, longer)) * still
    return found


def balking_lognormal(x: Floats) -> Floats:
    """A fifth balk, the others have lognormal patience with mean 90 s and cv 1.2."""
    sigma = math.sqrt(math.log(1 + 1.2**2))
    return np.asarray(0.8 * lognorm.sf(x, sigma, scale=90 * math.exp(-(sigma**2) / 2)))


def announced(x: Floats) -> Floats:
    """Hazard 1/200 s up to 30 s, 1/15 s up to 45 s (an announcement), 1/300 s after."""
    spent = np.minimum(x, 30) / 200 + np.clip(x - 30, 0, 15) / 15 + np.maximum(x - 45, 0) / 300
    return np.exp(-spent)


def observed(x: Floats) -> Floats:
    """A tenth waits 10 s at most, four tenths 60 s, half 200 s."""
    return np.where(x < 10, 1.0, np.where(x < 60, 0.9, np.where(x < 200, 0.5, 0.0)))


# --- Simulated truths --------------------------------------------------------------------------------

REPLICATIONS = 20
CALLS = 150_000  # in each
SETTLE, TAIL = 7200.0, 7200.0


def poisson_calls(
    source: random.Random,
    end: float,
    rates: dict[str, float],
    talk: dict[str, float],
    patience: dict[str, float],
) -> list[Call]:
    """Calls of all kinds in order of time, exponential all through."""
    calls = []
    for kind, rate in rates.items():
        now = source.expovariate(rate)
        while now < end:
            stays = source.expovariate(1 / patience[kind]) if kind in patience else 1e12
            calls.append(Call(kind, now, source.expovariate(1 / talk[kind]), stays))
            now += source.expovariate(rate)
    return sorted(calls, key=lambda call: call.entered)


def simulated(
    make: Callable[[random.Random], Plain],
    rates: dict[str, float],
    talk: dict[str, float],
    patience: dict[str, float],
    helpers: dict[str, str],
) -> Outputs:
    """Means over replications with their 95 % half-widths; `helpers`: pool whose share is given, by kind."""
    runs: dict[str, list[float]] = {}
    end = CALLS / sum(rates.values())
    for replication in range(REPLICATIONS):
        source = random.Random(f"truth {replication}")
        calls = make(source).play(poisson_calls(source, end, rates, talk, patience))
        for kind in rates:
            mine = [c for c in calls if c.kind == kind and SETTLE <= c.entered < end - TAIL]
            lost = [c for c in mine if c.outcome == "abandoned"]
            handled = [c for c in mine if c.outcome == "handled"]
            figures = {
                "p_wait": sum(c.wait > 0 for c in mine) / len(mine),
                "p_abandon": len(lost) / len(mine),
                "mean_wait_all": sum(c.wait for c in mine) / len(mine),
                "sl_offered_20s": sum(c.wait <= 20 for c in handled) / len(mine),
            }
            if len(rates) == 1:  # with redials: else it is the rate given
                figures["rate"] = len(mine) / (end - SETTLE - TAIL)
            if kind in helpers:
                helped = sum(c.pool == helpers[kind] for c in handled)
                figures[f"share_by_{helpers[kind]}"] = helped / len(handled)
            for name, value in figures.items():
                runs.setdefault(f"{name}_{kind}", []).append(value)
    found: Outputs = {}
    for name, values in runs.items():
        centre, spread = float(np.mean(values)), float(np.std(values, ddof=1))
        if spread > 0:
            half = NORMAL_95 * spread / math.sqrt(REPLICATIONS)
            found[name] = {"value": round(centre, 9), "ci95_half": round(half, 9)}
    return found


def wait_credit(patience: dict[str, float]) -> Outputs:
    """11 agents for two kinds; gold counts as having waited 60 s on arrival; 180 s of service."""
    rates, talk = {"gold": 0.022, "plain": 0.03}, {"gold": 180.0, "plain": 180.0}
    pool = Pool(11, {"gold": (1, 1.0), "plain": (1, 1.0)})
    kinds = {"gold": Kind(credit=60.0), "plain": Kind()}
    return simulated(lambda source: Plain(kinds, {"team": pool}), rates, talk, patience, {})


def capped_redials() -> Outputs:
    """RT1's numbers, but 70 % call again, after 200 s on average, and nobody calls more than three times."""

    def make(source: random.Random) -> Plain:
        def again(call: Call, now: float) -> Call | None:
            attempts = (call.tag or 1) + 1
            if attempts > 3 or source.random() >= 0.7:
                return None
            later = now + source.expovariate(1 / 200)
            return Call(call.kind, later, source.expovariate(1 / 180), source.expovariate(1 / 120), attempts)

        return Plain({"call": Kind()}, {"team": Pool(18, {"call": (1, 1.0)})}, again=again)

    return simulated(make, {"call": 0.1}, {"call": 180.0}, {"call": 120.0}, {})


def lopsided_x_model() -> Outputs:
    """3 + 2 + 3 agents (skill one, two, both), unequal load, service and patience."""
    pools = {
        "only1": Pool(3, {"one": (1, 1.0)}),
        "only2": Pool(2, {"two": (1, 1.0)}),
        "both": Pool(3, {"one": (1, 1.0), "two": (1, 1.0)}),
    }
    return simulated(
        lambda source: Plain({"one": Kind(), "two": Kind()}, pools),
        {"one": 0.024, "two": 0.014},
        {"one": 180.0, "two": 240.0},
        {"one": 120.0, "two": 300.0},
        {"one": "both", "two": "both"},
    )


def two_step_ladder() -> Outputs:
    """Type one: its pool at once, pool 2 after 15 s, pool 3 after 40 s; those pools take their own first."""
    pools = {
        "pool1": Pool(5, {"one": (1, 1.0)}),
        "pool2": Pool(4, {"two": (1, 1.0), "one": (2, 1.0)}, {"one": 15.0}),
        "pool3": Pool(4, {"three": (1, 1.0), "one": (2, 1.0)}, {"one": 40.0}),
    }
    return simulated(
        lambda source: Plain({kind: Kind() for kind in ("one", "two", "three")}, pools),
        {"one": 0.035, "two": 0.015, "three": 0.012},
        dict.fromkeys(("one", "two", "three"), 180.0),
        dict.fromkeys(("one", "two", "three"), 150.0),
        {"one": "pool3"},
    )


TRUTHS: dict[str, Callable[[], Outputs]] = {
    "NM-reserve": reserve_in_n_model,
    "PR-own-patience": lambda: two_priorities((0.04, 0.06), 18, 180.0, (60.0, 240.0), (60, 200)),
    "PR-own-rooms": lambda: two_priorities((0.05, 0.06), 18, 180.0, (100.0, 200.0), (2, 6)),
    "TR-both-ways": passing_back_and_forth,
    "ZM-balking-lognormal": lambda: any_patience(balking_lognormal),
    "ZM-announcement": lambda: any_patience(announced, (30.0, 45.0)),
    "ZM-observed": lambda: any_patience(observed, (10.0, 60.0, 200.0)),
    "WC-patient": lambda: wait_credit({}),
    "WC-impatient": lambda: wait_credit({"gold": 90.0, "plain": 180.0}),
    "RT-capped": capped_redials,
    "XM-lopsided": lopsided_x_model,
    "OV-two-steps": two_step_ladder,
}


def main() -> None:
    found = {name: compute() for name, compute in TRUTHS.items()}
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
