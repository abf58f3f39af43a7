"""Rows of lanes, routes, serves, shelves and crews."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ccsim.centre.agent_rules import score_of
from ccsim.centre.crews import Crew
from ccsim.centre.journal import Names
from ccsim.centre.lanes import LULL, Lane, LaneKey, build_lane, lane_key, own_sites
from ccsim.centre.numbers import Numbers
from ccsim.centre.roster import Roster
from ccsim.centre.tables import ALWAYS, BY_RANK, GROUP, LANE, NEVER, ROUTE, SERVE, SERVICE_BELOW, SHELF
from ccsim.scenario import Scenario

Table = npt.NDArray[np.void]
USUAL_WITHIN = 20.0  # s: threshold of the service level so far where a channel has no target


@dataclass(frozen=True, eq=False)
class LanePlan:
    """Every lane of a centre. Lanes of one key stand together, one a site; `first` says where.

    `cells` are the keys of the cells in their order.
    """

    cells: list[LaneKey]
    lanes: list[Lane]
    first: dict[LaneKey, int]
    sites: list[str | None]


def plan_lanes(scenario: Scenario, crews: list[Crew]) -> LanePlan:
    """Lanes for all cells, for transfers with a priority of their own, and for call-backs."""
    cells = [
        lane_key(scenario, channel, intent, segment)
        for channel in scenario.channels
        for intent in scenario.intents
        for segment in scenario.customers
    ]
    keys = list(dict.fromkeys([*cells, *_transferred(scenario)]))
    keys += [call_key(scenario, key) for key in keys if scenario.channels[key.channel].callback]
    sites = own_sites(scenario, crews)
    lanes: list[Lane] = []
    first: dict[LaneKey, int] = {}
    for key in dict.fromkeys(keys):
        first[key] = len(lanes)
        lanes += [build_lane(scenario, crews, replace(key, site=site)) for site in sites]
    return LanePlan(cells, lanes, first, sites)


def _transferred(scenario: Scenario) -> list[LaneKey]:
    found = []
    for intent in scenario.intents.values():
        for passed in (intent.transfer, intent.escalate):
            if passed is not None and passed.priority is not None:
                found += [
                    lane_key(scenario, channel, passed.to, segment, passed.priority)
                    for channel in scenario.channels
                    for segment in scenario.customers
                ]
    return found


def call_key(scenario: Scenario, key: LaneKey) -> LaneKey:
    """The call-back list of a lane: at the place held, or after everybody else."""
    callback = scenario.channels[key.channel].callback
    keeps = callback is not None and callback.keeps_place
    return replace(key, call=True, priority=key.priority if keeps else LULL)


def lane_rows(scenario: Scenario, plan: LanePlan, crews: list[Crew], names: Names, numbers: Numbers
              ) -> tuple[Table, Table]:  # fmt: skip
    """Rows of lanes and of routes."""
    rows = np.zeros(len(plan.lanes), LANE)
    routes: list[tuple[object, ...]] = []
    rooms = [lane.key.room for lane in plan.lanes]
    shelves = first_shelves(crews)
    plain = score_of(scenario.routing.agent) == BY_RANK
    for row, lane in zip(rows, plan.lanes, strict=True):
        key = lane.key
        channel = names.channels.index(key.channel)
        given = scenario.channels[key.channel]
        row["head"] = row["tail"] = -1
        row["room"] = rooms.index(key.room)
        row["first"] = plan.first[replace(key, site=None)]
        row["limit"] = lane.limit
        row["channel"] = len(names.channels) if key.call else channel
        row["queue"] = queue_number(names, channel, names.skills.index(key.skill), key.call)
        row["credit"], row["rate"] = key.credit, key.rate
        row["first_route"] = len(routes)
        routes += [
            (
                route.crew, route.order, route.stage, route.keep, shelves[route.crew],
                crews[route.crew].capacity - crews[route.crew].needs[key.channel] + 1,
                route.when, route.limit,
            )
            for route in lane.routes
        ]  # fmt: skip
        row["last_route"] = len(routes)
        row["ladder"] = numbers.add(lane.ladder)
        row["steps"] = 0 if key.call else len(lane.ladder)
        conditions = {route.when for route in lane.routes} - {ALWAYS}
        row["depends"] = bool(conditions)
        row["plain"] = (
            plain
            and not conditions
            and all(
                crews[route.crew].capacity == 1 and not crews[route.crew].at_most for route in lane.routes
            )
        )
        row["deferred"] = given.deferred or key.call
        row["watch"] = SERVICE_BELOW in conditions or watched(scenario, key)
        row["call"] = -1
        if given.callback is not None and not key.call:
            own = replace(key, site=None)
            row["call"] = plan.first[call_key(scenario, own)] + plan.sites.index(key.site)
        row["day"] = -1 << 40
        row["within"] = given.target.within if given.target is not None else USUAL_WITHIN
        row["work"] = mean_work(scenario, key)
        row["sent"] = -NEVER
    return rows, np.array(routes, ROUTE)


def watched(scenario: Scenario, key: LaneKey) -> bool:
    """Whether anybody asks what the last one answered had waited."""
    channel = scenario.channels[key.channel]
    asked = [tells.predictor for tells in (channel.callback, channel.announce) if tells is not None]
    return "last_to_enter_service" in asked and not key.call


def queue_number(names: Names, channel: int, skill: int, call: bool) -> int:
    """Number of a people's queue or of a call-back list."""
    at = channel * len(names.skills) + skill
    return at + len(names.channels) * len(names.skills) if call else at


