"""Slots of live contacts: taken from a free list, filled in, given back when the leg is journaled."""

from __future__ import annotations

from typing import Any

from ccsim.centre.kernel import apart, kernel, seldom, write_leg
from ccsim.centre.tables import FREE, LEGS, ORDINARY


@kernel
def take_slot(m: Any, number: int, issue: int, attempt: int, leg: int, now: float) -> int:
    """A free slot, filled in as far as every contact is alike."""
    s = m.state[0]
    i = s.free
    c = m.contacts[i]
    s.free = c.nxt
    c.contact = number
    c.issue = issue
    c.attempt = attempt
    c.leg = leg
    c.turn = attempt * LEGS + leg if leg < LEGS else far_turn(attempt, leg)
    c.agent = -1
    c.stage = 0
    c.verdict = 0
    c.gone = 0
    c.context = 0
    c.entered = now
    c.left = now
    c.since = now
    c.talk = 0.0
    c.hold = 0.0
    c.wrap = 0.0
    c.waited = 0.0
    if s.simple == 0:
        c.mode = ORDINARY
        c.wish = -1
        c.turns = 0
        c.heard = 0
        c.saved = 0.0
    return i


@kernel
def far_turn(attempt: int, leg: int) -> int:
    """The number of attempt and leg for draws, where legs are more than sixteen: far above all others."""
    return ((leg // LEGS) << 32) + attempt * LEGS + leg % LEGS


@kernel
def place(c: Any, at: int, cell: Any) -> None:
    """Say what kind of contact it is: `cell`, number `at`, settles intent, queue and lane."""
    c.cell = at
    c.intent = cell.intent
    c.queue = cell.queue
    c.lane = cell.lane


@seldom
def next_leg(m: Any, c: Any, now: float) -> int:
    """A slot for the next leg of the same contact, of the same kind and in the same queue."""
    apart()
    i = take_slot(m, c.contact, c.issue, c.attempt, c.leg + 1, now)
    onward = m.contacts[i]
    onward.cell = c.cell
    onward.intent = c.intent
    onward.queue = c.queue
    onward.lane = c.lane
    onward.context = 1
    return i


@kernel
def end_leg(m: Any, i: int, c: Any, group: int, outcome: int, resolved: int) -> None:
    """Write the leg to the journal and give the slot back."""
    s = m.state[0]
    write_leg(m, s.legs, c, group, outcome, resolved)
    s.legs += 1
    c.status = FREE
    c.ticket += 1
    c.nxt = s.free
    s.free = i


@kernel
def turn_away(m: Any, i: int, c: Any, outcome: int, now: float) -> None:
    """The contact leaves its queue unserved."""
    c.left = now
    c.ended = now
    end_leg(m, i, c, -1, outcome, 0)
