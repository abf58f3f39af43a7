"""Where sites have queues of their own: whose a contact becomes, and the agent it should go back to."""

from __future__ import annotations

from typing import Any

from ccsim.centre.choices import holds, may_hold
from ccsim.centre.kernel import apart, seldom
from ccsim.centre.tables import NEVER


@seldom
def the_one_before(m: Any, c: Any) -> int:
    """The agent the contact should go back to, if there is room; else -1.

    That agent is looked for at every site; the contact is in the queue of that site then.
    """
    apart()
    a = c.wish
    if a < 0:
        a = m.seen_by[c.issue]
    if a < 0 or m.agents[a].shelf < 0:
        return -1
    agent = m.agents[a]
    first = m.lanes[c.lane].first
    for at in range(first, first + m.cells[c.cell].sites):
        lane = m.lanes[at]
        for k in range(lane.first_route, lane.last_route):
            route = m.routes[k]
            near = route.group == agent.group and agent.shelf < route.shelf + route.shelves
            if near and may_hold(m, a, agent, m.cells[c.cell].channel):
                c.lane = at
                return a
    return -1


@seldom
def choose_site(m: Any, c: Any, now: float) -> None:
    """The lane of the site where the expected wait is least; lanes of a cell's sites stand together.

    Of equal waits: where the agent with room has the least in hand, then has had it longest; where nobody
    has room, the site that has gone longest without a contact of the lane.
    """
    apart()
    first = m.lanes[c.lane].first
    chosen = -1
    least = 0.0
    load = 0.0
    since = 0.0
    for at in range(first, first + m.cells[c.cell].sites):
        lane = m.lanes[at]
        a = readiest(m, c, lane)
        expected = 0.0
        fill = 0.0
        ready = lane.sent
        if a < 0:
            expected = expected_wait(m, lane)
        else:
            agent = m.agents[a]
            fill = agent.used / m.groups[agent.group].capacity
            ready = agent.idle_since
        if expected >= 0.0:
            better = chosen < 0 or expected < least
            if chosen >= 0 and expected == least:
                better = fill < load or (fill == load and ready < since)
            if better:
                chosen = at
                least = expected
                load = fill
                since = ready
    if chosen >= 0:
        c.lane = chosen
        m.lanes[chosen].sent = now


@seldom
def readiest(m: Any, c: Any, lane: Any) -> int:
    """Of the agents of first choice with room the one with least in hand, and of those the longest; or -1."""
    apart()
    channel = m.cells[c.cell].channel
    chosen = -1
    load = 0.0
    since = 0.0
    for k in range(lane.first_route, lane.last_route):
        route = m.routes[k]
        if route.stage > 0 or not holds(m, lane, route.when, route.limit):
            continue
        for used in range(route.shelves):
            shelf = m.shelves[route.shelf + used]
            if shelf.count <= (route.keep if used == 0 else 0):
                continue
            a = shelf.head
            while a >= 0 and not may_hold(m, a, m.agents[a], channel):
                a = m.agents[a].nxt
            if a < 0:
                continue
            fill = used / m.groups[route.group].capacity
            ready = m.agents[a].idle_since
            if chosen < 0 or fill < load or (fill == load and ready < since):
                chosen = a
                load = fill
                since = ready
    return chosen


@seldom
def expected_wait(m: Any, lane: Any) -> float:
    """Work before a newcomer over the agents seated, s, where none has room; -1 where nobody serves."""
    apart()
    seated = 0
    for k in range(lane.first_route, lane.last_route):
        seated += m.groups[m.routes[k].group].seated
    if seated == 0:
        return NEVER if lane.last_route > lane.first_route else -1.0
    return (m.lanes[lane.room].waiting + 1) * lane.work / seated
