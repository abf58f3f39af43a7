"""Warnings of more work than hands: over the week, at its peaks, and work that nobody ever starts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ccsim.distributions import Never
from ccsim.errors import Fault
from ccsim.scenario.capacity import handling, seats
from ccsim.scenario.days import DAYS
from ccsim.scenario.faults import fault_at
from ccsim.scenario.nodes import Node, Path, find
from ccsim.scenario.offered import SLOT
from ccsim.scenario.overload import Balance, Load, Queue, overloads, peaks
from ccsim.scenario.scenario import Scenario
from ccsim.units import format_time, plain, quote

MOST_TOLD = 5


def load_warnings(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """More work than hands, and work that is never started."""
    balance = Balance(scenario)
    for load in overloads(scenario, balance)[:MOST_TOLD]:
        yield fault_at(
            tree,
            _place(scenario, tree, load),
            _load_text(scenario, load),
            _what_follows(scenario, load),
            at_key=True,
        )
    for load in peaks(scenario, balance)[:MOST_TOLD]:
        yield fault_at(
            tree,
            _place(scenario, tree, load),
            _peak_text(scenario, load),
            "more agents at that time, or other shifts",
            at_key=True,
        )
    yield from _backlogs(scenario, tree, balance)
    yield from _never_started(scenario, tree)


def _names(scenario: Scenario, queues: tuple[Queue, ...]) -> str:
    """Queues by skill where there is one channel, else by channel, or by channel and skill."""
    if len(scenario.arrivals) == 1 and len({channel for channel, _ in queues}) == 1:
        return ", ".join(quote(skill) for _, skill in queues)
    by_channel: dict[str, list[str]] = {}
    for channel, skill in queues:
        by_channel.setdefault(channel, []).append(skill)
    words = [f"`{channel}` ({', '.join(skills)})" for channel, skills in by_channel.items()]
    return ", ".join(words[:4]) + (f" and {len(words) - 4} more" if len(words) > 4 else "")


def _place(scenario: Scenario, tree: Node, load: Load) -> Path:
    """The intent, or the channel, that the load is of; else the agents."""
    channels = {channel for channel, _ in load.queues}
    names = [name for name, intent in scenario.intents.items() if intent.skill in load.skills]
    if len(scenario.intents) > len(names):
        return ("intents", names[0])
    described = ("channels", next(iter(channels)))
    whole = len(channels) == 1 and len(scenario.arrivals) > 1
    return described if whole and find(tree, described) is not None else ("agents",)


def _load_text(scenario: Scenario, load: Load) -> str:
    names, share = _names(scenario, load.queues), f"(load {load.ratio * 100:.0f} %)"
    if load.deferred:
        return (
            f"{names}: {load.work_hours:.0f} hours of work a week, and "
            f"{load.agent_hours:.0f} hours of agents for it {share}"
        )
    return f"{names}: work for {load.work:.1f} agents while open, and {load.agents:.1f} there {share}"


def _peak_text(scenario: Scenario, load: Load) -> str:
    day, slot, work, agents = load.worst
    return (
        f"{_names(scenario, load.queues)}: on {DAYS[day]} at {format_time(slot * SLOT)} work for "
        f"{work:.1f} agents, and {agents:.1f} there (load {load.peak * 100:.0f} %); "
        f"{plain(load.over)} open hours a week are above 100 %"
    )


def _what_follows(scenario: Scenario, load: Load) -> str:
    channels = [scenario.channels[channel] for channel, _ in load.queues]
    patience = [intent.patience for intent in scenario.intents.values() if intent.skill in load.skills]
    if load.deferred:
        return "the backlog grows without end; more agents, or less work"
    if any(isinstance(own or channel.patience, Never) for own in patience for channel in channels):
        return "nobody hangs up here, so the queue grows without end"
    if any(channel.callback for channel in channels):
        return "many will hang up and call-backs pile up; more agents, or less work"
    return "many will hang up; more agents, or less work"


def _backlogs(scenario: Scenario, tree: Node, balance: Balance) -> Iterator[Fault]:
    """Initial backlogs that outlast the run."""
    weeks = (scenario.end - scenario.begin) / (7 * 86400)
    for name, channel in scenario.channels.items():
        if not channel.initial_backlog:
            continue
        work = (
            sum(
                share * handling(scenario.intents[intent], channel.talk, name)
                for intent, share in scenario.mix(name).items()
            )
            * channel.initial_backlog
            / 3600
        )
        spare = min((balance.spare(queue) for queue in balance.work if queue[0] == name), default=0.0)
        if 0 < spare * weeks < work:
            yield fault_at(
                tree,
                ("channels", name, "initial_backlog"),
                f"takes {plain(round(work / spare, 1))} weeks to work off ({work:.0f} hours "
                f"of work, {spare:.0f} spare a week), the run simulates {plain(weeks)}",
                "a longer run, or more agents",
            )


def _never_started(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Work that waits for more idle agents than there ever are."""
    kept: dict[Path, tuple[str, int]] = {
        ("routing", "blending", name): (name, number) for name, number in scenario.routing.blending.items()
    }
    kept |= {
        ("channels", name, "callback", "keep_idle"): (name, channel.callback.keep_idle)
        for name, channel in scenario.channels.items()
        if channel.callback
    }
    for path, (channel, number) in kept.items():
        most = max(
            (
                float(np.max(seats(scenario, group)))
                for group in scenario.agents.values()
                if group.handles.get(channel)
            ),
            default=0.0,
        )
        if 0 < most <= number:
            yield fault_at(
                tree,
                path,
                f"more than {number} must be idle, and no group that handles "
                f"{quote(channel)} ever has more than {plain(most)}",
                f"write a number below {plain(most)}",
                at_key=True,
            )
