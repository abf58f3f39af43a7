"""Customers and money of one scenario: the outcome chain over its replications and its draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.experiments.seen import Seen, ThreeWays
from ccsim.results import uncertainty
from ccsim.results.costs import Paid
from ccsim.results.draws import parameters_of
from ccsim.results.loyalty import YEAR_WEEKS, customers_of
from ccsim.results.outcome import Outcome
from ccsim.results.prices import prices_of
from ccsim.results.stake import stake
from ccsim.results.statistics import student_mean
from ccsim.results.uncertainty import Alone, Case

if TYPE_CHECKING:
    from ccsim.experiments.base import Base
    from ccsim.results.ledger import Ledger
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Pick = Callable[[Outcome], Floats]

SCORES: dict[str, Pick] = {
    "csat": lambda outcome: outcome.scores.csat,
    "csat_top": lambda outcome: outcome.scores.csat_top,
    "csat_mean": lambda outcome: outcome.scores.csat_mean,
    "csat_surveyed": lambda outcome: outcome.scores.surveyed_csat,
    "response": lambda outcome: outcome.scores.answered,
    "ces": lambda outcome: outcome.scores.ces,
    "nps": lambda outcome: outcome.scores.nps,
}


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval over replications and its 80 % band over the model's draws."""

    value: float
    low: float = float("nan")
    high: float = float("nan")
    model_low: float = float("nan")
    model_high: float = float("nan")


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What the journeys of a run mean to customers and in money, calibrated on its base.

    draws, seed: of the outcome parameters, for the model's bands.
    """

    scenario: Scenario
    tallies: Sequence[Tally]
    base: Base | None = None
    draws: int = uncertainty.DRAWS
    seed: int = 1

    @cached_property
    def case(self) -> Case:
        """The run as the outcome model needs it; a variant has its base's customers and parameters."""
        own = replace(uncertainty.case(self.scenario, self.tallies), draws=self.draws, seed=self.seed)
        if self.base is None:
            return own
        on = self.base.scenario
        return replace(
            own,
            customers=customers_of(on),
            parameters=parameters_of(on),
            growth_from=on.economics.growth_from,
        )

    @cached_property
    def base_case(self) -> Case | None:
        """The base on which to calibrate; None where the run is its own."""
        if self.base is None:
            return None
        return replace(self.case, pooled=self.base.journeys)

    @cached_property
    def alone(self) -> Alone:
        """Central outcome and its spread over draws."""
        return uncertainty.alone(self.case, base=self.base_case)

    @cached_property
    def each(self) -> list[Outcome]:
        """Central outcome of each replication."""
        return uncertainty.replicated(self.case, self.base_case)

    @cached_property
    def seen(self) -> ThreeWays:
        """The centre with its customers ahead: pooled, each replication, and over the model's draws.

        Each replication of a base is calibrated on itself: what the scenario states has no interval. Those
        of a variant are calibrated on its base as a whole.
        """
        case, on, alone = self.case, self.base_case or self.case, self.alone

        def replication(number: int) -> Seen:
            rows = case.journeys[number]
            world = on.central if self.base else replace(case, pooled=rows).central
            side = case.replication(number, world)
            return Seen(rows, side, stake(side, world.draws, case.horizon, case.without), world)

        return ThreeWays(
            central=Seen(case.pooled, alone.side, alone.stake, on.central),
            each=[replication(number) for number in range(len(case.journeys))],
            drawn=Seen(case.pooled, alone.spread_side, alone.spread_stake, on.drawn()),
        )

    @property
    def missing(self) -> list[str]:
        """Scenario lines without which money and churn stay unknown."""
        return self.alone.missing

    @property
    def counted_costs(self) -> list[Paid]:
        """Costs of the counted weeks, of each replication."""
        prices = prices_of(self.scenario)
        pairs = zip(self.case.ledgers, self.tallies, strict=True)
        return [Paid.of(book, tally, prices) for book, tally in pairs]

    def score(self, name: str) -> Figure:
        """One of `SCORES`, or 'churn' (a year, all segments)."""
        pick = self.churn_of if name == "churn" else SCORES[name]
        return self._figure(pick)

    def churn_of(self, outcome: Outcome) -> Floats:
        """Share of all customers lost in a year, by draw."""
        return self._weighted(outcome.churn)

    def cost(self) -> Figure:
        """Cost a year."""
        value = self.case.costs.total
        return _with_interval(value, [costs.total for costs in self.case.ledgers])

    def at_stake(self) -> Figure:
        """Margin lost to bad episodes over the horizon."""
        low, high = uncertainty.band(self.alone.spread_stake.at_stake)
        return Figure(float(self.alone.stake.at_stake[0]), model_low=low, model_high=high)

    def self_service_saving(self, name: str) -> Figure:
        """What a self-service spares a year: people's cost of what it truly resolved, less its own.

        Each issue it resolved at the mean cost of a contact handled on that channel: an upper bound,
        since what is left for people is harder than what self-service takes.
        """
        each = [self._spared(name, tally, costs) for tally, costs in zip(
            self.tallies, self.case.ledgers, strict=True)]  # fmt: skip
        return _with_interval(float(np.mean(each)), each)

    def _spared(self, name: str, tally: Tally, costs: Ledger) -> float:
        by_day, year = tally.by_channel_day, YEAR_WEEKS / self.scenario.weeks
        resolved, handled = (year * by_day[fact].sum(axis=1) for fact in ("bot_resolved", "handled"))
        own = [self.scenario.self_service_of(channel) == name for channel in costs.channels]
        people = costs.by_channel[:-1] - costs.self_service
        worth = resolved * people / np.maximum(handled, 1.0) - costs.self_service
        return float(worth[own].sum())

    def total_roi(self, months: int | None = None) -> Figure:
        """ROI in % against no service at all; nan unless the scenario says what churn would be.

        months: after so many of the curves (default: the horizon).
        """
        count = self.case.horizon if months is None else months
        low, high = uncertainty.band(self.alone.spread_stake.roi_after(count))
        return Figure(float(self.alone.stake.roi_after(count)[0]), model_low=low, model_high=high)

    def pays_back(self) -> Figure:
        """Month in which gains against no service first cover costs, so far; nan if no month does."""
        month, drawn = self.alone.stake.payback, self.alone.spread_stake.payback
        low, high = uncertainty.band(drawn)
        return Figure(float(month[0]), model_low=low, model_high=high)

    @property
    def months(self) -> int:
        """Months that the curves run."""
        return len(self.alone.stake.costs)

    @property
    def break_even_customers(self) -> float:
        """Customers who, kept for the whole horizon, would pay for the service."""
        return float(self.alone.stake.pays_for_itself[0])

    @cached_property
    def drivers(self) -> dict[str, list[tuple[str, float, float]]]:
        """CSAT and churn with each parameter at its low and its high end, widest swing first."""
        names, ends = (self.base_case or self.case).ends
        if ends is None:
            return {"csat": [], "churn": []}
        outcome = self.case.outcome(ends)
        # The calibration pins churn to what was stated: what moves with a parameter is the part
        # of it that bad episodes make.
        without = 1.0 - outcome.stay_without_bad**12
        part = self._weighted(outcome.churn - without)
        return {"csat": _bars(names, outcome.scores.csat), "churn": _bars(names, part)}

    def _weighted(self, by_segment: Floats) -> Floats:
        """Mean over segments by customers, by draw."""
        count = self.case.customers.count
        if len(count) == 1:
            return np.asarray(by_segment[0])
        return np.asarray((count[:, None] * by_segment).sum(axis=0) / count.sum())

    def _figure(self, pick: Pick) -> Figure:
        central = float(pick(self.alone.outcome)[0])
        low, high = uncertainty.band(pick(self.alone.spread))
        figure = _with_interval(central, [float(pick(outcome)[0]) for outcome in self.each])
        return replace(figure, model_low=low, model_high=high)


def _with_interval(value: float, each: Sequence[float]) -> Figure:
    """The pooled value; the interval is as wide as that of the mean over replications."""
    mean = student_mean(np.array(each))
    half = float(mean.high - mean.value)
    return Figure(value, value - half, value + half)


def _bars(names: list[str], values: Floats) -> list[tuple[str, float, float]]:
    bars = [(name, float(values[2 * i]), float(values[2 * i + 1])) for i, name in enumerate(names)]
    return sorted(bars, key=lambda bar: -abs(bar[2] - bar[1]) if bar[1] == bar[1] else 0.0)
