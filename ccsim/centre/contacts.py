"""A contact begins: an issue is born or comes back, and meets self-service or the door."""

from __future__ import annotations

from typing import Any

from ccsim.centre.doors import meet_door
from ccsim.centre.kernel import apart, kernel, push, seldom, uniform
from ccsim.centre.returns import cell_on, opening_after
from ccsim.centre.sessions import start_session
from ccsim.centre.slots import place, take_slot
from ccsim.centre.tables import (
    ARRIVAL,
    ATTEMPT_BITS,
    CHANNEL_BITS,
    HISTORY,
    REOPENING,
    RETURN,
)


@kernel
def on_arrival(m: Any, clock: Any, issue: int, now: float) -> None:
    """An issue is born; the next one is put on the calendar."""
    following = issue + 1
    if following < m.state[0].issues:
        push(clock, now, m.draws[following] - now, ARRIVAL, following)
    begin_contact(m, clock, issue, 0, m.cell[issue], now)


@seldom
def on_return(m: Any, clock: Any, who: int, now: float) -> None:
    """A customer comes back with an issue; while closed, at some time of the next opening."""
    apart()
    attempt = who & ((1 << ATTEMPT_BITS) - 1)
    number = (who >> ATTEMPT_BITS) & ((1 << CHANNEL_BITS) - 1)
    issue = who >> (ATTEMPT_BITS + CHANNEL_BITS)
    channel = m.channels[number]
    k = opening_after(m, channel, now)
    if channel.deferred == 1:
        begin_again(m, clock, issue, attempt, cell_on(m, issue, number), now)
        return
    if k < 0:
        return  # no opening before the run ends: the issue stays open
    opens = m.numbers[k]
    if opens <= now:
        begin_again(m, clock, issue, attempt, cell_on(m, issue, number), now)
    else:
        width = m.numbers[k + 1] - opens
        u = uniform(m, REOPENING, issue, attempt)
        push(clock, now, opens - now + u * width, RETURN, who)


@seldom
def begin_again(m: Any, clock: Any, issue: int, attempt: int, at: int, now: float) -> None:
    """`begin_contact` for callers that need not be fast."""
    apart()
    begin_contact(m, clock, issue, attempt, at, now)


@kernel
def begin_contact(m: Any, clock: Any, issue: int, attempt: int, at: int, now: float) -> None:
    """A contact reaches the centre: self-service takes it, or it goes on to people."""
    s = m.state[0]
    number = s.contacts
    s.contacts = number + 1
    i = take_slot(m, number, issue, attempt, 0, now)
    c = m.contacts[i]
    cell = m.cells[at]
    place(c, at, cell)
    if attempt > 0 and s.history > 0.0 and uniform(m, HISTORY, issue, attempt) < s.history:
        c.context = 1
    if s.simple == 0 and cell.service >= 0 and start_session(m, clock, i, c, cell.service, now):
        return
    meet_door(m, clock, i, c, m.channels[cell.channel], now)
