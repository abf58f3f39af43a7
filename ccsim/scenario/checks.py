"""``ccsim check``: every fault of a scenario, and what is allowed but probably not meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike

import numpy as np

from ccsim.distributions import Never
from ccsim.errors import Fault, ScenarioError, fault_lines
from ccsim.scenario.capacity import SLOT, Load, open_slots, overloads, seats
from ccsim.scenario.days import DAYS
from ccsim.scenario.faults import fault_at
from ccsim.scenario.loading import load
from ccsim.scenario.merging import expanded
from ccsim.scenario.nodes import Node
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.sense import staffed
from ccsim.units import format_time, plain


@dataclass(frozen=True)
class Report:
    """What ``check`` found: the scenario (None when it has faults), faults and warnings."""

    scenario: Scenario | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether the scenario can be run."""
        return self.scenario is not None

    def __str__(self) -> str:
        if self.faults:
            return str(ScenarioError(self.faults))
        count = len(self.warnings)
        verdict = "No faults" + (f", {count} warning{'s' if count != 1 else ''}." if count else ".")
        return "\n".join([*fault_lines(self.warnings), f"  {verdict}"])


def check(path: str | PathLike[str], variant: str | None = None,
          sets: Sequence[str] = ()) -> Report:
    """Read a scenario and say all that is wrong with it; never raises for what a user wrote."""
    try:
        scenario = load(path, variant, sets)
    except ScenarioError as error:
        return Report(None, error.faults, ())
    return Report(scenario, (), tuple(warnings(scenario)))


def warnings(scenario: Scenario) -> list[Fault]:
    """What may be run but is probably not meant; empty for a scenario built in Python."""
    tree = scenario.source.tree
    if tree is None:
        return []
    checks: tuple[Callable[[Scenario, Node], Iterator[Fault]], ...] = (
        _unreached, _uncovered, _overloaded, _moneyless)
    full = expanded(tree)
    return [fault for one in checks for fault in one(scenario, full)]


def _unreached(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Groups that no contact ever reaches."""
    opening = open_slots(scenario)
    wanted = {scenario.intents[name].skill for channel in scenario.arrivals
              for name, share in scenario.mix(channel).items() if share}
    for name, group in scenario.agents.items():
        path = ("agents", name)
        if not staffed(scenario, group):
            yield fault_at(tree, path, "never has an agent", "leave it out, or give it some",
                           at_key=True)
        elif not (seats(scenario, group) * opening).any():
            yield fault_at(tree, path, "is never there while the lines are open",
                           "compare `calendar.hours` with its shifts", at_key=True)
        elif not wanted & set(group.skills):
            yield fault_at(tree, path, "nobody can reach it: no contact needs its skills",
                           f"skills needed: {', '.join(sorted(wanted))}", at_key=True)
        elif not group.handles.get("voice", 0):
            yield fault_at(tree, path, "nobody can reach it: it handles no voice",
                           "write `handles: {voice: 1}`", at_key=True)


def _uncovered(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Open times at which nobody has the skill of an intent."""
    opening = open_slots(scenario) > 0
    there = {name: seats(scenario, group) > 0 for name, group in scenario.agents.items()}
    for name, intent in scenario.intents.items():
        if not any(scenario.mix(channel)[name] for channel in scenario.arrivals):
            continue
        able = [there[g] for g, group in scenario.agents.items() if intent.skill in group.skills]
        bare = opening & ~np.any(able, axis=0)
        if bare.any():
            day, slot = (int(place[0]) for place in np.nonzero(bare))
            hours = bare.sum() * SLOT / 3600
            yield fault_at(tree, ("intents", name),
                           f"nobody is there to serve it {plain(hours)} open hours a week, first "
                           f"on {DAYS[day]} at {format_time(slot * SLOT)}",
                           "compare `calendar.hours` with the shifts and seats", at_key=True)


def _overloaded(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Skills with more work than hands on the average of the week."""
    for found in overloads(scenario)[:5]:
        names = [name for name, intent in scenario.intents.items() if intent.skill in found.skills]
        endless = any(isinstance(scenario.intents[name].patience
                                 or scenario.channels["voice"].patience, Never) for name in names)
        path = ("intents", names[0]) if len(scenario.intents) > len(names) else ("agents",)
        yield fault_at(tree, path, _load_text(found),
                       "nobody hangs up here, so the queue grows without end" if endless else
                       "many will hang up; more agents, or less work", at_key=True)


def _load_text(found: Load) -> str:
    skills = ", ".join(f"`{skill}`" for skill in found.skills)
    return (f"{skills}: work for {found.work:.1f} agents while open, and "
            f"{found.agents:.1f} there (load {found.ratio * 100:.0f} %)")


def _moneyless(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Segments whose worth nobody stated: their money stays unknown."""
    for name, segment in scenario.customers.items():
        lacking = [key for key in ("count", "margin", "churn") if getattr(segment, key) is None]
        if lacking:
            examples = {"count": "count: 60000", "margin": "margin: 14.00/month",
                        "churn": "churn: 18%/year"}
            yield fault_at(tree, ("customers", name),
                           f"says no {', '.join(lacking)}: money figures stay unknown",
                           f"add `{', '.join(examples[key] for key in lacking)}`", at_key=True)
