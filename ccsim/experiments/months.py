"""Money by month: what the service has earned and cost so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.results import uncertainty

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

    central, spread = outcomes.alone.stake, outcomes.alone.spread_stake
    rows = []
    for month in range(1, len(central.costs) + 1):
        costs, gains = float(central.costs[month - 1, 0]), float(central.gains[month - 1, 0])
        bands = uncertainty.band(spread.gains[month - 1]), uncertainty.band(spread.roi_after(month))
        ratio = float(central.roi_after(month)[0])
        rows.append([month, costs, gains, *bands[0], ratio, *bands[1]])
    return pd.DataFrame(
        rows, columns=["month", "costs", "gains", "gains_low", "gains_high", "roi", "roi_low", "roi_high"]
    )
