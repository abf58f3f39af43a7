"""What holds for a group's people: its own keys over those of the section ``workforce``."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from ccsim.distributions import Distribution
from ccsim.scenario.durations import memoryless
from ccsim.scenario.intents import parameter
from ccsim.scenario.learning import Learning
from ccsim.scenario.workforce import HiringClass, Workforce
from ccsim.units import DAY, MONTH

if TYPE_CHECKING:
    from ccsim.scenario.scenario import Scenario

USUAL_TENURE = 24 * MONTH
NOBODY_MOVES = Workforce()


def workforce_of(scenario: Scenario, name: str) -> Workforce:
    """How the people of a group change over the weeks; nothing does in a group on seat."""
    group = scenario.agents[name]
    if not group.rostered:
        return NOBODY_MOVES
    base, own = scenario.workforce or NOBODY_MOVES, group.workforce or NOBODY_MOVES
    stated = {key: getattr(own, key) for key in own.model_fields_set}
    found = base.model_copy(update=stated)
    mine = tuple(each for each in found.hiring if each.group in (None, name))
    attrition = found.attrition
    if group.employed is not None and "attrition" not in base.model_fields_set | own.model_fields_set:
        attrition = parameter("workforce.attrition_annual", 0.3)
    return found.model_copy(update={"hiring": mine, "attrition": attrition})


def learning_of(scenario: Scenario, name: str) -> Learning | None:
    """The learning curve of a group: its own, or the usual one where tenure is given or hires come."""
    group = scenario.agents[name]
    if "learning" in group.model_fields_set:
        return group.learning
    known = group.tenure is not None or any(person.tenure is not None for person in group.people)
    return Learning() if known or workforce_of(scenario, name).hires else None


def tenure_of(scenario: Scenario, name: str) -> Distribution:
    """Time in the job of a group's people at the beginning, where the table does not say it."""
    return scenario.agents[name].tenure or memoryless(USUAL_TENURE)


def first_days(scenario: Scenario, each: HiringClass) -> list[float]:
    """First days of a hiring class's people within the run, s."""
    if each.start is not None:
        called = [(each.start - scenario.start).days * DAY]
    else:
        every = each.every or inf
        called = [k * every for k in range(int(scenario.end // every) + 1)]
    days = [moment + each.lead for moment in called]
    return [day for day in days if scenario.begin <= day < scenario.end]


def hires_planned(scenario: Scenario, name: str) -> list[tuple[float, float, int]]:
    """Classes that come to a group: (first day s, s of training, people), in order of time."""
    terms = workforce_of(scenario, name)
    found = [
        (day, terms.training if each.training is None else each.training, each.agents)
        for each in terms.hiring
        for day in first_days(scenario, each)
    ]
    return sorted(found)
