"""An agent's day: seated, handling, free, on a break, off. Work in hand is always finished first."""

from __future__ import annotations

from typing import Any

from ccsim.centre.handling import answer, outcome_of, resolved_by
from ccsim.centre.journal import AWAY, BREAK, OFF, SEATED
from ccsim.centre.kernel import kernel, push, write_presence
from ccsim.centre.leaving import customer_leaves
from ccsim.centre.queues import join_idle, leave_idle, leave_lane
from ccsim.centre.routing import choose_contact
from ccsim.centre.slots import end_leg
from ccsim.centre.tables import (
    HEADCOUNT,
    PAUSE_BREAK,
    PLAN,
    RESUME,
    SERVE_OUT,
    SHIFT_END,
    SHIFT_START,
    SLOT_BITS,
    STAY,
)


@kernel
def on_completion(m: Any, clock: Any, i: int, now: float) -> None:
    """Wrap-up is over: the leg is journaled and the agent's hands are empty."""
    c = m.contacts[i]
    a = c.agent
    agent = m.agents[a]
    if c.gone == 0:
        customer_leaves(m, clock, c, now)
    c.ended = now
    end_leg(m, i, c, agent.group, outcome_of(c), resolved_by(c))
    agent.slot = -1
    free_agent(m, clock, a, agent, now)


@kernel
def free_agent(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """What an agent does whose hands are empty: the next contact, a late break, home, or wait."""
    group = m.groups[agent.group]
    leaving = agent.pending != STAY or group.surplus > 0
    serves_out = agent.pending == SERVE_OUT or group.serve_out == 1
    i = -1
    if serves_out if leaving else agent.pause == 0.0:
        i = choose_contact(m, group, now)
    if i >= 0:
        c = m.contacts[i]
        leave_lane(m, m.lanes[c.lane], c)
        answer(m, clock, i, c, a, now)
    elif leaving:
        if agent.pending == STAY:
            group.surplus -= 1
            agent.due = group.due
        leave_seat(m, agent, a, now)
    elif agent.pause > 0.0:
        start_pause(m, clock, a, agent, now)
    else:
        join_idle(m, a, agent, now)


@kernel
def log_presence(m: Any, a: int, agent: Any, due: float, now: float) -> None:
    """Journal the spell that ends now, if it lasted at all."""
    s = m.state[0]
    if now > agent.since:
        write_presence(m, s.presence, a, agent.state, agent.since, now, due)
        s.presence += 1
    agent.since = now
    agent.version += 1


@kernel
def take_seat(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """The agent logs in and is ready for work."""
    agent.state = SEATED
    agent.since = now
    agent.version += 1
    agent.pending = STAY
    agent.pause = 0.0
    m.groups[agent.group].seated += 1
    free_agent(m, clock, a, agent, now)


@kernel
def leave_seat(m: Any, agent: Any, a: int, now: float) -> None:
    """The agent goes home; what lies after `due` is overtime."""
    log_presence(m, a, agent, agent.due, now)
    agent.state = OFF
    agent.pending = STAY
    agent.pause = 0.0
    m.groups[agent.group].seated -= 1


@kernel
def start_pause(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """A break or time away begins, perhaps late, and lasts its full length."""
    log_presence(m, a, agent, now, now)
    agent.state = agent.pause_state
    push(clock, now, agent.pause, RESUME, (agent.version << SLOT_BITS) + a)
    agent.pause = 0.0


@kernel
def on_resume(m: Any, clock: Any, who: int, now: float) -> None:
    """Back from a break, unless the shift ended during it."""
    a = who & ((1 << SLOT_BITS) - 1)
    agent = m.agents[a]
    if agent.version == who >> SLOT_BITS:
        log_presence(m, a, agent, now, now)
        agent.state = SEATED
        free_agent(m, clock, a, agent, now)


@kernel
def on_plan(m: Any, clock: Any, k: int, now: float) -> None:
    """The next line of the plan: headcounts, shift starts and ends, breaks; then the one after."""
    if k + 1 < m.state[0].plans:
        push(clock, now, m.plan[k + 1].time - now, PLAN, k + 1)
    plan = m.plan[k]
    kind = plan.kind
    who = plan.who
    value = plan.value
    if kind == HEADCOUNT:
        change_headcount(m, clock, m.groups[who], int(value), now)
    elif kind == SHIFT_START:
        start_shift(m, clock, who, m.agents[who], value, now)
    elif kind == SHIFT_END:
        end_shift(m, who, m.agents[who], int(value), now)
    else:
        ask_pause(m, clock, who, m.agents[who], BREAK if kind == PAUSE_BREAK else AWAY, value, now)


@kernel
def change_headcount(m: Any, clock: Any, group: Any, target: int, now: float) -> None:
    """More: those asked to leave stay, then others come. Fewer: the idle go, then who finishes."""
    group.due = now
    group.serve_out = 1 if target == 0 else 0
    change = target - (group.seated - group.surplus)
    if change > 0:
        stay = group.surplus if group.surplus < change else change
        group.surplus -= stay
        change -= stay
    for a in range(group.first_agent, group.last_agent):
        if change <= 0:
            break
        if m.agents[a].state == OFF:
            take_seat(m, clock, a, m.agents[a], now)
            change -= 1
    a = group.last_agent - 1
    while change < 0 and a >= group.first_agent:
        agent = m.agents[a]
        if agent.state == SEATED and agent.slot < 0:
            leave_idle(m, agent)
            agent.due = now
            leave_seat(m, agent, a, now)
            change += 1
        a -= 1
    group.surplus -= change if change < 0 else 0


@kernel
def start_shift(m: Any, clock: Any, a: int, agent: Any, due: float, now: float) -> None:
    agent.due = due
    if agent.state == OFF:
        take_seat(m, clock, a, agent, now)
    else:
        agent.pending = STAY


@kernel
def end_shift(m: Any, a: int, agent: Any, how: int, now: float) -> None:
    """Home at once if idle or on a break; else when the work in hand is done."""
    if agent.state == SEATED and agent.slot >= 0:
        agent.pending = how
    elif agent.state != OFF:
        if agent.state == SEATED:
            leave_idle(m, agent)
        leave_seat(m, agent, a, now)


@kernel
def ask_pause(m: Any, clock: Any, a: int, agent: Any, state: int, length: float, now: float) -> None:
    """A break is due: now if idle, after the contact or the break in hand if not."""
    if agent.state != OFF and agent.pending == STAY:
        agent.pause_state = state
        agent.pause += length
        if agent.state == SEATED and agent.slot < 0:
            leave_idle(m, agent)
            start_pause(m, clock, a, agent, now)
