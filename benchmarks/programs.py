"""The programs that are timed, as calls of the same shape, with the figures each one found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import bare_simpy
import numpy as np
import process_simpy
from agreement import Figures, figures
from draws import FOUR_WEEKS, WORKLOADS, Draws, Outcome, draw
from workloads import scenario

BARE = "bare SimPy loop"
PROCESS = "process a contact"


@dataclass
class Program:
    """One program: ``work`` does what is timed, ``judge`` turns its result into figures."""

    work: Callable[[], Any]
    count: Callable[[Any], int]
    judge: Callable[[Any], Figures]
    last: Any = None

    def go(self) -> int:
        """Do the work once and return how many contacts it handled."""
        self.last = None  # two results at once would make the second run pay for memory
        self.last = self.work()
        return self.count(self.last)

    def figures(self) -> Figures:
        """Abandonment and mean wait of the last run."""
        return self.judge(self.last)


def programs(name: str, weeks: int, seed: int, clocks: list[str]) -> dict[str, Program]:
    """Everything to be timed on workload ``name``; draws and scenario objects are made here."""
    work, horizon = WORKLOADS[name], FOUR_WEEKS * weeks / 4
    drawn = draw(work, seed, horizon)
    short = draw(work, seed, horizon / 8)  # some ten times slower, so it gets an eighth of the time
    out = {
        BARE: _bare(lambda: bare_simpy.run(work, drawn), drawn),
        PROCESS: _bare(lambda: process_simpy.run(work, short), short),
    }
    for clock in clocks:
        out[f"engine, {clock}"] = _engine(name, weeks, seed, clock)
        out[f"end to end, {clock}"] = _end_to_end(name, weeks, seed, clock)
    return out


def _bare(run: Callable[[], Outcome], drawn: Draws) -> Program:
    def judge(outcome: Outcome) -> Figures:
        gone = 1 - np.asarray(outcome.answered)
        return figures(np.asarray(drawn.arrival), np.asarray(outcome.wait), gone)

    return Program(run, lambda outcome: len(outcome.wait), judge)


def _engine(name: str, weeks: int, seed: int, clock: str) -> Program:
    """The engine from draws made beforehand, as for the bare loop, to the whole journal."""
    from ccsim.centre import simulate as engine

    plan = scenario(name, weeks, seed)
    drawn = engine.draw_issues(plan, 0, None)

    def work() -> Any:
        with patch.object(engine, "draw_issues", lambda *_: drawn):
            return engine.simulate(plan, clock=clock)

    return Program(work, _contacts, _of_journal)


def _end_to_end(name: str, weeks: int, seed: int, clock: str) -> Program:
    """Scenario object to measures: draws, engine, journal, reduction."""
    from ccsim.centre.simulate import simulate
    from ccsim.results.reduce import reduce

    plan = scenario(name, weeks, seed)

    def work() -> Any:
        journal = simulate(plan, clock=clock)
        reduce(journal, plan)
        return journal

    return Program(work, _contacts, _of_journal)


def _contacts(journal: Any) -> int:
    return int((journal.legs["leg"] == 0).sum())


def _of_journal(journal: Any) -> Figures:
    from ccsim.centre.journal import ABANDONED, BALKED

    legs = journal.legs
    legs = legs[~np.isnan(legs["left"])]
    gone = (legs["outcome"] == ABANDONED) | (legs["outcome"] == BALKED)
    return figures(legs["entered"], legs["left"] - legs["entered"], gone)
