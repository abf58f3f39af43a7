"""A contact in the queue: an agent takes it at once, or it waits, gives up, or is taken further afield."""

from __future__ import annotations

from typing import Any

from ccsim.centre.assigning import assign, stay_in_reach
from ccsim.centre.draws import patience_time
from ccsim.centre.handling import answer
from ccsim.centre.interrupts import free_for_live
from ccsim.centre.journal import ABANDONED, BALKED, BLOCKED
from ccsim.centre.kernel import apart, kernel, push, seldom, uniform
from ccsim.centre.promises import announced_patience, promised
from ccsim.centre.queues import join_lane, leave_lane, leave_shelf
from ccsim.centre.returns import come_back, release_line
from ccsim.centre.routing import choose_agent
from ccsim.centre.sites import choose_site, the_one_before
from ccsim.centre.slots import turn_away
from ccsim.centre.tables import (
    GHOST,
    IN_QUEUE,
    LEGS,
    NEVER,
    OVERFLOW,
    PATIENCE_END,
    REDIAL,
    SILENTLY,
    SLOT_BITS,
)


@kernel
def enter_queue(m: Any, clock: Any, i: int, c: Any, now: float) -> None:
    """An agent with room takes it, or it waits."""
    if m.state[0].simple == 1:
        a = choose_agent(m, c, m.lanes[c.lane], 0, now)
    else:
        a = look_around(m, clock, c, now)
    if a < 0:
        wait(m, clock, i, c, now)
        return
    leave_shelf(m, m.agents[a], now)
    if answer(m, clock, i, c, a, now):
        stay_in_reach(m, a, now)


@kernel
def look_around(m: Any, clock: Any, c: Any, now: float) -> int:
    """An agent for the contact where sites, agents seen before or soft work have to be thought of."""
    a = -1
    if c.wish >= 0 or m.state[0].same_agent == 1:
        a = the_one_before(m, c)
    if a >= 0:
        return a
    if m.cells[c.cell].sites > 1:
        choose_site(m, c, now)
    lane = m.lanes[c.lane]
    a = choose_agent(m, c, lane, 0, now)
    if a < 0 and m.state[0].interrupts == 1 and lane.deferred == 0:
        a = free_for_live(m, clock, lane, now)
    return a


@seldom
def queue_up(m: Any, clock: Any, i: int, c: Any, now: float) -> None:
    """`enter_queue` for callers that need not be fast."""
    apart()
    enter_queue(m, clock, i, c, now)


@kernel
def wait(m: Any, clock: Any, i: int, c: Any, now: float) -> None:
    """It joins its lane if there is room and it is willing."""
    lane = m.lanes[c.lane]
    channel = m.channels[lane.channel]
    if channel.waiting >= channel.limit or m.lanes[lane.room].waiting >= lane.limit:
        lose(m, clock, i, c, BLOCKED, now)
        return
    if channel.informs == 1 and promised(m, clock, i, c, lane, channel, now):
        return
    patience = patience_left(m, channel, c)
    if patience <= 0.0:
        lose(m, clock, i, c, BALKED, now)
        return
    c.status = IN_QUEUE
    join_lane(m, lane, i, c)
    late = (c.ticket << SLOT_BITS) + i
    if patience < NEVER:
        push(clock, now, patience, PATIENCE_END, late)
    if lane.steps > 0:
        push(clock, now, m.numbers[lane.ladder], OVERFLOW, late)
    if lane.depends == 1:
        call_help(m, clock, lane, now)


@kernel
def patience_left(m: Any, channel: Any, c: Any) -> float:
    """How long it is willing to wait from now on: anew after a transfer, or what is left of it.

    What is left is of the patience the contact came with, that of its issue's own intent.
    """
    if c.heard == 1:
        return announced_patience(m, channel, c)
    if channel.renew_patience:
        return patience_time(m, m.cells[c.cell], c.issue, c.turn)
    came_as = m.cells[m.cell[c.issue]]
    return patience_time(m, came_as, c.issue, c.attempt * LEGS) - c.waited


@kernel
def lose(m: Any, clock: Any, i: int, c: Any, outcome: int, now: float) -> None:
    """A contact that held a line goes without an answer."""
    issue = c.issue
    attempt = c.attempt
    at = c.cell
    release_line(m, at)
    if m.state[0].simple == 0 and m.lanes[c.lane].watch == 1:
        note_loss(m, m.lanes[c.lane], now)
    turn_away(m, i, c, outcome, now)
    come_back(m, clock, at, issue, attempt, REDIAL, now)


@seldom
def note_loss(m: Any, lane: Any, now: float) -> None:
    """One more asked for an answer today and got none."""
    apart()
    day = int(now / 86400.0)
    if lane.day != day:
        lane.day = day
        lane.asked = 0.0
        lane.met = 0.0
    lane.asked += 1.0


@kernel
def on_patience_end(m: Any, clock: Any, who: int, now: float) -> None:
    """The customer gives up, unless answered meanwhile."""
    i = who & ((1 << SLOT_BITS) - 1)
    c = m.contacts[i]
    if c.ticket == who >> SLOT_BITS and c.status == IN_QUEUE:
        if m.state[0].simple == 0 and goes_silently(m, clock, c, now):
            return
        leave_lane(m, m.lanes[c.lane], c)
        lose(m, clock, i, c, ABANDONED, now)


@seldom
def goes_silently(m: Any, clock: Any, c: Any, now: float) -> bool:
    """Whether the customer goes without a sign: an agent will find out."""
    apart()
    channel = m.channels[m.cells[c.cell].channel]
    u = uniform(m, SILENTLY, c.issue, c.turn)
    if u >= channel.silent:
        return False
    c.mode = GHOST
    release_line(m, c.cell)
    come_back(m, clock, c.cell, c.issue, c.attempt, REDIAL, now)
    return True


@seldom
def on_overflow(m: Any, clock: Any, who: int, now: float) -> None:
    """The contact has waited long enough for more groups to take it."""
    apart()
    i = who & ((1 << SLOT_BITS) - 1)
    c = m.contacts[i]
    if c.ticket != who >> SLOT_BITS or c.status != IN_QUEUE:
        return
    lane = m.lanes[c.lane]
    c.stage += 1
    a = choose_agent(m, c, lane, c.stage, now)
    if a >= 0:
        leave_lane(m, lane, c)
        assign(m, clock, i, c, a, now)
    elif c.stage < lane.steps:
        step = m.numbers[lane.ladder + c.stage] - m.numbers[lane.ladder + c.stage - 1]
        push(clock, now, step, OVERFLOW, who)


@seldom
def call_help(m: Any, clock: Any, lane: Any, now: float) -> None:
    """The queue has grown: agents whose help depends on it may take its head."""
    apart()
    i = lane.head
    c = m.contacts[i]
    a = choose_agent(m, c, lane, c.stage, now)
    if a >= 0:
        leave_lane(m, lane, c)
        assign(m, clock, i, c, a, now)
