"""A stay in self-service: what comes of it is settled when it begins and happens when it ends."""

from __future__ import annotations

from typing import Any

from ccsim.centre.doors import reach_people
from ccsim.centre.draws import quantile
from ccsim.centre.journal import ASKED, CONTAINED, GAVE_UP, HANDED_OVER, QUIT, RESOLVED
from ccsim.centre.kernel import apart, kernel, normal, push, seldom, uniform
from ccsim.centre.returns import (
    come_back,
    other_channel,
    release_line,
    return_on,
    settle,
)
from ccsim.centre.slots import end_leg, place, take_slot
from ccsim.centre.tables import (
    ASK,
    ASKS,
    BOUNCE_CHANNEL,
    BOUNCE_DELAY,
    BOUNCES,
    CONTAIN,
    ENTER,
    FALSELY,
    GIVES_UP,
    HANDOVER,
    HANDS_OVER,
    IN_SELF_SERVICE,
    LEAVES,
    LEGS,
    MOMENT,
    REDIAL,
    SEEMS_TO_SERVE,
    SERVES,
    SESSION,
    SESSION_END,
)

WEEK = 604800.0


@seldom
def start_session(m: Any, clock: Any, i: int, c: Any, at: int, now: float) -> bool:
    """Whether self-service takes the contact: there is a line and room, it is up, and it is tried."""
    apart()
    service = m.services[at]
    bot = m.bots[service.bot]
    channel = m.channels[m.cells[c.cell].channel]
    if bot.down > 0 or bot.free <= 0 or channel.lines <= 0:
        return False
    if uniform(m, ENTER, c.issue, c.turn) >= service.enters:
        return False
    bot.free -= 1
    channel.lines -= 1
    length = quantile(m, service.session, normal(m, SESSION, c.issue, c.turn))
    c.verdict = foresee(m, service, c, now)
    if c.verdict == GIVES_UP or c.verdict == ASKS:
        length = length * uniform(m, MOMENT, c.issue, c.turn)
    c.status = IN_SELF_SERVICE
    c.queue = service.queue
    push(clock, now, length, SESSION_END, i)
    return True


@kernel
def foresee(m: Any, service: Any, c: Any, now: float) -> int:
    """What the session will come to: containment is judged first, by the issue's complexity."""
    score = normal(m, CONTAIN, c.issue, c.turn)
    if service.loading > 0.0:
        score = service.loading * m.draws[m.state[0].complexity + c.issue] + service.noise * score
    if score < m.numbers[service.contains + week_of(service, now)]:
        if uniform(m, FALSELY, c.issue, c.turn) < service.falsely:
            return SEEMS_TO_SERVE
        return SERVES
    if uniform(m, LEAVES, c.issue, c.turn) < service.gives_up:
        return GIVES_UP
    if uniform(m, ASK, c.issue, c.turn) < service.asks:
        return ASKS
    return HANDS_OVER


@kernel
def week_of(service: Any, now: float) -> int:
    """The week that says how good self-service has become."""
    if now <= 0.0:
        return 0
    week = int(now / WEEK)
    return week if week < service.weeks else service.weeks - 1


@seldom
def on_session_end(m: Any, clock: Any, i: int, now: float) -> None:
    """Served, or so it seems; given up; or on to people, with or without what was said."""
    apart()
    c = m.contacts[i]
    at = c.cell
    service = m.services[m.cells[at].service]
    m.bots[service.bot].free += 1
    issue = c.issue
    attempt = c.attempt
    number = c.contact
    verdict = c.verdict
    known = c.context
    c.left = now
    c.ended = now
    if verdict in (SERVES, SEEMS_TO_SERVE):
        end_leg(m, i, c, -1, CONTAINED, 1 if verdict == SERVES else 0)
        release_line(m, at)
        if verdict == SERVES:
            settle(m, issue, RESOLVED, now)
        else:
            bounce(m, clock, service, at, issue, attempt, now)
    elif verdict == GIVES_UP:
        end_leg(m, i, c, -1, QUIT, 0)
        release_line(m, at)
        come_back(m, clock, at, issue, attempt, REDIAL, now)
    else:
        end_leg(m, i, c, -1, ASKED if verdict == ASKS else HANDED_OVER, 0)
        k = take_slot(m, number, issue, attempt, 1, now)
        onward = m.contacts[k]
        place(onward, at, m.cells[at])
        onward.context = known
        if uniform(m, HANDOVER, issue, attempt * LEGS) < service.context:
            onward.context = 1
            onward.saved = service.saves
        reach_people(m, clock, k, onward, now)


@kernel
def bounce(m: Any, clock: Any, service: Any, at: int, issue: int, attempt: int, now: float) -> None:
    """It only seemed to be settled: back after a while, on a channel of the customer's choice, or not."""
    if uniform(m, BOUNCES, issue, attempt) < service.comes_back:
        delay = quantile(m, service.bounce, normal(m, BOUNCE_DELAY, issue, attempt))
        u = uniform(m, BOUNCE_CHANNEL, issue, attempt)
        channel = other_channel(m, service.bounces, service.bounced, m.cells[at].channel, u)
        return_on(m, clock, issue, attempt + 1, channel, delay, now)
    else:
        settle(m, issue, GAVE_UP, now)
