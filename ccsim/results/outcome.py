"""The chain from journeys to scores and churn, under a calibration: one function, `assess`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results import experience, loyalty, relation
from ccsim.results.calibration import Calibration
from ccsim.results.draws import Draws
from ccsim.results.experience import Scores
from ccsim.results.journeys import Journeys
from ccsim.results.loyalty import Customers

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the journeys do to customers; shapes (draws,) or (segments, draws).

    scores: experience of all journeys. relation: Z. bad, severe: episodes a customer and month.
    stay: chance to remain a customer a month; stay_without_bad: the same if no episode were bad or
    severe. Unknown (nan) where a segment's count or churn was not given.
    """

    scores: Scores
    relation: Floats
    bad: Floats
    severe: Floats
    stay: Floats
    stay_without_bad: Floats

    @property
    def churn(self) -> Floats:
        """Churn a year by segment."""
        return loyalty.annual(self.stay)


def assess(journeys: Journeys, calibration: Calibration, customers: Customers, draws: Draws) -> Outcome:
    """Scores and churn of these journeys in the worlds of `draws`.

    The calibration must come from the base, solved with the same draws.
    """
    spent = experience.effort(journeys, draws)
    satisfied = experience.satisfaction(journeys, spent, draws, calibration.intercept)
    rate = loyalty.monthly_issues(journeys, customers)
    steady = relation.steady_relation(journeys, satisfied, rate, calibration.anchor, draws)
    bad, severe = loyalty.episodes(journeys, spent, calibration.cut, customers, draws)
    factor = _relation_factor(steady, calibration, draws)
    ratios = loyalty.hazard_ratios(draws)
    hazard = calibration.hazard * factor
    shares, none = loyalty.episode_shares(bad), loyalty.episode_shares(np.zeros_like(bad))
    nps = relation.nps(steady, _customer_weight(journeys, customers), draws)
    return Outcome(
        scores=experience.scores(journeys, spent, satisfied, calibration.offset, nps, draws),
        relation=steady,
        bad=bad,
        severe=severe,
        stay=loyalty.monthly_stay(hazard, shares, ratios, severe * calibration.exit),
        stay_without_bad=loyalty.monthly_stay(hazard, none, ratios, np.zeros_like(bad)),
    )


def _relation_factor(steady: Floats, calibration: Calibration, draws: Draws) -> Floats:
    """exp(-β (Z - Z̄)); 1 where a segment has no journeys."""
    slope = draws["churn.relation_slope"]
    moved = np.nan_to_num(steady - calibration.mean, nan=0.0)
    return np.asarray(np.exp(-slope * moved))


def _customer_weight(journeys: Journeys, customers: Customers) -> Floats:
    """Segments weigh by customers where all counts are known, else by issues."""
    if np.isnan(customers.count).any():
        issues = np.bincount(journeys.segment, journeys.count, len(journeys.segments))
        return issues.astype(np.float64)
    return customers.count
