"""Contacts of an ordinary week by quarter of an hour, and what of them comes to people.

Enough to warn before a run: growth, events, holidays, redials and returns are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ccsim.scenario.arrivals import Arrivals
from ccsim.scenario.counts import CountRow
from ccsim.scenario.days import FULL_DAY
from ccsim.scenario.profiles import profile_weights
from ccsim.scenario.scenario import Scenario
from ccsim.units import WEEK

SLOT = 900
SLOTS = FULL_DAY // SLOT
Week = npt.NDArray[np.float64]  # 7 x 96
_MICRODAY = FULL_DAY * 1_000_000


def offered(scenario: Scenario, channel: str) -> dict[str, Week]:
    """Contacts of each intent on a channel by quarter of an hour, 7 x 96."""
    arrivals = scenario.arrivals.get(channel)
    if arrivals is None:
        return {}
    if arrivals.log is not None:
        return _logged(arrivals)
    mix = scenario.mix(channel)
    if arrivals.counts is not None:
        return _counted(arrivals.counts.rows, mix)
    pattern = _pattern(scenario, channel, arrivals)
    return {intent: pattern * share for intent, share in mix.items() if share}


def open_slots(scenario: Scenario, channel: str = "voice") -> Week:
    """The open share of each quarter of an hour of an ordinary week: 7 x 96."""
    edges = np.arange(0, FULL_DAY + SLOT, SLOT, dtype=np.float64)
    week = np.zeros((7, SLOTS))
    for day, hours in enumerate(scenario.calendar.week(channel)):
        for start, end in hours:
            week[day] += np.diff(np.clip(edges, start, end)) / SLOT
    return week


def _pattern(scenario: Scenario, channel: str, arrivals: Arrivals) -> Week:
    """A volume over weekdays and the day; gaps are spread evenly over the hours of opening."""
    week = scenario.calendar.week(channel)
    all_hours = scenario.channels[channel].deferred
    gaps = arrivals.gaps.mean if arrivals.gaps is not None else 0.0
    shape = np.zeros((7, SLOTS))
    for day in range(7):
        opening = ((0, FULL_DAY),) if all_hours else week[day]
        profile = "flat" if arrivals.gaps is not None else arrivals.profile
        hours = float(sum(closes - opens for opens, closes in opening))
        weight = hours if arrivals.weekdays is None else arrivals.weekdays[day]
        shape[day] = profile_weights(profile, opening, SLOT) * weight
    volume = (arrivals.contacts or 0.0) if gaps <= 0.0 else WEEK / gaps
    total = float(shape.sum())
    return shape * (volume / total) if total else shape


def _counted(rows: tuple[CountRow, ...], mix: dict[str, float]) -> dict[str, Week]:
    """A table of counts, each row spread until the day's next; dates averaged by weekday."""
    dates: dict[int, set[date]] = {}
    for row in rows:
        if isinstance(row.day, date):
            dates.setdefault(row.day.weekday(), set()).add(row.day)
    found: dict[str, Week] = {}
    for row, until in _with_ends(rows):
        day = row.day.weekday() if isinstance(row.day, date) else row.day
        often = len(dates.get(day, ())) if isinstance(row.day, date) else 1
        first, last = row.time // SLOT, max(row.time // SLOT + 1, -(-until // SLOT))
        each = row.contacts / often / (last - first)
        for intent, share in ({row.intent: 1.0} if row.intent else mix).items():
            if share:
                found.setdefault(intent, np.zeros((7, SLOTS)))[day, first:last] += each * share
    return found


def _with_ends(rows: tuple[CountRow, ...]) -> Iterator[tuple[CountRow, int]]:
    """Each row with the time at which the day's next one begins."""
    times = sorted({row.time for row in rows})
    step = min((b - a for a, b in pairwise(times)), default=SLOT)
    return ((row, min(row.time + step, FULL_DAY)) for row in rows)


