"""Which of the usual figures about people a scenario stands on: for ``explain``."""

from __future__ import annotations

from ccsim.scenario.agents import Group
from ccsim.scenario.nodes import Path
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.terms import learning_of, workforce_of
from ccsim.scenario.workforce import Workforce


def people_stand_on(scenario: Scenario, path: Path) -> bool:
    """Whether the default at a path below ``agents`` or ``workforce`` is in force."""
    if path[0] == "workforce":
        shared = [name for name, group in scenario.agents.items() if group.workforce is None]
        return any(_moves_by(scenario, name, path[1:]) for name in shared)
    name, key = path[1], path[2]
    group = scenario.agents[name]
    if key == "workforce":
        return group.workforce is not None and _moves_by(scenario, name, path[3:])
    if key == "shrinkage" or key == "adherence":
        return group.rostered == (path[-1] != "other")
    if key in ("learning", "tenure"):
        return learning_of(scenario, name) is not None and (key == "learning" or _unknown(group))
    if key == "assist":
        return (
            group.assist is not None
            and (group.assist.output if path[-1] == "output" else group.assist.drafting) is not None
        )
    if key in ("employed", "training"):
        return getattr(group, key) is not None
    return True


def _unknown(group: Group) -> bool:
    """Whether somebody's time in the job is not in a table."""
    return not group.people or any(person.tenure is None for person in group.people)


def _moves_by(scenario: Scenario, name: str, path: Path) -> bool:
    terms: Workforce = workforce_of(scenario, name)
    if path[0] == "attrition":
        return bool(terms.attrition)
    if path[0] == "replace":
        return bool(terms.attrition) and terms.replace is not None
    if path[0] == "strain":
        return terms.strain is not None
    return terms.hires
