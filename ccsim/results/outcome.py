"""The chain from journeys to scores and churn, under a calibration: `assess`, of a base `calibrated`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results import experience, loyalty, relation
from ccsim.results.calibration import Calibration, solve
from ccsim.results.draws import Draws
from ccsim.results.experience import Scores
from ccsim.results.journeys import Journeys
from ccsim.results.lived import Lived, lived
from ccsim.results.loyalty import Customers

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the journeys do to customers in the steady state; shapes (draws,) or (segments, draws).

    scores: experience of all journeys. relation: Z. bad, severe: episodes a customer and month.
    stay: chance to remain a customer a month; stay_without_bad: the same if no episode were bad or
    severe. Unknown (nan) where a segment's count or churn was not given. issues: of the journeys, by
    segment. speed: with which Z comes here from the base's (`relation.speeds`), None
    where nothing depends on that.
    """

    scores: Scores
    relation: Floats
    bad: Floats
    severe: Floats
    stay: Floats
    stay_without_bad: Floats
    issues: tuple[float, ...]
    speed: Floats | None = None

    @property
    def churn(self) -> Floats:
        """Churn a year by segment."""
        return loyalty.annual(self.stay)

    def hazards(self, calibration: Calibration, draws: Draws) -> Floats:
        """Hazard a month of customers with 0, 1, 2, 3 and more bad episodes, (4, segments, draws)."""
        moved = calibration.hazard * relation_factor(self.relation - calibration.mean, draws)
        rest = self.severe * calibration.exit + calibration.always
        return np.asarray(moved * loyalty.hazard_ratios(draws) + rest)


def assess(
    journeys: Journeys, calibration: Calibration, customers: Customers, draws: Draws, moving: bool = False
) -> Outcome:
    """Scores and churn of these journeys in the worlds of `draws`.

    The calibration must come from the base, solved with the same draws. moving: the way of the relation
    from the base's to its own will be asked for; it is followed anyway where churn hangs on it.
    """
    own = lived(journeys, calibration.intercept, draws)
    rate = loyalty.monthly_issues(journeys, customers)
    steady = relation.steady_relation(journeys, own.felt, rate, calibration.anchor, draws)
    bad, severe = loyalty.episodes(journeys, own.spent, calibration.cut, customers, draws)
    speed = None
    if moving or (draws["churn.relation_slope"] != 0).any():
        ends = (calibration.anchor, calibration.mean, steady)
        speed = relation.speeds(journeys, own.felt, rate, *ends, draws)
    return _outcome(journeys, own, (steady, bad, severe), speed, calibration, customers, draws)


def calibrated(base: Journeys, customers: Customers, draws: Draws) -> tuple[Calibration, Outcome]:
    """The calibration of a base, and the base's own outcome under it."""
    calibration, own = solve(base, customers, draws)
    found = (calibration.mean, calibration.bad, calibration.severe)
    still = np.zeros((len(relation.PLACES), *calibration.mean.shape))
    return calibration, _outcome(base, own, found, still, calibration, customers, draws)


def relation_factor(moved: Floats, draws: Draws) -> Floats:
    """exp(-β (Z - Z̄)) for Z - Z̄ = `moved`; 1 where a segment has no journeys."""
    return np.asarray(np.exp(-draws["churn.relation_slope"] * np.nan_to_num(moved, nan=0.0)))


def _outcome(
    journeys: Journeys,
    own: Lived,
    found: tuple[Floats, Floats, Floats],
    speed: Floats | None,
    calibration: Calibration,
    customers: Customers,
    draws: Draws,
) -> Outcome:
    steady, bad, severe = found
    ratios = loyalty.hazard_ratios(draws)
    hazard = calibration.hazard * relation_factor(steady - calibration.mean, draws)
    shares, none = loyalty.episode_shares(bad), loyalty.episode_shares(np.zeros_like(bad))
    leaving = severe * calibration.exit + calibration.always
    issues = np.bincount(journeys.segment, journeys.count, len(journeys.segments)).astype(np.float64)
    nps = relation.nps(steady, _customer_weight(issues, customers), draws)
    return Outcome(
        scores=experience.scores(journeys, own.spent, own.csat, calibration.offset, nps, draws),
        relation=steady,
        bad=bad,
        severe=severe,
        stay=loyalty.monthly_stay(hazard, shares, ratios, leaving),
        stay_without_bad=loyalty.monthly_stay(hazard, none, ratios, calibration.always),
        issues=tuple(issues.tolist()),
        speed=speed,
    )


def _customer_weight(issues: Floats, customers: Customers) -> Floats:
    """Segments weigh by customers where all counts are known, else by issues."""
    return issues if np.isnan(customers.count).any() else customers.count
