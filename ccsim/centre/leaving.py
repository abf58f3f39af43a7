"""The customer is done with an agent: solved, passed on, or not solved and perhaps back."""

from __future__ import annotations

from typing import Any

from ccsim.centre.assigning import find_another
from ccsim.centre.draws import quantile
from ccsim.centre.journal import GAVE_UP, RESOLVED
from ccsim.centre.kernel import apart, kernel, normal, push, seldom, uniform
from ccsim.centre.returns import come_back, release_line, settle
from ccsim.centre.slots import next_leg, place, take_slot
from ccsim.centre.tables import (
    AWAITING_CALL,
    AWAITING_TURN,
    CALL_AGAIN,
    CALLING,
    DROPS,
    FAILS,
    NO_ONE,
    PASSES_ON,
    RAISES,
    REDIAL,
    REPEAT,
    REPLIES,
    RETRY,
    SOLVES,
    THINK,
    TURN,
    WARM,
)
from ccsim.centre.waiting import queue_up


@seldom
def on_talk_end(m: Any, clock: Any, i: int, now: float) -> None:
    """The customer is done; the agent still has work to write up."""
    apart()
    finish_talk(m, clock, m.contacts[i], now)


@kernel
def customer_leaves(m: Any, clock: Any, c: Any, now: float) -> None:
    """Solved, passed on, or it may be back: what follows for the customer."""
    c.gone = 1
    if c.verdict == SOLVES:
        release_line(m, c.cell)
        settle(m, c.issue, RESOLVED, c.left + c.talk + c.hold)
    elif c.verdict == FAILS:
        release_line(m, c.cell)
        come_back(m, clock, c.cell, c.issue, c.attempt, REPEAT, now)
    else:
        goes_on(m, clock, c, now)


@seldom
def finish_talk(m: Any, clock: Any, c: Any, now: float) -> None:
    """`customer_leaves` for callers that need not be fast."""
    apart()
    customer_leaves(m, clock, c, now)


@seldom
def goes_on(m: Any, clock: Any, c: Any, now: float) -> None:
    """Everything else a handling may come to."""
    apart()
    if c.verdict == PASSES_ON or c.verdict == RAISES:
        pass_on(m, clock, c, now)
    elif c.verdict == DROPS:
        release_line(m, c.cell)
        come_back(m, clock, c.cell, c.issue, c.attempt, REDIAL, now)
    elif c.verdict == NO_ONE:
        try_again(m, clock, c, now)
    elif c.verdict == REPLIES:
        await_turn(m, clock, c, now)


@seldom
def pass_on(m: Any, clock: Any, c: Any, now: float) -> None:
    """A transfer: the same contact, a new leg in the queue of the skill it needs."""
    apart()
    cell = m.cells[c.cell]
    u = uniform(m, WARM, c.issue, c.turn)
    i = take_slot(m, c.contact, c.issue, c.attempt, c.leg + 1, now)
    onward = m.contacts[i]
    raised = c.verdict == RAISES
    if u < (cell.escalate_warm if raised else cell.warm):
        onward.context = 1
    onward.waited = c.waited + c.left - c.entered
    to = cell.escalate_to if raised else cell.transfer_to
    lane = cell.escalate_lane if raised else cell.transfer_lane
    at = c.cell + (to - cell.intent) * m.state[0].segments
    place(onward, at, m.cells[at])
    if lane >= 0:
        onward.lane = lane
    queue_up(m, clock, i, onward, now)


@kernel
def try_again(m: Any, clock: Any, c: Any, now: float) -> None:
    """Nobody there: called again after a while, or given up after the last try."""
    if c.tries <= 1:
        settle(m, c.issue, GAVE_UP, now)
        return
    channel = m.channels[m.cells[c.cell].channel]
    delay = quantile(m, channel.retry, normal(m, RETRY, c.issue, c.turn))
    i = next_leg(m, c, now)
    onward = m.contacts[i]
    onward.mode = CALLING
    onward.tries = c.tries - 1
    onward.waited = c.waited
    onward.status = AWAITING_CALL
    push(clock, now, delay, CALL_AGAIN, i)


@seldom
def on_call_again(m: Any, clock: Any, i: int, now: float) -> None:
    """Another try is due: an agent with room calls, or it joins the list again."""
    apart()
    c = m.contacts[i]
    c.since = now
    c.entered = now
    find_another(m, clock, i, c, now)


@kernel
def await_turn(m: Any, clock: Any, c: Any, now: float) -> None:
    """A turn is answered: the customer thinks, and writes again."""
    channel = m.channels[m.cells[c.cell].channel]
    think = quantile(m, channel.think, normal(m, THINK, c.issue, c.turn))
    i = next_leg(m, c, now)
    onward = m.contacts[i]
    onward.turns = c.turns
    onward.tries = c.tries - 1
    onward.wish = c.agent
    onward.status = AWAITING_TURN
    push(clock, now, think, TURN, i)


@seldom
def on_turn(m: Any, clock: Any, i: int, now: float) -> None:
    """The customer writes again: back to the same agent if there is room, else to the queue."""
    apart()
    c = m.contacts[i]
    c.entered = now
    c.since = now
    queue_up(m, clock, i, c, now)
