"""What numba compiles: the heap, the loop, and its own versions of the six accessors."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from ccsim.centre import agents, closing, contacts, leaving, sessions, shifts, waiting
from ccsim.centre.draws import normal_of
from ccsim.centre.kernel import (
    KERNELS,
    SELDOM,
    apart,
    ask_rule,
    normal,
    push,
    uniform,
    write_leg,
    write_presence,
)
from ccsim.centre.tables import (
    ARRIVAL,
    CALL_AGAIN,
    COMPLETION,
    DUE,
    NEVER,
    OVERFLOW,
    PATIENCE_END,
    PLAN,
    RESUME,
    RETURN,
    SESSION_END,
    TALK_END,
)
from ccsim.demand.streams import FIRST, GOLDEN, SECOND, UNIT


def counts_references() -> bool:
    """Whether compiled code counts references: slower, but numba's public interface only."""
    return os.environ.get("CCSIM_COUNT_REFERENCES", "") == "1"


def build() -> tuple[Callable[..., bool], Callable[..., None], Callable[..., None]]:
    """Hand every kernel to numba; returns loop, push and closing, compiled at first call."""
    import numba
    from numba.extending import overload, register_jitable

    from ccsim.centre.by_address import takes_address

    options = _options()
    once = {name: value and name != "forceinline" for name, value in options.items()}
    for functions, how in ((KERNELS, options), (SELDOM, once)):
        for function in functions:
            if how:
                register_jitable(**how)(function)
            else:
                register_jitable(function)
    takes_address(address)
    _keep_apart()
    _call_by_address()
    overload(push, jit_options=options)(_push)
    overload(uniform, jit_options=options)(_uniform)
    overload(normal, jit_options=options)(_normal)
    overload(write_leg, jit_options=options)(_write_leg)
    overload(write_presence, jit_options=options)(_write_presence)
    loop: Callable[..., bool] = numba.njit(cache=True, **once)(run)
    put: Callable[..., None] = numba.njit(cache=True, **once)(put_event)
    close: Callable[..., None] = numba.njit(cache=True, **once)(shut)
    return loop, put, close


def _options() -> dict[str, bool]:
    """What makes compiled handlers fast, as far as this numba knows it; all of it may be missing.

    Nothing is allocated in kernels, so references need not be counted (three times faster, a private
    option). Inlining the handlers of every contact makes it faster again.
    """
    if counts_references():
        return {}
    return {name: value for name, value in {"_nrt": False, "forceinline": True}.items() if _known(name)}


def _known(option: str) -> bool:
    import numba

    try:
        numba.njit(**{option: True})(_known)
    except Exception:
        return False
    return True


def address(tables: Any) -> Any:
    """Compiled: the address of the tables (`by_address.py`), so that a call hands over one value."""
    return tables


def put_event(heap: Any, now: float, delay: float, kind: int, who: int) -> None:
    push(heap, now, delay, kind, who)


def shut(tables: Any, now: float) -> None:
    close_all(address(tables), now)


def run(tables: Any, heap: Any, end: float, room: int) -> bool:
    """Let events happen until `end` (True) or until a table needs more room (False)."""
    return go_on(address(tables), address(heap), end, room)


def close_all(m: Any, now: float) -> None:
    """`close_books`, of tables by address."""
    apart()
    closing.close_books(m, now)


def go_on(m: Any, heap: Any, end: float, room: int) -> bool:
    """The loop of events.

    Of arrivals only the next is known at any time: it has a place of its own beside the heap.
    """
    apart()
    state = m.state[0]
    while True:
        pending = heap.counts[0]
        if (
            state.free < 0
            or len(heap.events) - pending < room
            or len(m.legs) - state.legs < room + state.slots
            or len(m.presence) - state.presence < room
        ) and room > 0:
            return False
        arrival = heap.arrival[0]
        now = arrival.time
        kind = ARRIVAL
        who = arrival.who
        queued = False
        if pending > 0:
            first = heap.events[0]
            if first.time < now or (first.time == now and first.order < arrival.order):
                queued = True
                now = first.time
                kind = first.kind
                who = first.who
        if now >= end:
            break
        if queued:
            _pop(heap)
        else:
            arrival.time = NEVER
        if kind == ARRIVAL:
            contacts.on_arrival(m, heap, who, now)
        elif kind == COMPLETION:
            agents.on_completion(m, heap, who, now)
        elif kind == PATIENCE_END:
            waiting.on_patience_end(m, heap, who, now)
        elif kind == TALK_END:
            leaving.on_talk_end(m, heap, who, now)
        elif kind == DUE:
            agents.on_due(m, heap, who, now)
        elif kind == SESSION_END:
            sessions.on_session_end(m, heap, who, now)
        elif kind == RETURN:
            contacts.on_return(m, heap, who, now)
        elif kind == OVERFLOW:
            waiting.on_overflow(m, heap, who, now)
        elif kind == PLAN:
            shifts.on_plan(m, heap, who, now)
        elif kind == RESUME:
            shifts.on_resume(m, heap, who, now)
        elif kind == CALL_AGAIN:
            leaving.on_call_again(m, heap, who, now)
        else:
            leaving.on_turn(m, heap, who, now)
    return True


