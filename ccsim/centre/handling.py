"""An agent takes a contact: all that will come of it is settled at once and happens later."""

from __future__ import annotations

from typing import Any

from ccsim.centre.draws import difficulty, hold_time, talk_time, turn_of, wrap_time
from ccsim.centre.journal import HANDLED, TRANSFERRED
from ccsim.centre.kernel import kernel, push, uniform
from ccsim.centre.tables import (
    COMPLETION,
    FAILS,
    LEG_BITS,
    PASSES_ON,
    SOLVES,
    TALK_END,
    TRANSFER,
    WITH_AGENT,
)

MOST_LEGS = (1 << LEG_BITS) - 1


@kernel
def answer(m: Any, clock: Any, i: int, c: Any, a: int, now: float) -> None:
    """Agent `a` takes the contact: all that will come of it is settled now and happens later."""
    agent = m.agents[a]
    cell = m.cells[c.cell]
    skill = agent.group * m.state[0].intents + c.intent
    agent.slot = i
    c.status = WITH_AGENT
    c.agent = a
    c.left = now
    turn = turn_of(c.attempt, c.leg)
    c.talk = talk_time(m, cell, c.issue, turn) * m.numbers[m.state[0].pace + skill]
    c.hold = hold_time(m, cell, c.issue, turn)
    c.wrap = wrap_time(m, cell, c.issue, turn)
    c.verdict = judge(m, cell, c, turn, m.numbers[m.state[0].threshold + skill])
    spoken = c.talk + c.hold
    if c.wrap > 0.0 and (c.verdict != SOLVES or m.channels[cell.channel].limited):
        push(clock, now, spoken, TALK_END, i)
    push(clock, now, spoken + c.wrap, COMPLETION, i)


@kernel
def judge(m: Any, cell: Any, c: Any, turn: int, threshold: float) -> int:
    """What a handling comes to: passed on, solved, or neither."""
    if cell.transfer_to >= 0 and c.leg < MOST_LEGS:
        u = uniform(m.streams[TRANSFER], m.key[c.issue], turn)
        if u < cell.transfer_chance:
            return PASSES_ON
    if threshold >= 40.0 or difficulty(m, cell, c.issue, turn) < threshold:
        return SOLVES
    return FAILS


@kernel
def outcome_of(c: Any) -> int:
    return TRANSFERRED if c.verdict == PASSES_ON else HANDLED


@kernel
def resolved_by(c: Any) -> int:
    return 1 if c.verdict == SOLVES else 0
