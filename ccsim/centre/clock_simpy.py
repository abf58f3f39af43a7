"""The reference clock: SimPy. Events with callbacks; the tables are plain Python objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import simpy
from simpy.events import Event

from ccsim.centre.closing import close_books
from ccsim.centre.handlers import HANDLERS, Handle
from ccsim.centre.journal import LEG, PRESENCE
from ccsim.centre.kernel import push
from ccsim.centre.prepare import Prepared, plan_rows
from ccsim.centre.rows import Rows, objects
from ccsim.centre.tables import ARRIVAL, CONTACT, PLAN, Centre
from ccsim.errors import SimulationError


class SimpyClock:
    """Keeps time with a `simpy.Environment`; events that have happened are used again (`kernel.push`)."""

    __slots__ = ("callbacks", "environment", "order", "queue", "spent")

    def __init__(self, begin: float) -> None:
        self.environment = simpy.Environment(initial_time=begin)
        self.queue = self.environment._queue  # what `environment.schedule` does, without the call
        self.order = self.environment._eid
        self.callbacks: dict[int, list[Callable[[Event], None]]] = {}
        self.spent: list[Event] = []

    def event(self) -> Event:
        """A new event that has not failed."""
        event = Event(self.environment)
        event._ok = True
        return event


def run_simpy(prepared: Prepared, begin: float, end: float) -> Centre:
    """Run one replication under SimPy; returns the tables with what the handlers wrote, as arrays."""
    centre = prepared.centre
    rows = Rows(centre)
    clock = SimpyClock(begin)
    for kind, handle in HANDLERS.items():
        clock.callbacks[kind] = [_fires(rows, clock, handle)]
    state = rows.state[0]
    state.asks = prepared.rule
    if rows.plan:
        push(clock, begin, rows.plan[0].time - begin, PLAN, 0)
    if state.issues:
        push(clock, begin, rows.draws[0] - begin, ARRIVAL, 0)
    for pause in prepared.pauses:
        clock.environment.run(until=pause)
        _review(prepared, rows, clock, pause)
    clock.environment.run(until=end)
    close_books(rows, end)
    state.asks = 0
    return centre._replace(
        agents=_table(centre.agents, rows.agents),
        state=_table(centre.state, rows.state),
        status=np.frombuffer(rows.status, np.int32) if rows.status else centre.status,
        ended=np.frombuffer(rows.ended, np.float64) if rows.ended else centre.ended,
        legs=np.frombuffer(rows.legs, LEG),
        presence=np.frombuffer(rows.presence, PRESENCE),
    )


def _review(prepared: Prepared, rows: Rows, clock: SimpyClock, now: float) -> None:
    """Hold the review at a pause; the new lines of the plan follow one another from now on."""
    assert prepared.review is not None
    lines = prepared.review(rows, now)
    if lines:
        first = len(rows.plan)
        rows.plan.extend(objects(plan_rows(lines)))
        push(clock, now, lines[0][0] - now, PLAN, first)


def _fires(rows: Rows, clock: SimpyClock, handle: Handle) -> Callable[[Event], None]:
    environment, keep, state = clock.environment, clock.spent.append, rows.state[0]

    def fire(event: Event) -> None:
        if state.free < 0:
            _grow(rows)
        try:
            handle(rows, clock, event._value, environment._now)
        except Exception as problem:
            raise SimulationError(
                f"{type(problem).__name__}: {problem}", environment._now, event._value, handle.__name__
            ) from problem
        keep(event)

    return fire


def _grow(rows: Rows) -> None:
    """Twice as many slots; a handler takes one at most, so there is always room for the next."""
    state = rows.state[0]
    more = np.zeros(state.slots, CONTACT)
    more["nxt"] = np.arange(state.slots + 1, 2 * state.slots + 1)
    more["nxt"][-1] = -1
    rows.contacts.extend(objects(more))
    state.free = state.slots
    state.slots *= 2


def _table(template: np.ndarray[Any, Any], rows: list[Any]) -> np.ndarray[Any, Any]:
    """Slotted rows as a record array again."""
    filled = template.copy()
    for name in template.dtype.names or ():
        filled[name] = [getattr(row, name) for row in rows]
    return filled
