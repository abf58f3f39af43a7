"""Scores of agents for rules that look at the agent, not the group: the smallest is taken."""

from __future__ import annotations

from typing import Any

from ccsim.centre.kernel import ask_rule, kernel
from ccsim.centre.tables import HANDED_IN, LEAST_OCCUPIED, LOAD_AWARE, STRAIN_AWARE


@kernel
def agent_score(m: Any, c: Any, route: Any, a: int, agent: Any, now: float) -> float:
    """The score of agent `a` for contact `c` by the rule in force."""
    rule = m.state[0].rule
    if rule == LEAST_OCCUPIED:
        return occupancy(agent, now)
    if rule == LOAD_AWARE:
        return agent.load + occupancy(agent, now)
    if rule == STRAIN_AWARE:
        return agent.strain + occupancy(agent, now)
    if rule == HANDED_IN:
        return handed_in(m, c, agent, now)
    return agent.idle_since


@kernel
def handed_in(m: Any, c: Any, agent: Any, now: float) -> float:
    """What the rule from outside says; what is no number is counted, for the run is worth nothing then."""
    s = m.state[0]
    skill = agent.group * s.intents + c.intent
    score = ask_rule(
        s.asks,
        now - c.entered,
        now - agent.idle_since,
        occupancy(agent, now),
        agent.load * 1.0,
        1.0 / (m.numbers[s.pace + skill] * agent.pace),
        m.numbers[s.resolves + skill],
        m.numbers[s.wages + agent.group],
        agent.strain,
    )
    if score != score:
        s.unscored += 1
    return score


@kernel
def occupancy(agent: Any, now: float) -> float:
    """Share of the seated time of this shift in which the agent had something in hand."""
    seated = agent.seat_time - agent.seat_mark + now - agent.since
    if seated <= 0.0:
        return 0.0
    idle = agent.idle_time - agent.idle_mark
    if agent.slot < 0:
        idle += now - agent.idle_since
    return 1.0 - idle / seated
