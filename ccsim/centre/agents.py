"""An agent's hands: what is finished, and what comes next. Work in hand is always finished first."""

from __future__ import annotations

from typing import Any

from ccsim.centre.assigning import stay_in_reach
from ccsim.centre.handling import answer, outcome_of, resolved_by
from ccsim.centre.hands import advance, keep_soft, put_out_of_hand, schedule
from ccsim.centre.journal import OFF, SEATED
from ccsim.centre.kernel import apart, kernel, push, seldom, write_presence
from ccsim.centre.leaving import customer_leaves, finish_talk
from ccsim.centre.queues import join_shelf, leave_lane, leave_shelf
from ccsim.centre.routing import choose_contact
from ccsim.centre.slots import end_leg
from ccsim.centre.tables import RESUME, SERVE_OUT, SLOT_BITS, STAY


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


@seldom
def on_due(m: Any, clock: Any, who: int, now: float) -> None:
    """The first of the works in hand is done: the customer's part of it, or all of it."""
    apart()
    a = who & ((1 << SLOT_BITS) - 1)
    agent = m.agents[a]
    if agent.pulse != who >> SLOT_BITS:
        return
    advance(m, agent, now)
    i = agent.next
    c = m.contacts[i]
    if c.gone == 0:
        end_talk(m, a, agent, c, now)
        finish_talk(m, clock, c, now)
        if c.wrap > 0.0:
            c.work = c.wrap
            schedule(m, clock, a, agent, now)
            return
    else:
        written = now - c.left - c.talk - c.hold
        c.wrap = written if written > 0.0 else 0.0
    c.ended = now
    if agent.shelf >= 0:
        leave_shelf(m, agent, now)
    put_out_of_hand(m, i, c, a, agent)
    keep_soft(m, a, agent)
    end_leg(m, i, c, agent.group, outcome_of(c), resolved_by(c))
    if agent.slot >= 0:
        schedule(m, clock, a, agent, now)
    else:
        agent.pulse += 1
    free_agent(m, clock, a, agent, now)


@kernel
def end_talk(m: Any, a: int, agent: Any, c: Any, now: float) -> None:
    """Talk and hold as long as they really took; what is left to do gives way to nobody."""
    lasted = now - c.left
    planned = c.talk + c.hold
    c.hold = lasted * (c.hold / planned) if planned > 0.0 else 0.0
    c.talk = lasted - c.hold
    if c.soft == 1:
        c.soft = 0
        agent.soft -= 1
        keep_soft(m, a, agent)


@kernel
def free_agent(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """What an agent does who has room: the next contact, a late break, home, or wait."""
    group = m.groups[agent.group]
    if group.capacity > 1:
        fill_hands(m, clock, a, agent, group, now)
        return
    leaving = agent.pending != STAY or group.surplus > 0
    serves_out = agent.pending == SERVE_OUT or group.serve_out == 1
    i = -1
    if serves_out if leaving else agent.pause == 0.0:
        i = choose_contact(m, group, a, leaving, now)
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
        join_shelf(m, a, agent, now)


@seldom
def seek_work(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """`free_agent` for callers that need not be fast."""
    apart()
    free_agent(m, clock, a, agent, now)


@seldom
def fill_hands(m: Any, clock: Any, a: int, agent: Any, group: Any, now: float) -> None:
    """An agent who can do several things at once takes contacts while there is room."""
    apart()
    leaving = agent.pending != STAY
    takes = agent.pending == SERVE_OUT if leaving else agent.pause == 0.0
    while takes and agent.used < group.capacity:
        i = choose_contact(m, group, a, leaving, now)
        if i < 0:
            break
        c = m.contacts[i]
        leave_lane(m, m.lanes[c.lane], c)
        answer(m, clock, i, c, a, now)
    if agent.slot >= 0:
        stay_in_reach(m, a, now)
    elif leaving:
        leave_seat(m, agent, a, now)
    elif agent.pause > 0.0:
        start_pause(m, clock, a, agent, now)
    else:
        join_shelf(m, a, agent, now)


@kernel
def log_presence(m: Any, a: int, agent: Any, due: float, now: float) -> None:
    """Journal the spell that ends now, if it lasted at all."""
    s = m.state[0]
    if now > agent.since:
        write_presence(m, s.presence, a, agent.state, agent.since, now, due)
        s.presence += 1
    agent.since = now
    agent.version += 1


@seldom
def leave_seat(m: Any, agent: Any, a: int, now: float) -> None:
    """The agent goes home; what lies after `due` is overtime."""
    apart()
    leave_work(agent, now)
    log_presence(m, a, agent, agent.due, now)
    agent.state = OFF
    agent.pending = STAY
    agent.pause = 0.0
    m.groups[agent.group].seated -= 1


@kernel
def leave_work(agent: Any, now: float) -> None:
    """Count the seated spell that ends, where the agent was seated."""
    if agent.state == SEATED:
        agent.seat_time += now - agent.since


@seldom
def start_pause(m: Any, clock: Any, a: int, agent: Any, now: float) -> None:
    """A break or time away begins, perhaps late, and lasts its full length."""
    apart()
    leave_work(agent, now)
    log_presence(m, a, agent, now, now)
    agent.state = agent.pause_state
    push(clock, now, agent.pause, RESUME, (agent.version << SLOT_BITS) + a)
    agent.pause = 0.0
