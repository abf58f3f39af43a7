"""What a case took from customers, by driver and place, over all draws of a world."""

from __future__ import annotations

from collections.abc import Sequence

from ccsim.results.attribution import Lost, Terms, lost
from ccsim.results.chunks import in_chunks, some_of
from ccsim.results.draws import Draws
from ccsim.results.drivers import Place, Placed
from ccsim.results.uncertainty import Case, World


def lost_in(case: Case, base: Case, world: World, places: Sequence[Place]) -> Lost:
    """The parts of a case in the worlds of its base (maybe itself).

    places: at least all of both cases (`drivers.places_of`).
    """
    outcome = case.outcome(world)
    own = Placed.of(case.pooled, places)
    on = own if base.pooled is case.pooled else Placed.of(base.pooled, places)

    def work(draws: Draws, where: slice) -> Lost:
        terms = Terms(base.customers, some_of(world.calibration, where), draws)
        return lost(own, on, outcome.relation[:, where], places, terms)

    return in_chunks(world.draws, len(case.pooled), work)
