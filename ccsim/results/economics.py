"""Gains, net gain, ROI, NPV and payback of a variant against its base, month by month.

    net gain          = Δgains - Δcosts
    incremental ROI % = net gain / Δcosts x 100, only where Δcosts > 0 in 95 % of the draws
    total ROI %       = (gains - costs) / costs x 100 against no service at all

Gains are the margin of customers kept, upsell, and (off by default) contacts avoided. Both sides
have the same customers at the start; margin is earned by those still there at each month's end.
Curves are cumulative, shape (months, draws).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ccsim.results import loyalty
from ccsim.results.draws import Draws
from ccsim.results.ledger import Ledger
from ccsim.results.loyalty import MONTHS, Customers
from ccsim.results.outcome import Outcome

Floats = npt.NDArray[np.float64]

LONGEST: Final = 36  # months of the curves, at least
DEARER_IN: Final = 0.95  # share of draws in which a ratio to Δcosts must make sense


def roi(gains: npt.ArrayLike, costs: npt.ArrayLike) -> Floats:
    """(gains - costs) / costs x 100; nan where costs are not above zero."""
    cost = np.asarray(costs, dtype=np.float64)
    above = np.where(cost > 0, cost, np.nan)
    return np.asarray((np.asarray(gains, dtype=np.float64) - cost) / above * 100.0)


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two compared: its outcome over the draws, and its ledger."""

    outcome: Outcome
    ledger: Ledger


@dataclass(frozen=True, eq=False)
class Curves:
    """Cumulative differences, variant less base, at the end of months 1, 2, …: (months, draws).

    margin, upsell and avoided are gains, nan where customers' count, margin or churn is missing;
    costs holds the one-off from the first month on.
    """

    margin: Floats
    upsell: Floats
    avoided: Floats
    costs: Floats

    @property
    def gains(self) -> Floats:
        """All gains."""
        return self.margin + self.upsell + self.avoided

    @property
    def net(self) -> Floats:
        """Net gain: gains less costs."""
        return self.gains - self.costs


@dataclass(frozen=True, eq=False)
class Gain:
    """A variant against its base over the horizon; money and shapes (draws,).

    margin_by_segment: margin of the customers kept, (segments, draws). customers_kept: more
    customers at the end of the horizon. lifetime: change in the value of all customers, for ever
    (beside the headline, which stops at the horizon). roi: incremental, %, all nan where it is
    not defined, and why_not says so. payback: month in which cumulative gains have covered
    cumulative costs, nan if not within the curves or there is nothing to pay back.
    """

    horizon: int
    curves: Curves
    margin_by_segment: Floats
    customers_kept: Floats
    lifetime: Floats
    npv: Floats
    payback: Floats
    roi: Floats
    why_not: str | None

    @property
    def margin(self) -> Floats:
        """Margin of the customers kept, over the horizon."""
        return self._at_horizon(self.curves.margin)

    @property
    def costs(self) -> Floats:
        """Difference in costs over the horizon."""
        return self._at_horizon(self.curves.costs)

    @property
    def gains(self) -> Floats:
        """Difference in gains over the horizon."""
        return self._at_horizon(self.curves.gains)

    @property
    def net(self) -> Floats:
        """Net gain over the horizon."""
        return self.gains - self.costs

    def _at_horizon(self, curve: Floats) -> Floats:
        return np.asarray(curve[self.horizon - 1])

    @property
    def break_even(self) -> Floats:
        """How many times as much a customer's margin would have to be for net gain 0, or nan."""
        wanted = self.costs - (self.gains - self.margin)
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = wanted / self.margin
        return np.where(factor > 0, factor, np.nan)


def gain(base: Side, variant: Side, customers: Customers, draws: Draws, horizon: int = MONTHS) -> Gain:
    """The variant against its base over `horizon` months."""
    months = max(LONGEST, horizon)
    kept_margin, margin = (_margins(side.outcome.stay, customers, months) for side in (variant, base))
    more = kept_margin - margin
    curves = _curves(base.ledger, variant.ledger, more.sum(axis=1), draws)
    alive, before = (_alive(side.outcome.stay, customers, horizon)[-1] for side in (variant, base))
    ratio, why_not = _incremental(curves.gains[horizon - 1], curves.costs[horizon - 1])
    value = clv(variant.outcome, customers, draws) - clv(base.outcome, customers, draws)
    return Gain(
        horizon=horizon,
        curves=curves,
        margin_by_segment=more[horizon - 1],
        customers_kept=alive - before,
        lifetime=(customers.count[:, None] * value).sum(axis=0),
        npv=_npv(curves, variant.ledger.one_off - base.ledger.one_off, draws, horizon),
        payback=_payback(curves),
        roi=ratio,
        why_not=why_not,
    )


