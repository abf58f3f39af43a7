"""The forecast as a whole may be wrong: one factor a replication, on top of busy days.

A gamma factor with mean 1 and the stated coefficient of variation. Every channel takes it at the same
normal score: what a forecast misses (more customers, a faulty product) is seldom a channel's own, and
errors that average out between channels would make a plan look safer than it is. So a channel's own
coefficient says how far, the score says which way. Replays and gaps between arrivals know no forecast.
"""

from __future__ import annotations

import numpy as np

from ccsim.demand.busyness import gamma_factors
from ccsim.demand.streams import name_key, stream_key, uniforms
from ccsim.scenario import Scenario


def forecast_factor(scenario: Scenario, channel: str, replication: int) -> float:
    """How many times its stated volume a channel gets in this replication; 1 where no error is stated."""
    cv = scenario.arrivals[channel].forecast_error
    if cv <= 0.0:
        return 1.0
    key = np.array([name_key("forecast_error")], np.uint64)
    u = uniforms(stream_key(scenario.seed, replication, "forecast_error"), key)
    return float(gamma_factors(u, cv)[0])
