"""The two decisions of routing where ranks alone do not settle them.

An agent may have room beside other work (least or most loaded first), a route may depend on the queue,
the best agent may be a matter of a score, and the most urgent contact one of points, value or due date:
all of these are a score that is linear in the time waited.
"""

from __future__ import annotations

from typing import Any

from ccsim.centre.kernel import apart, kernel, seldom
from ccsim.centre.scores import agent_score
from ccsim.centre.tables import ALWAYS, BY_RANK, HANDED_IN, IDLE_BELOW, WAITING_ABOVE


@seldom
def choose_among(m: Any, c: Any, lane: Any, stage: int, now: float) -> int:
    """The best of the agents with room: by rank, then load, then score or longest idle."""
    apart()
    s = m.state[0]
    chosen = -1
    order = 0
    fill = 0.0
    best = 0.0
    for k in range(lane.first_route, lane.last_route):
        route = m.routes[k]
        if chosen >= 0 and route.order > order:
            break
        if route.stage > stage or not holds(m, lane, route.when, route.limit):
            continue
        for used in range(route.shelves):
            shelf = m.shelves[route.shelf + used]
            if shelf.count <= (route.keep if used == 0 else 0):
                continue
            filled = used / m.groups[route.group].capacity
            if s.most_loaded == 1:
                filled = -filled
            if s.rule == HANDED_IN:
                filled = 0.0
            a = shelf.head
            while a >= 0:
                agent = m.agents[a]
                score = agent.idle_since
                if s.rule != BY_RANK:
                    score = agent_score(m, c, route, a, agent, now)
                better = chosen < 0 or filled < fill or (filled == fill and score < best)
                if better and may_hold(m, a, agent, m.cells[c.cell].channel):
                    chosen = a
                    order = route.order
                    fill = filled
                    best = score
                    if s.rule == BY_RANK:
                        break
                a = agent.nxt
                if s.rule == BY_RANK and not better:
                    break
    return chosen


@seldom
def choose_work(m: Any, group: Any, a: int, live: bool, now: float) -> int:
    """The most urgent of the contacts that agent `a` has room for: by rank, then score."""
    apart()
    agent = m.agents[a]
    room = group.capacity - agent.used
    idle = m.shelves[group.first_shelf].count
    chosen = -1
    order = 0
    highest = 0.0
    for k in range(group.first_serve, group.last_serve):
        serve = m.serves[k]
        if chosen >= 0 and serve.order > order:
            break
        lane = m.lanes[serve.lane]
        i = lane.head
        if i < 0 or serve.need > room or idle < serve.keep or (live and serve.deferred == 1):
            continue
        contact = m.contacts[i]
        if contact.stage < serve.stage or not holds(m, lane, serve.when, serve.limit):
            continue
        score = (now - contact.since) * lane.rate + lane.credit
        if (chosen < 0 or score > highest) and may_hold(m, a, agent, m.cells[contact.cell].channel):
            chosen = i
            order = serve.order
            highest = score
    return chosen


@kernel
def may_hold(m: Any, a: int, agent: Any, channel: int) -> bool:
    """Whether the agent may hold one more contact of the channel (`at_most`)."""
    most = m.groups[agent.group].most
    if most < 0:
        return True
    s = m.state[0]
    return m.numbers[s.held + a * s.channels + channel] < m.numbers[most + channel]


@kernel
def holds(m: Any, lane: Any, when: int, limit: float) -> bool:
    """Whether the condition of a route or serve is met now."""
    if when == ALWAYS:
        return True
    if when == WAITING_ABOVE:
        return m.lanes[lane.room].waiting > limit
    if when == IDLE_BELOW:
        return idle_at_home(m, lane) < limit
    return lane.asked > 0.0 and lane.met < limit * lane.asked


@kernel
def idle_at_home(m: Any, lane: Any) -> int:
    """Idle agents of the groups that serve the lane without a condition."""
    idle = 0
    for k in range(lane.first_route, lane.last_route):
        route = m.routes[k]
        if route.when == ALWAYS and route.stage == 0:
            idle += m.shelves[route.shelf].count
    return idle
