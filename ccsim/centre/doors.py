"""The door to people: closed, all lines taken, or on to the queue."""

from __future__ import annotations

from typing import Any

from ccsim.centre.journal import BLOCKED, CLOSED, MESSAGE
from ccsim.centre.kernel import apart, kernel, seldom, uniform
from ccsim.centre.returns import come_back, opening_after, return_on, try_later
from ccsim.centre.slots import turn_away
from ccsim.centre.tables import LEAVES_MESSAGE, REDIAL
from ccsim.centre.waiting import enter_queue, queue_up


@kernel
def meet_door(m: Any, clock: Any, i: int, c: Any, channel: Any, now: float) -> None:
    """It finds its channel closed, all lines taken, or enters a queue."""
    if channel.deferred == 0:
        k = opening_after(m, channel, now)
        if k < 0 or m.numbers[k] > now:
            find_closed(m, clock, i, c, channel, now)
            return
    if channel.limited and channel.lines <= 0:
        issue = c.issue
        attempt = c.attempt
        at = c.cell
        turn_away(m, i, c, BLOCKED, now)
        come_back(m, clock, at, issue, attempt, REDIAL, now)
    else:
        channel.lines -= 1
        enter_queue(m, clock, i, c, now)


@seldom
def find_closed(m: Any, clock: Any, i: int, c: Any, channel: Any, now: float) -> None:
    """Outside opening hours: a message left, another try at the next opening, or nothing."""
    apart()
    issue = c.issue
    attempt = c.attempt
    at = c.cell
    to = channel.message_to
    if to >= 0 and uniform(m, LEAVES_MESSAGE, issue, attempt) < channel.message_chance:
        turn_away(m, i, c, MESSAGE, now)
        return_on(m, clock, issue, attempt + 1, to, 0.0, now)
        return
    turn_away(m, i, c, CLOSED, now)
    try_later(m, clock, at, issue, attempt, now)


@seldom
def reach_people(m: Any, clock: Any, i: int, c: Any, now: float) -> None:
    """From self-service to the queue, on the line it holds already, unless the doors are closed."""
    apart()
    channel = m.channels[m.cells[c.cell].channel]
    if channel.deferred == 0:
        k = opening_after(m, channel, now)
        if k < 0 or m.numbers[k] > now:
            channel.lines += 1
            find_closed(m, clock, i, c, channel, now)
            return
    queue_up(m, clock, i, c, now)
