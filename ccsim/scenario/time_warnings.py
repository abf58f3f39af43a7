"""Warnings of what is dated outside the run: it changes nothing, as where a run was made shorter."""

from __future__ import annotations

from collections.abc import Iterator

from ccsim.errors import Fault
from ccsim.scenario.faults import fault_at
from ccsim.scenario.nodes import Node, Path, find
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.terms import first_days
from ccsim.scenario.workforce import Workforce
from ccsim.units import format_duration


def time_warnings(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Events, outages and hiring classes of which the run sees nothing."""
    for path, what in (*_events(scenario), *_outages(scenario), *_classes(scenario)):
        known = path if find(tree, path) is not None else path[:-1]
        yield fault_at(
            tree,
            known,
            f"{what} outside the simulated time and changes nothing",
            f"the run starts on {scenario.start} less the warm-up and simulates "
            f"{format_duration(scenario.end - scenario.begin)}",
        )


def _outside(scenario: Scenario, start: float, end: float) -> bool:
    return end <= scenario.begin or start >= scenario.end


def _events(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    for name, event in scenario.events.items():
        if _outside(scenario, event.start, event.end):
            yield ("events", name, "from"), "lies"


def _outages(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    for name, bot in scenario.self_service.items():
        if any(_outside(scenario, *span) for span in bot.outages):
            yield ("self_service", name, "outages"), "an outage lies"


def _classes(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    stated: dict[Path, Workforce | None] = {("workforce",): scenario.workforce}
    stated |= {("agents", name, "workforce"): group.workforce for name, group in scenario.agents.items()}
    for path, workforce in stated.items():
        for number, each in enumerate(workforce.hiring if workforce else ()):
            if not first_days(scenario, each):
                key = "start" if each.start is not None else "lead"
                yield (*path, "hiring", str(number), key), "their first day lies"
