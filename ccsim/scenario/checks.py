"""``ccsim check``: every fault of a scenario, and what is allowed but probably not meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike

from ccsim.errors import Fault, ScenarioError, fault_lines
from ccsim.scenario.base_warnings import base_warnings
from ccsim.scenario.faults import fault_at
from ccsim.scenario.load_warnings import load_warnings
from ccsim.scenario.loading import load
from ccsim.scenario.merging import expanded
from ccsim.scenario.nodes import Node
from ccsim.scenario.reach import reach_warnings
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.sense_outcomes import outcome_warnings
from ccsim.scenario.time_warnings import time_warnings


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


def check(path: str | PathLike[str], variant: str | None = None, sets: Sequence[str] = ()) -> Report:
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
        base_warnings,
        reach_warnings,
        load_warnings,
        time_warnings,
        _idle_rules,
        outcome_warnings,
        _moneyless,
    )
    full = expanded(tree)
    return [fault for one in checks for fault in one(scenario, full)]


def not_taken(variant: Scenario, base: Scenario | None = None) -> list[Fault]:
    """What a variant states and is taken from its base all the same.

    base: what it is compared with, where that is another file.
    """
    tree = variant.source.tree
    return [] if tree is None else list(base_warnings(variant, expanded(tree), base))


def _idle_rules(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Rules that are stated and change nothing."""
    routing = scenario.routing
    chosen = any("routing.contact" in variant.set for variant in scenario.variants.values())
    points = routing.points.start or routing.points.a_minute
    if points and routing.contact != "points" and not chosen:
        yield fault_at(
            tree,
            ("routing", "points"),
            f"have no effect: contacts are chosen by {routing.contact}",
            "write `contact: points`",
            at_key=True,
        )
    if routing.across_sites == "expected_wait" and len(_sites(scenario)) < 2:
        yield fault_at(
            tree,
            ("routing", "across_sites"),
            "has no effect: there is one site",
            "name a `site` for some groups",
        )
    strained = [scenario.workforce, *(group.workforce for group in scenario.agents.values())]
    if routing.agent == "strain_aware" and not any(own and own.strain for own in strained):
        yield fault_at(
            tree, ("routing", "agent"), "has no effect: strain is off", "write `workforce: {strain: on}`"
        )


def _sites(scenario: Scenario) -> set[str]:
    return {group.site for group in scenario.agents.values()}


def _moneyless(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Segments whose worth nobody stated: their money stays unknown."""
    for name, segment in scenario.customers.items():
        lacking = [key for key in ("count", "margin", "churn") if getattr(segment, key) is None]
        if lacking:
            examples = {"count": "count: 60000", "margin": "margin: 14.00/month", "churn": "churn: 18%/year"}
            yield fault_at(
                tree,
                ("customers", name),
                f"says no {', '.join(lacking)}: money figures stay unknown",
                f"add `{', '.join(examples[key] for key in lacking)}`",
                at_key=True,
            )
