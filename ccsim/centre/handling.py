"""An agent takes a contact: all that will come of it is settled at once and happens later."""

from __future__ import annotations

from typing import Any

from ccsim.centre.draws import difficulty, draw_work
from ccsim.centre.hands import take_in_hand
from ccsim.centre.journal import (
    DROPPED,
    ESCALATED,
    HANDLED,
    NO_REPLY,
    REPLIED,
    SILENT,
    TRANSFERRED,
)
from ccsim.centre.kernel import apart, kernel, push, seldom, uniform
from ccsim.centre.tables import (
    CALLING,
    COMPLETION,
    DROP,
    DROP_MOMENT,
    DROPS,
    ESCALATE,
    FAILS,
    GHOST,
    LEGS,
    MOST_LEGS,
    NO_ONE,
    ORDINARY,
    PASSES_ON,
    RAISES,
    REPLIES,
    RESUMED,
    SOLVES,
    TALK_END,
    TRANSFER,
    TURNS,
    UNREACHED,
    VANISHED,
    WITH_AGENT,
)

MOST_TURNS = 40


@kernel
def answer(m: Any, clock: Any, i: int, c: Any, a: int, now: float) -> bool:
    """Agent `a` takes the contact: all that will come of it is settled now and happens later.

    Whether it is work beside other work, which may leave the agent room for more.
    """
    agent = m.agents[a]
    cell = m.cells[c.cell]
    c.status = WITH_AGENT
    c.agent = a
    c.left = now
    s = m.state[0]
    if s.simple == 1 or c.mode != RESUMED:
        draw_work(m, cell, c)
        skill = agent.group * s.intents + c.intent
        c.talk = c.talk * m.numbers[s.pace + skill] * agent.pace
        if c.wrap > 0.0:
            c.wrap = c.wrap * m.groups[agent.group].wrap * agent.pace
        c.verdict = judge(m, cell, c, m.numbers[s.threshold + skill] + agent.quality)
    if s.simple == 0:
        if m.lanes[c.lane].watch == 1:
            note_answer(m, m.lanes[c.lane], now - c.entered, now)
        if cell.special == 1 or c.mode != ORDINARY or c.saved > 0.0:
            out_of_the_ordinary(m, cell, c)
        if s.same_agent == 1:
            m.seen_by[c.issue] = a
        if m.groups[agent.group].capacity > 1 or m.channels[cell.channel].soft == 1:
            take_in_hand(m, clock, i, c, a, now)
            return True
    agent.slot = i
    c.nxt = -1
    spoken = c.talk + c.hold
    if c.wrap > 0.0 and (c.verdict != SOLVES or m.channels[cell.channel].limited):
        push(clock, now, spoken, TALK_END, i)
    push(clock, now, spoken + c.wrap, COMPLETION, i)
    return False


@kernel
def judge(m: Any, cell: Any, c: Any, threshold: float) -> int:
    """What a handling comes to: passed on, solved, raised to a higher tier, or none of these."""
    if cell.transfer_to >= 0 and c.leg < MOST_LEGS:
        u = uniform(m, TRANSFER, c.issue, c.turn)
        if u < cell.transfer_chance:
            return PASSES_ON
    if threshold >= 40.0 or difficulty(m, cell, c.issue, c.turn) < threshold:
        return SOLVES
    if cell.escalate_to >= 0 and c.leg < MOST_LEGS:
        u = uniform(m, ESCALATE, c.issue, c.turn)
        if u < cell.escalate_chance:
            return RAISES
    return FAILS


@seldom
def out_of_the_ordinary(m: Any, cell: Any, c: Any) -> None:
    """Turns of messaging, customers who drop out, ghosts, call-backs, context that saves time."""
    apart()
    channel = m.channels[cell.channel]
    if c.saved > 0.0:
        c.talk = c.talk - c.saved if c.talk > 2.0 * c.saved else 0.5 * c.talk
        c.saved = 0.0
    if c.mode == GHOST:
        answer_ghost(c, channel)
    elif c.mode == CALLING:
        call_customer(m, c, channel)
    elif c.mode == RESUMED:
        c.talk = c.work
    if channel.turns > 0.0 and c.mode == ORDINARY:
        take_turn(m, c, channel)
    may_drop = channel.drops > 0.0 and c.mode == ORDINARY and c.verdict != REPLIES
    if may_drop and uniform(m, DROP, c.issue, c.turn) < channel.drops:
        c.verdict = DROPS
        c.talk = c.talk * uniform(m, DROP_MOMENT, c.issue, c.turn)
        c.hold = 0.0


@kernel
def answer_ghost(c: Any, channel: Any) -> None:
    """The customer has gone: the agent finds out after a while."""
    c.verdict = VANISHED
    c.talk = channel.silent_time
    c.hold = 0.0
    c.wrap = 0.0


@kernel
def call_customer(m: Any, c: Any, channel: Any) -> None:
    """The agent rings the customer, and may find nobody there."""
    if uniform(m, UNREACHED, c.issue, c.turn) < channel.no_reply:
        c.verdict = NO_ONE
        c.talk = channel.ring
        c.hold = 0.0
        c.wrap = 0.0
    else:
        c.talk = channel.ring + c.talk
        channel.lines -= 1


@kernel
def take_turn(m: Any, c: Any, channel: Any) -> None:
    """One turn of several: an even part of the talk; only the last one settles anything."""
    if c.turns == 0:
        c.turns = 1
        first = (c.attempt * LEGS) << 8
        more = 1.0 - 1.0 / channel.turns
        while c.turns < MOST_TURNS and uniform(m, TURNS, c.issue, first + c.turns) < more:
            c.turns += 1
        c.tries = c.turns  # turns still to come
    c.talk = c.talk / c.turns
    c.hold = c.hold / c.turns
    if c.tries > 1 and c.leg < MOST_LEGS:
        c.verdict = REPLIES
        c.wrap = 0.0


@seldom
def note_answer(m: Any, lane: Any, waited: float, now: float) -> None:
    """What a lane remembers of the last one answered, and of the service level of the day."""
    apart()
    lane.last_wait = waited
    day = int(now / 86400.0)
    if lane.day != day:
        lane.day = day
        lane.asked = 0.0
        lane.met = 0.0
    lane.asked += 1.0
    if waited <= lane.within:
        lane.met += 1.0


@kernel
def outcome_of(c: Any) -> int:
    """The outcome of a leg that an agent has finished."""
    verdict = c.verdict
    if verdict <= FAILS:
        return HANDLED
    if verdict == PASSES_ON:
        return TRANSFERRED
    if verdict == RAISES:
        return ESCALATED
    if verdict == DROPS:
        return DROPPED
    if verdict == VANISHED:
        return SILENT
    if verdict == NO_ONE:
        return NO_REPLY
    return REPLIED


@kernel
def resolved_by(c: Any) -> int:
    return 1 if c.verdict == SOLVES else 0
