"""What is left of a point once its tallies are dropped: for each figure, two numbers a replication.

A figure is the ratio of two sums over replications (`above` / `below`), so that it can be pooled, paired
with its base's and drawn again (bootstrap) from these alone. A mean has ones below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.labels import ces_turned
from ccsim.results import economics, uncertainty
from ccsim.results.costs import Paid, with_costs
from ccsim.results.measure import evaluate
from ccsim.results.measures import MEASURES
from ccsim.results.prices import prices_of
from ccsim.results.slice_scores import CES_ENDS
from ccsim.results.slices import facts_by

if TYPE_CHECKING:
    from ccsim.experiments.sweep_measures import Followed
    from ccsim.results.economics import Gain, Side
    from ccsim.results.outcome import Outcome
    from ccsim.results.tally import Tally
    from ccsim.results.uncertainty import Case, World
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Key = tuple[str, str]

GAINS: Final[Mapping[str, Callable[[Gain], Floats]]] = {
    "cost": lambda gain: gain.costs_of[1],
    "margin_kept": lambda gain: gain.margin,
    "net_gain": lambda gain: gain.net,
    "npv": lambda gain: gain.npv,
    "customers_kept": lambda gain: gain.customers_kept,
}


@dataclass(frozen=True, eq=False)
class Figure:
    """Numerator and denominator of each replication, (R,); drawn: over the model's draws, maybe none."""

    above: Floats
    below: Floats
    drawn: Floats


NONE: Final = np.empty(0)


@dataclass(frozen=True, eq=False)
class On:
    """The base of some points: its replications, and the worlds in which it is calibrated.

    draws: of the outcome model; 0: central only.
    """

    scenario: Scenario
    tallies: Sequence[Tally]
    draws: int
    seed: int

    @cached_property
    def case(self) -> Case:
        """The base as the outcome model needs it."""
        found = uncertainty.case(self.scenario, self.tallies)
        return replace(found, draws=self.draws, seed=self.seed)

    @cached_property
    def drawn(self) -> World | None:
        """The base in the worlds of the draws."""
        return self.case.drawn() if self.draws else None

    @cached_property
    def sides(self) -> list[Side]:
        """Each replication with its customers ahead."""
        return [self.case.replication(number, self.case.central) for number in range(len(self.tallies))]

    def case_of(self, scenario: Scenario, tallies: Sequence[Tally]) -> Case:
        """Another scenario's case, with this base's customers, parameters and horizon."""
        mine = self.case
        found = replace(
            uncertainty.case(scenario, tallies),
            customers=mine.customers,
            parameters=mine.parameters,
            horizon=mine.horizon,
            without=mine.without,
            growth_from=mine.growth_from,
        )
        if tallies is self.tallies:  # the very same journeys: differences are zero, not nearly so
            found = replace(found, pooled=mine.pooled, journeys=mine.journeys)
        return found


def figures_of(
    scenario: Scenario, tallies: Sequence[Tally], on: On, wanted: Sequence[Followed]
) -> dict[Key, Figure]:
    """The figures of a point, by measure and part, against its base."""
    case = on.case_of(scenario, tallies)
    found = _service(scenario, tallies, case, wanted)
    found |= _outcomes(scenario, case, on)
    return {one.key: found[one.key] for one in wanted}


def _service(
    scenario: Scenario, tallies: Sequence[Tally], case: Case, wanted: Sequence[Followed]
) -> dict[Key, Figure]:
    prices = prices_of(scenario)
    costs = [Paid.of(book, tally, prices) for book, tally in zip(case.ledgers, tallies, strict=True)]
    paid = with_costs(tallies, costs)
    found = {}
    for part in dict.fromkeys(one.part for one in wanted):
        mine = [_of_part(tally, part) for tally in paid]
        facts = [facts_by(tally, None) for tally in mine]
        for one in wanted:
            if one.part != part or one.measure not in MEASURES:
                continue
            measure = MEASURES[one.measure]
            if measure.each is not None:
                found[one.key] = _mean([float(measure.each(tally, None)[0]) for tally in mine])
                continue
            above = np.array([float(evaluate(measure.numerator, each)[0]) for each in facts])
            below = np.array([float(evaluate(measure.denominator, each)[0]) for each in facts])
            found[one.key] = Figure(above, below, NONE)
    return found


def _of_part(tally: Tally, part: str) -> Tally:
    return tally.in_channel(tally.names.channels.index(part)) if part else tally


def _mean(each: Sequence[float]) -> Figure:
    """A mean over replications; those in which it is not known do not count."""
    values = np.array(each)
    known = ~np.isnan(values)
    return Figure(np.where(known, values, 0.0), known.astype(np.float64), NONE)


def _outcomes(scenario: Scenario, case: Case, on: On) -> dict[Key, Figure]:
    """Scores and money: pooled, of each pair, and over draws."""
    base, one = on.case, on.case.central
    gain, outcome = uncertainty.gain_of(base, case, one)
    sides = [case.replication(number, one) for number in range(len(case.journeys))]
    pairs = zip(on.sides, sides, strict=True)
    gains = [economics.gain(before, after, one.draws, base.horizon) for before, after in pairs]
    spread = None if on.drawn is None else uncertainty.gain_of(base, case, on.drawn)
    found = {}
    for name, pick in _scores(scenario, case).items():
        each = [float(pick(side.outcome)[0]) for side in sides]
        drawn = NONE if spread is None else pick(spread[1])
        found[name, ""] = _pooled(float(pick(outcome)[0]), each, drawn)
    for name, of in GAINS.items():
        drawn = NONE if spread is None else of(spread[0])
        found[name, ""] = _pooled(float(of(gain)[0]), [float(of(pair)[0]) for pair in gains], drawn)
    found["roi", ""] = _roi(gain, gains, None if spread is None else spread[0])
    return found


def _scores(scenario: Scenario, case: Case) -> dict[str, Callable[[Outcome], Floats]]:
    count = case.customers.count
    turned = ces_turned(scenario)
    return {
        "csat": lambda outcome: outcome.scores.csat,
        "ces": lambda outcome: CES_ENDS - outcome.scores.ces if turned else outcome.scores.ces,
        "nps": lambda outcome: outcome.scores.nps,
        "churn": lambda outcome: np.asarray(
            outcome.churn[0]
            if len(count) == 1
            else (count[:, None] * outcome.churn).sum(axis=0) / count.sum()
        ),
    }


def _pooled(value: float, each: Sequence[float], drawn: Floats) -> Figure:
    """A pooled figure whose chance is that of single replications."""
    values = np.array(each)
    with np.errstate(invalid="ignore"):
        return Figure(values + (value - values.mean()), np.ones(len(values)), np.asarray(drawn))


def _roi(gain: Gain, gains: Sequence[Gain], spread: Gain | None) -> Figure:
    """Net gain for each unit of money that the point costs more, %; unknown where it costs no more."""
    net = _pooled(float(gain.net[0]), [float(pair.net[0]) for pair in gains], NONE).above
    costs = _pooled(float(gain.costs[0]), [float(pair.costs[0]) for pair in gains], NONE).above
    drawn = NONE if spread is None else spread.roi
    if gain.why_not:
        return Figure(np.full(len(net), np.nan), np.ones(len(net)), np.full(len(drawn), np.nan))
    return Figure(100.0 * net, costs, drawn)
