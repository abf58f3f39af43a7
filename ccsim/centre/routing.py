"""Routing decides twice: which agent for a contact, which contact for an agent.

Rules become ranks before the run (`lanes.py`): routes and serves are sorted by `order`, and within one
order the longest idle agent or the longest waiting contact (plus its wait credit) is taken. Ties go to
the lower index, always. Whatever needs more than ranks (agents with room beside other work, routes that
depend on the queue, scores) is decided in `choices.py`.
"""

from __future__ import annotations

from typing import Any

from ccsim.centre.choices import choose_among, choose_work
from ccsim.centre.kernel import kernel


@kernel
def choose_agent(m: Any, c: Any, lane: Any, stage: int, now: float) -> int:
    """The agent for contact `c` of `lane` that has reached overflow `stage`, or -1."""
    if lane.plain == 0:
        return choose_among(m, c, lane, stage, now)
    chosen = -1
    order = 0
    since = now
    for k in range(lane.first_route, lane.last_route):
        route = m.routes[k]
        if chosen >= 0 and route.order > order:
            break
        if route.stage <= stage:
            shelf = m.shelves[route.shelf]
            if shelf.count > route.keep:
                idle_since = m.agents[shelf.head].idle_since
                if chosen < 0 or idle_since < since:
                    chosen = shelf.head
                    order = route.order
                    since = idle_since
    return chosen


@kernel
def choose_contact(m: Any, group: Any, a: int, live: bool, now: float) -> int:
    """The waiting contact for agent `a` of `group` who has room, or -1; only a `live` one if asked."""
    if m.state[0].waiting == 0:
        return -1
    if live or group.plain == 0:
        return choose_work(m, group, a, live, now)
    chosen = -1
    order = 0
    longest = 0.0
    for k in range(group.first_serve, group.last_serve):
        serve = m.serves[k]
        if chosen >= 0 and serve.order > order:
            break
        lane = m.lanes[serve.lane]
        i = lane.head
        if i >= 0 and (serve.keep == 0 or m.shelves[group.first_shelf].count >= serve.keep):
            contact = m.contacts[i]
            if contact.stage >= serve.stage:
                waited = now - contact.since + lane.credit
                if chosen < 0 or waited > longest:
                    chosen = i
                    order = serve.order
                    longest = waited
    return chosen
