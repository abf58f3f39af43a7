"""Customers who come back: redials, repeats, and those who found the doors closed."""

from __future__ import annotations

from typing import Any

from ccsim.centre.draws import quantile
from ccsim.centre.journal import GAVE_UP
from ccsim.centre.kernel import apart, kernel, normal, push, seldom, uniform
from ccsim.centre.tables import (
    ATTEMPT_BITS,
    CHANNEL_BITS,
    REDIAL,
    REDIAL_DELAY,
    REPEAT_DELAY,
    RETURN,
    SWITCH,
    TRIES_LATER,
)


@kernel
def opening_after(m: Any, channel: Any, now: float) -> int:
    """Where in `numbers` the opening (from, to) stands that is on at `now` or comes next, or -1."""
    at = channel.opening
    while at < channel.last_opening and m.numbers[at + 1] <= now:
        at += 2
    channel.opening = at
    return at if at < channel.last_opening else -1


@kernel
def release_line(m: Any, at: int) -> None:
    m.channels[m.cells[at].channel].lines += 1


@kernel
def settle(m: Any, issue: int, status: int, now: float) -> None:
    m.status[issue] = status
    m.ended[issue] = now


@kernel
def cell_on(m: Any, issue: int, channel: int) -> int:
    """The issue's own cell, on a channel that may be another than it came by first."""
    at = m.cell[issue]
    return at + (channel - m.cells[at].channel) * m.state[0].block


@kernel
def return_on(m: Any, clock: Any, issue: int, attempt: int, channel: int, delay: float, now: float) -> None:
    """The issue comes back on a channel after a delay, s."""
    push(clock, now, delay, RETURN, (((issue << CHANNEL_BITS) + channel) << ATTEMPT_BITS) + attempt)


@kernel
def come_back(m: Any, clock: Any, at: int, issue: int, attempt: int, stream: int, now: float) -> None:
    """An unmet need: a redial after no answer, a repeat after no solution, or it is given up.

    `at` is the cell of the contact that has just ended, which says by which channel it came.
    """
    channel = m.cells[at].channel
    cell = m.cells[cell_on(m, issue, channel)]
    if stream == REDIAL:
        chance = cell.redial_chance
        most = cell.redial_cap
        table = cell.redial
        delay_stream = REDIAL_DELAY
    else:
        chance = cell.repeat_chance
        most = cell.repeat_cap
        table = cell.repeat
        delay_stream = REPEAT_DELAY
    if attempt + 1 < most and uniform(m, stream, issue, attempt) < chance:
        delay = quantile(m, table, normal(m, delay_stream, issue, attempt))
        if m.channels[channel].switched > 0:
            from_channel = m.channels[channel]
            u = uniform(m, SWITCH, issue, attempt)
            channel = other_channel(m, from_channel.switches, from_channel.switched, channel, u)
        return_on(m, clock, issue, attempt + 1, channel, delay, now)
    else:
        settle(m, issue, GAVE_UP, now)


@seldom
def other_channel(m: Any, table: int, rows: int, channel: int, u: float) -> int:
    """The channel that `u` falls on: pairs (channel, share up to and with it); beyond them, the same."""
    apart()
    for k in range(rows):
        if u < m.numbers[table + 2 * k + 1]:
            return int(m.numbers[table + 2 * k])
    return channel


@kernel
def try_later(m: Any, clock: Any, at: int, issue: int, attempt: int, now: float) -> None:
    """Turned away at a closed door: back at the next opening, or not at all."""
    cell = m.cells[at]
    if uniform(m, TRIES_LATER, issue, attempt) < cell.tries_later:
        return_on(m, clock, issue, attempt + 1, cell.channel, 0.0, now)
    else:
        settle(m, issue, GAVE_UP, now)
