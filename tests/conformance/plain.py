"""A second simulator, as plain as can be: one heap, lists scanned from end to end, nothing shared with ccsim.

It serves twice. With draws of its own it makes truths for cases that no formula covers; with ccsim's draws
every wait must come out the same, call by call.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any


@dataclass
class Kind:
    """A kind of call: how urgent, how far ahead of its time, how many of it may wait."""

    priority: int = 1
    credit: float = 0.0
    room: float = float("inf")


@dataclass
class Pool:
    """Agents who are alike. `serves`: rank and slowness by kind; `after`: from which wait on (s), by kind;
    the last `keep` idle ones are kept for the kinds in `kept_for`; of equal rank the lowest `liking` of a
    kind is chosen first."""

    agents: int
    serves: dict[str, tuple[int, float]]
    after: dict[str, float] = field(default_factory=dict)
    keep: int = 0
    kept_for: tuple[str, ...] = ()
    liking: dict[str, float] = field(default_factory=dict)

    def keeps(self, kind: str) -> int:
        return 0 if kind in self.kept_for else self.keep


@dataclass(eq=False)
class Call:
    """A call with all it will need, and what became of it."""

    kind: str
    entered: float
    talk: float
    patience: float
    tag: Any = None
    outcome: str = "waiting"
    wait: float = 0.0
    pool: str = ""


def nobody(call: Call, now: float) -> Call | None:
    return None


@dataclass(eq=False)
class Plain:
    """`again(call, now)` gives the next call of a lost one, `onward(call, now)` that of a served one."""

    kinds: dict[str, Kind]
    pools: dict[str, Pool]
    room: float = float("inf")
    again: Callable[[Call, float], Call | None] = nobody
    onward: Callable[[Call, float], Call | None] = nobody

    def play(self, calls: Iterable[Call], start: float = 0.0) -> list[Call]:
        """Serve the calls (in order of time) and those that follow from them; returns all."""
        self.idle = {name: deque([start] * pool.agents) for name, pool in self.pools.items()}
        self.queue: list[Call] = []
        self.heap: list[tuple[float, int, str, Any]] = []
        self.order = count()
        self.seen: list[Call] = []
        fresh = iter(calls)
        self._next(fresh)
        while self.heap:
            now, _, what, who = heapq.heappop(self.heap)
            if what == "arrival":
                self._next(fresh)
                self._arrives(who, now)
            elif what == "comes back":
                self._arrives(who, now)
            elif what == "patience":
                if who.outcome == "waiting":
                    self.queue.remove(who)
                    self._lost(who, "abandoned", now)
            elif what == "overflow":
                if who.outcome == "waiting" and (pool := self._pool_for(who, now)):
                    self.queue.remove(who)
                    self._answer(who, pool, now)
            else:
                self._freed(who, now)
        return self.seen

    def _next(self, fresh: Any) -> None:
        call = next(fresh, None)
        if call is not None:
            self._at(call.entered, "arrival", call)

    def _at(self, time: float, what: str, who: Any) -> None:
        heapq.heappush(self.heap, (time, next(self.order), what, who))

    def _arrives(self, call: Call, now: float) -> None:
        self.seen.append(call)
        pool = self._pool_for(call, now)
        if pool:
            self._answer(call, pool, now)
            return
        alike = sum(other.kind == call.kind for other in self.queue)
        if len(self.queue) >= self.room or alike >= self.kinds[call.kind].room:
            self._lost(call, "blocked", now)
        elif call.patience <= 0.0:
            self._lost(call, "balked", now)
        else:
            self.queue.append(call)
            self._at(now + call.patience, "patience", call)
            for pool_name in self.pools:
                after = self.pools[pool_name].after.get(call.kind, 0.0)
                if after > 0.0:
                    self._at(now + after, "overflow", call)

    def _pool_for(self, call: Call, now: float) -> str:
        waited = now - call.entered
        found = [
            (pool.serves[call.kind][0], pool.liking.get(call.kind, 0.0), self.idle[name][0], place, name)
            for place, (name, pool) in enumerate(self.pools.items())
            if call.kind in pool.serves
            and waited >= pool.after.get(call.kind, 0.0) - 1e-9
            and len(self.idle[name]) > pool.keeps(call.kind)
        ]
        return min(found)[-1] if found else ""

    def _answer(self, call: Call, name: str, now: float) -> None:
        if self.idle[name]:
            self.idle[name].popleft()
        call.outcome, call.wait, call.pool = "handled", now - call.entered, name
        self._at(now + call.talk * self.pools[name].serves[call.kind][1], "done", (name, call))

    def _lost(self, call: Call, outcome: str, now: float) -> None:
        call.outcome, call.wait = outcome, now - call.entered
        later = self.again(call, now)
        if later is not None:
            self._at(later.entered, "comes back", later)

    def _freed(self, who: tuple[str, Call], now: float) -> None:
        name, call = who
        passed_on = self.onward(call, now)
        if passed_on is not None and passed_on.entered <= now:
            self._arrives(passed_on, now)
        elif passed_on is not None:
            self._at(passed_on.entered, "comes back", passed_on)
        pool = self.pools[name]
        fit = [
            (self.kinds[c.kind].priority, pool.serves[c.kind][0],
             -(now - c.entered + self.kinds[c.kind].credit), place)
            for place, c in enumerate(self.queue)
            if c.kind in pool.serves
            and now - c.entered >= pool.after.get(c.kind, 0.0) - 1e-9
            and len(self.idle[name]) >= pool.keeps(c.kind)
        ]  # fmt: skip
        if fit:
            chosen = self.queue.pop(min(fit)[3])
            chosen.outcome, chosen.wait, chosen.pool = "handled", now - chosen.entered, name
            self._at(now + chosen.talk * pool.serves[chosen.kind][1], "done", (name, chosen))
        else:
            self.idle[name].append(now)
