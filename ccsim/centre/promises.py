"""What a waiting customer is told: the wait to expect, and the offer of a call-back."""

from __future__ import annotations

from typing import Any

from ccsim.centre.draws import quantile
from ccsim.centre.journal import BALKED, TO_CALLBACK
from ccsim.centre.kernel import apart, kernel, normal, seldom, uniform
from ccsim.centre.queues import join_by_age
from ccsim.centre.returns import come_back, release_line
from ccsim.centre.slots import next_leg, turn_away
from ccsim.centre.tables import (
    ACCEPT,
    BALK,
    CALLING,
    HEAD_OF_LINE,
    IN_QUEUE,
    LAST_TO_ENTER_SERVICE,
    PATIENCE,
    REDIAL,
)


@seldom
def promised(m: Any, clock: Any, i: int, c: Any, lane: Any, channel: Any, now: float) -> bool:
    """Tell the customer; whether that ends the wait: balked, or gone to the call-back list."""
    apart()
    if channel.announce >= 0:
        wait = predicted(m, lane, channel.predictor, now)
        if uniform(m, BALK, c.issue, c.turn) < balking(m, channel, wait):
            at = c.cell
            issue = c.issue
            attempt = c.attempt
            release_line(m, at)
            turn_away(m, i, c, BALKED, now)
            come_back(m, clock, at, issue, attempt, REDIAL, now)
            return True
        c.heard = 1
    if channel.offer == 0 or lane.call < 0 or not offered(m, lane, channel, now):
        return False
    if uniform(m, ACCEPT, c.issue, c.turn) >= channel.accepts:
        return False
    join_call_list(m, i, c, lane, channel, now)
    return True


@kernel
def predicted(m: Any, lane: Any, how: int, now: float) -> float:
    """The wait to expect, s.

    Last to enter service: what the last one answered had waited; head of line: what the first in line
    has waited so far; queue length: work waiting over agents seated (Ibrahim & Whitt 2009).
    """
    if how == LAST_TO_ENTER_SERVICE:
        return lane.last_wait
    if how == HEAD_OF_LINE:
        return now - m.contacts[lane.head].since if lane.head >= 0 else 0.0
    seated = 0
    for k in range(lane.first_route, lane.last_route):
        seated += m.groups[m.routes[k].group].seated
    return (m.lanes[lane.room].waiting + 1) * lane.work / (seated if seated > 0 else 1)


@kernel
def balking(m: Any, channel: Any, wait: float) -> float:
    """The share that leaves on hearing this wait: pairs (from s, share) in order."""
    share = 0.0
    for k in range(channel.balks):
        at = channel.announce + 2 * k
        if wait >= m.numbers[at]:
            share = m.numbers[at + 1]
    return share


@kernel
def offered(m: Any, lane: Any, channel: Any, now: float) -> bool:
    """Whether a call-back is offered: by the wait to expect, or by how many wait."""
    if channel.offer_waiting >= 0.0:
        return m.lanes[lane.room].waiting >= channel.offer_waiting
    return predicted(m, lane, channel.offer_predictor, now) >= channel.offer_above


@seldom
def announced_patience(m: Any, channel: Any, c: Any) -> float:
    """Patience of a customer who heard what to expect: the same score on another distribution."""
    apart()
    table = channel.heard_patience
    if table < 0:
        table = m.cells[c.cell].patience
    score = normal(m, PATIENCE, c.issue, c.turn)
    return channel.heard_factor * quantile(m, table, score)


@seldom
def join_call_list(m: Any, i: int, c: Any, lane: Any, channel: Any, now: float) -> None:
    """The customer hangs up and will be called: at the place held, or when there is a lull."""
    apart()
    at = lane.call
    tries = channel.tries
    k = next_leg(m, c, now)
    onward = m.contacts[k]
    onward.lane = at
    onward.queue = m.lanes[at].queue
    onward.context = c.context
    onward.mode = CALLING
    onward.tries = tries
    onward.waited = c.waited
    onward.status = IN_QUEUE
    release_line(m, c.cell)
    turn_away(m, i, c, TO_CALLBACK, now)
    join_by_age(m, m.lanes[at], k, onward)
