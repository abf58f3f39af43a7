"""Routing decides twice: which agent for a contact, which contact for an agent.

Rules become ranks before the run (`lanes.py`): routes and serves are sorted by `order`, and within one
order the longest idle agent or the longest waiting contact (plus its wait credit) is taken. Ties go to
the lower index, always.
"""

from __future__ import annotations

from typing import Any

from ccsim.centre.kernel import kernel


@kernel
def choose_agent(m: Any, lane: Any, stage: int, now: float) -> int:
    """The idle agent for a contact of `lane` that has reached overflow `stage`, or -1."""
    chosen = -1
    order = 0
    since = now
    for k in range(lane.first_route, lane.last_route):
        route = m.routes[k]
        if chosen >= 0 and route.order > order:
            break
        if route.stage <= stage:
            group = m.groups[route.group]
            if group.idle > route.keep:
                idle_since = m.agents[group.head].idle_since
                if chosen < 0 or idle_since < since:
                    chosen = group.head
                    order = route.order
                    since = idle_since
    return chosen


@kernel
def choose_contact(m: Any, group: Any, now: float) -> int:
    """The waiting contact for an agent of `group` whose hands are empty, or -1."""
    chosen = -1
    order = 0
    longest = 0.0
    for k in range(group.first_serve, group.last_serve):
        serve = m.serves[k]
        if chosen >= 0 and serve.order > order:
            break
        lane = m.lanes[serve.lane]
        i = lane.head
        if i >= 0 and group.idle >= serve.keep:
            contact = m.contacts[i]
            if contact.stage >= serve.stage:
                waited = now - contact.entered + lane.credit
                if chosen < 0 or waited > longest:
                    chosen = i
                    order = serve.order
                    longest = waited
    return chosen
