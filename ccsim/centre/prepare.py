"""From scenario and issues to tables: names become integers, distributions become numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from ccsim.centre.agent_rules import score_of
from ccsim.centre.cell_rows import cell_rows
from ccsim.centre.channel_rows import channel_rows
from ccsim.centre.crews import Crew
from ccsim.centre.journal import CALLBACK, LEG, OFF, PEOPLE, PRESENCE, SELF_SERVICE, Names
from ccsim.centre.lane_rows import crew_rows, lane_rows, plan_lanes, shelf_rows
from ccsim.centre.numbers import Numbers
from ccsim.centre.roster import Line, Roster, build_roster
from ccsim.centre.rules import Rule, left_to_rule, usual_wage
from ccsim.centre.service_rows import (
    SURE,
    bot_rows,
    in_use,
    outage_lines,
    service_queues,
    service_rows,
)
from ccsim.centre.tables import AGENT, CONTACT, HANDED_IN, PLANNED, STATE, STREAMS, Centre
from ccsim.demand.issues import Issues
from ccsim.demand.streams import Floats, stream_key
from ccsim.scenario import Scenario

Table = npt.NDArray[np.void]
FIRST_SLOTS = 1 << 10
Review = Callable[[Any, float], list[Line]]


@dataclass(frozen=True, eq=False)
class Prepared:
    """A centre ready to start, with the names its integers stand for.

    The run stops at each of `pauses` (s) for `review`, which may change agents and returns new lines
    of the plan. `crews` has the scenario's group of each crew. `rule` is one
    handed in from Python.
    """

    centre: Centre
    names: Names
    roster: Roster
    crews: npt.NDArray[np.int32]
    pauses: tuple[float, ...] = ()
    review: Review | None = None
    rule: Rule | None = None


def prepare(scenario: Scenario, replication: int, issues: Issues, rule: Rule | None = None) -> Prepared:
    """Build every table of one replication; `rule` decides on agents in the scenario's place."""
    scenario = scenario if rule is None else left_to_rule(scenario)
    numbers = Numbers.start()
    roster = build_roster(scenario, replication)
    crews = roster.crews
    lines = sorted([*roster.lines, *outage_lines(scenario)], key=lambda line: line[0])
    plan = plan_lanes(scenario, crews)
    names = _names(scenario, crews, roster)
    lanes, routes = lane_rows(scenario, plan, crews, names, numbers)
    groups, serves = crew_rows(scenario, plan, crews, roster, numbers)
    services, served = service_rows(scenario, names, numbers)
    cells = cell_rows(scenario, plan, names, numbers, served)
    channels = channel_rows(scenario, crews, numbers)
    state = _state(scenario, issues, crews, roster, numbers)
    state["interrupts"] = bool(channels["soft"].any())
    state["simple"] = _is_simple(scenario, crews, lanes)
    if rule is not None:
        state["rule"] = HANDED_IN
    n = len(issues)
    centre = Centre(
        contacts=_slots(FIRST_SLOTS),
        lanes=lanes,
        routes=routes,
        serves=serves,
        shelves=shelf_rows(crews),
        groups=groups,
        agents=_agents(roster),
        cells=cells,
        channels=channels,
        services=services,
        bots=bot_rows(scenario),
        plan=plan_rows(lines),
        state=state,
        numbers=np.concatenate(numbers.pieces),
        streams=np.array([stream_key(scenario.seed, replication, name) for name in STREAMS], np.uint64),
        key=issues.key,
        cell=issues.cell,
        draws=issues.draws.ravel(),
        status=np.zeros(n, np.int32),
        ended=np.full(n, np.nan),
        seen_by=np.full(n if scenario.routing.same_agent else 1, -1, np.int32),
        legs=np.empty((3 - 2 * state["simple"][0]) * n + n // 8 + 1000, LEG),  # not in memory until written
        presence=np.empty(len(lines) + 2 * len(roster.agents) + 1000, PRESENCE),
    )
    groups_of_crews = np.array([crew.group for crew in crews], np.int32)
    return Prepared(centre, names, roster, groups_of_crews, roster.pauses, roster.review, rule)


def _is_simple(scenario: Scenario, crews: list[Crew], lanes: Table) -> bool:
    """Whether there is nothing beyond telephone calls, one in hand, routed by rank: the shortest way."""
    return (
        all(channel.kind == "voice" and not channel.callback for channel in scenario.channels.values())
        and not any(channel.announce or channel.drops for channel in scenario.channels.values())
        and all(crew.capacity == 1 for crew in crews)
        and not in_use(scenario)
        and not scenario.routing.same_agent
        and scenario.routing.across_sites == "shared"
        and not bool(lanes["watch"].any())
    )


def _names(scenario: Scenario, crews: list[Crew], roster: Roster) -> Names:
    channels = tuple(scenario.channels)
    skills = tuple(dict.fromkeys(intent.skill for intent in scenario.intents.values()))
    intents, segments = len(scenario.intents), len(scenario.customers)
    number = np.arange(len(channels) * intents * segments, dtype=np.int32)
    queues = _queues(scenario, channels, skills)
    return Names(
        channels=channels,
        intents=tuple(scenario.intents),
        segments=tuple(scenario.customers),
        skills=skills,
        groups=tuple(scenario.agents),
        sites=tuple(group.site for group in scenario.agents.values()),
        agents=np.array([crews[crew].group for crew in roster.agents], np.int32),
        cell_channel=number // (intents * segments),
        cell_intent=number // segments % intents,
        cell_segment=number % segments,
        queue_channel=queues[0],
        queue_skill=queues[1],
        queue_kind=queues[2],
        bots=tuple(in_use(scenario)),
    )


def _queues(scenario: Scenario, channels: tuple[str, ...], skills: tuple[str, ...]) -> npt.NDArray[np.int32]:
    """Channel, skill (or self-service) and kind of each queue: three rows."""
    people = [(c, s) for c in range(len(channels)) for s in range(len(skills))]
    queues = [(c, s, PEOPLE) for c, s in people]
    served = service_queues(scenario, channels)
    if served or any(channel.callback for channel in scenario.channels.values()):
        queues += [(c, s, CALLBACK) for c, s in people]
    queues += [(c, k, SELF_SERVICE) for c, k in served]
    return np.array(queues, np.int32).T


def _agents(roster: Roster) -> Table:
    rows = np.zeros(len(roster.agents), AGENT)
    rows["group"] = roster.agents
    rows["slot"] = rows["shelf"] = -1
    rows["soft_nxt"] = -2
    rows["state"] = OFF
    rows["pace"], rows["quality"] = roster.pace, roster.quality
    return rows


def plan_rows(lines: list[Line]) -> Table:
    """Lines of the plan, in order of time, each but the last followed by the next."""
    rows = np.zeros(len(lines), PLANNED)
    if lines:
        flat = np.fromiter(chain.from_iterable(lines), np.float64, 4 * len(lines))
        columns = flat.reshape(-1, 4).T  # float64 keeps every integer of a plan
        rows["time"], rows["kind"], rows["who"], rows["value"] = columns
        rows["more"][:-1] = 1
    return rows


def _slots(count: int) -> Table:
    """Free slots, each pointing to the next; the last to none."""
    rows = np.zeros(count, CONTACT)
    rows["nxt"] = np.arange(1, count + 1)
    rows["nxt"][-1] = -1
    return rows


def _state(scenario: Scenario, issues: Issues, crews: list[Crew], roster: Roster, numbers: Numbers) -> Table:
    state = np.zeros(1, STATE)
    state["slots"] = FIRST_SLOTS
    state["issues"] = len(issues)
    state["intents"] = len(scenario.intents)
    state["segments"] = len(scenario.customers)
    state["block"] = len(scenario.intents) * len(scenario.customers)
    state["channels"] = len(scenario.channels)
    for name in ("talk", "hold", "wrap", "patience", "score", "complexity"):
        at = issues.columns.index(name) * len(issues) if name in issues.columns else -1
        state[name] = at
    pace, solved = _mastery(scenario, crews)
    state["pace"] = numbers.add(pace)
    state["resolves"] = numbers.add(solved)
    state["threshold"] = numbers.add(_thresholds(solved))
    state["wages"] = numbers.add([usual_wage() if crew.wage is None else crew.wage for crew in crews])
    state["loads"] = loads = max(number for crew in crews for number in [1, *crew.handles.values()])
    state["speeds"] = numbers.add(
        [[channel.pace_at(load + 1) for load in range(loads)] for channel in scenario.channels.values()]
    )
    limited = any(crew.at_most for crew in crews)
    state["held"] = numbers.add(np.zeros(len(roster.agents) * len(scenario.channels) if limited else 0))
    state["rule"] = score_of(scenario.routing.agent)
    state["most_loaded"] = scenario.routing.placement == "most_loaded"
    state["same_agent"] = scenario.routing.same_agent
    state["history"] = scenario.routing.history
    return state


def _mastery(scenario: Scenario, crews: list[Crew]) -> tuple[Floats, Floats]:
    """By crew and intent: factor on talk time, and the chance that a handling solves it."""
    shape = (len(crews), len(scenario.intents))
    pace, solved = np.ones(shape), np.ones(shape)
    for g, crew in enumerate(crews):
        for i, intent in enumerate(scenario.intents.values()):
            if intent.skill in crew.skills:
                pace[g, i] = crew.talk[intent.skill]
                solved[g, i] = min(1.0, intent.fcr * crew.fcr[intent.skill])
    return pace, solved


def _thresholds(solved: Floats) -> Floats:
    """The normal score below which a handling solves."""
    return np.where(solved >= 1.0, SURE, np.maximum(ndtri(solved), -SURE))


__all__ = ["Prepared", "Review", "plan_rows", "prepare"]
