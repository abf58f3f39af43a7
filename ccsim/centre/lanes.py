"""Lanes, routes and serves: routing rules turned into ranks before the run.

A lane holds the contacts that are served in order of waiting: one channel, skill, priority, urgency and
(where sites have queues of their own) site. A route says which crews may take a lane's contacts, a serve
the same seen from a crew.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ccsim.centre.agent_rules import AGENT_RULES
from ccsim.centre.crews import Crew
from ccsim.centre.tables import (
    ALWAYS,
    IDLE_BELOW,
    NO_LIMIT,
    SERVICE_BELOW,
    WAITING_ABOVE,
)
from ccsim.scenario import Scenario
from ccsim.scenario.overflow import When

LULL = 1 << 20  # priority of call-backs that wait until nobody else does
NO_DUE = 30 * 86400.0  # s: a contact without a due date is as urgent as one due in a month


@dataclass(frozen=True)
class LaneKey:
    """What contacts of one lane have in common.

    The urgency of one who has waited w seconds is rate * w + credit, within `priority` and `worth`
    (smaller first). `limit_of` names an intent with a limit of its own; `call`: a call-back list.
    """

    channel: str
    skill: str
    priority: int
    credit: float
    limit_of: str | None
    rate: float = 1.0
    worth: float = 0.0
    call: bool = False
    site: str | None = None

    @property
    def room(self) -> tuple[object, ...]:
        """Lanes that share a waiting room: all of an intent with a limit, whatever the priority."""
        return (self.channel, self.limit_of, self.call) if self.limit_of else (self,)


@dataclass(frozen=True)
class Route:
    """A crew that may take a lane's contacts: lower `order` first, from overflow `stage` on or while the
    condition `when` holds, and only while more than `keep` of its agents are idle."""

    crew: int
    order: int
    stage: int
    keep: int
    when: int = ALWAYS
    limit: float = 0.0


@dataclass(frozen=True)
class Lane:
    key: LaneKey
    limit: int
    routes: tuple[Route, ...]
    ranks: dict[int, int] = field(hash=False)  # by crew: rank of the skill for its agents
    ladder: tuple[float, ...] = ()  # s waited at which each overflow stage begins


def lane_key(
    scenario: Scenario, channel: str, intent: str, segment: str, priority: int | None = None
) -> LaneKey:
    """The lane of a cell: of several priorities the smallest number counts, of credits the largest.

    `priority` is one given with a transfer. Of points all that apply add up.
    """
    skill = scenario.intents[intent].skill
    names = dict.fromkeys((channel, intent, skill, segment))
    routing = scenario.routing
    if priority is None:
        priority = min((routing.priority[name] for name in names if name in routing.priority), default=1)
    credit = max(routing.wait_credit.get(name, 0.0) for name in names)
    limited = scenario.intents[intent].queue_limit is not None
    rate, worth = 1.0, 0.0
    if routing.contact == "points":
        start, a_minute = routing.points.of(names)
        rate = a_minute / 60.0
        credit = start + credit * rate
    elif routing.contact == "due":
        due = scenario.channels[channel].due
        credit -= NO_DUE if due is None else due
    elif routing.contact == "value":
        worth = -(scenario.customers[segment].margin or 0.0)
    return LaneKey(channel, skill, priority, credit, intent if limited else None, rate, worth)


def own_sites(scenario: Scenario, crews: list[Crew]) -> list[str | None]:
    """The sites that have queues of their own; [None] where all share one."""
    sites: list[str | None] = list(dict.fromkeys(crew.site for crew in crews))
    return sites if scenario.routing.across_sites == "expected_wait" else [None]


def build_lane(scenario: Scenario, crews: list[Crew], key: LaneKey) -> Lane:
    """Who may take the contacts of a lane, in which order and from when."""
    serving = [
        number
        for number, crew in enumerate(crews)
        if crew.serves(key.channel, key.skill) and key.site in (None, crew.site)
    ]
    limit = scenario.intents[key.limit_of].queue_limit if key.limit_of else None
    ladder, reach = _overflow(scenario, crews, key.skill, serving)
    return Lane(
        key=key,
        limit=NO_LIMIT if limit is None or key.call else limit,
        routes=_routes(scenario, crews, key, serving, reach),
        ranks={number: crews[number].skills[key.skill].rank for number in serving},
        ladder=ladder,
    )


Reach = dict[int, list[tuple[int, int, float]]]  # by crew: (stage, when, limit) of each way to it


def _overflow(
    scenario: Scenario, crews: list[Crew], skill: str, serving: list[int]
) -> tuple[tuple[float, ...], Reach]:
    """The waits at which stages begin, and how each serving crew comes into reach.

    A group named in an overflow step is second choice only where another group has the skill too.
    """
    names = list(scenario.agents)
    waits: dict[int, float] = {}
    conditions: dict[int, list[tuple[int, float]]] = {}
    for step in scenario.routing.overflow:
        if step.skills is not None and skill not in step.skills:
            continue
        named = [number for number in serving if names[crews[number].group] in step.to]
        for number in named:
            if step.after is not None:
                waits.setdefault(number, step.after)
            elif step.when is not None:
                conditions.setdefault(number, []).append(_condition(step.when))
    if len(waits.keys() | conditions.keys()) == len(serving):
        waits, conditions = {}, {}
    ladder = sorted(set(waits.values()))
    reach: Reach = {number: [] for number in serving}
    for number in serving:
        if number in waits:
            reach[number].append((ladder.index(waits[number]) + 1, ALWAYS, 0.0))
        reach[number] += [(0, when, limit) for when, limit in conditions.get(number, [])]
        if not reach[number]:
            reach[number].append((0, ALWAYS, 0.0))
    return tuple(ladder), reach


def _condition(when: When) -> tuple[int, float]:
    if when.waiting_above is not None:
        return WAITING_ABOVE, float(when.waiting_above)
    if when.idle_below is not None:
        return IDLE_BELOW, float(when.idle_below)
    return SERVICE_BELOW, float(when.service_level_below or 0.0)


def _routes(
    scenario: Scenario, crews: list[Crew], key: LaneKey, serving: list[int], reach: Reach
) -> tuple[Route, ...]:
    ranking = AGENT_RULES[scenario.routing.agent]
    scores = {
        number: (
            0 if scenario.routing.agent == "most_proficient" else crews[number].skills[key.skill].rank,
            ranking(scenario, crews[number], key.skill),
        )
        for number in serving
    }
    levels = sorted(set(scores.values()))
    routes = [
        Route(number, levels.index(score), stage, _kept(scenario, crews[number], key), when, limit)
        for number, score in scores.items()
        for stage, when, limit in reach[number]
    ]
    return tuple(sorted(routes, key=lambda route: (route.order, route.crew)))


def _kept(scenario: Scenario, crew: Crew, key: LaneKey) -> int:
    """Idle agents of the crew that must remain: reserved, blended, or kept from calling back."""
    group = list(scenario.agents)[crew.group]
    reserve = scenario.routing.reserved.get(group)
    kept = [scenario.routing.blending.get(key.channel, 0)]
    if reserve is not None and key.skill not in reserve.skills:
        kept.append(reserve.keep)
    callback = scenario.channels[key.channel].callback
    if key.call and callback is not None:
        kept.append(callback.keep_idle)
    return max(kept)
