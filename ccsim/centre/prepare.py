"""From scenario and issues to tables: names become integers, distributions become numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from ccsim.centre.draws import normal_table, score_table
from ccsim.centre.journal import LEG, OFF, PRESENCE, Names
from ccsim.centre.lanes import Lane, LaneKey, build_lane, lane_key
from ccsim.centre.roster import Roster, build_roster
from ccsim.centre.tables import (
    AGENT,
    CELL,
    CHANNEL,
    CONTACT,
    GROUP,
    LANE,
    NO_LIMIT,
    PLANNED,
    ROUTE,
    SERVE,
    STATE,
    STREAMS,
    Centre,
)
from ccsim.demand.grid import Grid
from ccsim.demand.issues import Issues, patience_of, talk_of
from ccsim.demand.streams import Floats, stream_key
from ccsim.distributions import Distribution
from ccsim.scenario import Scenario

Table = npt.NDArray[np.void]
FIRST_SLOTS = 1 << 10
SURE = 99.0  # a normal score nothing reaches: always solved


@dataclass
class Numbers:
    """The column `numbers`, filled piece by piece; equal distributions share a table."""

    pieces: list[Floats]
    size: int
    tables: dict[Distribution, int]

    @classmethod
    def start(cls) -> Numbers:
        table = normal_table()
        return cls([table], len(table), {})

    def add(self, values: npt.ArrayLike) -> int:
        """Append values; returns where they begin."""
        piece = np.asarray(values, np.float64).ravel()
        self.pieces.append(piece)
        self.size += len(piece)
        return self.size - len(piece)

    def quantiles(self, distribution: Distribution | None) -> int:
        """Where the quantile table of a distribution begins; -1 for none."""
        if distribution is None:
            return -1
        if distribution not in self.tables:
            self.tables[distribution] = self.add(score_table(distribution))
        return self.tables[distribution]


@dataclass(frozen=True, eq=False)
class Prepared:
    """A centre ready to start, with the names its integers stand for."""

    centre: Centre
    names: Names
    roster: Roster


def prepare(scenario: Scenario, replication: int, issues: Issues) -> Prepared:
    """Build every table of one replication."""
    numbers = Numbers.start()
    roster = build_roster(scenario, replication)
    keys = _cell_lanes(scenario)
    lanes = [build_lane(scenario, key) for key in dict.fromkeys(keys)]
    names = _names(scenario, roster)
    lane_rows, routes = _lanes(scenario, lanes, names, numbers)
    groups, serves = _groups(scenario, lanes, roster)
    cells = _cells(scenario, keys, lanes, numbers)
    channels = _channels(scenario, numbers)
    state = _state(scenario, issues, roster, numbers)
    n = len(issues)
    centre = Centre(
        contacts=_slots(FIRST_SLOTS),
        lanes=lane_rows,
        routes=routes,
        serves=serves,
        groups=groups,
        agents=_agents(roster),
        cells=cells,
        channels=channels,
        plan=_plan(roster),
        state=state,
        numbers=np.concatenate(numbers.pieces),
        streams=np.array([stream_key(scenario.seed, replication, name) for name in STREAMS], np.uint64),
        key=issues.key,
        cell=issues.cell,
        draws=issues.draws.ravel(),
        status=np.zeros(n, np.int32),
        ended=np.full(n, np.nan),
        legs=np.empty(int(1.1 * n) + 1000, LEG),
        presence=np.empty(len(roster.lines) + 2 * len(roster.agents) + 1000, PRESENCE),
    )
    return Prepared(centre, names, roster)


def _cell_lanes(scenario: Scenario) -> list[LaneKey]:
    return [
        lane_key(scenario, channel, intent, segment)
        for channel in scenario.channels
        for intent in scenario.intents
        for segment in scenario.customers
    ]


def _skills(scenario: Scenario) -> list[str]:
    return list(dict.fromkeys(intent.skill for intent in scenario.intents.values()))


def _names(scenario: Scenario, roster: Roster) -> Names:
    channels, skills = list(scenario.channels), _skills(scenario)
    intents, segments = len(scenario.intents), len(scenario.customers)
    number = np.arange(len(channels) * intents * segments, dtype=np.int32)
    queue = np.arange(len(channels) * len(skills), dtype=np.int32)
    return Names(
        channels=tuple(channels),
        intents=tuple(scenario.intents),
        segments=tuple(scenario.customers),
        skills=tuple(skills),
        groups=tuple(scenario.agents),
        sites=tuple(group.site for group in scenario.agents.values()),
        agents=np.array(roster.agents, np.int32),
        cell_channel=number // (intents * segments),
        cell_intent=number // segments % intents,
        cell_segment=number % segments,
        queue_channel=queue // len(skills),
        queue_skill=queue % len(skills),
        queue_kind=np.zeros(len(queue), np.int32),
    )


def _lanes(scenario: Scenario, lanes: list[Lane], names: Names, numbers: Numbers) -> tuple[Table, Table]:
    rows = np.zeros(len(lanes), LANE)
    routes: list[tuple[int, int, int, int]] = []
    rooms = [lane.key.room for lane in lanes]
    for row, lane in zip(rows, lanes, strict=True):
        channel = names.channels.index(lane.key.channel)
        row["head"] = row["tail"] = -1
        row["room"] = rooms.index(lane.key.room)
        row["limit"] = lane.limit
        row["channel"] = channel
        row["queue"] = channel * len(names.skills) + names.skills.index(lane.key.skill)
        row["credit"] = lane.key.credit
        row["first_route"] = len(routes)
        routes += [(route.group, route.order, route.stage, route.keep) for route in lane.routes]
        row["last_route"] = len(routes)
        row["ladder"] = numbers.add(lane.ladder)
        row["steps"] = len(lane.ladder)
    return rows, np.array(routes, ROUTE)


def _groups(scenario: Scenario, lanes: list[Lane], roster: Roster) -> tuple[Table, Table]:
    rows = np.zeros(len(scenario.agents), GROUP)
    serves: list[tuple[int, int, int, int]] = []
    edges = [*roster.first, len(roster.agents)]
    for number, row in enumerate(rows):
        row["head"] = row["tail"] = -1
        row["first_agent"], row["last_agent"] = edges[number], edges[number + 1]
        row["first_serve"] = len(serves)
        serves += _serves(lanes, number)
        row["last_serve"] = len(serves)
    return rows, np.array(serves, SERVE)


def _serves(lanes: list[Lane], group: int) -> list[tuple[int, int, int, int]]:
    """Lanes of a group: by priority, then by the rank of the skill for its agents."""
    mine = [
        ((lane.key.priority, lane.ranks[group]), number, route)
        for number, lane in enumerate(lanes)
        for route in lane.routes
        if route.group == group
    ]
    levels = sorted({level for level, _, _ in mine})
    found = [(number, levels.index(level), route.stage, route.keep) for level, number, route in mine]
    return sorted(found, key=lambda serve: (serve[1], serve[0]))


def _cells(scenario: Scenario, keys: list[LaneKey], lanes: list[Lane], numbers: Numbers) -> Table:
    order = [lane.key for lane in lanes]
    rows = np.zeros(len(keys), CELL)
    skills, intents = _skills(scenario), list(scenario.intents)
    at = 0
    for c, (channel_name, channel) in enumerate(scenario.channels.items()):
        for i, (intent_name, intent) in enumerate(scenario.intents.items()):
            for _ in scenario.customers:
                row = rows[at]
                row["lane"] = order.index(keys[at])
                row["channel"], row["intent"] = c, i
                row["queue"] = c * len(skills) + skills.index(intent.skill)
                row["talk"] = numbers.quantiles(talk_of(scenario, channel_name, intent_name))
                row["hold"] = numbers.quantiles(intent.hold)
                row["wrap"] = numbers.quantiles(intent.wrap_up)
                row["patience"] = numbers.quantiles(patience_of(scenario, channel_name, intent_name))
                row["loading"] = intent.complexity
                row["noise"] = (1.0 - intent.complexity**2) ** 0.5
                row["transfer_to"] = -1
                if intent.transfer is not None:
                    row["transfer_to"] = intents.index(intent.transfer.to)
                    row["transfer_chance"] = intent.transfer.chance
                    row["warm"] = intent.transfer.warm
                row["redial_cap"] = row["repeat_cap"] = 1
                if channel.redial is not None:
                    row["redial"] = numbers.quantiles(channel.redial.after)
                    row["redial_chance"] = channel.redial.chance
                    row["redial_cap"] = _cap(channel.redial.cap)
                if intent.repeat is not None:
                    row["repeat"] = numbers.quantiles(intent.repeat.after)
                    row["repeat_chance"] = intent.repeat.chance
                    row["repeat_cap"] = _cap(intent.repeat.cap)
                row["tries_later"] = channel.tries_later
                at += 1
    return rows


def _cap(most: int | None) -> int:
    """Most contacts of an issue; without a cap as many as a return event can number."""
    return (1 << 16) - 1 if most is None else most


def _channels(scenario: Scenario, numbers: Numbers) -> Table:
    rows = np.zeros(len(scenario.channels), CHANNEL)
    for row, (name, channel) in zip(rows, scenario.channels.items(), strict=True):
        openings = Grid(scenario, name).openings
        row["limited"] = channel.lines is not None
        row["lines"] = NO_LIMIT if channel.lines is None else channel.lines
        row["limit"] = NO_LIMIT if channel.queue_limit is None else channel.queue_limit
        row["opening"] = numbers.add(openings)
        row["last_opening"] = row["opening"] + 2 * len(openings)
        row["renew_patience"] = channel.renew_patience
    return rows


def _agents(roster: Roster) -> Table:
    rows = np.zeros(len(roster.agents), AGENT)
    rows["group"] = roster.agents
    rows["slot"] = -1
    rows["state"] = OFF
    return rows


def _plan(roster: Roster) -> Table:
    rows = np.zeros(len(roster.lines), PLANNED)
    if roster.lines:
        time, kind, who, value = zip(*roster.lines, strict=True)
        rows["time"], rows["kind"], rows["who"], rows["value"] = time, kind, who, value
    return rows


def _slots(count: int) -> Table:
    """Free slots, each pointing to the next; the last to none."""
    rows = np.zeros(count, CONTACT)
    rows["nxt"] = np.arange(1, count + 1)
    rows["nxt"][-1] = -1
    return rows


def _state(scenario: Scenario, issues: Issues, roster: Roster, numbers: Numbers) -> Table:
    state = np.zeros(1, STATE)
    state["slots"] = FIRST_SLOTS
    state["issues"] = len(issues)
    state["plans"] = len(roster.lines)
    state["intents"] = len(scenario.intents)
    state["segments"] = len(scenario.customers)
    for name in ("talk", "hold", "wrap", "patience", "score", "complexity"):
        at = issues.columns.index(name) * len(issues) if name in issues.columns else -1
        state[name] = at
    pace, threshold = _mastery(scenario)
    state["pace"] = numbers.add(pace)
    state["threshold"] = numbers.add(threshold)
    return state


def _mastery(scenario: Scenario) -> tuple[Floats, Floats]:
    """By group and intent: factor on talk time, and the normal score below which it is solved."""
    shape = (len(scenario.agents), len(scenario.intents))
    pace, threshold = np.ones(shape), np.full(shape, SURE)
    for g, group in enumerate(scenario.agents.values()):
        for i, intent in enumerate(scenario.intents.values()):
            mastery = group.skills.get(intent.skill)
            if mastery is not None:
                pace[g, i] = 1.0 / mastery.speed
                solved = min(1.0, intent.fcr * mastery.fcr)
                threshold[g, i] = SURE if solved >= 1.0 else max(float(ndtri(solved)), -SURE)
    return pace, threshold
