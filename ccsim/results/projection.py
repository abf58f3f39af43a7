"""Customers month by month ahead, at the rates that the simulated weeks give.

A base goes on as it is. A variant starts in its base's state: at the end of month m the last 12
months hold min(m, 12) months of its own bad episodes and 12 - m of the base's, so that churn moves as
far as it will only after a year; Z goes from the base's to its own. Each customer there at the start of
a month stays with the chance of that month. In the chance the number of bad episodes is Poisson anew
each month: that those who had more of them have left sooner is not followed.

Newcomers: `customers.NAME.growth`, a share of today's count a year, won evenly, the same whatever the
service is like; and, off unless `economics.growth_from` says so, those whom word of mouth brings or keeps
away. Arrays are (months, segments, draws).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ccsim.results import loyalty, relation
from ccsim.results.calibration import Calibration
from ccsim.results.clv import ALIKE, surviving
from ccsim.results.draws import Draws
from ccsim.results.loyalty import MONTHS, Customers
from ccsim.results.outcome import Outcome, relation_factor

Floats = npt.NDArray[np.float64]

NONE: Final = "none"  # what word of mouth does: `economics.growth_from`
REFERRALS: Final = "referrals"
NPS: Final = "nps"


@dataclass(frozen=True, eq=False)
class Projection:
    """Customers ahead. stay: chance to remain through each month. there: customers of today still there
    at the end of each; won: newcomers by growth; told: by word of mouth, less those it keeps away.
    during: customers of all kinds on average over each month. margin: what one brings in each month,
    as a multiple of the margin stated (1, but for `growth_from: nps`).
    """

    stay: Floats
    there: Floats
    won: Floats
    told: Floats
    during: Floats
    margin: Floats

    @property
    def everybody(self) -> Floats:
        """All customers at the end of each month."""
        return self.there + self.won + self.told

    @property
    def hazard(self) -> Floats:
        """Hazard of each month."""
        return np.asarray(-np.log(self.stay))

    def served(self, customers: Customers, issues: Sequence[float]) -> Floats:
        """Contacts of each month as a multiple of those simulated, (months, draws).

        They follow the customers of each segment, by its share of the issues; where the number of
        customers or their churn is not known they stay as they are.
        """
        weight = np.array(issues) / max(sum(issues), 1.0)
        now = np.nan_to_num(self.during / customers.count[:, None], nan=1.0)
        return np.asarray((weight[:, None] * now).sum(axis=1))


def project(
    outcome: Outcome,
    calibration: Calibration,
    customers: Customers,
    draws: Draws,
    months: int,
    growth_from: str = NONE,
) -> Projection:
    """The customers of a base or variant over `months` months; `calibration` is the base's.

    ValueError where word of mouth is asked for and the outcome does not say how Z moves.
    """
    if growth_from != NONE and outcome.speed is None:
        raise ValueError("assess with moving=True: word of mouth follows the relation month by month")
    z = None
    if outcome.speed is not None:
        z = relation.path(calibration.mean, outcome.relation, outcome.speed, months)
    moved = None if z is None else z - calibration.mean
    stay = stays(outcome.bad, outcome.severe, moved, calibration, draws, months)
    told = np.zeros(stay.shape)
    margin = np.ones(stay.shape)
    if z is not None and growth_from == REFERRALS:
        told = _brought(z, draws)
    if z is not None and growth_from == NPS:
        margin = _bought(z, calibration.mean, draws)
    return populated(stay, customers, draws, told, margin)


def populated(
    stay: Floats,
    customers: Customers,
    draws: Draws,
    told: Floats | None = None,
    margin: Floats | None = None,
) -> Projection:
    """The customers of today and newcomers under these chances to stay.

    told: customers that each one brings in each month, below 0 where word of mouth keeps them away.
    """
    hazard, year = -np.log(stay), customers.year[:, None]
    unlike = draws["value.heterogeneity"]
    count = customers.count[:, None]
    spent = np.cumsum(hazard, axis=0)
    there = count * surviving(spent, year, unlike)
    won = _newcomers(hazard, customers, unlike)
    others, each = np.zeros_like(there), np.zeros(stay.shape) if told is None else told
    during = np.empty_like(there)
    now, brought = count * np.ones_like(stay[0]), np.zeros_like(stay[0])
    came = _monthly_growth(customers)
    for month in range(len(stay)):
        comes = each[month] * np.maximum(now, 0.0)
        brought = (brought + comes) * stay[month]
        others[month] = brought
        after = there[month] + won[month] + brought
        during[month] = (now + came + comes + after) / 2.0
        now = after
    return Projection(stay, there, won, others, during, np.ones(stay.shape) if margin is None else margin)


def _monthly_growth(customers: Customers) -> Floats:
    """Customers won at the start of each month, (segments, 1)."""
    return np.asarray((customers.count * customers.growth / MONTHS)[:, None])


def _newcomers(hazard: Floats, customers: Customers, unlike: Floats) -> Floats:
    """Newcomers by growth who are there at each month's end; each is new in the month of coming."""
    found = np.zeros(hazard.shape)
    came = _monthly_growth(customers)
    if not came.any():
        return found
    if not (unlike > ALIKE).any():
        now = np.zeros(hazard.shape[1:])
        for month, one in enumerate(hazard):
            now = (now + came) * np.exp(-one)
            found[month] = now
        return found
    for month in range(len(hazard)):
        since = np.cumsum(hazard[month:], axis=0)
        found[month:] += came * surviving(since, customers.year[:, None], unlike)
    return found


def stays(
    bad: Floats, severe: Floats, moved: Floats | None, calibration: Calibration, draws: Draws, months: int
) -> Floats:
    """Chance to stay through each month on the way from the base's state to another.

    bad, severe: episodes a month there, (segments, draws); moved: how far Z is from the base's mean at
    the end of each month, None where it stays.
    """
    own = np.minimum(np.arange(1.0, months + 1.0), MONTHS)[:, None, None] / MONTHS
    shares = loyalty.episode_shares(own * bad + (1.0 - own) * calibration.bad)
    ratios = loyalty.hazard_ratios(draws)[:, None]
    hazard = calibration.hazard[None]
    if moved is not None:
        hazard = hazard * relation_factor(moved, draws)
    leaving = severe * calibration.exit + calibration.always
    return loyalty.monthly_stay(hazard, shares, ratios, leaving)


def _brought(z: Floats, draws: Draws) -> Floats:
    """Customers that one customer brings a month: promoters bring some, detractors keep others away."""
    promoters, detractors = relation.recommending(z, draws)
    each = draws["value.referrals_per_promoter"] / MONTHS
    return np.nan_to_num(each * (promoters - draws["wom.negative_to_positive"] * detractors), nan=0.0)


def _bought(z: Floats, base: Floats, draws: Draws) -> Floats:
    """Margin of a customer as a multiple of today's, where revenue grows with points of NPS."""
    now, before = (np.subtract(*relation.recommending(level, draws)) for level in (z, base))
    points = np.nan_to_num(100.0 * (now - before), nan=0.0)
    return np.asarray(np.cumprod(1.0 + draws["nps.revenue_growth_per_point"] * points / MONTHS, axis=0))
