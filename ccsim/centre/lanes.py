"""Lanes, routes and serves: routing rules turned into ranks before the run.

A lane holds the contacts that are served in order of waiting: one channel, skill, priority and wait
credit. A route says which groups may take a lane's contacts, a serve the same seen from a group.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ccsim.centre.tables import NO_LIMIT
from ccsim.scenario import Scenario
from ccsim.scenario.agents import Proficiency


@dataclass(frozen=True)
class LaneKey:
    """What contacts of one lane have in common. `limit_of` names an intent with a limit of its own."""

    channel: str
    skill: str
    priority: int
    credit: float
    limit_of: str | None

    @property
    def room(self) -> tuple[object, ...]:
        """Lanes that share a waiting room: all of an intent with a limit, whatever the priority."""
        return (self.channel, self.limit_of) if self.limit_of else (self,)


@dataclass(frozen=True)
class Route:
    """A group that may take a lane's contacts: lower `order` first, from overflow `stage` on, and only
    while more than `keep` of its agents are idle."""

    group: int
    order: int
    stage: int
    keep: int


@dataclass(frozen=True)
class Lane:
    key: LaneKey
    limit: int
    routes: tuple[Route, ...]
    ranks: dict[int, int] = field(hash=False)  # by group: rank of the skill for its agents
    ladder: tuple[float, ...] = ()  # s waited at which each overflow stage begins


Ranking = Callable[[Scenario, str, str], float]


def _longest_idle(scenario: Scenario, group: str, skill: str) -> float:
    return 0.0


def _most_skilled(scenario: Scenario, group: str, skill: str) -> float:
    mastery = scenario.agents[group].skills[skill]
    return -mastery.speed * mastery.fcr


def _least_skilled(scenario: Scenario, group: str, skill: str) -> float:
    return float(len(scenario.agents[group].skills))


AGENT_RULES: dict[str, Ranking] = {
    "longest_idle": _longest_idle,
    "most_skilled_for_intent": _most_skilled,
    "least_skilled_first": _least_skilled,
}


def lane_key(scenario: Scenario, channel: str, intent: str, segment: str) -> LaneKey:
    """The lane of a cell: of several priorities the smallest number counts, of credits the largest."""
    skill = scenario.intents[intent].skill
    names = dict.fromkeys((channel, intent, skill, segment))
    routing = scenario.routing
    priority = min((routing.priority[name] for name in names if name in routing.priority), default=1)
    credit = max(routing.wait_credit.get(name, 0.0) for name in names)
    limited = scenario.intents[intent].queue_limit is not None
    return LaneKey(channel, skill, priority, credit, intent if limited else None)


def build_lane(scenario: Scenario, key: LaneKey) -> Lane:
    """Who may take the contacts of a lane, in which order and from when."""
    serving = {
        number: group.skills[key.skill]
        for number, group in enumerate(scenario.agents.values())
        if key.skill in group.skills and key.channel in group.handles
    }
    stages, ladder = _overflow(scenario, key.skill, list(serving))
    limit = scenario.intents[key.limit_of].queue_limit if key.limit_of else None
    return Lane(
        key=key,
        limit=NO_LIMIT if limit is None else limit,
        routes=_routes(scenario, key.skill, serving, stages),
        ranks={number: mastery.rank for number, mastery in serving.items()},
        ladder=ladder,
    )


def _overflow(scenario: Scenario, skill: str, serving: list[int]) -> tuple[dict[int, int], tuple[float, ...]]:
    """Stage of each serving group and the waits at which stages begin.

    A group named in an overflow step is second choice only where another group has the skill too.
    """
    names = list(scenario.agents)
    waits: dict[int, float] = {}
    for step in scenario.routing.overflow:
        if step.skills is None or skill in step.skills:
            for name in step.to:
                waits.setdefault(names.index(name), step.after)
    waits = {number: after for number, after in waits.items() if number in serving}
    if len(waits) == len(serving):
        waits = {}
    ladder = sorted(set(waits.values()))
    stages = {number: ladder.index(waits[number]) + 1 if number in waits else 0 for number in serving}
    return stages, tuple(ladder)


def _routes(
    scenario: Scenario, skill: str, serving: dict[int, Proficiency], stages: dict[int, int]
) -> tuple[Route, ...]:
    names = list(scenario.agents)
    ranking = AGENT_RULES[scenario.routing.agent]
    scores = {
        number: (mastery.rank, ranking(scenario, names[number], skill)) for number, mastery in serving.items()
    }
    levels = sorted(set(scores.values()))
    routes = [
        Route(number, levels.index(score), stages[number], _kept(scenario, names[number], skill))
        for number, score in scores.items()
    ]
    return tuple(sorted(routes, key=lambda route: (route.order, route.group)))


def _kept(scenario: Scenario, group: str, skill: str) -> int:
    reserve = scenario.routing.reserved.get(group)
    return 0 if reserve is None or skill in reserve.skills else reserve.keep
