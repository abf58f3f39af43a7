"""How sure the money is: draws of the outcome model, and chance between replications.

Two kinds of doubt that never share a column: the outcome model's, from drawing its parameters in
their stated ranges (80 % bands), and the operations', from replications. Base and variant always
meet the same draws; h0, Z̄ and the rest of the calibration are solved again on the base for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from ccsim.parameters import Parameter
from ccsim.results import draws as drawing
from ccsim.results import economics, journeys
from ccsim.results.calibration import Calibration, calibrate
from ccsim.results.draws import Draws, parameters_of
from ccsim.results.economics import Gain, Side, Stake
from ccsim.results.journeys import Journeys
from ccsim.results.ledger import Ledger, ledger, operations_of
from ccsim.results.loyalty import Customers, customers_of
from ccsim.results.outcome import Outcome, assess
from ccsim.results.prices import prices_of

if TYPE_CHECKING:
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

DRAWS: Final = 200
BAND: Final = (0.1, 0.9)  # the 80 % band


@dataclass(frozen=True, eq=False)
class Case:
    """A scenario's results, as the outcome model needs them: one entry a replication, and pooled."""

    customers: Customers
    parameters: dict[str, Parameter]
    horizon: int
    without: float | None
    journeys: tuple[Journeys, ...]
    ledgers: tuple[Ledger, ...]
    pooled: Journeys
    costs: Ledger


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
    stake: Stake
    spread: Outcome
    spread_stake: Stake
    missing: list[str]


def alone(
    own: Case,
    calibration: Calibration | None = None,
    base: Case | None = None,
    draws: int = DRAWS,
    seed: int = 1,
) -> Alone:
    """Scores, churn and margin at stake of one case, with their spread over draws.

    base: the case on which to calibrate, itself if None. calibration: a central calibration frozen
    earlier, taken in place of solving it on the base.
    """
    on = own if base is None else base
    one, many = drawing.central(own.parameters), drawing.sampled(own.parameters, draws, seed)
    solved = calibrate(on.pooled, on.customers, one) if calibration is None else calibration
    outcome = assess(own.pooled, solved, own.customers, one)
    spread = assess(own.pooled, calibrate(on.pooled, on.customers, many), own.customers, many)
    return Alone(
        calibration=solved,
        outcome=outcome,
        stake=_stake(own, outcome, one),
        spread=spread,
        spread_stake=_stake(own, spread, many),
        missing=own.customers.missing(),
    )


def _stake(own: Case, outcome: Outcome, draws: Draws) -> Stake:
    side = Side(outcome, own.costs)
    return economics.stake(side, own.customers, draws, own.horizon, own.without)


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


def compare(base: Case, variant: Case, draws: int = DRAWS, seed: int = 1) -> Comparison:
    """The variant against its base: same customers, same draws, paired replications.

    Parameters, horizon and customers are the base's.
    """
    one = drawing.central(base.parameters)
    many = drawing.sampled(base.parameters, draws, seed)
    solved = calibrate(base.pooled, base.customers, one)
    central, outcomes = _gain(base, variant, solved, one)
    spread, _ = _gain(base, variant, calibrate(base.pooled, base.customers, many), many)
    pairs = _pairs(base, variant, solved, one)
    return Comparison(
        calibration=solved,
        base=outcomes[0],
        variant=outcomes[1],
        gain=central,
        spread=spread,
        pairs=pairs,
        doubt=_doubt(spread.net, pairs, tornado(base, variant)),
        missing=base.customers.missing(),
    )


def _gain(
    base: Case, variant: Case, calibration: Calibration, draws: Draws
) -> tuple[Gain, tuple[Outcome, Outcome]]:
    before = assess(base.pooled, calibration, base.customers, draws)
    after = assess(variant.pooled, calibration, base.customers, draws)
    sides = Side(before, base.costs), Side(after, variant.costs)
    return economics.gain(*sides, base.customers, draws, base.horizon), (before, after)


def _pairs(base: Case, variant: Case, calibration: Calibration, draws: Draws) -> Floats:
    """Net gain of each pair of replications, under the calibration of the pooled base."""
    found = []
    numbers = range(min(len(base.journeys), len(variant.journeys)))
    for number in numbers:
        before, after = (
            Side(
                assess(own.journeys[number], calibration, base.customers, draws),
                own.ledgers[number],
            )
            for own in (base, variant)
        )
        found.append(economics.gain(before, after, base.customers, draws, base.horizon).net[0])
    return np.array(found)


def replicated(own: Case, calibration: Calibration, base: Case | None = None) -> list[Outcome]:
    """Central outcome of each replication under a frozen calibration: for intervals of scores.

    base: the case whose parameters and customers hold, its own if None.
    """
    on = own if base is None else base
    one = drawing.central(on.parameters)
    return [assess(rows, calibration, on.customers, one) for rows in own.journeys]


def tornado(base: Case, variant: Case) -> list[tuple[str, float, float]]:
    """Net gain with one parameter at a time at its low and high end, widest swing first."""
    names, draws = drawing.one_at_a_time(base.parameters)
    if not names:
        return []
    calibration = calibrate(base.pooled, base.customers, draws)
    net = _gain(base, variant, calibration, draws)[0].net
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
