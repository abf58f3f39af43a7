"""How replications scale: one and two processes, Dask with two workers, and what a replication costs beside.

    python benchmarks/scaling.py [--clock compiled] [--weeks 26] [--replications 12] [--rounds 3]

Each round times all executors in turn on the same replications, so that other work on the machine weighs on
all of them; the table shows medians. Workers are started and warmed before the watch runs: what starting
takes is a row of its own. The overhead is the time of jobs that do nothing but hand back a tally.
"""

from __future__ import annotations

import argparse
import os
import pickle
import statistics
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from ccsim.experiments.base import fresh_of
from ccsim.experiments.executors import Executor, Job, Serial
from ccsim.experiments.on_dask import on_dask
from ccsim.experiments.on_worker import done
from ccsim.experiments.processes import Processes
from ccsim.experiments.replicate import one_tally, replicate
from ccsim.scenario import load

SCENARIO = Path(__file__).parents[1] / "scenarios" / "quickstart.yaml"
ASKED = {"2 processes": 1.8, "Dask, 2 workers": 1.6}
EMPTY = 60  # jobs for the overhead


def handed_back(tally: Any, number: int) -> Any:
    """A job that does nothing but take its task and give a tally."""
    return tally


def _all_of(place: Executor, jobs: list[Job[Any]]) -> None:
    for _ in place.run(jobs):
        pass


def timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(clock: str, weeks: int, count: int, rounds: int) -> None:
    scenario = load(SCENARIO, None, [f"weeks={weeks}"])
    fresh = fresh_of(scenario, clock)
    with ExitStack() as held:
        places: dict[str, Executor] = {"1 process": Serial()}
        starts = {"1 process": 0.0}
        several = {"2 processes": partial(Processes, 2), "Dask, 2 workers": partial(on_dask, "local")}
        for name, make in several.items():
            began = time.perf_counter()
            places[name] = held.enter_context(make())
            replicate(scenario, 4, clock=clock, fresh=fresh, executor=places[name])
            starts[name] = time.perf_counter() - began
        tally = replicate(scenario, 1, clock=clock, fresh=fresh, executor=places["1 process"])[0]
        took: dict[str, list[float]] = {name: [] for name in places}
        beside: dict[str, list[float]] = {name: [] for name in places}
        for _ in range(rounds):
            for name, place in places.items():
                real = partial(replicate, scenario, count, clock=clock, fresh=fresh, executor=place)
                took[name].append(timed(real))
                task = partial(handed_back, tally)
                empty = [Job(task, number) for number in range(EMPTY)]
                beside[name].append(timed(partial(_all_of, place, empty)) / EMPTY)
    told(clock, weeks, count, starts, took, beside)
    sizes(scenario, clock, fresh, tally)


def told(clock: str, weeks: int, count: int, starts: Any, took: Any, beside: Any) -> None:
    print(f"\n{clock}: {count} replications of {weeks} weeks of {SCENARIO.stem}; {os.cpu_count()} cores")
    print(f"load {os.getloadavg()[0]:.1f}\n")
    print("| executor | s a replication | against 1 process | asked | overhead, ms | start, s |")
    print("|---|---|---|---|---|---|")
    for name, seconds in took.items():
        ratios = [one / other for one, other in zip(took["1 process"], seconds, strict=True)]
        print(
            f"| {name} | {statistics.median(seconds) / count:.3f} | {statistics.median(ratios):.2f} | "
            f"{ASKED.get(name, '–')} | {1e3 * statistics.median(beside[name]):.2f} | {starts[name]:.1f} |"
        )


def sizes(scenario: Any, clock: str, fresh: Any, tally: Any) -> None:
    task, back = (pickle.dumps(what, 5) for what in (partial(one_tally, scenario, clock, fresh, None), tally))
    unpack = timed(lambda: [pickle.loads(back) for _ in range(20)]) / 20
    packed, _ = done(partial(handed_back, tally), 0, ())
    print(f"\ntask {len(task):,} bytes, once a worker; tally {len(back):,} bytes, packed {len(packed):,};")
    print(f"to unpickle a tally {1e3 * unpack:.1f} ms")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--clock", default="compiled")
    asked.add_argument("--weeks", type=int, default=26)
    asked.add_argument("--replications", type=int, default=12)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    measure(given.clock, given.weeks, given.replications, given.rounds)


if __name__ == "__main__":
    main()
