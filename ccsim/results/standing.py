"""Where a figure stands among the levels that are known of its sector."""

from __future__ import annotations

import math

from ccsim.scenario.sectors import Benchmark

POOR = "poor"
BANDS = (POOR, "usual", "good", "excellent")  # worst first


def band_reached(benchmark: Benchmark, value: float) -> str:
    """The best level that the value reaches; empty where the value is not known.

    A value that reaches none is 'poor' where what is usual is known, else 'below good' (or whichever
    level is the lowest on file): nobody has said then what poor is.
    """
    if math.isnan(value):
        return ""
    sign = 1.0 if benchmark.better == "up" else -1.0
    reached = [name for name, level in benchmark.levels.items() if sign * value >= sign * level]
    if reached:
        return reached[-1]
    lowest = next(iter(benchmark.levels))
    return POOR if lowest == "usual" else f"below {lowest}"
