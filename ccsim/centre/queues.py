"""Lanes of waiting contacts and lists of idle agents: doubly linked through the rows.

Joining and leaving take constant time anywhere in the line; nothing is deleted lazily.
"""

from __future__ import annotations

from typing import Any

from ccsim.centre.kernel import kernel


@kernel
def join_lane(m: Any, lane: Any, i: int, c: Any) -> None:
    """Put the contact in slot `i` at the end of its lane."""
    last = lane.tail
    c.nxt = -1
    c.prv = last
    if last < 0:
        lane.head = i
    else:
        m.contacts[last].nxt = i
    lane.tail = i
    m.lanes[lane.room].waiting += 1
    m.channels[lane.channel].waiting += 1


@kernel
def leave_lane(m: Any, lane: Any, c: Any) -> None:
    """Take a contact out of its lane, wherever it stands."""
    before = c.prv
    after = c.nxt
    if before < 0:
        lane.head = after
    else:
        m.contacts[before].nxt = after
    if after < 0:
        lane.tail = before
    else:
        m.contacts[after].prv = before
    m.lanes[lane.room].waiting -= 1
    m.channels[lane.channel].waiting -= 1


@kernel
def join_idle(m: Any, a: int, agent: Any, now: float) -> None:
    """Put agent `a` at the end of the idle list of its group: the head has been idle longest."""
    group = m.groups[agent.group]
    last = group.tail
    agent.nxt = -1
    agent.prv = last
    if last < 0:
        group.head = a
    else:
        m.agents[last].nxt = a
    group.tail = a
    group.idle += 1
    agent.idle_since = now


@kernel
def leave_idle(m: Any, agent: Any) -> None:
    """Take an agent out of the idle list of its group."""
    group = m.groups[agent.group]
    before = agent.prv
    after = agent.nxt
    if before < 0:
        group.head = after
    else:
        m.agents[before].nxt = after
    if after < 0:
        group.tail = before
    else:
        m.agents[after].prv = before
    group.idle -= 1
