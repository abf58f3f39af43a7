"""Rules by which an arriving contact finds its agent.

Most rank crews before the run: the smallest rank first, then least loaded, then longest idle. Three look
at single agents while the centre runs (`scores.py`); they rank all crews alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ccsim.centre.crews import Crew
from ccsim.centre.tables import BY_RANK, LEAST_OCCUPIED, LOAD_AWARE, STRAIN_AWARE
from ccsim.parameters import outcome_parameters
from ccsim.scenario import Scenario

Ranking = Callable[[Scenario, Crew, str], float]


def alike(scenario: Scenario, crew: Crew, skill: str) -> float:
    """All crews alike."""
    return 0.0


def most_skilled(scenario: Scenario, crew: Crew, skill: str) -> float:
    """Most proficient in the skill first: speed times chance to resolve."""
    mastery = crew.skills[skill]
    return -mastery.speed * mastery.fcr


def least_skilled(scenario: Scenario, crew: Crew, skill: str) -> float:
    """Fewest skills first, so that generalists stay free."""
    return float(len(crew.skills))


def most_proficient(scenario: Scenario, crew: Crew, skill: str) -> float:
    """Who resolves most an hour first, whatever the rank: tools and training count too."""
    return -crew.fcr[skill] / crew.talk[skill]


def cheapest(scenario: Scenario, crew: Crew, skill: str) -> float:
    """Least wage for the time it takes first."""
    wage = crew.wage if crew.wage is not None else outcome_parameters()["cost.wage_hour"].number
    return wage * crew.talk[skill]


AGENT_RULES: Mapping[str, Ranking] = {
    "longest_idle": alike,
    "most_skilled_for_intent": most_skilled,
    "least_skilled_first": least_skilled,
    "most_proficient": most_proficient,
    "cheapest": cheapest,
    "least_occupied": alike,
    "load_aware": alike,
    "strain_aware": alike,
}
SCORED: Mapping[str, int] = {
    "least_occupied": LEAST_OCCUPIED,
    "load_aware": LOAD_AWARE,
    "strain_aware": STRAIN_AWARE,
}


def score_of(rule: str) -> int:
    """The code of the score a rule looks at, BY_RANK for none."""
    return SCORED.get(rule, BY_RANK)
