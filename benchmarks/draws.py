"""What every benchmark program is fed: the same columns of draws, made up front with numpy.

Times are seconds. W1 and W2 are the workloads of the README beside this file; both run four weeks
round the clock, so nothing but the programs themselves differs between two rows of the table.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

FOUR_WEEKS = 4 * 7 * 86_400.0


class Workload(NamedTuple):
    """One workload: rates in contacts a minute per skill, group sizes, means in minutes."""

    name: str
    rates: tuple[float, ...]
    groups: tuple[int, ...]  # one specialist group a skill, then (W2) one that has them all
    handle: float
    patience: float


W1 = Workload("W1", (10.0,), (52,), 5.0, 2.0)
W2 = Workload("W2", (6.0, 6.0), (20, 20, 22), 5.0, 3.0)
WORKLOADS = {"W1": W1, "W2": W2}


class Draws(NamedTuple):
    """Columns of one run, one row a contact in order of arrival (lists: faster to read)."""

    arrival: list[float]
    skill: list[int]
    handle: list[float]
    patience: list[float]


class Outcome(NamedTuple):
    """What a bare program records: wait (s) and whether the contact was answered."""

    wait: list[float]
    answered: list[int]

    @property
    def abandonment(self) -> float:
        """Share of contacts that gave up."""
        return 1.0 - float(np.mean(self.answered))

    @property
    def mean_wait(self) -> float:
        """Mean wait of all contacts, answered or not (s)."""
        return float(np.mean(self.wait))


def draw(work: Workload, seed: int, horizon: float = FOUR_WEEKS) -> Draws:
    """Poisson arrivals over ``horizon`` seconds with exponential handling and patience."""
    rng = np.random.default_rng(seed)
    total = sum(work.rates) / 60.0
    n = int(rng.poisson(total * horizon))
    arrival = np.sort(rng.uniform(0.0, horizon, n))
    shares = np.asarray(work.rates) / sum(work.rates)
    skill = rng.choice(len(shares), n, p=shares) if len(shares) > 1 else np.zeros(n, int)
    handle = rng.exponential(work.handle * 60.0, n)
    patience = rng.exponential(work.patience * 60.0, n)
    return Draws(arrival.tolist(), skill.tolist(), handle.tolist(), patience.tolist())
