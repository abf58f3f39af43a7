"""The end of the run: what still waits or is in hand goes into the journal as such."""

from __future__ import annotations

from typing import Any

from ccsim.centre.agents import log_presence
from ccsim.centre.journal import IN_HAND, OFF, WAITING
from ccsim.centre.kernel import kernel, write_leg

UNKNOWN = float("nan")


@kernel
def close_books(m: Any, now: float) -> None:
    """Journal waiting contacts by lane, then contacts in hand and presence by agent."""
    s = m.state[0]
    for q in range(len(m.lanes)):
        i = m.lanes[q].head
        while i >= 0:
            c = m.contacts[i]
            c.left = UNKNOWN
            c.ended = UNKNOWN
            write_leg(m, s.legs, c, -1, WAITING, 0)
            s.legs += 1
            i = c.nxt
    for a in range(len(m.agents)):
        agent = m.agents[a]
        if agent.slot >= 0:
            c = m.contacts[agent.slot]
            c.ended = UNKNOWN
            write_leg(m, s.legs, c, agent.group, IN_HAND, 0)
            s.legs += 1
        if agent.state != OFF:
            log_presence(m, a, agent, now, now)
