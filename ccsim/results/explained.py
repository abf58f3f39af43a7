"""A case explained: CSAT, churn and margin lost by driver and place, in the worlds of its base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results.attribution import Terms, lost, pleased
from ccsim.results.chunks import in_chunks, some_of
from ccsim.results.draws import Draws
from ccsim.results.drivers import Place, Placed
from ccsim.results.lost_customers import lost_customers
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


def explain(case: Case, base: Case, world: World, places: Sequence[Place]) -> Explained:
    """What the journeys of a case took from customers in the worlds of its base (maybe itself).

    places: at least all of both cases (`drivers.places_of`).
    """
    outcome = case.outcome(world)
    own = Placed.of(case.pooled, places)
    on = own if base.pooled is case.pooled else Placed.of(base.pooled, places)

    def work(draws: Draws, where: slice) -> Explained:
        terms = Terms(base.customers, some_of(world.calibration, where), draws)
        now = some_of(outcome, where)
        found = lost(own, on, now.relation, places, terms)
        left = lost_customers(found, now, terms, base.horizon)
        return Explained(
            csat=found.csat,
            churn=left.churn,
            margin=left.margin,
            best_csat=pleased(terms.calibration.intercept, draws),
            csat_now=now.scores.csat,
            best_churn=left.best_churn,
            churn_now=left.churn_now,
        )

    return in_chunks(world.draws, len(case.pooled), work)
