"""A small centre for the tests of demand on several channels."""

from __future__ import annotations

from pathlib import Path

from ccsim.demand.issues import Issues
from ccsim.scenario import Scenario, loads

CENTRE = """
ccsim: 1
name: Demand on every channel
weeks: 2
warm_up: 7 days
follow_up: 0 days
calendar: {hours: {mon-fri: 08:00-18:00, sat: 09:00-13:00}}
customers: {members: {count: 4000}, guests: {count: 12000}}
intents:
  billing: {talk: {voice: 4min, others: 6min}, wrap_up: 30s, fcr: 70%, patience: 2min}
  technical: {talk: 6min, fcr: 60%}
channels: {voice: {patience: 3min}, chat: {}, email: {}}
arrivals:
  defaults: {mix: {billing: 60%, technical: 40%}, busyness: none, counted: first}
  voice: {contacts: 2000/week}
  chat: {contacts: 1200/week}
  email: {contacts: 900/week}
agents: {front: {on_seat: 9, skills: [billing, technical], handles: {voice: 1, chat: 2, email: 1}}}
"""


def centre(*sets: str, more: str = "", folder: Path | None = None, text: str = CENTRE) -> Scenario:
    """The centre with changes (``path=value``) and more sections."""
    return loads(text + more, folder, sets=sets)


def by_key(issues: Issues) -> dict[int, tuple[float, ...]]:
    """What belongs to each issue, under its key."""
    rows = zip(issues.key, issues.cell, issues.customer, issues.draws.T, strict=True)
    return {int(key): (int(cell), int(customer), *row) for key, cell, customer, row in rows}


def assert_untouched(before: Issues, after: Issues) -> None:
    """Every issue of `before` is in `after`, with the same draws."""
    one, other = by_key(before), by_key(after)
    assert one.keys() <= other.keys()
    assert all(other[key] == row for key, row in one.items())


def channel_of(scenario: Scenario, issues: Issues) -> list[str]:
    """The channel of each issue."""
    size = len(scenario.intents) * len(scenario.customers)
    names = list(scenario.channels)
    return [names[number // size] for number in issues.cell.tolist()]