def mean_work(scenario: Scenario, key: LaneKey) -> float:
    """Mean handling time of the lane's contacts, s: of the intents that need its skill, by share."""
    shares = scenario.mix(key.channel)
    total = weight = 0.0
    for name, intent in scenario.intents.items():
        if intent.skill == key.skill:
            share = shares[name] or 1e-9
            talk = intent.talk_time(key.channel, scenario.channels[key.channel].talk).mean
            spent = talk + sum(part.mean for part in (intent.hold, intent.wrap_up) if part is not None)
            total, weight = total + share * spent, weight + share
    return total / weight if weight else 0.0


def first_shelves(crews: list[Crew]) -> list[int]:
    """Number of each crew's first shelf: a crew has one for each number of units in use."""
    edges = np.cumsum([0, *(crew.capacity for crew in crews)])
    return [int(edge) for edge in edges[:-1]]


def shelf_rows(crews: list[Crew]) -> Table:
    rows = np.zeros(sum(crew.capacity for crew in crews), SHELF)
    rows["head"] = rows["tail"] = -1
    return rows


def crew_rows(scenario: Scenario, plan: LanePlan, crews: list[Crew], roster: Roster, numbers: Numbers
              ) -> tuple[Table, Table]:  # fmt: skip
    """Rows of crews and of serves."""
    rows = np.zeros(len(crews), GROUP)
    serves: list[tuple[int, int, int, int, int, int, bool, float]] = []
    edges = [*roster.first, len(roster.agents)]
    shelves = first_shelves(crews)
    sites = list(dict.fromkeys(crew.site for crew in crews))
    for number, (row, crew) in enumerate(zip(rows, crews, strict=True)):
        row["first_shelf"], row["capacity"] = shelves[number], crew.capacity
        row["first_agent"], row["last_agent"] = edges[number], edges[number + 1]
        row["first_serve"] = len(serves)
        own = _serves(scenario, plan.lanes, crew, number)
        serves += own
        row["last_serve"] = len(serves)
        simple = all(serve[5] == ALWAYS for serve in own) and not crew.at_most
        row["plain"] = simple and crew.capacity == 1 and all(lane.key.rate == 1.0 for lane in plan.lanes)
        row["soft"] = row["soft_tail"] = -1
        channels = list(scenario.channels)
        row["needs"] = numbers.add([crew.needs.get(name, 0) for name in channels])
        row["most"] = -1
        if crew.at_most:
            row["most"] = numbers.add([crew.at_most.get(name, 1 << 20) for name in channels])
        row["site"] = sites.index(crew.site)
        row["wrap"] = next(iter(crew.wrap.values()), 1.0)
    return rows, np.array(serves, SERVE)


def _serves(
    scenario: Scenario, lanes: list[Lane], crew: Crew, number: int
) -> list[tuple[int, int, int, int, int, int, bool, float]]:
    """Lanes of a crew: by priority and worth, then by the rank of the skill for its agents."""
    mine = [
        ((lane.key.priority, lane.key.worth, lane.ranks[number]), at, lane, route)
        for at, lane in enumerate(lanes)
        for route in lane.routes
        if route.crew == number
    ]
    levels = sorted({level for level, _, _, _ in mine})
    found = [
        (
            at, levels.index(level), route.stage, route.keep, crew.needs[lane.key.channel], route.when,
            lane.key.call or scenario.channels[lane.key.channel].deferred, route.limit,
        )
        for level, at, lane, route in mine
    ]  # fmt: skip
    return sorted(found, key=lambda serve: (serve[1], serve[0]))
