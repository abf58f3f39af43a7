"""Work against hands, roughly: enough to warn before a run, no substitute for one.

Work is contacts x (talk + hold + wrap-up) as stated; hands are agents on seat while the lines are
open. Redials, repeats beyond the stated volume and the shape of the day are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from ccsim.scenario.agents import Group
from ccsim.scenario.days import FULL_DAY
from ccsim.scenario.intents import Intent
from ccsim.scenario.places import places
from ccsim.scenario.scenario import Scenario
from ccsim.units import WEEK

SLOT = 900
SLOTS = FULL_DAY // SLOT
Week = npt.NDArray[np.float64]
MAX_SKILLS = 8


@dataclass(frozen=True)
class Load:
    """Work for some skills, in agents busy on average while open, and the agents there are."""

    skills: tuple[str, ...]
    work: float
    agents: float

    @property
    def ratio(self) -> float:
        """Work per agent there is; above 1 the work cannot be done."""
        return self.work / self.agents if self.agents else float("inf")


def open_slots(scenario: Scenario, channel: str = "voice") -> Week:
    """The open share of each quarter of an hour of an ordinary week: 7 x 96."""
    edges = np.arange(0, FULL_DAY + SLOT, SLOT, dtype=np.float64)
    week = np.zeros((7, SLOTS))
    for day, hours in enumerate(scenario.calendar.week(channel)):
        for start, end in hours:
            week[day] += np.diff(np.clip(edges, start, end)) / SLOT
    return week


def seats(scenario: Scenario, group: Group) -> Week:
    """Agents of a group by quarter of an hour of a week, breaks and shrinkage not counted."""
    if group.on_seat is not None:
        times = range(0, FULL_DAY, SLOT)
        return np.array([[group.on_seat.at(day, time) for time in times] for day in range(7)],
                        dtype=np.float64)
    if not group.rostered:
        return np.full((7, SLOTS), float(len(group.people)))
    week = np.zeros(7 * SLOTS)
    for name, agents in places(scenario, group).items():
        shift = scenario.shifts[name]
        for day in shift.days:
            first, last = (round((day * FULL_DAY + edge) / SLOT)
                           for edge in (shift.start, shift.end))
            week[np.arange(first, last) % week.size] += agents
    return week.reshape(7, SLOTS)


def present_share(scenario: Scenario, group: Group) -> float:
    """The share of the seats that is ready for work after breaks, absence and adherence."""
    if not group.rostered:
        return 1.0
    kept = (1 - sum(group.shrinkage.values())) * group.adherence
    if group.employed is not None:
        kept *= 1 - group.employed.on_leave
    there = [(scenario.shifts[name], number) for name, number in places(scenario, group).items()]
    total = sum(number * (shift.end - shift.start) for shift, number in there)
    pauses = sum(number * sum(length for _, length in shift.breaks) for shift, number in there)
    return kept * (1 - pauses / total) if total else kept


def weekly_contacts(scenario: Scenario, channel: str) -> float | None:
    """Contacts a week, None where gaps or dated counts say it another way."""
    arrivals = scenario.arrivals[channel]
    if arrivals.contacts is not None:
        return arrivals.contacts
    rows = arrivals.counts.rows if arrivals.counts else ()
    if rows and all(isinstance(row.day, int) for row in rows):
        return sum(row.contacts for row in rows)
    if arrivals.gaps is not None and arrivals.gaps.mean > 0:
        return WEEK / arrivals.gaps.mean
    return None


def overloads(scenario: Scenario) -> list[Load]:
    """Sets of skills with more work than hands, the smallest sets first, none within another."""
    volume = weekly_contacts(scenario, "voice") if "voice" in scenario.arrivals else None
    opening = open_slots(scenario)
    if volume is None or not opening.any():
        return []
    work = _work_by_skill(scenario, volume / (opening.sum() * SLOT))
    hands = {name: float((seats(scenario, group) * opening).sum() / opening.sum())
             * present_share(scenario, group) for name, group in scenario.agents.items()}
    found: list[Load] = []
    for skills in _sets(tuple(work)):
        inside = any(set(load.skills) <= set(skills) for load in found)
        load = Load(skills, sum(work[s] for s in skills), _hands(scenario, hands, skills))
        if not inside and load.work > load.agents:
            found.append(load)
    return found


def _work_by_skill(scenario: Scenario, per_second: float) -> dict[str, float]:
    work: dict[str, float] = {}
    factor = scenario.channels["voice"].talk
    for name, share in scenario.mix("voice").items():
        intent = scenario.intents[name]
        work[intent.skill] = work.get(intent.skill, 0.0) + (
            per_second * share * handling(intent, factor))
    return work


def handling(intent: Intent, talk_factor: float = 1.0) -> float:
    """Mean seconds of talk, hold and wrap-up of a fully proficient agent."""
    rest = sum(part.mean for part in (intent.hold, intent.wrap_up) if part is not None)
    return intent.talk.mean * talk_factor + rest


def _hands(scenario: Scenario, hands: dict[str, float], skills: tuple[str, ...]) -> float:
    total = 0.0
    for name, group in scenario.agents.items():
        speeds = [group.skills[skill].speed for skill in skills if skill in group.skills]
        total += hands[name] * max(speeds, default=0.0)
    return total


def _sets(skills: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sizes = range(1, len(skills) + 1) if len(skills) <= MAX_SKILLS else (1, len(skills))
    for size in sizes:
        yield from combinations(skills, size)