def _logged(arrivals: Arrivals) -> dict[str, Week]:
    """A log of single contacts, averaged by weekday over the days it covers."""
    log = arrivals.log
    assert log is not None
    days = log.moment // _MICRODAY
    weekday = (days + 3) % 7  # the first of January 1970 was a Thursday
    slot = (log.moment % _MICRODAY) // (SLOT * 1_000_000)
    covered = (np.arange(days.min(), days.max() + 1) + 3) % 7
    often = np.maximum(np.bincount(covered, minlength=7), 1)
    found: dict[str, Week] = {}
    for code, intent in enumerate(log.names["intent"]):
        mine = log.codes["intent"] == code
        at = weekday[mine] * SLOTS + slot[mine]
        week = np.bincount(at, minlength=7 * SLOTS).reshape(7, SLOTS)
        found[intent] = week / often[:, None]
    return found


def to_people(scenario: Scenario, channel: str) -> dict[str, Week]:
    """Legs that people handle by intent: less what outreach and self-service take, with transfers."""
    direct = {
        intent: week * _left(scenario, channel, intent) for intent, week in offered(scenario, channel).items()
    }
    return _with_passed_on(scenario, direct)


def _left(scenario: Scenario, channel: str, intent: str) -> float:
    """The share of contacts that neither outreach prevents nor self-service ends."""
    share = 1.0
    for outreach in scenario.proactive.values():
        if intent in outreach.intents and channel in (outreach.channels or (channel,)):
            share *= 1.0 - outreach.reach * outreach.effect
    name = scenario.self_service_of(channel)
    if name is None:
        return share
    bot = scenario.self_service[name]
    contained = bot.containment(intent)
    left = 1.0 - bot.enters * (contained + (1.0 - contained) * bot.gives_up)
    return share * max(left, 0.0)


def intents_on(scenario: Scenario, channel: str) -> set[str]:
    """The intents that people may have to deal with on a channel, passed on ones with them."""
    found = {intent for intent, week in to_people(scenario, channel).items() if week.any()}
    sources = [
        name
        for name, other in scenario.channels.items()
        if name != channel
        and (other.switches.get(channel) or (other.messages and other.messages.to == channel))
    ]
    sources += [
        name
        for bot in scenario.self_service.values()
        for name in bot.channels
        if bot.enabled and bot.returns_on.get(channel)
    ]
    for source in sources:
        found |= {intent for intent, week in offered(scenario, source).items() if week.any()}
    if scenario.channels[channel].initial_backlog:
        found |= {intent for intent, share in scenario.mix(channel).items() if share}
    left = list(found)
    while left:
        fresh = set(passes(scenario, left.pop())) - found
        found |= fresh
        left += fresh
    return found


def _with_passed_on(scenario: Scenario, direct: dict[str, Week]) -> dict[str, Week]:
    """Legs: contacts as they come, and those passed on to another intent's skill."""
    legs, moving = dict(direct), direct
    for _ in range(100):
        passed: dict[str, Week] = {}
        for intent, week in moving.items():
            for to, chance in passes(scenario, intent).items():
                passed[to] = passed.get(to, np.zeros((7, SLOTS))) + week * chance
        moving = {to: week for to, week in passed.items() if week.sum() > 1e-6}
        if not moving:
            break
        for to, week in moving.items():
            legs[to] = legs.get(to, np.zeros((7, SLOTS))) + week
    return legs


def passes(scenario: Scenario, name: str) -> dict[str, float]:
    """Chances that a handling of an intent ends with another one's skill."""
    intent = scenario.intents[name]
    moved = intent.transfer.chance if intent.transfer else 0.0
    found = {intent.transfer.to: moved} if intent.transfer and moved else {}
    if intent.escalate:
        chance = (1.0 - moved) * (1.0 - intent.fcr) * intent.escalate.chance
        if chance:
            found[intent.escalate.to] = found.get(intent.escalate.to, 0.0) + chance
    return found
