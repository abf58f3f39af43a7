"""Customers with 0, 1, 2, 3 and more bad episodes a year, of all segments together: who stays, who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.experiments.loyalty import CLASSES
from ccsim.experiments.seen import Reading, Seen, frame
from ccsim.results import loyalty
from ccsim.results.clv import surviving

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes

Floats = npt.NDArray[np.float64]


def by_episodes(outcomes: Outcomes) -> pd.DataFrame:
    """Share of all customers, and churn a year, by number of bad episodes.

    Columns: measure (share_of_customers, churn), episodes, and those of `Run.loyalty`.
    """
    readings = {
        "share_of_customers": Reading("share", lambda seen: _weights(seen).sum(axis=1)),
        "churn": Reading("share", lambda seen: 1.0 - _pooled(seen, float(loyalty.MONTHS))),
    }
    return frame(outcomes.seen, ["episodes"], [(name,) for name in CLASSES], readings)


def survival_by_episodes(outcomes: Outcomes) -> pd.DataFrame:
    """Share of those with as many bad episodes in every 12 months who are still there.

    Columns: measure (survival), episodes, month, and those of `Run.loyalty`.
    """
    months = range(1, len(outcomes.seen.central.side.ahead.stay) + 1)
    rows = [(name, month) for name in CLASSES for month in months]

    def read(seen: Seen) -> Floats:
        curves = np.stack([_pooled(seen, float(month)) for month in months], axis=1)
        return np.asarray(curves.reshape(len(rows), -1))

    return frame(outcomes.seen, ["episodes", "month"], rows, {"survival": Reading("share", read)})


def _weights(seen: Seen) -> Floats:
    """Share of all customers in each class and segment, (classes, segments, draws)."""
    count = seen.side.customers.count
    shares = loyalty.episode_shares(seen.side.outcome.bad)
    return np.asarray(shares * (count / count.sum())[:, None])


def _pooled(seen: Seen, months: float) -> Floats:
    """Share of each class still there after so many months, over segments, (classes, draws)."""
    hazards = seen.side.outcome.hazards(seen.world.calibration, seen.world.draws)
    year = seen.side.customers.year[:, None]
    there = surviving(months * hazards, year, seen.world.draws["value.heterogeneity"])
    weights = _weights(seen)
    return np.asarray((weights * there).sum(axis=1) / weights.sum(axis=1))
