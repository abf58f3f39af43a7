"""Customers one by one: what each went through in the counted weeks, and what follows from it.

Z starts at what is usual in the segment, moves after each issue in the order in which they began (by
λ+ towards satisfaction above it, by λ- below) and drifts back in between. Of the last 12 months the
counted weeks are known; in the others customers had bad episodes as the segment has (Poisson). So the
mean over all customers of a segment, those without contact too, is that of the steady state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results import loyalty
from ccsim.results.calibration import Calibration
from ccsim.results.clv import lifetime
from ccsim.results.draws import Draws
from ccsim.results.journeys import Journeys
from ccsim.results.lived import lived
from ccsim.results.loyalty import MONTHS, MOST_EPISODES, YEAR_WEEKS, Customers
from ccsim.results.outcome import Outcome, relation_factor
from ccsim.results.slice_scores import moved

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WEEK = 604_800.0


@dataclass(frozen=True, eq=False)
class Followed:
    """Customers, one entry each, by segment and number.

    segment, customer: who. issues, bad, severe: in the counted weeks. relation: Z at their end.
    hazard_ratio: how many times as likely to leave in the next months as a customer of the segment without
    a bad episode in 12 months and with its usual Z. leave: chance to leave, at once after a severe
    failure or in the 12 months after the counted weeks. value: for ever.
    """

    segment: Ints
    customer: Ints
    issues: Ints
    bad: Ints
    severe: Ints
    relation: Floats
    hazard_ratio: Floats
    leave: Floats
    value: Floats


@dataclass(frozen=True, eq=False)
class Setting:
    """What the customers of a centre are judged by: one draw, its base's calibration, its own outcome."""

    customers: Customers
    calibration: Calibration
    outcome: Outcome
    draws: Draws


def follow(issues: Journeys, customer: Ints, born: Floats, setting: Setting) -> Followed:
    """The customers behind these issues, given issue by issue.

    customer: number of each issue's customer within the segment, 0 or more; born: seconds from the
    start of the counted weeks.
    """
    order = np.lexsort((born, customer, issues.segment))
    segment, who = issues.segment[order], customer[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(who) != 0) | (np.diff(segment) != 0)
    first, person = np.flatnonzero(new), np.cumsum(new) - 1
    own = lived(issues, setting.calibration.intercept, setting.draws)
    bad, severe = (
        np.bincount(person, what[order, 0], len(first)).astype(np.int64)
        for what in loyalty.hurt(issues, own.spent, setting.calibration.cut, setting.draws)
    )
    relation = _relation(own.felt[order], person, first, segment[first], born[order], issues.weeks, setting)
    ratio, hazard = _hazards(bad, relation, segment[first], issues.weeks, setting)
    stays = (1.0 - setting.calibration.exit[segment[first], 0]) ** severe
    return Followed(
        segment=segment[first],
        customer=who[first],
        issues=np.bincount(person),
        bad=bad,
        severe=severe,
        relation=relation,
        hazard_ratio=ratio,
        leave=1.0 - stays * np.exp(-MONTHS * hazard),
        value=stays * _value(hazard, segment[first], setting),
    )


def _relation(
    felt: Floats,
    person: Ints,
    first: Ints,
    segment: Ints,
    born: Floats,
    weeks: float,
    setting: Setting,
) -> Floats:
    """Z of each customer at the end of the counted weeks; issues come customer by customer, in order."""
    month = WEEK * YEAR_WEEKS / MONTHS
    half_life = float(setting.draws["relation.half_life_months"][0]) * month
    anchor = setting.calibration.anchor[segment]
    z, seen = setting.outcome.relation[segment], np.zeros(len(first))
    rank = np.arange(len(person)) - first[person]

    def drifted(who: Ints, now: Floats) -> Floats:
        share = 0.5 ** ((now - seen[who]) / half_life)
        return np.asarray(anchor[who] + (z[who] - anchor[who]) * share[:, None])

    for number in range(int(rank.max(initial=-1)) + 1):
        rows = np.flatnonzero(rank == number)
        who = person[rows]
        z[who] = moved(drifted(who, born[rows]), felt[rows], setting.draws)
        seen[who] = born[rows]
    everybody = np.arange(len(first))
    return drifted(everybody, np.full(len(first), weeks * WEEK))[:, 0]


def _hazards(
    bad: Ints, relation: Floats, segment: Ints, weeks: float, setting: Setting
) -> tuple[Floats, Floats]:
    """Hazard ratio to a customer without bad episodes, and hazard a month, of each customer."""
    known = min(weeks / YEAR_WEEKS, 1.0)
    rest = loyalty.episode_shares((1.0 - known) * setting.outcome.bad)[:, segment, 0]
    shares = _and_those(rest, np.minimum(bad, MOST_EPISODES))
    ratios = loyalty.hazard_ratios(setting.draws)[:, :, 0]
    gap = relation - setting.outcome.relation[segment, 0]
    factor = relation_factor(gap, setting.draws)
    usual = relation_factor(setting.outcome.relation - setting.calibration.mean, setting.draws)
    hazard = (setting.calibration.hazard * usual)[segment, 0] * factor
    outcome, fixed = setting.outcome, setting.calibration
    leaving = (outcome.severe * fixed.exit + fixed.always)[segment, 0]
    stay = loyalty.monthly_stay(hazard, shares, ratios, leaving)
    return factor * (shares * ratios).sum(axis=0), np.asarray(-np.log(stay))


def _and_those(rest: Floats, known: Ints) -> Floats:
    """Shares of 0, 1, 2, 3 and more episodes in all, of customers with so many known ones."""
    found = np.zeros_like(rest)
    who = np.arange(len(known))
    for number, share in enumerate(rest):
        np.add.at(found, (np.minimum(known + number, MOST_EPISODES), who), share)
    return found


def _value(hazard: Floats, segment: Ints, setting: Setting) -> Floats:
    """Value for ever of customers whose hazard is their own for 12 months, and then the segment's."""
    draws, people = setting.draws, setting.customers
    return lifetime(
        people.margin[segment][:, None],
        np.broadcast_to(hazard[:, None], (MONTHS, len(hazard), 1)),
        -np.log(setting.outcome.stay[segment]),
        people.year[segment][:, None],
        draws["value.discount_annual"],
        draws["value.heterogeneity"],
    )[:, 0]
