"""Customers who come back: redials, repeats, and those who found the doors closed."""

from __future__ import annotations

from typing import Any

from ccsim.centre.draws import normal, quantile
from ccsim.centre.journal import GAVE_UP
from ccsim.centre.kernel import kernel, push, uniform
from ccsim.centre.tables import (
    ATTEMPT_BITS,
    REDIAL,
    REDIAL_DELAY,
    REPEAT_DELAY,
    RETURN,
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
def settle(m: Any, issue: int, status: int, now: float) -> None:
    m.status[issue] = status
    m.ended[issue] = now


@kernel
def come_back(m: Any, clock: Any, issue: int, attempt: int, stream: int, now: float) -> None:
    """An unmet need: a redial after no answer, a repeat after no solution, or it is given up."""
    cell = m.cells[m.cell[issue]]
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
    key = m.key[issue]
    if attempt + 1 < most and uniform(m.streams[stream], key, attempt) < chance:
        delay = quantile(m, table, normal(m, delay_stream, key, attempt))
        push(clock, now, delay, RETURN, (issue << ATTEMPT_BITS) + attempt + 1)
    else:
        settle(m, issue, GAVE_UP, now)


@kernel
def try_later(m: Any, clock: Any, issue: int, attempt: int, now: float) -> None:
    """Turned away at a closed door: back at the next opening, or not at all."""
    cell = m.cells[m.cell[issue]]
    if uniform(m.streams[TRIES_LATER], m.key[issue], attempt) < cell.tries_later:
        push(clock, now, 0.0, RETURN, (issue << ATTEMPT_BITS) + attempt + 1)
    else:
        settle(m, issue, GAVE_UP, now)
