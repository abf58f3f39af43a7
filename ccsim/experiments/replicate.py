"""Replications: one after another or in processes, each reduced to its tally as it finishes.

The result does not depend on the number of processes: a replication is a pure function of scenario,
seed and its number, and tallies come back in that order.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from ccsim.centre.rules import Rule, processes_for
from ccsim.centre.simulate import choose_clock, simulate
from ccsim.demand.arrivals import Fresh
from ccsim.demand.rates import weekly_volume
from ccsim.experiments.executors import Executor, Job, Serial
from ccsim.experiments.processes import Processes
from ccsim.results.reduce import reduce
from ccsim.scenario import Scenario

if TYPE_CHECKING:
    from ccsim.results.tally import Tally

Progress = Callable[[int, int], None]  # (replications done, contacts simulated so far)

WORTH_PROCESSES = 300_000  # contacts under SimPy below which starting processes costs more than it saves
COMPILED_FACTOR = 15  # how many times more under the compiled clock


def replicate(
    scenario: Scenario,
    replications: int,
    jobs: int | None = None,
    clock: str = "auto",
    fresh: Fresh | None = None,
    progress: Progress | None = None,
    rule: Rule | None = None,
    executor: Executor | None = None,
    known: Mapping[int, Tally] | None = None,
    keep: Callable[[Tally], None] | None = None,
) -> list[Tally]:
    """Simulate `replications` of a scenario and return their tallies in order.

    `executor` says where, else `jobs` processes of this machine (None: as many as pay off);
    `progress(done, contacts)` is called at the beginning and after each; `rule` decides which agent
    takes a contact (see `centre.rules`); `known` are tallies that are there already, by their number;
    `keep` is called with each that is not, as soon as it is done.
    """
    tallies = {number: tally for number, tally in (known or {}).items() if number < replications}
    missing = [number for number in range(replications) if number not in tallies]
    contacts = len(missing) * run_length(scenario)
    clock = choose_clock(clock, contacts, rule)
    one = partial(one_tally, scenario, clock, fresh, rule)
    done = sum(tally.contacts for tally in tallies.values())
    if progress is not None:
        progress(len(tallies), done)
    with executor_for(contacts, clock, len(missing), jobs, rule, executor) as place:
        for at, tally in place.run([Job(one, number) for number in missing]):
            tallies[missing[at]] = tally
            done += tally.contacts
            if keep is not None:
                keep(tally)
            if progress is not None:
                progress(len(tallies), done)
    return [tallies[number] for number in range(replications)]


def executor_for(
    contacts: int,
    clock: str,
    replications: int,
    jobs: int | None = None,
    rule: Rule | None = None,
    given: Executor | None = None,
) -> AbstractContextManager[Executor]:
    """Where replications run: the executor given, which stays open, or processes if they pay off.

    The compiled clock is compiled before any worker needs it.
    """
    if given is not None:
        processes_for(rule, given.workers, given.workers)
        place: Executor = given
    else:
        processes = processes_for(rule, jobs, min(jobs or default_jobs(contacts, clock), replications))
        place = Serial() if processes <= 1 else Processes(processes)
    if clock == "compiled" and replications:
        place.prepare(compile_clock)
    return place if given is None else nullcontext(given)


def compile_clock() -> None:
    """Have the compiled clock in this machine's cache: one process compiles it, all others find it."""
    from ccsim.centre.clock_compiled import compiled

    compiled()


def one_tally(
    scenario: Scenario, clock: str, fresh: Fresh | None, rule: Rule | None, replication: int
) -> Tally:
    """One replication, from scenario to tally; its journal is dropped."""
    return reduce(simulate(scenario, replication, clock, fresh, rule), scenario)


def run_length(scenario: Scenario) -> int:
    """About how many contacts one replication simulates, warm-up and follow-up included."""
    weeks = (scenario.end - scenario.begin) / (7 * 86400)
    return int(weeks * sum(weekly_volume(scenario, name) for name in scenario.arrivals))


def default_jobs(contacts: int, clock: str) -> int:
    """As many processes as there are processors, or one where starting them would not pay."""
    worth = WORTH_PROCESSES * (COMPILED_FACTOR if clock == "compiled" else 1)
    return (os.cpu_count() or 1) if contacts >= worth else 1
