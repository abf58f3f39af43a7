"""Lanes of waiting contacts and shelves of agents with room: doubly linked through the rows.

A crew has one shelf for each number of units its agents may have in use: on the first stand the idle.
Joining and leaving take constant time anywhere in the line; nothing is deleted lazily.
"""

from __future__ import annotations

from typing import Any

from ccsim.centre.kernel import apart, kernel, seldom


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
    m.state[0].waiting += 1


@seldom
def join_by_age(m: Any, lane: Any, i: int, c: Any) -> None:
    """Put the contact in slot `i` before all who have waited less."""
    apart()
    after = lane.head
    while after >= 0 and m.contacts[after].since <= c.since:
        after = m.contacts[after].nxt
    before = lane.tail if after < 0 else m.contacts[after].prv
    c.prv = before
    c.nxt = after
    if before < 0:
        lane.head = i
    else:
        m.contacts[before].nxt = i
    if after < 0:
        lane.tail = i
    else:
        m.contacts[after].prv = i
    m.lanes[lane.room].waiting += 1
    m.channels[lane.channel].waiting += 1
    m.state[0].waiting += 1


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
    m.state[0].waiting -= 1


@kernel
def join_shelf(m: Any, a: int, agent: Any, now: float) -> None:
    """Put agent `a` at the end of the shelf of its load: the head has been there longest."""
    at = m.groups[agent.group].first_shelf + agent.used
    shelf = m.shelves[at]
    last = shelf.tail
    agent.shelf = at
    agent.nxt = -1
    agent.prv = last
    if last < 0:
        shelf.head = a
    else:
        m.agents[last].nxt = a
    shelf.tail = a
    shelf.count += 1
    agent.idle_since = now


@kernel
def leave_shelf(m: Any, agent: Any, now: float) -> None:
    """Take an agent off its shelf."""
    shelf = m.shelves[agent.shelf]
    before = agent.prv
    after = agent.nxt
    if before < 0:
        shelf.head = after
    else:
        m.agents[before].nxt = after
    if after < 0:
        shelf.tail = before
    else:
        m.agents[after].prv = before
    shelf.count -= 1
    agent.shelf = -1
    if agent.slot < 0:
        agent.idle_time += now - agent.idle_since
