"""Through which drivers and places a variant gains: its margin kept, shared out so that it adds up.

The way from base to variant is taken straight, bad episodes, severe failures and the relation of every
month moving together (Aumann and Shapley): the price of each is its mean effect on the margin along
it, month by month as the projection has it. A driver and place gets the price times what the base lost
there less what the variant loses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ccsim.results import relation
from ccsim.results.attribution import Lost, Terms
from ccsim.results.drivers import Place
from ccsim.results.lost_in import lost_in
from ccsim.results.outcome import Outcome
from ccsim.results.projection import populated, stays
from ccsim.results.quadrature import gauss_legendre
from ccsim.results.uncertainty import Case, World

Floats = npt.NDArray[np.float64]

PATH: Final = gauss_legendre(5)
STEP: Final = 1e-4  # of the differences that stand for derivatives, as a share of what is there


@dataclass(frozen=True, eq=False)
class State:
    """What a segment's customers live through: bad and severe episodes a month, and Z less the base's.

    Shapes (segments, draws).
    """

    bad: Floats
    severe: Floats
    relation: Floats

    @classmethod
    def of(cls, outcome: Outcome, terms: Terms) -> State:
        moved = np.nan_to_num(outcome.relation - terms.calibration.mean)
        return cls(outcome.bad, outcome.severe, moved)

    def towards(self, other: State, share: float) -> State:
        """The state at a share of the way to another."""
        return State(*(now + share * (then - now) for now, then in zip(self.parts, other.parts, strict=True)))

    def more(self, kind: int, amount: Floats) -> State:
        """The state with more of one of its parts."""
        parts = list(self.parts)
        parts[kind] = parts[kind] + amount
        return State(*parts)

    @property
    def parts(self) -> tuple[Floats, Floats, Floats]:
        return self.bad, self.severe, self.relation


def margin_gained(
    base: Case,
    variant: Case,
    world: World,
    places: Sequence[Place],
    whole: Floats,
    parts: Sequence[Lost] | None = None,
) -> Floats:
    """Margin kept over the horizon by driver and place, (drivers, places, draws).

    world: the base's; variant: with the base's customers; whole: `Gain.margin_by_segment`, to which
    the parts of each segment add up; parts: `lost_in` of base and variant, if it is known. Below 0 where
    the variant does worse.
    """
    terms = Terms(base.customers, world.calibration, world.draws)
    sides = parts or [lost_in(case, base, world, places) for case in (base, variant)]
    price = _prices(world.outcome, variant.outcome(world), terms, base.horizon)
    return _shared(sides, price, whole, terms.segment_of(places))


def _prices(base: Outcome, variant: Outcome, terms: Terms, horizon: int) -> list[Floats]:
    """Margin that one bad episode, one severe, and one logit of Z bring, on average along the way."""
    ends = State.of(base, terms), State.of(variant, terms)
    earned = _margins(terms, _shape(variant, terms, horizon), horizon)
    found = [np.zeros_like(ends[0].bad) for _ in ends[0].parts]
    for kind, (one, other) in enumerate(zip(ends[0].parts, ends[1].parts, strict=True)):
        if kind == 2 and not terms.draws["churn.relation_slope"].any():
            continue
        size = STEP * np.maximum(np.maximum(np.abs(one), np.abs(other)), STEP)
        for place, weight in zip(*PATH, strict=True):
            here = ends[0].towards(ends[1], place)
            apart = earned(here.more(kind, size)) - earned(here.more(kind, -size))
            found[kind] += weight * apart / (2.0 * size)
    return found


def _shape(variant: Outcome, terms: Terms, horizon: int) -> Floats:
    """How much of the way from the base's Z to its own a variant has come each month."""
    way = np.ones_like(variant.relation)
    if variant.speed is None:
        return np.ones((horizon, *way.shape))
    return relation.path(np.zeros_like(way), way, variant.speed, horizon)


def _margins(terms: Terms, shape: Floats, horizon: int) -> Callable[[State], Floats]:
    """Margin by segment over the horizon of a centre that comes from the base's state to another."""
    fixed, draws = terms.calibration, terms.draws

    def earned(state: State) -> Floats:
        stay = stays(state.bad, state.severe, shape * state.relation, fixed, draws, horizon)
        ahead = populated(stay, terms.customers, draws)
        return np.asarray((ahead.there + ahead.won).sum(axis=0) * terms.customers.margin[:, None])

    return earned


def _shared(
    parts: Sequence[Lost], price: Sequence[Floats], whole: Floats, segment: npt.NDArray[np.int64]
) -> Floats:
    """Price times what is lost less, and what rounding leaves spread over it."""
    before, after = parts
    signs = (1.0, 1.0, -1.0)  # Z is better where less of it is lost
    kinds = ((lot.bad, lot.severe, lot.relation) for lot in (before, after))
    found = sum(
        sign * cost[segment] * (then - now)
        for sign, cost, now, then in zip(signs, price, *kinds, strict=True)
    )
    found = np.asarray(found)
    left, size = whole.copy(), np.zeros_like(whole)
    np.subtract.at(left, segment, found.sum(axis=0))
    np.add.at(size, segment, np.abs(found).sum(axis=0))
    rest = np.where(size > 0, left / np.where(size > 0, size, 1.0), 0.0)
    return np.asarray(found + np.abs(found) * rest[segment])
