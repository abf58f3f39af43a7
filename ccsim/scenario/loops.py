"""Chains of transfers and escalations that nobody ever gets out of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ccsim.errors import Fault
from ccsim.scenario.faults import fault_at
from ccsim.scenario.intents import Intent
from ccsim.scenario.nodes import Node
from ccsim.scenario.scenario import Scenario


def loop_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """One fault for each circle of intents in which every handling passes the contact on."""
    told: set[str] = set()
    for name in scenario.intents:
        circle = _trapped(scenario.intents, name)
        if name in circle and not told & circle:
            told |= circle
            key = "transfer" if scenario.intents[name].transfer is not None else "escalate"
            others = ", ".join(f"`{other}`" for other in scenario.intents if other in circle)
            yield fault_at(
                tree,
                ("intents", name, key),
                f"is passed on for ever: {others} never settle it",
                "let one of them end some contacts: a chance below 100%, or some fcr",
                at_key=True,
            )


def _trapped(intents: Mapping[str, Intent], start: str) -> set[str]:
    """All intents that a contact of one may come to, if none of them ever lets it go."""
    seen: set[str] = set()
    left = [start]
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        if _lets_go(intents[name]) > 0.0:
            return set()
        left += _next(intents[name])
    return seen


def _lets_go(intent: Intent) -> float:
    """The chance that one handling is the last."""
    stays = 1.0 - (intent.transfer.chance if intent.transfer else 0.0)
    passed = (1.0 - intent.fcr) * intent.escalate.chance if intent.escalate else 0.0
    return stays * (1.0 - passed)


def _next(intent: Intent) -> list[str]:
    found = [intent.transfer.to] if intent.transfer and intent.transfer.chance > 0.0 else []
    often = intent.escalate is not None and intent.escalate.chance > 0.0 and intent.fcr < 1.0
    stays = intent.transfer is None or intent.transfer.chance < 1.0
    return found + ([intent.escalate.to] if intent.escalate and often and stays else [])