def clv(outcome: Outcome, customers: Customers, draws: Draws) -> Floats:
    """Value of one customer by segment, (segments, draws): constant churn, for ever."""
    monthly = (1.0 + draws["value.discount_annual"]) ** (1.0 / MONTHS) - 1.0
    return loyalty.clv_constant(customers.margin[:, None], outcome.stay, monthly)


def _alive(stay: Floats, customers: Customers, months: int) -> Floats:
    """Customers of the start still there at each month's end, (months, draws)."""
    survive = loyalty.survival(stay, months)
    return np.asarray((survive * customers.count[:, None]).sum(axis=1))


def _margins(stay: Floats, customers: Customers, months: int) -> Floats:
    """Cumulative margin of the customers there at the start, (months, segments, draws)."""
    worth = (customers.count * customers.margin)[:, None]
    return np.cumsum(loyalty.survival(stay, months) * worth, axis=0)


def _margin(stay: Floats, customers: Customers, months: int) -> Floats:
    """The same over all segments, (months, draws)."""
    return np.asarray(_margins(stay, customers, months).sum(axis=1))


def _curves(base: Ledger, variant: Ledger, margin: Floats, draws: Draws) -> Curves:
    months = len(margin)
    share = (np.arange(1.0, months + 1.0) / MONTHS)[:, None] * np.ones(draws.size)
    fewer = base.contacts - variant.contacts
    return Curves(
        margin=margin,
        upsell=share * (variant.upsell - base.upsell),
        avoided=share * fewer * draws["value.avoided_contact"],
        costs=share * (variant.total - base.total) + (variant.one_off - base.one_off),
    )


def _incremental(gains: Floats, costs: Floats) -> tuple[Floats, str | None]:
    dearer = float(np.mean(costs > 0))
    unknown = np.full(costs.shape, np.nan)
    if np.isnan(gains).any():
        return unknown, "customers' count, margin or churn is not given"
    if not (costs != 0).any():
        return unknown, "it costs the same as the base"
    if dearer < DEARER_IN:
        less = "it costs less than the base"
        return unknown, less if dearer == 0 else f"{less} in {1.0 - dearer:.0%} of the draws"
    return roi(gains, costs), None


def _npv(curves: Curves, once: float, draws: Draws, horizon: int) -> Floats:
    """Net gain with each month's flow discounted from its end, the one-off not at all."""
    running = curves.net[:horizon] + once
    flows = np.diff(running, axis=0, prepend=0.0)
    month = np.arange(1.0, horizon + 1.0)[:, None]
    factor = (1.0 + draws["value.discount_annual"]) ** (-month / MONTHS)
    return np.asarray((flows * factor).sum(axis=0) - once)


def _payback(curves: Curves) -> Floats:
    """First month from which cumulative net gain is at or above zero and was below before."""
    covered = (curves.net >= 0) & (curves.costs > 0)
    first = np.argmax(covered, axis=0) + 1.0
    return np.where(covered.any(axis=0), first, np.nan)


@dataclass(frozen=True, eq=False)
class Stake:
    """One scenario alone, over the horizon; money, (draws,).

    at_stake: margin that customers would bring more if no episode were bad. customers_lost: those
    who leave within the horizon; lost_to_bad: of these, because of bad episodes. pays_for_itself:
    customers who, kept for the whole horizon, would pay for the service. total_roi: % against no
    service at all, nan unless `without` was given.
    """

    at_stake: Floats
    customers_lost: Floats
    lost_to_bad: Floats
    pays_for_itself: Floats
    total_roi: Floats


def stake(
    side: Side,
    customers: Customers,
    draws: Draws,
    horizon: int = MONTHS,
    without: float | None = None,
) -> Stake:
    """What a scenario alone can say of money. without: churn a year with no service at all."""
    outcome, count = side.outcome, customers.count
    stays = (outcome.stay, outcome.stay_without_bad)
    alive, unhurt = (_alive(stay, customers, horizon)[-1] for stay in stays)
    margin, best = (_margin(stay, customers, horizon)[-1] for stay in stays)
    costs = side.ledger.total * horizon / MONTHS + side.ledger.one_off
    average = (count * customers.margin).sum() / count.sum() * horizon
    total = np.full(draws.size, np.nan)
    if without is not None:
        alone = np.full_like(outcome.stay, (1.0 - without) ** (1.0 / MONTHS))
        gains = margin - _margin(alone, customers, horizon)[-1]
        total = roi(gains + side.ledger.upsell * horizon / MONTHS, costs)
    return Stake(
        at_stake=best - margin,
        customers_lost=count.sum() - alive,
        lost_to_bad=unhurt - alive,
        pays_for_itself=np.full(draws.size, costs / average),
        total_roi=total,
    )
