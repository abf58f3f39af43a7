"""Who took what away: satisfaction, bad episodes and the relation shared out among drivers and places.

Everything adds up exactly, draw by draw, and is the share of Aumann and Shapley (Values of Non-Atomic
Games, 1974) when all drivers grow from nothing to what they are, at the same pace:

    CSAT      f(S0) - f(S) of a journey, by d_k / D                        f = P(answer 4 or 5)
    bad       an episode bad for its effort, by e_k / E; for never being resolved, to that; for both,
              half and half. severe: never resolved, three abandonments, or half and half
    relation  S0 - Z = (pull (S0 - μ) + Σ share_j c_j) / (pull + λ+),  c_j = φ(S0 - Z) - φ(S_j - Z),
              φ(x) = λ+ x above 0, λ- x below; c_j by d_k / D; μ, the mean to which customers drift
              back, by the d_k of the base's journeys

The last follows from the balance that defines Z (`ccsim.results.relation`). Beginners and full hands
make no episode bad. A driver of no weight, or that is not there, gets exactly 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from ccsim.results import experience, loyalty
from ccsim.results.calibration import Calibration
from ccsim.results.draws import Draws
from ccsim.results.drivers import ABANDONED, EFFORT, NAMES, UNRESOLVED, Place, Placed, weights
from ccsim.results.journeys import Journeys
from ccsim.results.lived import Lived, lived
from ccsim.results.loyalty import Customers

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

CUT: Final = 2  # of the answers' cuts, the one between 3 and 4
TINY: Final = 1e-6  # logits: below it a secant is a tangent


@dataclass(frozen=True, eq=False)
class Lost:
    """What drivers and places took away; shapes (drivers, places, draws).

    csat: share of satisfied answers. bad, severe: episodes a month and customer of the place's
    segment. relation: logits of Z of that segment's customers.
    """

    places: tuple[Place, ...]
    csat: Floats
    bad: Floats
    severe: Floats
    relation: Floats


@dataclass(frozen=True, eq=False)
class Terms:
    """What journeys are judged by: customers, draws, and what the base fixed."""

    customers: Customers
    calibration: Calibration
    draws: Draws

    def segment_of(self, places: Sequence[Place]) -> Ints:
        """The customers' segment of each place."""
        return np.array([self.customers.segments.index(place[2]) for place in places], np.int64)


def lost(own: Placed, base: Placed, relation: Floats, places: Sequence[Place], terms: Terms) -> Lost:
    """What the journeys took from customers, by driver and place.

    base: the journeys on which the terms were calibrated; relation: Z of the own journeys, (segments,
    draws).
    """
    segment = terms.segment_of(places)
    felt = lived(own.journeys, terms.calibration.intercept, terms.draws)
    bad, severe = _episodes(own, felt.spent, segment, terms)
    return Lost(
        places=tuple(places),
        csat=_csat(own, felt, terms),
        bad=bad,
        severe=severe,
        relation=_relation(own, base, felt, relation, segment, terms),
    )


def pleased(satisfied: Floats, draws: Draws) -> Floats:
    """Share of answers 4 and 5 at a latent satisfaction."""
    return np.asarray(expit(experience.steepness(draws) * (satisfied - draws.cuts["csat.cuts"][CUT])))


def _csat(own: Placed, felt: Lived, terms: Terms) -> Floats:
    draws, best = terms.draws, terms.calibration.intercept
    most = pleased(best, draws)
    taken, loss = most - pleased(felt.satisfied, draws), best - felt.satisfied
    tangent = experience.steepness(draws) * most * (1.0 - most)
    each = _slope(taken, loss, tangent) / own.journeys.issues
    return own.shared(each, weights(draws), _lift(own, felt.spent, draws["recovery.effect_on_csat"]))


def _lift(own: Placed, spent: Floats, effect: Floats) -> Floats | None:
    """Logits given back to journeys that were made good again: never more than their effort."""
    recovered = own.journeys.recovered[:, None]
    return np.asarray(recovered * np.minimum(effect, spent)) if recovered.any() else None


