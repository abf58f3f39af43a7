"""Gains, net gain, ROI, NPV and payback of a variant against its base, month by month.

    net gain          = Δgains - Δcosts
    incremental ROI % = net gain / Δcosts x 100, only where Δcosts > 0 in 95 % of the draws
    total ROI %       = (gains - costs) / costs x 100 against no service at all (see `stake`)

Gains are the margin of customers kept, upsell, and (off by default) contacts avoided and word of
mouth. Both sides have the same customers at the start and the same newcomers; margin is earned by
those there at each month's end; what is paid or sold by the contact follows the number of customers.
Curves are cumulative, shape (months, draws).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ccsim.results.calibration import Calibration
from ccsim.results.clv import lifetime
from ccsim.results.draws import Draws
from ccsim.results.ledger import Ledger
from ccsim.results.loyalty import MONTHS, Customers
from ccsim.results.outcome import Outcome
from ccsim.results.projection import NONE, Projection, project

Floats = npt.NDArray[np.float64]

LONGEST: Final = 36  # months of the curves, at least
SAME: Final = "it costs the same as the base"
DEARER_IN: Final = 0.95  # share of draws in which a ratio to Δcosts must make sense


def roi(gains: npt.ArrayLike, costs: npt.ArrayLike) -> Floats:
    """(gains - costs) / costs x 100; nan where costs are not above zero."""
    cost = np.asarray(costs, dtype=np.float64)
    above = np.where(cost > 0, cost, np.nan)
    return np.asarray((np.asarray(gains, dtype=np.float64) - cost) / above * 100.0)


def months_of(horizon: int) -> int:
    """Months that the curves run."""
    return max(LONGEST, horizon)


@dataclass(frozen=True, eq=False)
class Side:
    """A centre with its customers ahead: its outcome over the draws, its ledger, the projection."""

    outcome: Outcome
    ledger: Ledger
    ahead: Projection
    customers: Customers

    @classmethod
    def of(
        cls,
        outcome: Outcome,
        ledger: Ledger,
        calibration: Calibration,
        customers: Customers,
        draws: Draws,
        horizon: int = MONTHS,
        growth_from: str = NONE,
    ) -> Side:
        """The centre over as many months as the curves run; `calibration` is its base's."""
        months = months_of(horizon)
        ahead = project(outcome, calibration, customers, draws, months, growth_from)
        return cls(outcome, ledger, ahead, customers)

    @property
    def served(self) -> Floats:
        """Contacts of each month as a multiple of those simulated, (months, draws)."""
        return self.ahead.served(self.customers, self.outcome.issues)

    @property
    def margins(self) -> Floats:
        """Cumulative margin of today's customers and newcomers, (months, segments, draws)."""
        worth = self.customers.margin[:, None]
        return np.asarray(np.cumsum((self.ahead.there + self.ahead.won) * worth, axis=0))

    @property
    def word_of_mouth(self) -> Floats:
        """Cumulative margin that word of mouth brings, (months, draws)."""
        ahead, worth = self.ahead, self.customers.margin[:, None]
        more = ahead.told + ahead.everybody * (ahead.margin - 1.0)
        return np.asarray(np.cumsum((more * worth).sum(axis=1), axis=0))

    @property
    def costs(self) -> Floats:
        """Cumulative costs, the one-off from the first month on, (months, draws)."""
        book = self.ledger
        month = (book.total - book.with_contacts + book.with_contacts * self.served) / MONTHS
        return np.asarray(np.cumsum(month, axis=0) + book.one_off)

    @property
    def upsell(self) -> Floats:
        """Cumulative margin of what is sold at contacts, (months, draws)."""
        return self._by_contact(self.ledger.upsell)

    @property
    def contacts(self) -> Floats:
        """Cumulative contacts handled, (months, draws)."""
        return self._by_contact(self.ledger.contacts)

    def value(self, draws: Draws) -> Floats:
        """Value for ever of one of today's customers, (segments, draws)."""
        return lifetime(
            self.customers.margin[:, None],
            self.ahead.hazard,
            -np.log(self.outcome.stay),
            self.customers.year[:, None],
            draws["value.discount_annual"],
            draws["value.heterogeneity"],
        )

    def _by_contact(self, year: float) -> Floats:
        return np.asarray(np.cumsum(self.served * year / MONTHS, axis=0))


@dataclass(frozen=True, eq=False)
class Curves:
    """Cumulative differences, variant less base, at the end of months 1, 2, …: (months, draws).

    margin, upsell, avoided and word_of_mouth are gains, nan where customers' count, margin or churn
    is missing; costs holds the one-off from the first month on.
    """

    margin: Floats
    upsell: Floats
    avoided: Floats
    word_of_mouth: Floats
    costs: Floats

    @property
    def gains(self) -> Floats:
        """All gains."""
        return self.margin + self.upsell + self.avoided + self.word_of_mouth

    @property
    def net(self) -> Floats:
        """Net gain: gains less costs."""
        return self.gains - self.costs


