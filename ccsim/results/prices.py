"""What things cost: wages, fees, licences, self-service and outreach, from the scenario or by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.parameters import Parameter
from ccsim.results.draws import parameters_of

if TYPE_CHECKING:
    from ccsim.scenario import Scenario
    from ccsim.scenario.agents import Group

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class BotPrice:
    """Money for each session, and for each contained one: claimed, not truly resolved."""

    session: float
    contained: float


@dataclass(frozen=True, eq=False)
class Prices:
    """By group, (groups,): wage an hour, overtime factor, on_cost share, licence and assist an agent
    and month, overhead share of direct labour (or fees); fee_contact a contact handled, fee_hour an
    hour on the roster, fee_minute a minute of handling (of partners, who cost no wages); hire: money
    a person hired (0 of groups that hire nobody); gesture: money expected for each contact resolved;
    training: money an agent, once. telecom a minute on the telephone. upsell: money an issue resolved, by
    intent. self_service: by channel, None where none is. outreach: money a customer reached, by
    programme. one_off: spent once, at the start."""

    wage: Floats
    overtime: Floats
    on_cost: Floats
    licence: Floats
    assist: Floats
    overhead: Floats
    fee_contact: Floats
    fee_hour: Floats
    fee_minute: Floats
    hire: Floats
    gesture: Floats
    training: Floats
    telecom: float
    upsell: Floats
    self_service: tuple[BotPrice | None, ...]
    outreach: Floats
    one_off: float


def prices_of(scenario: Scenario) -> Prices:
    """The scenario's prices; `cost.*` parameters where it gives none."""
    parameters = parameters_of(scenario)
    groups = list(scenario.agents.values())
    partner = np.array([_is_partner(scenario, group) for group in groups])

    def column(field: str, name: str) -> Floats:
        # A default that the model filled in is not the group's own word.
        given = [getattr(group, field) if field in group.model_fields_set else None for group in groups]
        return np.array([_or_default(value, parameters[name]) for value in given])

    def own(values: Floats) -> Floats:
        """A partner sends invoices instead."""
        return np.where(partner, 0.0, values)

    offers = [intent.upsell for intent in scenario.intents.values()]
    return Prices(
        wage=own(_wages(groups, column("wage", "cost.wage_hour"))),
        overtime=column("overtime", "cost.overtime_factor"),
        on_cost=column("on_cost", "cost.on_cost"),
        licence=own(column("licence", "cost.licence_agent_month")),
        assist=_each(groups, lambda group: None if group.assist is None else group.assist.licence),
        overhead=_overheads(scenario, parameters["cost.overhead"]),
        fee_contact=_fees(scenario, "fee_contact"),
        fee_hour=_fees(scenario, "fee_hour"),
        fee_minute=_fees(scenario, "fee_minute"),
        hire=own(_hires(scenario, parameters["workforce.replacement_cost"])),
        gesture=_each(groups, lambda group: group.empowerment.cost if group.empowerment else None),
        training=_each(groups, lambda group: group.training.cost if group.training else None),
        telecom=parameters["cost.telecom_min"].number,
        upsell=np.array([0.0 if offer is None else offer.chance * offer.margin for offer in offers]),
        self_service=tuple(_bot(scenario, channel) for channel in scenario.channels),
        outreach=np.array([programme.cost for programme in scenario.proactive.values()], np.float64),
        one_off=_one_off(scenario),
    )


def _or_default(value: float | None, parameter: Parameter) -> float:
    return parameter.number if value is None else float(value)


def _each(groups: list[Group], price: Callable[[Group], float | None]) -> Floats:
    return np.array([float(price(group) or 0.0) for group in groups])


def _is_partner(scenario: Scenario, group: Group) -> bool:
    site = scenario.sites.get(group.site)
    return site is not None and site.partner


def _wages(groups: list[Group], by_group: Floats) -> Floats:
    """Wages an hour; of a table of people, their mean."""
    return np.array([
        np.mean([wage if person.wage is None else person.wage for person in group.people])
        if group.people else wage
        for group, wage in zip(groups, by_group, strict=True)
    ])  # fmt: skip


def _overheads(scenario: Scenario, usual: Parameter) -> Floats:
    sites = [scenario.sites.get(group.site) for group in scenario.agents.values()]
    return np.array([_or_default(site.overhead if site else None, usual) for site in sites])


def _fees(scenario: Scenario, name: str) -> Floats:
    sites = [scenario.sites.get(group.site) for group in scenario.agents.values()]
    return np.array([float((getattr(site, name) if site else None) or 0.0) for site in sites])


def _hires(scenario: Scenario, usual: Parameter) -> Floats:
    from ccsim.scenario.terms import workforce_of

    every = [workforce_of(scenario, name) for name in scenario.agents]
    return np.array([_or_default(terms.cost, usual) if terms.hires else 0.0 for terms in every])


def _bot(scenario: Scenario, channel: str) -> BotPrice | None:
    name = scenario.self_service_of(channel)
    bot = scenario.self_service[name] if name else None
    return BotPrice(bot.cost_session, bot.cost_resolution) if bot else None


def _one_off(scenario: Scenario) -> float:
    """What the scenario spends at once, and what the variant it is costs at once."""
    variant = scenario.variants.get(scenario.source.variant or "")
    return float(scenario.economics.one_off) + (float(variant.one_off) if variant else 0.0)
