"""Hands: agents there by quarter of an hour, and how fast they get through a queue's work."""

from __future__ import annotations

import numpy as np

from ccsim.scenario.agents import Group
from ccsim.scenario.channels import Channel
from ccsim.scenario.days import FULL_DAY
from ccsim.scenario.handles import MOST_AT_ONCE
from ccsim.scenario.intents import Intent
from ccsim.scenario.offered import SLOT, SLOTS, Week, open_slots
from ccsim.scenario.places import places
from ccsim.scenario.scenario import Scenario


def seats(scenario: Scenario, group: Group) -> Week:
    """Agents of a group by quarter of an hour of a week, breaks and shrinkage not counted."""
    if group.on_seat is not None:
        times = range(0, FULL_DAY, SLOT)
        return np.array(
            [[group.on_seat.at(day, time) for time in times] for day in range(7)], dtype=np.float64
        )
    if not group.rostered:
        return np.full((7, SLOTS), float(len(group.people)))
    week = np.zeros(7 * SLOTS)
    for name, agents in places(scenario, group).items():
        shift = scenario.shifts[name]
        for day in shift.days:
            first, last = (round((day * FULL_DAY + edge) / SLOT) for edge in (shift.start, shift.end))
            week[np.arange(first, last) % week.size] += agents
    return week.reshape(7, SLOTS)


def there(scenario: Scenario, group: Group) -> Week:
    """Agents ready for work: on seat only while a channel of theirs is open, else by the roster."""
    week = seats(scenario, group) * present_share(scenario, group)
    if group.rostered:
        return week
    opening = [
        open_slots(scenario, channel) > 0
        for channel, number in group.handles.items()
        if number and channel in scenario.channels
    ]
    return week * np.max(opening, axis=0) if opening else np.zeros((7, SLOTS))


def present_share(scenario: Scenario, group: Group) -> float:
    """The share of the seats that is ready for work after breaks, absence and adherence."""
    if not group.rostered:
        return 1.0
    kept = (1 - sum(group.shrinkage.values())) * group.adherence
    if group.employed is not None:
        kept *= 1 - group.employed.on_leave
    shifts = [(scenario.shifts[name], number) for name, number in places(scenario, group).items()]
    total = sum(number * (shift.end - shift.start) for shift, number in shifts)
    pauses = sum(number * sum(length for _, length in shift.breaks) for shift, number in shifts)
    return kept * (1 - pauses / total) if total else kept


def handling(intent: Intent, talk_factor: float = 1.0, channel: str = "voice") -> float:
    """Mean seconds of talk, hold and wrap-up of a fully proficient agent with nothing else in hand."""
    rest = sum(part.mean for part in (intent.hold, intent.wrap_up) if part is not None)
    return intent.talk_time(channel, talk_factor).mean + rest


def speed(scenario: Scenario, group: Group, channel: str, skill: str) -> float:
    """Seconds of a queue's work that an agent of the group gets through in one; 0: none of it.

    With several in hand each goes slower (`Channel.pace_at`), all together usually faster.
    """
    most = min(group.handles.get(channel, 0), group.at_most.get(channel, MOST_AT_ONCE))
    if not most or skill not in group.skills:
        return 0.0
    return group.skills[skill].speed * _helped(group) * _at_once(scenario.channels[channel], most)


def _at_once(channel: Channel, most: int) -> float:
    return max(number * channel.pace_at(number) for number in range(1, most + 1))


def _helped(group: Group) -> float:
    """How much faster tools and training make a group."""
    faster = group.training.speed if group.training is not None else 1.0
    return faster / group.assist.talk if group.assist is not None else faster