def _pop(heap: Any) -> None:
    """Take the first event away: the gap sinks to the bottom, the last event rises from there.

    The last event belongs near the bottom nearly always, so it is not compared on the way down.
    """
    events = heap.events
    n = heap.counts[0] - 1
    heap.counts[0] = n
    gap = 0
    child = 2
    while child < n:
        left = events[child - 1]
        right = events[child]
        if left.time < right.time or (left.time == right.time and left.order < right.order):
            child -= 1
        events[gap] = events[child]
        gap = child
        child = 2 * gap + 2
    if child == n:  # one child only
        events[gap] = events[child - 1]
        gap = child - 1
    time = events[n].time
    order = events[n].order
    while gap > 0:
        parent = (gap - 1) >> 1
        above = events[parent]
        if above.time < time or (above.time == time and above.order < order):
            break
        events[gap] = events[parent]
        gap = parent
    events[gap] = events[n]


KERNELS.append(_pop)
SELDOM.extend((go_on, close_all))


def _keep_apart() -> None:
    """The compiled `apart`: it marks the function it stands in as never to be inlined."""
    from numba import types
    from numba.extending import lower_builtin, type_callable

    @type_callable(apart)  # type: ignore[untyped-decorator]
    def returns_nothing(context: Any) -> Any:
        return lambda: types.none

    @lower_builtin(apart)  # type: ignore[untyped-decorator]
    def mark(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.function.attributes.add("noinline")
        return context.get_dummy_value()


def _call_by_address() -> None:
    """The compiled `ask_rule`: the rule is an address, so that the loop is compiled once for all rules."""
    from llvmlite import ir
    from numba import types
    from numba.extending import lower_builtin, type_callable

    @type_callable(ask_rule)  # type: ignore[untyped-decorator]
    def returns_score(context: Any) -> Any:
        def score(
            rule: Any, waited: Any, idle_for: Any, occupancy: Any, load: Any, speed: Any, fcr: Any, wage: Any,
            strain: Any,
        ) -> Any:  # fmt: skip
            return types.float64

        return score

    @lower_builtin(ask_rule, types.VarArg(types.Any))  # type: ignore[untyped-decorator]
    def call(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        given = zip(arguments[1:], signature.args[1:], strict=True)
        numbers = [context.cast(builder, value, kind, types.float64) for value, kind in given]
        double = ir.DoubleType()
        shape = ir.FunctionType(double, [double] * len(numbers))
        return builder.call(builder.inttoptr(arguments[0], shape.as_pointer()), numbers)


def _push(heap: Any, now: Any, delay: Any, kind: Any, who: Any) -> Callable[..., None]:
    def push_event(heap: Any, now: Any, delay: Any, kind: Any, who: Any) -> None:
        time = now + delay
        n = heap.counts[0]
        order = heap.counts[1]
        heap.counts[1] = order + 1
        if kind == ARRIVAL:
            arrival = heap.arrival[0]
            arrival.time = time
            arrival.order = order
            arrival.who = who
            return
        heap.counts[0] = n + 1
        events = heap.events
        k = n
        while k > 0:
            parent = (k - 1) >> 1
            if events[parent].time <= time:
                break
            events[k] = events[parent]
            k = parent
        event = events[k]
        event.time = time
        event.order = order
        event.kind = kind
        event.who = who

    return push_event


def _uniform(m: Any, stream: Any, issue: Any, turn: Any) -> Callable[..., float]:
    import numpy as np

    u8 = np.uint64
    golden, first, second = u8(GOLDEN), u8(FIRST), u8(SECOND)
    a, b, c, d = u8(30), u8(27), u8(31), u8(11)
    unit = UNIT

    def draw(m: Any, stream: Any, issue: Any, turn: Any) -> float:
        x = m.streams[stream] + u8(turn) * golden
        x = (x ^ (x >> a)) * first
        x = (x ^ (x >> b)) * second
        x = x ^ (x >> c) ^ m.key[issue]
        x = (x ^ (x >> a)) * first
        x = (x ^ (x >> b)) * second
        return (float((x ^ (x >> c)) >> d) + 0.5) * unit

    return draw


def _normal(m: Any, stream: Any, issue: Any, turn: Any) -> Callable[..., float]:
    def draw(m: Any, stream: Any, issue: Any, turn: Any) -> float:
        return normal_of(m, uniform(m, stream, issue, turn))

    return draw


def _write_leg(m: Any, row: Any, c: Any, group: Any, outcome: Any, resolved: Any) -> Callable[..., None]:
    def write(m: Any, row: Any, c: Any, group: Any, outcome: Any, resolved: Any) -> None:
        leg = m.legs[row]
        leg.contact = c.contact
        leg.issue = c.issue
        leg.leg = c.leg
        leg.intent = c.intent
        leg.queue = c.queue
        leg.group = group
        leg.agent = c.agent
        leg.outcome = outcome
        leg.entered = c.entered
        leg.left = c.left
        leg.ended = c.ended
        leg.talk = c.talk
        leg.hold = c.hold
        leg.wrap = c.wrap
        leg.resolved = resolved
        leg.context = c.context

    return write


def _write_presence(
    m: Any, row: Any, agent: Any, state: Any, start: Any, end: Any, due: Any
) -> Callable[..., None]:
    def write(m: Any, row: Any, agent: Any, state: Any, start: Any, end: Any, due: Any) -> None:
        spell = m.presence[row]
        spell.agent = agent
        spell.state = state
        spell.start = start
        spell.end = end
        spell.due = due

    return write
