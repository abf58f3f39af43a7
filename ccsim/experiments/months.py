"""Money by month: what the service has earned and cost so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.results import draws as drawing
from ccsim.results import economics, uncertainty
from ccsim.results.economics import LONGEST, Side

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes


def roi_by_month(outcomes: Outcomes) -> pd.DataFrame:
    """Costs, gains and total ROI against no service at all, cumulative.

    Columns: month, costs, gains, gains_low, gains_high, roi, roi_low, roi_high (%, money; low and
    high: the 80 % band of the outcome model). nan unless the scenario states
    `economics.without_service` and its customers.
    """
    import pandas as pd

    case = outcomes.case
    one = drawing.central(case.parameters)
    many = drawing.sampled(case.parameters, uncertainty.DRAWS)
    central, spread = (
        Side(outcome, case.costs) for outcome in (outcomes.alone.outcome, outcomes.alone.spread)
    )
    rows = []
    for month in range(1, max(LONGEST, case.horizon) + 1):
        roi, drawn = (
            economics.stake(side, case.customers, d, month, case.without).total_roi
            for side, d in ((central, one), (spread, many))
        )
        costs = case.costs.total * month / 12 + case.costs.one_off
        low, high = uncertainty.band(drawn)
        ratios = np.array([float(roi[0]), low, high])
        gains = costs * (1 + ratios / 100)
        rows.append([month, costs, *gains, *ratios])
    return pd.DataFrame(
        rows, columns=["month", "costs", "gains", "gains_low", "gains_high", "roi", "roi_low", "roi_high"]
    )
