"""Work against hands: which queues get more work than anybody can do, all week or at their peak.

Necessary conditions only, enough to warn before a run. Work is counted in agents of the group that is
fastest at it; a set of queues is overloaded where it needs more of them than all groups that serve
any of it have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from ccsim.scenario.capacity import handling, speed, there
from ccsim.scenario.offered import SLOT, SLOTS, Week, open_slots, to_people
from ccsim.scenario.scenario import Scenario

Queue = tuple[str, str]  # channel, skill
MOST_GROUPS, MOST_IN_PAIRS = 10, 50
LEAST_OVER, LEAST_PEAK = 1.0, 1.25


@dataclass(frozen=True)
class Load:
    """Hours of work a week for some queues, and hours of agents for it.

    ``span``: hours of the week in which the work can be done. ``deferred``: some of it waits, so
    that only the whole week counts. ``over``: hours of the week with more work than hands, and the
    ``worst`` quarter of an hour among them: (weekday, slot, work, agents), in agents.
    """

    queues: tuple[Queue, ...]
    work_hours: float
    agent_hours: float
    span: float
    deferred: bool
    over: float = 0.0
    worst: tuple[int, int, float, float] = (0, 0, 0.0, 0.0)

    @property
    def work(self) -> float:
        """Agents busy on average."""
        return self.work_hours / self.span

    @property
    def agents(self) -> float:
        """Agents there on average."""
        return self.agent_hours / self.span

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills of the queues."""
        return tuple(dict.fromkeys(skill for _, skill in self.queues))

    @property
    def ratio(self) -> float:
        """Work per agent there is; above 1 the work cannot be done."""
        return self.work_hours / self.agent_hours if self.agent_hours else float("inf")

    @property
    def peak(self) -> float:
        """The same in the worst quarter of an hour."""
        return self.worst[2] / self.worst[3] if self.worst[3] else 0.0


class Balance:
    """Work of every queue and hands of every group, by quarter of an hour of an ordinary week."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.hands = {name: there(scenario, group) for name, group in scenario.agents.items()}
        self.open = {name: _workable(scenario, name) for name in scenario.channels}
        work = _work(scenario)
        self.speeds = {queue: _speeds(scenario, queue) for queue in work}
        self.work = {
            queue: week / max(self.speeds[queue].values())
            for queue, week in work.items()
            if self.speeds[queue]
        }
        self.sets = self._sets()

    def loads(self) -> list[Load]:
        """Every set of queues that depends on the same groups, the smallest first."""
        return [self.load(queues) for queues in sorted(self.sets, key=len)]

    def load(self, queues: tuple[Queue, ...]) -> Load:
        """Work and hands of a set of queues."""
        deferred = any(self.scenario.channels[channel].deferred for channel, _ in queues)
        work = sum((self.work[queue] for queue in queues), np.zeros((7, SLOTS))) / SLOT
        agents = self._agents(queues)
        live = np.max([self.open[channel] for channel, _ in queues], axis=0)
        span = float((np.minimum(agents, 1.0) if deferred else live).sum())
        hours = SLOT / 3600
        load = Load(
            queues, float(work.sum()) * hours, float(agents.sum()) * hours, max(span, 1e-9) * hours, deferred
        )
        if deferred:
            return load
        over = (live > 0) & (agents > 0) & (work > agents * (1 + 1e-9))
        return replace(load, over=float(over.sum()) * hours, worst=_worst(work, agents, live))

    def spare(self, queue: Queue) -> float:
        """Hours a week in which the queue's agents have nothing else to do; below 0: too few."""
        loads = [self.load(queues) for queues in self.sets if queue in queues]
        return min((load.agent_hours - load.work_hours for load in loads), default=0.0)

    def _agents(self, queues: tuple[Queue, ...]) -> Week:
        """Agents for any of the queues, each as much as it gets done of what it is best at."""
        found = np.zeros((7, SLOTS))
        for group, hands in self.hands.items():
            shares = [
                self.open[queue[0]] * self.speeds[queue][group] / max(self.speeds[queue].values())
                for queue in queues
                if group in self.speeds[queue]
            ]
            if shares:
                found += hands * np.max(shares, axis=0)
        return found

    def _sets(self) -> set[tuple[Queue, ...]]:
        """Queues that nobody outside some groups serves, for each choice of groups; of those that
        mix live and deferred work also the live part."""
        found = set()
        for groups in _choices(tuple(self.hands)):
            queues = tuple(queue for queue in self.work if set(self.speeds[queue]) <= set(groups))
            live = tuple(queue for queue in queues if self.scenario.channels[queue[0]].live)
            found |= {queues, live}
        return found - {()}


def _choices(groups: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sizes: tuple[int, ...] = tuple(range(1, len(groups) + 1))
    if len(groups) > MOST_GROUPS:
        sizes = (1, 2, len(groups)) if len(groups) <= MOST_IN_PAIRS else (1, len(groups))
    for size in sizes:
        yield from combinations(groups, size)


def _workable(scenario: Scenario, channel: str) -> Week:
    """When a channel's work can be done: a live one while open, a deferred one at any time."""
    if scenario.channels[channel].deferred:
        return np.ones((7, SLOTS))
    return open_slots(scenario, channel)


def _work(scenario: Scenario) -> dict[Queue, Week]:
    """Seconds of work of each queue by quarter of an hour."""
    work: dict[Queue, Week] = {}
    for name, channel in scenario.channels.items():
        for intent_name, legs in to_people(scenario, name).items():
            intent = scenario.intents[intent_name]
            seconds = legs * handling(intent, channel.talk, name)
            queue = (name, intent.skill)
            work[queue] = work.get(queue, np.zeros((7, SLOTS))) + seconds
    return {queue: week for queue, week in work.items() if week.any()}


def _speeds(scenario: Scenario, queue: Queue) -> dict[str, float]:
    speeds = {name: speed(scenario, group, *queue) for name, group in scenario.agents.items()}
    return {name: value for name, value in speeds.items() if value > 0.0}


def _worst(work: Week, agents: Week, live: Week) -> tuple[int, int, float, float]:
    """The quarter of an hour with most work for each agent, of those open with anybody there."""
    ratio = np.where((live > 0) & (agents > 0), work / np.maximum(agents, 1e-9), 0.0)
    day, slot = np.unravel_index(int(np.argmax(ratio)), ratio.shape)
    return int(day), int(slot), float(work[day, slot]), float(agents[day, slot])


def overloads(scenario: Scenario, balance: Balance | None = None) -> list[Load]:
    """Sets of queues with more work than hands over the week, none within another."""
    loads = (balance or Balance(scenario)).loads()
    return _smallest([load for load in loads if load.ratio > 1.0])


def peaks(scenario: Scenario, balance: Balance | None = None) -> list[Load]:
    """Sets of live queues whose work is done over the week, but not at its peak.

    Short or slight excess is what queues are for: told are sets with at least an hour a week above
    100 % and a quarter of an hour above 125 %, and none that contain an overloaded one.
    """
    loads = (balance or Balance(scenario)).loads()
    over = [load for load in loads if load.ratio > 1.0]
    high = [load for load in loads if load.over >= LEAST_OVER and load.peak > LEAST_PEAK]
    return [load for load in _smallest([*over, *high]) if load not in over]


def _smallest(loads: list[Load]) -> list[Load]:
    found: list[Load] = []
    for load in sorted(loads, key=lambda load: len(load.queues)):
        if not any(set(other.queues) <= set(load.queues) for other in found):
            found.append(load)
    return found