def _slope(taken: Floats, loss: Floats, tangent: Floats) -> Floats:
    """What one logit of a journey took on average: taken / D."""
    found = np.empty_like(loss)
    found[:] = tangent
    return np.divide(taken, loss, out=found, where=np.abs(loss) >= TINY)


def _episodes(own: Placed, spent: Floats, segment: Ints, terms: Terms) -> tuple[Floats, Floats]:
    """Bad and severe episodes a month and customer, by driver and place."""
    rows, draws = own.journeys, terms.draws
    unresolved, given_up = loyalty.severe_for(rows, draws)
    hard = spent > terms.calibration.cut
    each = _of_two(hard, unresolved) / np.where(hard, spent, 1.0)
    bad = own.shared(each, np.where(EFFORT[:, None], weights(draws), 0.0))
    bad[NAMES.index(UNRESOLVED)] = own.counted(_of_two(unresolved, hard))
    severe = np.zeros_like(bad)
    severe[NAMES.index(UNRESOLVED)] = own.counted(_of_two(unresolved, given_up))
    severe[NAMES.index(ABANDONED)] = own.counted(_of_two(given_up, unresolved))
    count = _issues(rows)
    monthly = loyalty.monthly_issues(rows, terms.customers) / np.where(np.isnan(count), 1.0, count)
    scale = monthly[segment][:, None]
    return bad * scale, severe * scale


def _of_two(this: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> Floats:
    """What one of two reasons, each enough alone, made of an episode: 1, one half, or 0."""
    return np.asarray(this * np.where(other, 0.5, 1.0))


def _issues(rows: Journeys) -> Floats:
    """Issues by segment; nan where there are none."""
    count = np.bincount(rows.segment, rows.count, len(rows.segments))
    return np.where(count > 0, count, np.nan)


def _relation(
    own: Placed, base: Placed, felt: Lived, relation: Floats, segment: Ints, terms: Terms
) -> Floats:
    """Logits of Z lost, by driver and place: what their own issues took, and what they were used to."""
    draws, rows, best = terms.draws, own.journeys, terms.calibration.intercept
    up, down = draws["relation.lambda_pos"], draws["relation.lambda_neg"]
    pull, known = _pull(rows, terms), ~np.isnan(relation)
    now = np.nan_to_num(relation).T[:, rows.segment].T
    ahead, below = best - now, felt.felt - now
    taken = _weighed(ahead, up, down) - _weighed(below, up, down)
    each = _slope(taken, best - felt.felt, up) / _issues(rows)[rows.segment][:, None]
    came = _remembered(own, felt.spent, each, draws) * (known / (pull + up))[segment]
    drawn = np.where(known, pull / (pull + up), _without_issues(terms))
    same = 1.0 / _issues(base.journeys)[base.journeys.segment][:, None]
    known_effort = base is own or not base.journeys.recovered.any()  # else it is not asked for
    spent = felt.spent if known_effort else experience.effort(base.journeys, draws)
    return came + _remembered(base, spent, same, draws) * drawn[segment]


def _weighed(gap: Floats, up: Floats, down: Floats) -> Floats:
    """What a gap moves Z by: up where it is above 0, down where it is below."""
    return np.asarray(np.maximum(gap, 0.0) * up + np.minimum(gap, 0.0) * down)


def _remembered(placed: Placed, spent: Floats, each: Floats, draws: Draws) -> Floats:
    lift = _lift(placed, spent, draws["recovery.effect_on_loyalty"])
    return placed.shared(each, weights(draws), lift)


def _without_issues(terms: Terms) -> Floats:
    """Customers who have no issues any more keep the base's Z: its share in what the mean lacks."""
    fixed = terms.calibration
    lacking, mean = fixed.intercept - fixed.mean, fixed.intercept - fixed.anchor
    return np.where(mean > 0, lacking / np.where(mean > 0, mean, 1.0), 0.0)


def _pull(rows: Journeys, terms: Terms) -> Floats:
    """Drift back to what customers are used to, an issue, (segments, draws); 0 where it is not known."""
    drift = math.log(2.0) / terms.draws["relation.half_life_months"]
    rate = loyalty.monthly_issues(rows, terms.customers)[:, None]
    return np.where(rate > 0, drift / np.where(rate > 0, rate, 1.0), 0.0)
