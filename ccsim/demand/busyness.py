"""Busy days: gamma factors with mean 1, correlated from day to day through a normal copula.

Form: Avramidis, Deslauriers & L'Ecuyer (2004), "Modeling daily arrivals to a telephone call center".
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaincinv, ndtr, ndtri

from ccsim.demand.streams import Floats, issue_keys, name_key, stream_key, uniforms


def gamma_factors(u: Floats, cv: float) -> Floats:
    """Quantiles of a gamma variable with mean 1 and coefficient of variation `cv`; 1 where cv is 0."""
    if cv <= 0.0:
        return np.ones_like(u)
    shape = cv**-2
    return np.asarray(gammaincinv(shape, u) / shape, np.float64)


def day_factors(
    seed: int,
    replication: int,
    channel: str,
    first_day: int,
    days: int,
    cv: float,
    correlation: float,
) -> Floats:
    """One factor a day, `days` of them; lag-1 correlation of their normal scores is `correlation`."""
    number = np.arange(first_day, first_day + days)
    keys = issue_keys(name_key("day", channel), number, np.zeros_like(number))
    noise = ndtri(uniforms(stream_key(seed, replication, f"busyness/{channel}"), keys))
    scores = np.empty(days)
    score = 0.0
    for d in range(days):
        score = noise[d] if d == 0 else correlation * score + (1 - correlation**2) ** 0.5 * noise[d]
        scores[d] = score
    return gamma_factors(np.asarray(ndtr(scores)), cv)
