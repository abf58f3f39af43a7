"""What handlers stand on: the mark for functions that both clocks run, and six accessors.

A function marked `@kernel` is plain Python here. The compiled clock hands the whole list to numba when
it starts, so a run under SimPy never imports numba. What is marked `@seldom` instead is compiled once, not
wherever it is called: its callers stay small. The six accessors (`push`, `uniform`, `normal`, `ask_rule`,
`write_leg`, `write_presence`) are the only ones the compiled clock replaces by versions of its own.

Inside kernels: only + − × ÷, comparisons and integers; no strings, dicts, closures, exceptions; never
assign a row to a row.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappush
from typing import Any, TypeVar

from simpy.events import NORMAL

from ccsim.centre.journal import LEG, LEG_ROW, PRESENCE, PRESENCE_ROW

Handler = TypeVar("Handler", bound=Callable[..., Any])
KERNELS: list[Callable[..., Any]] = []
SELDOM: list[Callable[..., Any]] = []

LEG_BYTES = LEG.itemsize
PRESENCE_BYTES = PRESENCE.itemsize
STREAM_ROOM = 64  # a column of draws has the number turn * STREAM_ROOM + stream


def kernel(function: Handler) -> Handler:
    """Mark a function that both clocks run."""
    KERNELS.append(function)
    return function


def seldom(function: Handler) -> Handler:
    """Mark a function that both clocks run and whose calls need not be fast."""
    SELDOM.append(function)
    return function


def apart() -> None:
    """First words of a `@seldom` function: its compiled code is kept out of its callers.

    LLVM would inline it all the same, and the loop would take minutes to compile.
    """


def push(clock: Any, now: float, delay: float, kind: int, who: int) -> None:
    """Let the event `kind` happen to `who` at `now + delay` (s); equal times in order of scheduling."""
    spent = clock.spent
    event = spent.pop() if spent else clock.event()
    event.callbacks = clock.callbacks[kind]
    event._value = who
    heappush(clock.queue, (now + delay, NORMAL, next(clock.order), event))


def uniform(m: Any, stream: int, issue: int, turn: int) -> float:
    """The draw of one stream for one issue at one turn: the same as `demand.streams.uniform`."""
    column = m.uniforms.get(turn * STREAM_ROOM + stream)
    drawn: float = m.later.uniform(stream, issue, turn) if column is None else column[issue]
    return drawn


def normal(m: Any, stream: int, issue: int, turn: int) -> float:
    """The same as a normal score."""
    column = m.normals.get(turn * STREAM_ROOM + stream)
    drawn: float = m.later.normal(stream, issue, turn) if column is None else column[issue]
    return drawn


def ask_rule(
    rule: Any,
    waited: float,
    idle_for: float,
    occupancy: float,
    load: float,
    speed: float,
    fcr: float,
    wage: float,
    strain: float,
) -> float:
    """The score of a rule handed in from Python (`rules.py`)."""
    score: float = rule(waited, idle_for, occupancy, load, speed, fcr, wage, strain)
    return score


def write_leg(m: Any, row: int, c: Any, group: int, outcome: int, resolved: int) -> None:
    """Write the leg that contact `c` has just ended (or is in, at the end) as row `row`."""
    legs = m.legs
    at = row * LEG_BYTES
    if at + LEG_BYTES > len(legs):
        legs.extend(bytes(len(legs)))
    LEG_ROW.pack_into(
        legs, at, c.contact, c.issue, c.leg, c.intent, c.queue, group, c.agent, outcome,
        c.entered, c.left, c.ended, c.talk, c.hold, c.wrap, resolved, c.context,
    )  # fmt: skip


def write_presence(m: Any, row: int, agent: int, state: int, start: float, end: float, due: float) -> None:
    """Write one spell of an agent's presence as row `row`."""
    rows = m.presence
    at = row * PRESENCE_BYTES
    if at + PRESENCE_BYTES > len(rows):
        rows.extend(bytes(len(rows)))
    PRESENCE_ROW.pack_into(rows, at, agent, state, start, end, due)
