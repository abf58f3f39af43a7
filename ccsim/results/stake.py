"""What one centre alone can say of money: what bad episodes cost, and total ROI against no service.

Against no service at all customers leave from today at the rate that `economics.without_service.churn`
states; newcomers are the same. Word of mouth is left out of it: nobody knows what people say of a
service that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results.draws import Draws
from ccsim.results.economics import Side, payback, present, roi
from ccsim.results.loyalty import MONTHS
from ccsim.results.projection import Projection, populated

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stake:
    """One scenario alone, over the horizon; money, (draws,).

    at_stake: margin that customers would bring more if no episode were bad. customers_lost: those
    who leave within the horizon; lost_to_bad: of these, because of bad episodes. pays_for_itself:
    customers who, kept for the whole horizon, would pay for the service. gains: against no service
    at all, cumulative, (months, draws), nan unless `without` was given; costs: cumulative, too.
    npv: of both, over the horizon.
    """

    horizon: int
    at_stake: Floats
    customers_lost: Floats
    lost_to_bad: Floats
    pays_for_itself: Floats
    gains: Floats
    costs: Floats
    npv: Floats

    @property
    def total_roi(self) -> Floats:
        """Total ROI in % over the horizon; nan unless `without` was given."""
        return self.roi_after(self.horizon)

    def roi_after(self, months: int) -> Floats:
        """Total ROI in % after some months of the curves."""
        return roi(self.gains[months - 1], self.costs[months - 1])

    @property
    def payback(self) -> Floats:
        """First month whose cumulative gains cover cumulative costs; nan if none within the curves does."""
        return payback(self.gains - self.costs, self.costs)


def stake(side: Side, draws: Draws, horizon: int = MONTHS, without: float | None = None) -> Stake:
    """What a scenario alone can say of money. without: churn a year with no service at all."""
    customers, last = side.customers, horizon - 1
    shape = side.ahead.stay.shape
    best = populated(np.broadcast_to(side.outcome.stay_without_bad, shape), customers, draws)
    alive, unhurt = (ahead.there[last].sum(axis=0) for ahead in (side.ahead, best))
    margin, most = (side.margins.sum(axis=1), _margin(side, best))
    gains = np.full_like(margin, np.nan)
    if without is not None:
        alone = np.full(shape, (1.0 - without) ** (1.0 / MONTHS))
        gains = margin - _margin(side, populated(alone, customers, draws)) + side.upsell
    average = (customers.count * customers.margin).sum() / customers.count.sum() * horizon
    costs = side.costs
    return Stake(
        horizon=horizon,
        at_stake=most[last] - margin[last],
        customers_lost=customers.count.sum() - alive,
        lost_to_bad=unhurt - alive,
        pays_for_itself=costs[last] / average,
        gains=gains,
        costs=costs,
        npv=present((gains - costs)[:horizon], side.ledger.one_off, draws),
    )


def _margin(side: Side, ahead: Projection) -> Floats:
    """Cumulative margin of today's customers and newcomers, (months, draws)."""
    worth = side.customers.margin[:, None]
    return np.asarray(np.cumsum(((ahead.there + ahead.won) * worth).sum(axis=1), axis=0))
