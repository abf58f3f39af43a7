"""Checks of channels, self-service and routing that need the whole valid scenario."""

from __future__ import annotations

from collections.abc import Iterator

from ccsim.errors import Fault
from ccsim.scenario.faults import fault_at
from ccsim.scenario.nodes import Node, Path, find
from ccsim.scenario.scenario import Scenario
from ccsim.units import quote

_HANDLES = {"voice": "voice: 1", "chat": "chat: 3", "messaging": "messaging: 5"}


def channel_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Faults in how channels, self-service and routing fit together."""
    yield from _handled(scenario, tree)
    yield from _one_bot_each(scenario, tree)
    yield from _messages(scenario, tree)
    yield from _contact_rule(scenario, tree)


def comes_to(scenario: Scenario, channel: str) -> bool:
    """Whether contacts ever come to a channel: arrivals, a backlog, or from another channel."""
    own = scenario.channels[channel]
    others = [c for name, c in scenario.channels.items() if name != channel]
    sent = any(
        c.switches.get(channel)
        or (c.messages is not None and c.messages.to == channel and c.messages.chance > 0)
        for c in others
    )
    returned = any(bot.enabled and bot.returns_on.get(channel) for bot in scenario.self_service.values())
    return channel in scenario.arrivals or own.initial_backlog > 0 or sent or returned


def _place(tree: Node, channel: str) -> Path:
    """Where a channel is written: under channels, else under arrivals."""
    described: Path = ("channels", channel)
    return described if find(tree, described) is not None else ("arrivals", channel)


def _handled(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """A channel that contacts come to needs somebody, or self-service for all of them."""
    for name, channel in scenario.channels.items():
        handled = any(
            _handles(group.handles, name)
            or any(_handles(dict(person.handles), name) for person in group.people)
            for group in scenario.agents.values()
        )
        bot = scenario.self_service_of(name)
        alone = bot is not None and scenario.self_service[bot].enters == 1.0
        if not handled and not alone and comes_to(scenario, name):
            example = _HANDLES.get(channel.kind, f"{name}: 1").replace(channel.kind, name)
            yield fault_at(
                tree,
                _place(tree, name),
                "nobody handles this channel",
                f"write `handles: {{{example}}}` for a group",
                at_key=True,
            )


def _handles(handles: dict[str, int], channel: str) -> bool:
    return handles.get(channel, 0) > 0


def _one_bot_each(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    taken: dict[str, str] = {}
    for name, bot in scenario.self_service.items():
        for channel in bot.channels if bot.enabled else ():
            first = taken.setdefault(channel, name)
            if first != name:
                yield fault_at(
                    tree,
                    ("self_service", name, "channels"),
                    f"{quote(first)} stands before {quote(channel)} already",
                    "one self-service a channel: switch one off (`enabled: false`)",
                )


def _messages(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    for name, channel in scenario.channels.items():
        to = channel.messages.to if channel.messages else None
        if to is not None and scenario.channels[to].live:
            deferred = [c for c, own in scenario.channels.items() if own.deferred]
            yield fault_at(
                tree,
                ("channels", name, "messages", "to"),
                f"{quote(to)} is a live channel: messages wait until somebody reads them",
                f"deferred channels: {', '.join(deferred) or 'none; add `email`'}",
            )


def _contact_rule(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """A rule of choice needs what it chooses by."""
    routing, path = scenario.routing, ("routing", "contact")
    if routing.contact == "points" and not (routing.points.start or routing.points.a_minute):
        yield fault_at(tree, path, "no points are given", "write `points: {start: {complaint: 10}}`")
    if routing.contact == "due" and all(c.due is None for c in scenario.channels.values()):
        yield fault_at(
            tree,
            path,
            "no channel has anything due",
            "write `due: 24h` or `target: 90% in 24h` for a channel",
        )
    worth = (s.value is not None or s.margin is not None for s in scenario.customers.values())
    if routing.contact == "value" and not any(worth):
        yield fault_at(
            tree, path, "no customer has a value", "write `value: 300` or `margin: 14.00/month` for a segment"
        )
