"""Measures of channels where nobody waits on the line: e-mail, tickets, messaging."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.results.histogram import quantiles
from ccsim.results.measure import BORN, OPEN, By, Measure
from ccsim.results.tally import Tally

SLOW = 0.95


def _slow_response(tally: Tally, by: By) -> npt.NDArray[np.float64]:
    counts = tally.responses if by == "channel" else tally.responses.sum(axis=0, keepdims=True)
    return quantiles(counts, (SLOW,))[:, 0]


DEFERRED = (
    Measure(
        "first_response", "first response, mean", "s", "response_time", "responses", BORN, "down",
        "From arrival to the end of the talk of the first leg that answers the customer, on the clock, "
        "nights and weekends included. Deferred channels.",
    ),
    Measure(
        "first_response_p95", "first response, 95th pct", "s",
        "95 % of the first responses took no longer", "", (None, "channel"), "down",
        "Quantile within each replication, averaged over replications.", _slow_response,
    ),
    Measure(
        "due_hit_rate", "answered by the due date", "share", "due_met", "due", BORN, "up",
        "First responses by the due date (`due`, usually the target's time), of all contacts whose due "
        "date lies within the run. Deferred channels.",
    ),
    Measure(
        "backlog", "backlog, mean", "number", "backlog", "clock", OPEN, "down",
        "Deferred contacts waiting or in hand, on average over the clock; not those for which it is the "
        "customer's turn.",
    ),
    Measure(
        "backlog_day_end", "backlog at the day's end", "number", "left_over", "days_counted",
        (None, "day", "channel"), "down", "The same at midnight, mean over days.",
    ),
    Measure(
        "backlog_age", "oldest at the day's end", "s", "left_over_age", "left_over_days",
        (None, "day", "channel"), "down",
        "Age of the oldest of them at midnight, mean over the days that left any; each channel counts "
        "its own.",
    ),
)  # fmt: skip
