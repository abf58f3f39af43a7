"""Frozen distributions of durations: mean, quantile, cdf, scaling. All vectorised."""

from __future__ import annotations

from ccsim.distributions.base import Distribution, Floats
from ccsim.distributions.bounded import Triangular, Uniform
from ccsim.distributions.families import FAMILIES, Family
from ccsim.distributions.mixture import Mixture
from ccsim.distributions.smooth import Erlang, Exponential, Gamma, Lognormal, Weibull
from ccsim.distributions.steps import Constant, Empirical, Never, PiecewiseHazard

__all__ = [
    "FAMILIES",
    "Constant",
    "Distribution",
    "Empirical",
    "Erlang",
    "Exponential",
    "Family",
    "Floats",
    "Gamma",
    "Lognormal",
    "Mixture",
    "Never",
    "PiecewiseHazard",
    "Triangular",
    "Uniform",
    "Weibull",
]
