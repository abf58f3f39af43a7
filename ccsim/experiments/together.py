"""A base and its variants, run side by side: one executor, one progress, the same number of replications."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Self

from ccsim.centre.simulate import choose_clock
from ccsim.experiments import candidates, precision
from ccsim.experiments.precision import CAPPED, LEAST, OUT_OF_TIME, REACHED, Goals, Reached
from ccsim.experiments.replicate import executor_for, replicate, run_length
from ccsim.experiments.run import Run, run

if TYPE_CHECKING:
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.scenario import Scenario

Progress = Callable[[str, int, int, int], None]  # (candidate, replications done, in all, contacts), of all
Sides = tuple[Run, dict[str, Run]]


class Together:
    """Runs of all candidates, made longer as often as asked: no replication is simulated twice.

    A context, which holds the executor; see `compare` for the arguments.
    """

    def __init__(
        self,
        base: Scenario,
        variants: Mapping[str, Scenario],
        count: int,
        jobs: int | None = None,
        clock: str = "auto",
        progress: Progress | None = None,
        executor: Executor | None = None,
        kept: Unfinished | None = None,
    ) -> None:
        self.scenarios = {candidates.BASE: base, **variants}
        self._progress, self._kept = progress, kept
        self._runs: dict[str, Run] = {}
        self._contacts = dict.fromkeys(self.scenarios, 0)
        self._done = dict.fromkeys(self.scenarios, 0)
        contacts = count * sum(run_length(one) for one in self.scenarios.values())
        self._clock = choose_clock(clock, contacts)
        self._where = executor_for(contacts, self._clock, count, jobs, None, executor)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._place = self._open.enter_context(self._where)
        return self

    def __exit__(self, *why: object) -> None:
        self._open.close()

    def extended(self, count: int) -> Sides:
        """The runs with so many replications each."""
        for name, scenario in self.scenarios.items():
            self._runs[name] = self._extended(name, scenario, count)
        first, *others = self.scenarios
        return self._runs[first], {name: self._runs[name] for name in others}

    def until(
        self, goals: Goals, count: int, most: int, limit: float | None = None
    ) -> tuple[Run, dict[str, Run], Reached]:
        """The runs with as many replications as `goals` need: no fewer than `count`, no more than `most`.

        limit: seconds; a batch is cut to what ends within it, at the pace so far.
        """
        from ccsim.experiments.compare import Comparison

        began = monotonic()
        pairs = min(max(count, LEAST), most)
        while True:
            sides = self.extended(pairs)
            more = precision.wanted(pairs, precision.widths(Comparison(*sides), goals))
            if more == pairs:
                return *sides, Reached(goals, REACHED)
            if pairs >= most:
                return *sides, Reached(goals, CAPPED)
            more = min(more, most)
            if limit is not None:
                spent = monotonic() - began
                more = min(more, pairs + math.floor(pairs * (limit - spent) / spent))
            if more <= pairs:
                return *sides, Reached(goals, OUT_OF_TIME)
            pairs = more

    def _extended(self, name: str, scenario: Scenario, count: int) -> Run:
        base = None if name == candidates.BASE else self._runs[candidates.BASE]
        told, known = self._told(name, count), self._runs.get(name)
        if known is None:
            return run(scenario, count, None, self._clock, told, base, executor=self._place, kept=self._kept)
        own = None if self._kept is None else self._kept.of(scenario, known.fresh)
        there = {**(own.known() if own else {}), **dict(enumerate(known.tallies))}
        keep = own.add if own else None
        tallies = replicate(
            scenario, count, None, self._clock, known.fresh, told, None, self._place, there, keep
        )
        return replace(known, tallies=tuple(tallies), base=known.base if base is None else base.as_base)

    def _told(self, name: str, count: int) -> Callable[[int, int], None]:
        """What tells of one candidate's progress as part of the whole."""

        def told(done: int, contacts: int) -> None:
            self._done[name], self._contacts[name] = done, contacts
            if self._progress is not None:
                total = count * len(self.scenarios)
                self._progress(name, sum(self._done.values()), total, sum(self._contacts.values()))

        return told
