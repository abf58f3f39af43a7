"""How sure the money is: draws of the outcome model, and chance between replications.

Two kinds of doubt that never share a column: the outcome model's, from drawing its parameters in
their stated ranges (80 % bands), and the operations', from replications. Base and variant always
meet the same draws; h0, Z̄ and the rest of the calibration are solved again on the base for each.

How the two share the spread of a net gain is their plain variances side by side: the squared standard
error of the mean over pairs of replications, under the central parameters, and the variance over draws,
on all replications pooled. That chance would be larger under other parameters is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from ccsim.parameters import Parameter
from ccsim.results import draws as drawing
from ccsim.results import economics, journeys
from ccsim.results.calibration import Calibration
from ccsim.results.chunks import in_chunks, some_of
from ccsim.results.draws import Draws, parameters_of
from ccsim.results.economics import Gain, Side
from ccsim.results.journeys import Journeys
from ccsim.results.ledger import Ledger, ledger, operations_of
from ccsim.results.loyalty import Customers, customers_of
from ccsim.results.outcome import Outcome, assess, calibrated
from ccsim.results.prices import prices_of
from ccsim.results.projection import NONE
from ccsim.results.stake import Stake, stake

if TYPE_CHECKING:
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

DRAWS: Final = 200
BAND: Final = (0.1, 0.9)  # the 80 % band


@dataclass(frozen=True, eq=False)
class World:
    """A base's journeys in the worlds of some draws: what they fix, and their own outcome."""

    pooled: Journeys
    draws: Draws
    calibration: Calibration
    outcome: Outcome


@dataclass(frozen=True, eq=False)
class Case:
    """A scenario's results, as the outcome model needs them: one entry a replication, and pooled.

    draws, seed: of the parameters, where nobody asks for others.
    """

    customers: Customers
    parameters: dict[str, Parameter]
    horizon: int
    without: float | None
    journeys: tuple[Journeys, ...]
    ledgers: tuple[Ledger, ...]
    pooled: Journeys
    costs: Ledger
    growth_from: str = NONE
    draws: int = DRAWS
    seed: int = 1

    @cached_property
    def central(self) -> World:
        """This case as a base, all parameters at their defaults."""
        return self._world(drawing.central(self.parameters))

    def drawn(self, draws: int | None = None, seed: int | None = None) -> World:
        """This case as a base in so many draws; solved once."""
        key = (self.draws if draws is None else draws, self.seed if seed is None else seed)
        if key not in self._drawn:
            self._drawn[key] = self._world(drawing.sampled(self.parameters, *key))
        return self._drawn[key]

    @cached_property
    def ends(self) -> tuple[list[str], World | None]:
        """The uncertain parameters, and this case as a base with one of them at a time at its ends."""
        names, draws = drawing.one_at_a_time(self.parameters)
        return names, self._world(draws) if names else None

    def outcome(self, world: World) -> Outcome:
        """What these journeys do to customers in the worlds of a base, maybe its own; worked out once."""
        if world.pooled is self.pooled:
            return world.outcome
        if world not in self._outcomes:
            self._outcomes[world] = self._outcome(world)
        return self._outcomes[world]

    def _outcome(self, world: World) -> Outcome:
        def work(draws: Draws, where: slice) -> Outcome:
            return self.assessed(self.pooled, some_of(world.calibration, where), draws)

        return in_chunks(world.draws, len(self.pooled), work)

    def assessed(self, rows: Journeys, calibration: Calibration, draws: Draws) -> Outcome:
        """The outcome of some of this case's journeys under a base's calibration."""
        return assess(rows, calibration, self.customers, draws, self.growth_from != NONE)

    def side(self, world: World, outcome: Outcome, costs: Ledger | None = None) -> Side:
        """This centre with its customers ahead, from the state of the world's base."""
        book = self.costs if costs is None else costs
        return Side.of(
            outcome, book, world.calibration, self.customers, world.draws, self.horizon, self.growth_from
        )

    def replication(self, number: int, world: World) -> Side:
        """One replication with its customers ahead; its base's calibration is the pooled one."""
        outcome = self.assessed(self.journeys[number], world.calibration, world.draws)
        return self.side(world, outcome, self.ledgers[number])

    @cached_property
    def _on(self) -> dict[Case, Case]:
        return {}

    @cached_property
    def _outcomes(self) -> dict[World, Outcome]:
        return {}

    @cached_property
    def _drawn(self) -> dict[tuple[int, int], World]:
        return {}

    def _world(self, draws: Draws) -> World:
        found = in_chunks(
            draws, len(self.pooled), lambda some, _: calibrated(self.pooled, self.customers, some)
        )
        return World(self.pooled, draws, *found)


def case(scenario: Scenario, tallies: Sequence[Tally]) -> Case:
    """The case of a scenario from the tallies of its replications, in their order."""
    parts = tuple(t.journeys for t in tallies if t.journeys is not None)
    prices = prices_of(scenario)
    pooled = tallies[0].add(tallies[1:])
    return Case(
        customers=customers_of(scenario),
        parameters=parameters_of(scenario),
        horizon=scenario.economics.horizon,
        without=scenario.economics.without_service_churn,
        journeys=parts,
        ledgers=tuple(ledger(operations_of(tally), prices) for tally in tallies),
        pooled=journeys.add(parts),
        costs=ledger(operations_of(pooled), prices),
        growth_from=scenario.economics.growth_from,
    )


