"""Draws made inside handlers: the first attempt's from columns, later ones by hash and table.

No exp or log runs here: a normal score comes from a table of normal quantiles with one block an
octave (so tails keep their precision), a duration from a table of its quantiles over normal scores.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import ndtri

from ccsim.centre.kernel import kernel, uniform
from ccsim.centre.tables import (
    HOLD,
    LEGS,
    NEVER,
    PATIENCE,
    RESOLUTION,
    TALK,
    WRAP,
)
from ccsim.demand.streams import Floats
from ccsim.distributions import Distribution

OCTAVES = 54
OCTAVE_POINTS = 64
SCORE_LIMIT = 8.0
SCORE_POINTS = 128  # a unit of normal score
SCORE_TABLE = int(2 * SCORE_LIMIT) * SCORE_POINTS + 1


def normal_table() -> Floats:
    """-Φ⁻¹(v) on each octave [2^-(k+2), 2^-(k+1)], OCTAVE_POINTS + 1 points each, flattened."""
    inside = 0.25 + 0.25 * np.arange(OCTAVE_POINTS + 1) / OCTAVE_POINTS
    octaves = np.ldexp(inside[None, :], -np.arange(OCTAVES)[:, None])
    return np.asarray(-ndtri(octaves), np.float64).ravel()


@lru_cache(maxsize=256)
def score_table(distribution: Distribution) -> Floats:
    """Quantiles of `distribution` (s) at normal scores -8 ... 8, SCORE_TABLE points.

    Kept from one replication to the next: solving a mixture for its quantiles takes 10 ms.
    """
    scores = np.linspace(-SCORE_LIMIT, SCORE_LIMIT, SCORE_TABLE)
    return np.minimum(distribution.from_normal(scores), 2 * NEVER)


@kernel
def normal(m: Any, stream: int, key: int, turn: int) -> float:
    """A standard normal draw."""
    u = uniform(m.streams[stream], key, turn)
    v = u if u < 0.5 else 1.0 - u
    octave = 0
    while v < 0.25:
        v = v + v
        octave += 1
    x = (v - 0.25) * (4.0 * OCTAVE_POINTS)
    k = int(x)
    if k >= OCTAVE_POINTS:
        k = OCTAVE_POINTS - 1
    at = octave * (OCTAVE_POINTS + 1) + k
    low = m.numbers[at]
    z = low + (x - k) * (m.numbers[at + 1] - low)
    return -z if u < 0.5 else z


@kernel
def quantile(m: Any, table: int, score: float) -> float:
    """The quantile of a tabulated duration at a normal score."""
    x = (score + SCORE_LIMIT) * SCORE_POINTS
    if x <= 0.0:
        return m.numbers[table]
    k = int(x)
    if k >= SCORE_TABLE - 1:
        return m.numbers[table + SCORE_TABLE - 1]
    low = m.numbers[table + k]
    return low + (x - k) * (m.numbers[table + k + 1] - low)


@kernel
def loaded(m: Any, cell: Any, issue: int, noise: float) -> float:
    """A normal score that shares the issue's complexity (Gaussian copula)."""
    if cell.loading == 0.0:
        return noise
    return cell.loading * m.draws[m.state[0].complexity + issue] + cell.noise * noise


@kernel
def talk_time(m: Any, cell: Any, issue: int, turn: int) -> float:
    s = m.state[0]
    if turn == 0:
        return m.draws[s.talk + issue]
    return quantile(m, cell.talk, loaded(m, cell, issue, normal(m, TALK, m.key[issue], turn)))


@kernel
def hold_time(m: Any, cell: Any, issue: int, turn: int) -> float:
    if cell.hold < 0:
        return 0.0
    if turn == 0:
        return m.draws[m.state[0].hold + issue]
    return quantile(m, cell.hold, normal(m, HOLD, m.key[issue], turn))


@kernel
def wrap_time(m: Any, cell: Any, issue: int, turn: int) -> float:
    if cell.wrap < 0:
        return 0.0
    if turn == 0:
        return m.draws[m.state[0].wrap + issue]
    return quantile(m, cell.wrap, normal(m, WRAP, m.key[issue], turn))


@kernel
def patience_time(m: Any, cell: Any, issue: int, turn: int) -> float:
    if turn == 0:
        return m.draws[m.state[0].patience + issue]
    return quantile(m, cell.patience, normal(m, PATIENCE, m.key[issue], turn))


@kernel
def difficulty(m: Any, cell: Any, issue: int, turn: int) -> float:
    """Normal score of how hard this handling is: it solves the issue below a threshold."""
    if turn == 0:
        return m.draws[m.state[0].score + issue]
    return loaded(m, cell, issue, normal(m, RESOLUTION, m.key[issue], turn))


@kernel
def turn_of(attempt: int, leg: int) -> int:
    """One number for attempt and leg: sixteen legs beside one another, any more far above."""
    if leg < LEGS:
        return attempt * LEGS + leg
    return ((leg // LEGS) << 32) + attempt * LEGS + leg % LEGS
