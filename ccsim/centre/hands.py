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
    s = m.state[0]
    agent = m.agents[a]
    channel = m.cells[c.cell].channel
    advance(m, agent, now)
    c.need = int(m.numbers[m.groups[agent.group].needs + channel])
    c.speeds = s.speeds + channel * s.loads - 1
    c.soft = 1 if m.channels[channel].soft == 1 and c.leg < MOST_LEGS else 0
    c.work = c.talk + c.hold
    c.prv = -1
    c.nxt = agent.slot
    if agent.slot >= 0:
        m.contacts[agent.slot].prv = i
    agent.slot = i
    agent.load += 1
    agent.used += c.need
    agent.soft += c.soft
    count_held(m, a, agent, c, 1.0)
    keep_soft(m, a, agent)
    schedule(m, clock, a, agent, now)


@kernel
def put_out_of_hand(m: Any, i: int, c: Any, a: int, agent: Any) -> None:
    """The contact leaves the agent's hands; works have been advanced before."""
    if c.prv < 0:
        agent.slot = c.nxt
    else:
        m.contacts[c.prv].nxt = c.nxt
    if c.nxt >= 0:
        m.contacts[c.nxt].prv = c.prv
    agent.load -= 1
    agent.used -= c.need
    agent.soft -= c.soft
    c.soft = 0
    count_held(m, a, agent, c, -1.0)


@kernel
def count_held(m: Any, a: int, agent: Any, c: Any, change: float) -> None:
    """Keep count by channel where `at_most` limits it."""
    if m.groups[agent.group].most >= 0:
        s = m.state[0]
        m.numbers[s.held + a * s.channels + m.cells[c.cell].channel] += change


@kernel
def advance(m: Any, agent: Any, now: float) -> None:
    """Work done since the last change of load."""
    elapsed = now - agent.advanced
    agent.advanced = now
    load = agent.load
    i = agent.slot
    while i >= 0:
        c = m.contacts[i]
        c.work -= elapsed * m.numbers[c.speeds + load]
        i = c.nxt


@kernel
def schedule(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """Push the one event of the agent: the least time to go, then the lower slot."""
    agent.pulse += 1
    load = agent.load
    chosen = -1
    least = 0.0
    i = agent.slot
    while i >= 0:
        c = m.contacts[i]
        left = c.work / m.numbers[c.speeds + load]
        if left < 0.0:
            left = 0.0
        if chosen < 0 or left < least or (left == least and i < chosen):
            chosen = i
            least = left
        i = c.nxt
    agent.next = chosen
    push(clock, now, least, DUE, (agent.pulse << SLOT_BITS) + a)


@kernel
def keep_soft(m: Any, a: int, agent: Any) -> None:
    """List the agent among those of the crew with nothing but soft work in hand, or take it off."""
    if (agent.soft_nxt != -2) != (agent.soft > 0 and agent.soft == agent.load):
        change_soft(m, a, agent)


@seldom
def change_soft(m: Any, a: int, agent: Any) -> None:
    """Put the agent on the list of those with soft work only, or take it off."""
    apart()
    group = m.groups[agent.group]
    if agent.soft_nxt == -2:
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