def band(values: Floats) -> tuple[float, float]:
    """The 80 % band over draws; nan where the values are not known."""
    low, high = np.quantile(values, BAND)
    return float(low), float(high)


@dataclass(frozen=True, eq=False)
class Alone:
    """A scenario alone: central figures (one draw), and over draws; its calibration, central."""

    calibration: Calibration
    outcome: Outcome
    side: Side
    stake: Stake
    spread: Outcome
    spread_side: Side
    spread_stake: Stake
    missing: list[str]


def alone(own: Case, base: Case | None = None, draws: int | None = None, seed: int | None = None) -> Alone:
    """Scores, churn and margin at stake of one case, with their spread over draws.

    base: the case on which to calibrate, itself if None; whose draws and seed hold where none are given.
    """
    on = own if base is None else base
    one, many = on.central, on.drawn(draws, seed)
    outcome, spread = own.outcome(one), own.outcome(many)
    side, spread_side = own.side(one, outcome), own.side(many, spread)
    return Alone(
        calibration=one.calibration,
        outcome=outcome,
        side=side,
        stake=stake(side, one.draws, own.horizon, own.without),
        spread=spread,
        spread_side=spread_side,
        spread_stake=stake(spread_side, many.draws, own.horizon, own.without),
        missing=own.customers.missing(),
    )


@dataclass(frozen=True, eq=False)
class Doubt:
    """How sure a comparison's net gain is.

    chance: P(net gain > 0), from draws and replications together. error: standard error of net
    gain from replications (nan with fewer than two). operations: share of the variance that is
    chance between replications, the rest being the outcome model. tornado: net gain with each
    parameter at its low and its high end, widest first.
    """

    chance: float
    error: float
    operations: float
    tornado: list[tuple[str, float, float]]


@dataclass(frozen=True, eq=False)
class Comparison:
    """A variant against its base: central gain (one draw), gain over draws, and the doubt.

    base, variant: central outcomes; pairs: central net gain of each pair of replications.
    """

    calibration: Calibration
    base: Outcome
    variant: Outcome
    gain: Gain
    spread: Gain
    pairs: Floats
    doubt: Doubt
    missing: list[str]


def compare(base: Case, variant: Case, draws: int | None = None, seed: int | None = None) -> Comparison:
    """The variant against its base: same customers, same draws, paired replications.

    Parameters, horizon and customers are the base's, and so are draws and seed where none are given.
    """
    other = on_base(variant, base)
    central, outcome = gain_of(base, other, base.central)
    spread, _ = gain_of(base, other, base.drawn(draws, seed))
    each = pairs(base, other)
    return Comparison(
        calibration=base.central.calibration,
        base=base.central.outcome,
        variant=outcome,
        gain=central,
        spread=spread,
        pairs=each,
        doubt=_doubt(spread.net, each, tornado(base, other)),
        missing=base.customers.missing(),
    )


def on_base(variant: Case, base: Case) -> Case:
    """The variant with its base's customers and horizon; the same case each time."""
    known = variant._on
    if base not in known:
        known[base] = replace(
            variant, customers=base.customers, horizon=base.horizon, growth_from=base.growth_from
        )
    return known[base]


def gain_of(base: Case, variant: Case, world: World) -> tuple[Gain, Outcome]:
    """The gain in the worlds of a base, and what the variant does to customers there."""
    outcome = variant.outcome(world)
    sides = base.side(world, world.outcome), variant.side(world, outcome)
    return economics.gain(*sides, world.draws, base.horizon), outcome


def pairs(base: Case, variant: Case) -> Floats:
    """Net gain of each pair of replications, central, under the calibration of the pooled base.

    variant: as `on_base` has it.
    """
    found, one = [], base.central
    for number in range(min(len(base.journeys), len(variant.journeys))):
        before, after = (own.replication(number, one) for own in (base, variant))
        found.append(economics.gain(before, after, one.draws, base.horizon).net[0])
    return np.array(found)


def replicated(own: Case, base: Case | None = None) -> list[Outcome]:
    """Central outcome of each replication under the base's calibration: for intervals of scores.

    base: the case on which to calibrate, itself if None.
    """
    one = (own if base is None else base).central
    return [own.assessed(rows, one.calibration, one.draws) for rows in own.journeys]


def tornado(base: Case, variant: Case) -> list[tuple[str, float, float]]:
    """Net gain with one parameter at a time at its low and high end, widest swing first."""
    names, world = base.ends
    if world is None:
        return []
    net = gain_of(base, variant, world)[0].net
    bars = [(name, float(net[2 * i]), float(net[2 * i + 1])) for i, name in enumerate(names)]
    return sorted(bars, key=lambda bar: -abs(bar[2] - bar[1]))


def _doubt(net: Floats, pairs: Floats, bars: list[tuple[str, float, float]]) -> Doubt:
    error = float(pairs.std(ddof=1) / np.sqrt(len(pairs))) if len(pairs) > 1 else np.nan
    noise = 0.0 if np.isnan(error) else error
    chance = float(np.mean(net > 0 if noise == 0 else ndtr(net / noise)))
    model = float(np.var(net))
    total = noise**2 + model
    return Doubt(
        chance=np.nan if np.isnan(net).any() else chance,
        error=error,
        operations=noise**2 / total if total > 0 else np.nan,
        tornado=bars,
    )
