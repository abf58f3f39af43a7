"""The end of the run: what still waits or is in hand goes into the journal as such."""

from __future__ import annotations

from typing import Any

from ccsim.centre.agents import log_presence
from ccsim.centre.journal import AWAITING, IN_HAND, IN_SESSION, OFF, WAITING
from ccsim.centre.kernel import kernel, write_leg
from ccsim.centre.tables import AWAITING_CALL, AWAITING_TURN, IN_SELF_SERVICE

UNKNOWN = float("nan")


@kernel
def close_books(m: Any, now: float) -> None:
    """Journal waiting contacts by lane, those in hand and presence by agent, then the others by slot."""
    for q in range(len(m.lanes)):
        i = m.lanes[q].head
        while i >= 0:
            c = m.contacts[i]
            write_open_leg(m, c, -1, WAITING)
            i = c.nxt
    for a in range(len(m.agents)):
        agent = m.agents[a]
        i = agent.slot
        while i >= 0:
            c = m.contacts[i]
            c.ended = UNKNOWN
            write_leg(m, m.state[0].legs, c, agent.group, IN_HAND, 0)
            m.state[0].legs += 1
            i = c.nxt
        if agent.state != OFF:
            log_presence(m, a, agent, now, now)
    for i in range(m.state[0].slots):
        c = m.contacts[i]
        if c.status == IN_SELF_SERVICE:
            write_open_leg(m, c, -1, IN_SESSION)
        elif c.status == AWAITING_CALL:
            write_open_leg(m, c, -1, WAITING)
        elif c.status == AWAITING_TURN:
            write_open_leg(m, c, -1, AWAITING)


@kernel
def write_open_leg(m: Any, c: Any, group: int, outcome: int) -> None:
    """A leg that has no end yet."""
    c.left = UNKNOWN
    c.ended = UNKNOWN
    write_leg(m, m.state[0].legs, c, group, outcome, 0)
    m.state[0].legs += 1
