"""Several works in one agent's hands: each goes on at a pace that depends on how many there are.

Work is kept as what remains of it. The agent has one pending event, which names the contact that will be
done first and carries the agent's pulse: at any change of load all works advance, the pulse goes up, and
one new event is pushed. An event of another pulse does nothing.

Work on a channel that gives way to live contacts ("soft") is kept in the same manner, also where an agent
does one thing at a time, so that it can be put back half done.
"""

from __future__ import annotations

from typing import Any

from ccsim.centre.kernel import apart, kernel, push, seldom
from ccsim.centre.tables import DUE, MOST_LEGS, SLOT_BITS


@seldom
def take_in_hand(m: Any, clock: Any, i: int, c: Any, a: int, now: float) -> None:
    """One more in the hands of agent `a`: the others slow down."""
    apart()
    agent = m.agents[a]
    advance(m, agent, now)
    channel = m.cells[c.cell].channel
    c.need = need_of(m, agent.group, channel)
    c.work = c.talk + c.hold
    c.prv = -1
    c.nxt = agent.slot
    if agent.slot >= 0:
        m.contacts[agent.slot].prv = i
    agent.slot = i
    agent.load += 1
    agent.used += c.need
    count_held(m, a, agent, channel, 1.0)
    if is_soft(m, c):
        agent.soft += 1
    keep_soft(m, a, agent)
    schedule(m, clock, a, agent, now)


@seldom
def put_out_of_hand(m: Any, i: int, c: Any, a: int, agent: Any) -> None:
    """The contact leaves the agent's hands; works have been advanced before."""
    apart()
    if c.prv < 0:
        agent.slot = c.nxt
    else:
        m.contacts[c.prv].nxt = c.nxt
    if c.nxt >= 0:
        m.contacts[c.nxt].prv = c.prv
    agent.load -= 1
    agent.used -= c.need
    count_held(m, a, agent, m.cells[c.cell].channel, -1.0)
    if is_soft(m, c):
        agent.soft -= 1


@kernel
def need_of(m: Any, group: int, channel: int) -> int:
    """Units of an agent's capacity that a contact of the channel takes."""
    return int(m.numbers[m.groups[group].needs + channel])


@kernel
def count_held(m: Any, a: int, agent: Any, channel: int, change: float) -> None:
    if m.groups[agent.group].most >= 0:
        s = m.state[0]
        m.numbers[s.held + a * s.channels + channel] += change


@kernel
def is_soft(m: Any, c: Any) -> bool:
    """Whether the work gives way to a live contact: while the customer's part is not done."""
    return m.channels[m.cells[c.cell].channel].soft == 1 and c.gone == 0 and c.leg < MOST_LEGS


@seldom
def advance(m: Any, agent: Any, now: float) -> None:
    """Work done since the last change of load."""
    apart()
    elapsed = now - agent.advanced
    agent.advanced = now
    i = agent.slot
    while i >= 0:
        c = m.contacts[i]
        c.work -= elapsed * pace_of(m, c, agent.load)
        i = c.nxt


@kernel
def pace_of(m: Any, c: Any, load: int) -> float:
    """Speed of one contact among `load` in hand: 1 is that of a contact alone."""
    s = m.state[0]
    return m.numbers[s.speeds + m.cells[c.cell].channel * s.loads + load - 1]


@seldom
def schedule(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """Push the one event of the agent: the least time to go, then the lower slot."""
    apart()
    agent.pulse += 1
    chosen = -1
    least = 0.0
    i = agent.slot
    while i >= 0:
        c = m.contacts[i]
        left = c.work / pace_of(m, c, agent.load)
        if left < 0.0:
            left = 0.0
        if chosen < 0 or left < least or (left == least and i < chosen):
            chosen = i
            least = left
        i = c.nxt
    agent.next = chosen
    push(clock, now, least, DUE, (agent.pulse << SLOT_BITS) + a)


@seldom
def keep_soft(m: Any, a: int, agent: Any) -> None:
    """List the agent among those of the crew with nothing but soft work in hand, or take it off."""
    apart()
    listed = agent.soft_nxt != -2
    wanted = agent.soft > 0 and agent.soft == agent.load
    if listed == wanted:
        return
    group = m.groups[agent.group]
    if wanted:
        agent.soft_nxt = -1
        agent.soft_prv = group.soft_tail
        if group.soft_tail < 0:
            group.soft = a
        else:
            m.agents[group.soft_tail].soft_nxt = a
        group.soft_tail = a
        return
    if agent.soft_prv < 0:
        group.soft = agent.soft_nxt
    else:
        m.agents[agent.soft_prv].soft_nxt = agent.soft_nxt
    if agent.soft_nxt < 0:
        group.soft_tail = agent.soft_prv
    else:
        m.agents[agent.soft_nxt].soft_prv = agent.soft_prv
    agent.soft_nxt = -2
