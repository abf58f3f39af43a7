"""A contact's life up to its answer: it arrives, is turned away, waits, or is lost."""

from __future__ import annotations

from typing import Any

from ccsim.centre.draws import patience_time, turn_of
from ccsim.centre.handling import answer
from ccsim.centre.journal import ABANDONED, BALKED, BLOCKED, CLOSED
from ccsim.centre.kernel import kernel, push, uniform
from ccsim.centre.queues import join_lane, leave_idle, leave_lane
from ccsim.centre.returns import come_back, opening_after, try_later
from ccsim.centre.routing import choose_agent
from ccsim.centre.slots import place, take_slot, turn_away
from ccsim.centre.tables import (
    ARRIVAL,
    ATTEMPT_BITS,
    IN_QUEUE,
    NEVER,
    OVERFLOW,
    PATIENCE_END,
    REDIAL,
    REOPENING,
    RETURN,
    SLOT_BITS,
)


@kernel
def on_arrival(m: Any, clock: Any, issue: int, now: float) -> None:
    """An issue is born; the next one is put on the calendar."""
    following = issue + 1
    if following < m.state[0].issues:
        push(clock, now, m.draws[following] - now, ARRIVAL, following)
    begin_contact(m, clock, issue, 0, now)


@kernel
def on_return(m: Any, clock: Any, who: int, now: float) -> None:
    """A customer comes back with an issue; while closed, at some time of the next opening."""
    issue = who >> ATTEMPT_BITS
    attempt = who & ((1 << ATTEMPT_BITS) - 1)
    cell = m.cells[m.cell[issue]]
    k = opening_after(m, m.channels[cell.channel], now)
    if k < 0:
        return  # no opening before the run ends: the issue stays open
    opens = m.numbers[k]
    if opens <= now:
        begin_contact(m, clock, issue, attempt, now)
    else:
        width = m.numbers[k + 1] - opens
        u = uniform(m.streams[REOPENING], m.key[issue], attempt)
        push(clock, now, opens - now + u * width, RETURN, who)


@kernel
def begin_contact(m: Any, clock: Any, issue: int, attempt: int, now: float) -> None:
    """A contact reaches the centre: it finds it closed, all lines taken, or enters a queue."""
    s = m.state[0]
    number = s.contacts
    s.contacts = number + 1
    at = m.cell[issue]
    channel = m.channels[m.cells[at].channel]
    i = take_slot(m, number, issue, attempt, 0, now)
    c = m.contacts[i]
    place(m, c, at)
    k = opening_after(m, channel, now)
    if k < 0 or m.numbers[k] > now:
        turn_away(m, i, c, CLOSED, now)
        try_later(m, clock, c.issue, attempt, now)
    elif channel.limited and channel.lines <= 0:
        turn_away(m, i, c, BLOCKED, now)
        come_back(m, clock, c.issue, attempt, REDIAL, now)
    else:
        channel.lines -= 1
        enter_queue(m, clock, i, c, now)


@kernel
def release_line(m: Any, at: int) -> None:
    m.channels[m.cells[at].channel].lines += 1


@kernel
def enter_queue(m: Any, clock: Any, i: int, c: Any, now: float) -> None:
    """An idle agent takes it, or it waits."""
    a = choose_agent(m, m.lanes[c.lane], 0, now)
    if a >= 0:
        leave_idle(m, m.agents[a])
        answer(m, clock, i, c, a, now)
    else:
        wait(m, clock, i, c, now)


@kernel
def wait(m: Any, clock: Any, i: int, c: Any, now: float) -> None:
    """It joins its lane if there is room and it is willing."""
    lane = m.lanes[c.lane]
    channel = m.channels[lane.channel]
    if channel.waiting >= channel.limit or m.lanes[lane.room].waiting >= lane.limit:
        lose(m, clock, i, c, BLOCKED, now)
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


@kernel
def patience_left(m: Any, channel: Any, c: Any) -> float:
    """How long it is willing to wait from now on: anew after a transfer, or what is left of it.

    What is left is of the patience the contact came with, that of its issue's own intent.
    """
    if channel.renew_patience:
        return patience_time(m, m.cells[c.cell], c.issue, turn_of(c.attempt, c.leg))
    came_as = m.cells[m.cell[c.issue]]
    return patience_time(m, came_as, c.issue, turn_of(c.attempt, 0)) - c.waited


@kernel
def lose(m: Any, clock: Any, i: int, c: Any, outcome: int, now: float) -> None:
    """A contact that held a line goes without an answer."""
    issue = c.issue
    attempt = c.attempt
    release_line(m, c.cell)
    turn_away(m, i, c, outcome, now)
    come_back(m, clock, issue, attempt, REDIAL, now)


@kernel
def on_patience_end(m: Any, clock: Any, who: int, now: float) -> None:
    """The customer hangs up, unless answered meanwhile."""
    i = who & ((1 << SLOT_BITS) - 1)
    c = m.contacts[i]
    if c.ticket == who >> SLOT_BITS and c.status == IN_QUEUE:
        leave_lane(m, m.lanes[c.lane], c)
        lose(m, clock, i, c, ABANDONED, now)


@kernel
def on_overflow(m: Any, clock: Any, who: int, now: float) -> None:
    """The contact has waited long enough for more groups to take it."""
    i = who & ((1 << SLOT_BITS) - 1)
    c = m.contacts[i]
    if c.ticket != who >> SLOT_BITS or c.status != IN_QUEUE:
        return
    lane = m.lanes[c.lane]
    c.stage += 1
    a = choose_agent(m, lane, c.stage, now)
    if a >= 0:
        leave_lane(m, lane, c)
        leave_idle(m, m.agents[a])
        answer(m, clock, i, c, a, now)
    elif c.stage < lane.steps:
        step = m.numbers[lane.ladder + c.stage] - m.numbers[lane.ladder + c.stage - 1]
        push(clock, now, step, OVERFLOW, who)
