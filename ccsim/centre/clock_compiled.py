"""The compiled clock: numba compiles the very same handlers over numpy records and a binary heap.

The order of events is SimPy's: time, then order of scheduling. The loop checks before each event that
the tables have room for whatever one handler may add; if not it comes back here, the tables grow, and
it goes on. The code is compiled once per machine and version; the cache is keyed by the whole of
`centre/`, because numba itself looks only at the file of the compiled function.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ccsim.centre import compiled_loop
from ccsim.centre.prepare import Prepared, plan_rows
from ccsim.centre.rules import compiled_rule
from ccsim.centre.tables import ARRIVAL, CONTACT, NEVER, PLAN, Centre

EVENT = np.dtype([("time", "f8"), ("order", "i8"), ("kind", "i8"), ("who", "i8")])
FIRST_EVENTS = 1 << 12


class Heap(NamedTuple):
    """Events to come as a binary heap, how many there are and ever were, and the next arrival."""

    events: Any
    counts: Any
    arrival: Any


def empty_heap(size: int) -> Heap:
    """A heap with room for `size` events."""
    heap = Heap(np.empty(size, EVENT), np.zeros(2, np.int64), np.zeros(1, EVENT))
    heap.arrival["time"] = NEVER
    return heap


def available() -> bool:
    """Whether numba can be imported (the extra `fast`)."""
    from importlib.util import find_spec

    return find_spec("numba") is not None


def in_cache() -> bool:
    """Whether the code has been compiled on this machine before."""
    return any(cache_folder().glob("**/*.nbi"))


def run_compiled(prepared: Prepared, begin: float, end: float) -> Centre:
    """Run one replication under the compiled clock; returns the tables the handlers wrote to."""
    loop, put, close = compiled()
    centre = prepared.centre
    if prepared.rule is not None:
        centre.state["asks"] = compiled_rule(prepared.rule).address
    heap = empty_heap(FIRST_EVENTS)
    if len(centre.plan):
        put(heap, begin, float(centre.plan["time"][0]) - begin, PLAN, 0)
    if len(centre.key):
        put(heap, begin, float(centre.draws[0]) - begin, ARRIVAL, 0)
    room = most_rows(centre)
    for until in (*prepared.pauses, end):
        while not loop(centre, heap, until, room):
            centre, heap = _grown(centre, heap, room)
        if until < end:
            centre = _review(prepared, centre, heap, put, until)
    centre, heap = _grown(centre, heap, room)
    close(centre, end)
    return centre


def most_rows(centre: Centre) -> int:
    """More rows or events than any one handler adds to any table."""
    hands = int(centre.groups["capacity"].max()) if len(centre.groups) else 1
    return 4 * len(centre.agents) * hands + 64


def _review(prepared: Prepared, centre: Centre, heap: Heap, put: Callable[..., None], now: float) -> Centre:
    """Hold the review at a pause; the new lines of the plan follow one another from now on."""
    assert prepared.review is not None
    view = centre._replace(agents=centre.agents.view(np.recarray), groups=centre.groups.view(np.recarray))
    lines = prepared.review(view, now)
    if lines:
        put(heap, now, lines[0][0] - now, PLAN, len(centre.plan))
        centre = centre._replace(plan=np.concatenate([centre.plan, plan_rows(lines)]))
    return centre


def _grown(centre: Centre, heap: Heap, room: int) -> tuple[Centre, Heap]:
    """Twice the room wherever less than `room` rows are left."""
    state = centre.state[0]
    changes: dict[str, Any] = {}
    waiting = int(heap.counts[0])
    if len(heap.events) - waiting < room:
        heap = heap._replace(events=_longer(heap.events, room))
    for table in ("legs", "presence"):
        rows = getattr(centre, table)
        if len(rows) - int(state[table]) < room + int(state["slots"]):
            changes[table] = _longer(rows, room + int(state["slots"]))
    if state["free"] < 0:
        slots = int(state["slots"])
        more = np.zeros(2 * slots, CONTACT)
        more[:slots] = centre.contacts
        more["nxt"][slots:] = np.arange(slots + 1, 2 * slots + 1)
        more["nxt"][-1] = -1
        changes["contacts"] = more
        state["free"], state["slots"] = slots, 2 * slots
    return centre._replace(**changes), heap


def _longer(rows: npt.NDArray[Any], room: int) -> npt.NDArray[Any]:
    longer = np.empty(len(rows) + len(rows) // 2 + room, rows.dtype)
    longer[: len(rows)] = rows
    return longer


@functools.cache
def compiled() -> tuple[Callable[..., bool], Callable[..., None], Callable[..., None]]:
    """The compiled loop, push and closing. Says so on the error stream when it has to compile first."""
    folder = cache_folder()
    fresh = not in_cache()
    with _numba_cache(folder):
        loop, put, close = compiled_loop.build()
    if fresh:
        print("Compiling the fast clock for this machine, once …", file=sys.stderr, flush=True)
    empty = _nothing()
    put(empty[1], 0.0, 0.0, ARRIVAL, 0)
    loop(empty[0], empty[1], -1.0, 0)
    close(empty[0], -1.0)
    return loop, put, close


def _nothing() -> tuple[Centre, Heap]:
    """Tables of the right types with nothing in them: running them compiles and does no more."""
    from ccsim.centre import tables
    from ccsim.centre.journal import LEG, PRESENCE

    rows: dict[str, Any] = {
        "contacts": CONTACT, "lanes": tables.LANE, "routes": tables.ROUTE, "serves": tables.SERVE,
        "shelves": tables.SHELF, "groups": tables.GROUP, "agents": tables.AGENT, "cells": tables.CELL,
        "channels": tables.CHANNEL, "services": tables.SERVICE, "bots": tables.BOT,
        "plan": tables.PLANNED, "numbers": np.float64, "streams": np.uint64, "key": np.uint64,
        "cell": np.int32, "draws": np.float64, "status": np.int32, "ended": np.float64,
        "seen_by": np.int32, "legs": LEG, "presence": PRESENCE,
    }  # fmt: skip
    empty = {name: np.zeros(1, dtype)[:0] for name, dtype in rows.items()}
    centre = Centre(state=np.zeros(1, tables.STATE), **empty)
    return centre, empty_heap(4)


def cache_folder() -> Path:
    """Where the compiled code of exactly this source, machine and set of versions is kept."""
    from importlib.metadata import version

    here = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=12)
    for source in [*sorted(here.glob("*.py")), here.parent / "demand" / "streams.py"]:
        digest.update(source.read_bytes())
    settings = (
        version("numba"), np.__version__, sys.version, platform.machine(), platform.processor(),
        os.environ.get("NUMBA_BOUNDSCHECK", ""), compiled_loop.counts_references(),
    )  # fmt: skip
    digest.update(repr(settings).encode())
    return _caches() / digest.hexdigest()


def _caches() -> Path:
    given = os.environ.get("CCSIM_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "ccsim"


@contextmanager
def _numba_cache(folder: Path) -> Iterator[None]:
    import numba

    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        numba.config.CACHE_DIR = before
