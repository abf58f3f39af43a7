"""An agent with room takes a contact, and stays in reach if there is room left."""

from __future__ import annotations

from typing import Any

from ccsim.centre.handling import answer
from ccsim.centre.kernel import apart, seldom
from ccsim.centre.queues import join_by_age, join_shelf, leave_shelf
from ccsim.centre.routing import choose_agent
from ccsim.centre.tables import IN_QUEUE, STAY


@seldom
def assign(m: Any, clock: Any, i: int, c: Any, a: int, now: float) -> None:
    """Agent `a`, who stands on a shelf, takes the contact; `waiting.enter_queue` does it in haste."""
    apart()
    leave_shelf(m, m.agents[a], now)
    if answer(m, clock, i, c, a, now):
        stay_in_reach(m, a, now)


@seldom
def stay_in_reach(m: Any, a: int, now: float) -> None:
    """An agent with room left and no reason to stop stands on the shelf of the new load."""
    apart()
    agent = m.agents[a]
    group = m.groups[agent.group]
    if agent.used < group.capacity and agent.pending == STAY and agent.pause == 0.0 and agent.shelf < 0:
        join_shelf(m, a, agent, now)


@seldom
def find_another(m: Any, clock: Any, i: int, c: Any, now: float) -> None:
    """Who has waited before goes to an agent with room, or back to its place in the queue."""
    apart()
    lane = m.lanes[c.lane]
    a = choose_agent(m, c, lane, c.stage, now)
    if a >= 0:
        assign(m, clock, i, c, a, now)
    else:
        c.status = IN_QUEUE
        join_by_age(m, lane, i, c)
