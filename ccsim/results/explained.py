"""A case explained: CSAT, churn and margin lost by driver and place, in the worlds of its base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results.attribution import Lost, Terms, pleased
from ccsim.results.drivers import Place
from ccsim.results.lost_customers import lost_customers
from ccsim.results.lost_in import lost_in
from ccsim.results.uncertainty import Case, World

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Explained:
    """Parts of shape (drivers, places, draws), and what they are taken from and leave, (draws,).

    csat, churn: shares; margin: money a year. best_csat - csat_now is the sum of csat; churn_now -
    best_churn that of churn.
    """

    csat: Floats
    churn: Floats
    margin: Floats
    best_csat: Floats
    csat_now: Floats
    best_churn: Floats
    churn_now: Floats


def explain(
    case: Case, base: Case, world: World, places: Sequence[Place], parts: Lost | None = None
) -> Explained:
    """What the journeys of a case took from customers in the worlds of its base (maybe itself).

    places: at least all of both cases (`drivers.places_of`). parts: `lost_in` of them, if it is known.
    """
    outcome, terms = case.outcome(world), Terms(base.customers, world.calibration, world.draws)
    found = lost_in(case, base, world, places) if parts is None else parts
    left = lost_customers(found, outcome, terms, base.horizon)
    return Explained(
        csat=found.csat,
        churn=left.churn,
        margin=left.margin,
        best_csat=pleased(terms.calibration.intercept, world.draws),
        csat_now=outcome.scores.csat,
        best_churn=left.best_churn,
        churn_now=left.churn_now,
    )
