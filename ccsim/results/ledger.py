"""What the centre costs a year, line by line, and what is sold in it.

Direct labour is wages, overtime and the employer's on-costs on both; overhead (supervision,
quality, planning, rent) is a share of it. Everything is scaled from the counted weeks to a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.parameters import Parameter
from ccsim.results.draws import parameters_of
from ccsim.results.loyalty import MONTHS, YEAR_WEEKS

if TYPE_CHECKING:
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

HOUR: Final = 3600.0
LINES: Final = ("wages", "on_costs", "overtime", "licences", "telecom", "overhead")


@dataclass(frozen=True, eq=False)
class Operations:
    """What was worked and handled in the counted weeks, summed over replications.

    By group, shape (groups,): paid_hours (all that is paid, overtime included, shrinkage too),
    overtime_hours (of these), talk_minutes (a line in use: talk and hold) and handled (legs).
    seats: agents on seat at the peak. contacts: contacts handled; resolved: issues resolved by
    intent, (intents,); offered: contacts that asked for a person. weeks: counted weeks in all.
    """

    groups: tuple[str, ...]
    sites: tuple[str, ...]
    intents: tuple[str, ...]
    paid_hours: Floats
    overtime_hours: Floats
    talk_minutes: Floats
    handled: Floats
    seats: Floats
    resolved: Floats
    contacts: float
    offered: float
    weeks: float

    @property
    def per_year(self) -> float:
        """What turns a sum over the counted weeks into a year."""
        return YEAR_WEEKS / self.weeks


def operations_of(tally: Tally) -> Operations:
    """The operations in a tally, of one replication or pooled. ValueError without journeys."""
    journeys, names, group = tally.journeys, tally.names, tally.by_group
    if journeys is None:
        raise ValueError("this tally was reduced without journeys")
    solved = np.bincount(journeys.intent, journeys.count * journeys.resolved, len(journeys.intents))
    return Operations(
        groups=names.groups,
        sites=names.sites,
        intents=names.intents,
        paid_hours=group["paid"] / HOUR,
        overtime_hours=group["overtime"] / HOUR,
        talk_minutes=(group["talk"] + group["hold"]) / 60.0,
        handled=group["handled"],
        seats=np.bincount(names.agents, minlength=len(names.groups)).astype(np.float64),
        resolved=solved.astype(np.float64),
        contacts=float(tally.by_cell["handled"].sum()),
        offered=float(tally.by_cell["offered"].sum()),
        weeks=journeys.weeks,
    )


@dataclass(frozen=True, eq=False)
class Prices:
    """By group, (groups,): wage an hour, overtime factor, on_cost share, licence an agent and
    month. telecom a minute, overhead share of direct labour. upsell: money an issue resolved, by
    intent. one_off: spent once, at the start."""

    wage: Floats
    overtime: Floats
    on_cost: Floats
    licence: Floats
    telecom: float
    overhead: float
    upsell: Floats
    one_off: float


def prices_of(scenario: Scenario) -> Prices:
    """The scenario's prices; `cost.*` parameters where it gives none."""
    parameters = parameters_of(scenario)
    groups = list(scenario.agents.values())

    def column(field: str, name: str) -> Floats:
        # A default that the model filled in is not the group's own word.
        given = [getattr(group, field) if field in group.model_fields_set else None for group in groups]
        return np.array([_or_default(value, parameters[name]) for value in given])

    offers = [intent.upsell for intent in scenario.intents.values()]
    return Prices(
        wage=column("wage", "cost.wage_hour"),
        overtime=column("overtime", "cost.overtime_factor"),
        on_cost=column("on_cost", "cost.on_cost"),
        licence=column("licence", "cost.licence_agent_month"),
        telecom=parameters["cost.telecom_min"].number,
        overhead=parameters["cost.overhead"].number,
        upsell=np.array([0.0 if offer is None else offer.chance * offer.margin for offer in offers]),
        one_off=_one_off(scenario),
    )


def _one_off(scenario: Scenario) -> float:
    """What the scenario spends at once, and what the variant it is costs at once."""
    variant = scenario.variants.get(scenario.source.variant or "")
    return float(scenario.economics.one_off) + (float(variant.one_off) if variant else 0.0)


def _or_default(value: float | None, parameter: Parameter) -> float:
    return parameter.number if value is None else float(value)


@dataclass(frozen=True, eq=False)
class Ledger:
    """Costs a year: each line by group, (groups,); one_off once. Money."""

    groups: tuple[str, ...]
    sites: tuple[str, ...]
    lines: Mapping[str, Floats]
    one_off: float
    contacts: float
    resolved: float
    upsell: float

    @property
    def total(self) -> float:
        """All lines of a year, without the one-off."""
        return float(sum(line.sum() for line in self.lines.values()))

    @property
    def by_line(self) -> dict[str, float]:
        """Each line over all groups, then the one-off."""
        return {name: float(line.sum()) for name, line in self.lines.items()} | {"one_off": self.one_off}

    @property
    def by_group(self) -> dict[str, float]:
        """All lines of a year by group."""
        every = np.sum(list(self.lines.values()), axis=0)
        return dict(zip(self.groups, every.tolist(), strict=True))

    @property
    def by_site(self) -> dict[str, float]:
        """All lines of a year by site."""
        totals: dict[str, float] = {}
        for site, cost in zip(self.sites, self.by_group.values(), strict=True):
            totals[site] = totals.get(site, 0.0) + cost
        return totals

    @property
    def per_contact(self) -> float:
        """All costs of a year / contacts handled; nan where none was."""
        return self.total / self.contacts if self.contacts else float("nan")

    @property
    def per_resolution(self) -> float:
        """All costs of a year / issues resolved; nan where none was."""
        return self.total / self.resolved if self.resolved else float("nan")


def ledger(operations: Operations, prices: Prices) -> Ledger:
    """Costs a year of these operations at these prices."""
    year = operations.per_year
    wages = year * prices.wage * (operations.paid_hours - operations.overtime_hours)
    overtime = year * prices.wage * prices.overtime * operations.overtime_hours
    on_costs = prices.on_cost * (wages + overtime)
    lines = {
        "wages": wages,
        "on_costs": on_costs,
        "overtime": overtime,
        "licences": MONTHS * prices.licence * operations.seats,
        "telecom": year * prices.telecom * operations.talk_minutes,
        "overhead": prices.overhead * (wages + overtime + on_costs),
    }
    return Ledger(
        groups=operations.groups,
        sites=operations.sites,
        lines=lines,
        one_off=prices.one_off,
        contacts=year * operations.contacts,
        resolved=year * float(operations.resolved.sum()),
        upsell=year * float(prices.upsell @ operations.resolved),
    )
