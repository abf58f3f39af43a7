"""Draws made inside handlers: the first attempt's from columns, later ones by hash and table.

No exp or log runs here: a normal score comes from a table of normal quantiles with one block an
octave (so tails keep their precision), a duration from a table of its quantiles over normal scores.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import ndtri

from ccsim.centre.kernel import kernel, normal
from ccsim.centre.tables import (
    HOLD,
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
NORMAL_TABLE = OCTAVES * (OCTAVE_POINTS + 1)  # at the head of `numbers`
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
def normal_of(m: Any, u: float) -> float:
    """The normal score of a uniform draw."""
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


def normals_of(table: Floats, u: Floats) -> Floats:
    """`normal_of` for a column, by `normal_table`: the very same numbers."""
    v = np.minimum(u, 1.0 - u)
    octave = np.maximum(-1 - np.frexp(v)[1], 0)
    x = (np.ldexp(v, octave) - 0.25) * (4.0 * OCTAVE_POINTS)
    k = np.minimum(x.astype(np.intp), OCTAVE_POINTS - 1)
    at = octave * (OCTAVE_POINTS + 1) + k
    low = table.take(at)
    return np.copysign(low + (x - k) * (table.take(at + 1) - low), u - 0.5)


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
def draw_work(m: Any, cell: Any, c: Any) -> None:
    """Talk, hold and wrap of a handling, s, as they are for an agent of pace 1."""
    issue = c.issue
    turn = c.turn
    c.hold = 0.0
    c.wrap = 0.0
    if turn == 0:
        s = m.state[0]
        c.talk = m.draws[s.talk + issue]
        if cell.hold >= 0:
            c.hold = m.draws[s.hold + issue]
        if cell.wrap >= 0:
            c.wrap = m.draws[s.wrap + issue]
    else:
        c.talk = quantile(m, cell.talk, loaded(m, cell, issue, normal(m, TALK, issue, turn)))
        if cell.hold >= 0:
            c.hold = quantile(m, cell.hold, normal(m, HOLD, issue, turn))
        if cell.wrap >= 0:
            c.wrap = quantile(m, cell.wrap, normal(m, WRAP, issue, turn))


@kernel
def patience_time(m: Any, cell: Any, issue: int, turn: int) -> float:
    if turn == 0:
        return m.draws[m.state[0].patience + issue]
    return quantile(m, cell.patience, normal(m, PATIENCE, issue, turn))


@kernel
def difficulty(m: Any, cell: Any, issue: int, turn: int) -> float:
    """Normal score of how hard this handling is: it solves the issue below a threshold."""
    if turn == 0:
        return m.draws[m.state[0].score + issue]
    return loaded(m, cell, issue, normal(m, RESOLUTION, issue, turn))
