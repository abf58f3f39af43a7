"""Warnings of who cannot reach whom: groups without contacts, contacts without anybody."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ccsim.errors import Fault
from ccsim.scenario.agents import Group
from ccsim.scenario.capacity import seats
from ccsim.scenario.days import DAYS
from ccsim.scenario.faults import fault_at
from ccsim.scenario.nodes import Node, Path, find
from ccsim.scenario.offered import SLOT, intents_on, open_slots
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.sense import staffed
from ccsim.scenario.sense_channels import comes_to
from ccsim.units import format_time, plain, quote

MOST_TOLD = 6


def reach_warnings(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Groups that no contact reaches, channels that nothing comes to, intents nobody serves."""
    wanted = {
        name: {scenario.intents[intent].skill for intent in intents_on(scenario, name)}
        for name in scenario.channels
        if comes_to(scenario, name)
    }
    yield from _groups(scenario, tree, wanted)
    yield from _channels(scenario, tree)
    told = list(_uncovered(scenario, tree))
    yield from told[:MOST_TOLD]
    if len(told) > MOST_TOLD:
        yield fault_at(
            tree,
            ("agents",),
            f"{len(told) - MOST_TOLD} more intents are not served at all open hours",
            "compare `handles` and `skills` of the groups",
            at_key=True,
        )


def _groups(scenario: Scenario, tree: Node, wanted: dict[str, set[str]]) -> Iterator[Fault]:
    for name, group in scenario.agents.items():
        found = _unreached(scenario, group, wanted)
        if found is not None:
            yield fault_at(tree, ("agents", name), *found, at_key=True)


def _unreached(scenario: Scenario, group: Group, wanted: dict[str, set[str]]) -> tuple[str, str] | None:
    """Why no contact ever reaches a group, and the fix."""
    if not staffed(scenario, group):
        return "never has an agent", "leave it out, or give it some"
    mine = [name for name, number in group.handles.items() if number and name in wanted]
    if not mine:
        words = " or ".join(wanted)
        example = f"{next(iter(wanted), 'voice')}: 1"
        return (f"nobody can reach it: it handles no {words}", f"write `handles: {{{example}}}`")
    live = [name for name in mine if scenario.channels[name].live]
    doors = [open_slots(scenario, name) for name in live]
    if len(live) == len(mine) and not (seats(scenario, group) * np.max(doors, axis=0)).any():
        return ("is never there while the lines are open", "compare `calendar.hours` with its shifts")
    needed = set().union(*(wanted[name] for name in mine))
    if not needed & set(group.skills):
        return (
            "nobody can reach it: no contact needs its skills",
            f"skills needed: {', '.join(sorted(needed)) or 'none'}",
        )
    return None


def _channels(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    for name in scenario.channels:
        if not comes_to(scenario, name):
            yield fault_at(
                tree,
                ("channels", name),
                "no contact ever comes here",
                f"name it under `arrivals:`, or leave {quote(name)} out",
                at_key=True,
            )


def _uncovered(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Open times at which nobody who handles a channel has the skill of an intent."""
    several = len([name for name in scenario.channels if comes_to(scenario, name)]) > 1
    there = {name: seats(scenario, group) > 0 for name, group in scenario.agents.items()}
    for channel in scenario.channels:
        intents = intents_on(scenario, channel)
        for name in scenario.intents:
            if name in intents:
                found = _lacking(scenario, channel, name, there, several)
                if found is not None:
                    yield fault_at(tree, _place(tree, channel, name), *found, at_key=True)


def _place(tree: Node, channel: str, intent: str) -> Path:
    return ("intents", intent) if find(tree, ("intents", intent)) else ("channels", channel)


def _lacking(
    scenario: Scenario, channel: str, intent: str, there: dict[str, np.ndarray], several: bool
) -> tuple[str, str] | None:
    """When nobody serves an intent on a channel, in words, and the fix."""
    skill = scenario.intents[intent].skill
    able = [
        name
        for name, group in scenario.agents.items()
        if skill in group.skills and group.handles.get(channel)
    ]
    where = f" on {channel}" if several else ""
    if not able:
        return (
            f"nobody who handles {channel} has the skill {quote(skill)}",
            f"give a group both: `handles: {{{channel}: 1}}` and the skill",
        )
    if scenario.channels[channel].deferred:
        return (
            None
            if np.any([there[name].any() for name in able])
            else (f"nobody is ever there to serve it{where}", f"give {', '.join(able)} some agents")
        )
    bare = (open_slots(scenario, channel) > 0) & ~np.any([there[name] for name in able], axis=0)
    if not bare.any():
        return None
    day, slot = (int(place[0]) for place in np.nonzero(bare))
    hours = plain(bare.sum() * SLOT / 3600)
    return (
        f"nobody is there to serve it{where} {hours} open hours a week, first on {DAYS[day]} "
        f"at {format_time(slot * SLOT)}",
        "compare `calendar.hours` with the shifts and seats",
    )
