"""An agent's day by plan: seats taken and left, breaks, headcounts; and outages of self-service."""

from __future__ import annotations

from typing import Any

from ccsim.centre.agents import leave_seat, log_presence, seek_work, start_pause
from ccsim.centre.assigning import stay_in_reach
from ccsim.centre.interrupts import put_back
from ccsim.centre.journal import AWAY, BREAK, OFF, SEATED
from ccsim.centre.kernel import apart, kernel, push, seldom
from ccsim.centre.queues import leave_shelf
from ccsim.centre.tables import (
    BOT_DOWN,
    BOT_UP,
    HEADCOUNT,
    LEAVE,
    PAUSE_BREAK,
    PLAN,
    SERVE_OUT,
    SHIFT_END,
    SHIFT_START,
    SLOT_BITS,
    STAY,
)


@seldom
def on_plan(m: Any, clock: Any, k: int, now: float) -> None:
    """The next line of the plan: headcounts, shift starts and ends, breaks; then the one after."""
    apart()
    plan = m.plan[k]
    if plan.more == 1:
        push(clock, now, m.plan[k + 1].time - now, PLAN, k + 1)
    kind = plan.kind
    who = plan.who
    value = plan.value
    if kind == HEADCOUNT:
        if m.groups[who].capacity > 1:
            change_shared_headcount(m, clock, m.groups[who], int(value), now)
        else:
            change_headcount(m, clock, m.groups[who], int(value), now)
    elif kind == SHIFT_START:
        start_shift(m, clock, who, m.agents[who], value, now)
    elif kind == SHIFT_END:
        end_shift(m, clock, who, m.agents[who], int(value), now)
    elif kind == BOT_DOWN:
        m.bots[who].down += 1
    elif kind == BOT_UP:
        m.bots[who].down -= 1
    else:
        ask_pause(m, clock, who, m.agents[who], BREAK if kind == PAUSE_BREAK else AWAY, value, now)


@seldom
def take_seat(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """The agent logs in and is ready for work."""
    apart()
    agent.state = SEATED
    agent.since = now
    agent.idle_mark = agent.idle_time
    agent.seat_mark = agent.seat_time
    agent.version += 1
    agent.pending = STAY
    agent.pause = 0.0
    m.groups[agent.group].seated += 1
    seek_work(m, clock, a, agent, now)


@seldom
def on_resume(m: Any, clock: Any, who: int, now: float) -> None:
    """Back from a break, unless the shift ended during it."""
    apart()
    a = who & ((1 << SLOT_BITS) - 1)
    agent = m.agents[a]
    if agent.version == who >> SLOT_BITS:
        log_presence(m, a, agent, now, now)
        agent.state = SEATED
        seek_work(m, clock, a, agent, now)


@seldom
def change_headcount(m: Any, clock: Any, group: Any, target: int, now: float) -> None:
    """More: those asked to leave stay, then others come. Fewer: the idle go, then who finishes."""
    apart()
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
            leave_shelf(m, agent, now)
            agent.due = now
            leave_seat(m, agent, a, now)
            change += 1
        a -= 1
    group.surplus -= change if change < 0 else 0


@seldom
def change_shared_headcount(m: Any, clock: Any, group: Any, target: int, now: float) -> None:
    """The same where agents do several things at once: who is to go takes nothing new."""
    apart()
    staying = 0
    for a in range(group.first_agent, group.last_agent):
        agent = m.agents[a]
        if agent.state != OFF and agent.pending == STAY:
            staying += 1
    change = target - staying
    for a in range(group.first_agent, group.last_agent):
        agent = m.agents[a]
        if change > 0 and agent.state == SEATED and agent.pending != STAY:
            agent.pending = STAY
            stay_in_reach(m, a, now)
            change -= 1
    for a in range(group.first_agent, group.last_agent):
        if change > 0 and m.agents[a].state == OFF:
            take_seat(m, clock, a, m.agents[a], now)
            change -= 1
    how = SERVE_OUT if target == 0 else LEAVE
    for busy in range(2):
        a = group.last_agent - 1
        while change < 0 and a >= group.first_agent:
            agent = m.agents[a]
            if agent.state == SEATED and agent.pending == STAY and (agent.slot >= 0) == (busy == 1):
                agent.due = now
                end_shift(m, clock, a, agent, how, now)
                change += 1
            a -= 1


@kernel
def start_shift(m: Any, clock: Any, a: int, agent: Any, due: float, now: float) -> None:
    agent.due = due
    if agent.state == OFF:
        take_seat(m, clock, a, agent, now)
    else:
        agent.pending = STAY
        if agent.state == SEATED and agent.slot >= 0 and m.groups[agent.group].capacity > 1:
            stay_in_reach(m, a, now)


@seldom
def end_shift(m: Any, clock: Any, a: int, agent: Any, how: int, now: float) -> None:
    """Home at once if idle or on a break, or with work that can be put back; else when it is done."""
    apart()
    if agent.shelf >= 0:
        leave_shelf(m, agent, now)
    if agent.soft > 0 and agent.soft == agent.load:
        put_back(m, clock, a, agent, now)
    if agent.state == SEATED and agent.slot >= 0:
        agent.pending = how
    elif agent.state != OFF:
        leave_seat(m, agent, a, now)


@kernel
def ask_pause(m: Any, clock: Any, a: int, agent: Any, state: int, length: float, now: float) -> None:
    """A break is due: now if idle, after the contact or the break in hand if not."""
    if agent.state != OFF and agent.pending == STAY:
        agent.pause_state = state
        agent.pause += length
        if agent.shelf >= 0:
            leave_shelf(m, agent, now)
            if agent.slot < 0:
                start_pause(m, clock, a, agent, now)