@dataclass(frozen=True, eq=False)
class Gain:
    """A variant against its base over the horizon; money and shapes (draws,).

    margin_by_segment: margin of the customers kept, (segments, draws). customers_kept: more
    customers at the end of the horizon. lifetime: change in the value for ever of all customers of
    today (beside the headline, which stops at the horizon). roi: incremental, %, all nan where it is
    not defined, and why_not says so. payback: month in which cumulative gains have covered
    cumulative costs, nan if not within the curves or there is nothing to pay back. costs_of: what
    base and variant cost.
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
    costs_of: tuple[Floats, Floats]

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
    def word_of_mouth(self) -> Floats:
        """Margin that word of mouth brings more, over the horizon."""
        return self._at_horizon(self.curves.word_of_mouth)

    @property
    def net(self) -> Floats:
        """Net gain over the horizon."""
        return self.gains - self.costs

    @property
    def lost_again(self) -> Floats:
        """First month by which customers lost have cost more than was saved; nan where that never is."""
        gone = (self.curves.net < 0) & (self.curves.costs < 0)
        return np.where(gone.any(axis=0), np.argmax(gone, axis=0) + 1.0, np.nan)

    def _at_horizon(self, curve: Floats) -> Floats:
        return np.asarray(curve[self.horizon - 1])

    def roi_after(self, months: int) -> Floats:
        """Incremental ROI in % after some months of the curves; nan where it is not defined."""
        found, _ = incremental(self.curves.gains[months - 1], self.curves.costs[months - 1])
        return np.full_like(found, np.nan) if self.why_not == SAME else found

    @property
    def break_even(self) -> Floats:
        """How many times as much a customer's margin would have to be for net gain 0, or nan."""
        earned = self.margin + self.word_of_mouth
        wanted = self.costs - (self.gains - earned)
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = wanted / earned
        return np.where(factor > 0, factor, np.nan)


def gain(base: Side, variant: Side, draws: Draws, horizon: int = MONTHS) -> Gain:
    """The variant against its base over `horizon` months; both sides must run as long."""
    margins = variant.margins - base.margins
    curves = Curves(
        margin=margins.sum(axis=1),
        upsell=variant.upsell - base.upsell,
        avoided=(base.contacts - variant.contacts) * draws["value.avoided_contact"],
        word_of_mouth=variant.word_of_mouth - base.word_of_mouth,
        costs=variant.costs - base.costs,
    )
    last = horizon - 1
    ratio, why_not = incremental(curves.gains[last], curves.costs[last])
    if base.ledger.total == variant.ledger.total and base.ledger.one_off == variant.ledger.one_off:
        # What the customers kept cost in contacts is no price of the variant.
        ratio, why_not = np.full(draws.size, np.nan), why_not or SAME
    alive, before = (side.ahead.everybody[last].sum(axis=0) for side in (variant, base))
    count, value = base.customers.count[:, None], variant.value(draws) - base.value(draws)
    return Gain(
        horizon=horizon,
        curves=curves,
        margin_by_segment=margins[last],
        customers_kept=alive - before,
        lifetime=(count * value).sum(axis=0),
        npv=present(curves.net[:horizon], variant.ledger.one_off - base.ledger.one_off, draws),
        payback=payback(curves.net, curves.costs),
        roi=ratio,
        why_not=why_not,
        costs_of=(base.costs[last], variant.costs[last]),
    )


def incremental(gains: Floats, costs: Floats) -> tuple[Floats, str | None]:
    """Incremental ROI in %, and why it is not defined, if it is not."""
    dearer = float(np.mean(costs > 0))
    unknown = np.full(costs.shape, np.nan)
    if np.isnan(gains).any():
        return unknown, "customers' count, margin or churn is not given"
    if not (costs != 0).any():
        return unknown, SAME
    if dearer < DEARER_IN:
        less = "it costs less than the base"
        return unknown, less if dearer == 0 else f"{less} in {1.0 - dearer:.0%} of the draws"
    return roi(gains, costs), None


def present(net: Floats, once: float, draws: Draws) -> Floats:
    """Cumulative net gains with each month's flow discounted from its end, the one-off not at all."""
    flows = np.diff(net + once, axis=0, prepend=0.0)
    month = np.arange(1.0, len(net) + 1.0)[:, None]
    factor = (1.0 + draws["value.discount_annual"]) ** (-month / MONTHS)
    return np.asarray((flows * factor).sum(axis=0) - once)


def payback(net: Floats, costs: Floats) -> Floats:
    """First month in which there are costs and cumulative net gain covers them; nan if none does."""
    covered = (net >= 0) & (costs > 0)
    first = np.argmax(covered, axis=0) + 1.0
    return np.where(covered.any(axis=0), first, np.nan)
