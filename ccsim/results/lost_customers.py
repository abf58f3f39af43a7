"""Churn and margin that drivers and places cost, adding up to what is lost against no driver at all.

The hazard to leave has a part for bad episodes, one for severe failures and one for the relation. They
are told apart along the straight path from none of them to all of them (Aumann and Shapley): the price of
a bad episode, or of a logit of Z, is its mean effect on the hazard along that path. Churn and margin
are shared in proportion to the hazard, segment by segment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results import loyalty
from ccsim.results.attribution import Lost, Terms
from ccsim.results.outcome import Outcome, relation_factor
from ccsim.results.projection import populated
from ccsim.results.quadrature import gauss_legendre

Floats = npt.NDArray[np.float64]

PATH = gauss_legendre(20)


@dataclass(frozen=True, eq=False)
class Prices:
    """Hazard a month that a bad episode, a severe one and a logit of Z each cost: (segments, draws).

    best: the hazard without any driver; now: as it is.
    """

    bad: Floats
    severe: Floats
    relation: Floats
    best: Floats
    now: Floats


def prices(outcome: Outcome, terms: Terms) -> Prices:
    """Prices under which the parts of an outcome add up to its hazard."""
    fixed, draws = terms.calibration, terms.draws
    slope = draws["churn.relation_slope"]
    above = np.nan_to_num(fixed.intercept - fixed.mean)
    lowest = fixed.hazard * np.exp(-slope * above)
    lacking = above - np.nan_to_num(outcome.relation - fixed.mean)
    ratios = loyalty.hazard_ratios(draws)
    bad, relation = np.zeros_like(lowest), np.zeros_like(lowest)
    for place, weight in zip(*PATH, strict=True):
        hazard = lowest * np.exp(slope * place * lacking)
        shares = loyalty.episode_shares(place * outcome.bad)
        stays = np.exp(-hazard * ratios)
        alive = (shares * stays).sum(axis=0)
        bad += weight * (-loyalty.MONTHS * (_more(shares) * stays).sum(axis=0) / alive)
        relation += weight * slope * hazard * (shares * ratios * stays).sum(axis=0) / alive
    unhurt = fixed.hazard * relation_factor(outcome.relation - fixed.mean, draws)
    best = -np.log(outcome.stay_without_bad) - (unhurt - lowest)
    now, severe = -np.log(outcome.stay), outcome.severe * fixed.exit
    found = bad * outcome.bad + relation * lacking
    # What the quadrature leaves out, a billionth or so, goes to both alike.
    exact = np.where(found != 0, (now - best - severe) / np.where(found != 0, found, 1.0), 1.0)
    return Prices(bad * exact, fixed.exit * np.ones_like(bad), relation * exact, best, now)


def _more(shares: Floats) -> Floats:
    """How the shares of 0, 1, 2, 3 and more episodes move with their mean (of a Poisson number)."""
    none, one, two = shares[:3]
    return np.stack([-none, none - one, one - two, two])


@dataclass(frozen=True, eq=False)
class LostCustomers:
    """Shapes (drivers, places, draws), and (draws,) for the whole.

    hazard: of the place's segment, a month. churn: share of all customers who leave in a year
    because of it. margin: money a year that they would have brought, newcomers included, on average over
    the horizon. best_churn: churn a year without any driver; churn_now: as it is.
    """

    hazard: Floats
    churn: Floats
    margin: Floats
    best_churn: Floats
    churn_now: Floats


def lost_customers(found: Lost, outcome: Outcome, terms: Terms, horizon: int) -> LostCustomers:
    """Churn and margin by driver and place in the steady state; nan where customers are not known."""
    segment = terms.segment_of(found.places)
    price = prices(outcome, terms)
    costs = (price.bad, price.severe, price.relation)
    parts = sum(
        part * cost[segment]
        for part, cost in zip((found.bad, found.severe, found.relation), costs, strict=True)
    )
    hazard = np.asarray(parts)
    count = terms.customers.count
    weight = count / count.sum() if len(count) > 1 else np.ones(1)
    now, best = (np.exp(-rate) for rate in (price.now, price.best))
    left, kept = (loyalty.annual(stay) for stay in (now, best))
    earned = _earned(best, terms, horizon) - _earned(now, terms, horizon)
    return LostCustomers(
        hazard=hazard,
        churn=_in_proportion(hazard, weight[:, None] * (left - kept), segment),
        margin=_in_proportion(hazard, earned, segment),
        best_churn=weight @ kept,
        churn_now=weight @ left,
    )


def _earned(stay: Floats, terms: Terms, horizon: int) -> Floats:
    """Margin a year by segment of today's customers and newcomers who stay so each month."""
    months = np.broadcast_to(stay, (horizon, *stay.shape))
    ahead = populated(months, terms.customers, terms.draws)
    there = (ahead.there + ahead.won).sum(axis=0)
    return np.asarray(terms.customers.margin[:, None] * there * loyalty.MONTHS / horizon)


def _in_proportion(hazard: Floats, whole: Floats, segment: npt.NDArray[np.int64]) -> Floats:
    """The whole of each segment, shared out as its hazard is."""
    total = np.zeros_like(whole)
    np.add.at(total, segment, hazard.sum(axis=0))
    rate = np.where(total != 0, whole / np.where(total != 0, total, 1.0), 0.0)
    return np.asarray(hazard * rate[segment])
