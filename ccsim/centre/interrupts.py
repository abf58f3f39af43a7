"""Deferred work gives way to a live contact: it goes back to its place in the queue, partly done."""

from __future__ import annotations

from typing import Any

from ccsim.centre.assigning import find_another
from ccsim.centre.hands import advance, keep_soft, put_out_of_hand
from ccsim.centre.journal import INTERRUPTED
from ccsim.centre.kernel import apart, seldom
from ccsim.centre.queues import join_shelf, leave_shelf
from ccsim.centre.slots import end_leg, next_leg
from ccsim.centre.tables import RESUMED, STAY


@seldom
def free_for_live(m: Any, clock: Any, lane: Any, now: float) -> int:
    """An agent who has put soft work back for a contact of `lane` and stands idle, or -1."""
    apart()
    for k in range(lane.first_route, lane.last_route):
        route = m.routes[k]
        if route.stage > 0 or route.when > 0:
            continue
        a = m.groups[route.group].soft
        while a >= 0:
            agent = m.agents[a]
            if agent.pending == STAY and agent.pause == 0.0:
                if agent.shelf >= 0:
                    leave_shelf(m, agent, now)
                put_back(m, clock, a, agent, now)
                join_shelf(m, a, agent, now)
                return a
            a = agent.soft_nxt
    return -1


@seldom
def put_back(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """All soft work in the agent's hands goes back to its queue."""
    apart()
    advance(m, agent, now)
    while agent.slot >= 0:
        i = agent.slot
        c = m.contacts[i]
        put_out_of_hand(m, i, c, a, agent)
        k = next_leg(m, c, now)
        onward = m.contacts[k]
        onward.mode = RESUMED
        onward.since = c.since
        onward.work = c.work if c.work > 0.0 else 0.0
        onward.wrap = c.wrap
        onward.verdict = c.verdict
        onward.turns = c.turns
        onward.tries = c.tries
        onward.stage = c.stage
        onward.waited = c.waited + c.left - c.entered
        c.talk = now - c.left
        c.hold = 0.0
        c.wrap = 0.0
        c.ended = now
        end_leg(m, i, c, agent.group, INTERRUPTED, 0)
        find_another(m, clock, k, onward, now)
    agent.pulse += 1
    keep_soft(m, a, agent)
