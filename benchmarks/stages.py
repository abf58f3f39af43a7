"""Where the time goes: nanoseconds a contact in each stage, from scenario to measures, on both clocks.

    python benchmarks/stages.py [--workload W2] [--weeks 4] [--runs 5] [--profile]

Processor time, the quickest of several runs. `--profile` adds the busiest functions under SimPy.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable
from typing import Any

from workloads import scenario

from ccsim.centre.clock_compiled import available, run_compiled
from ccsim.centre.clock_simpy import run_simpy
from ccsim.centre.prepare import prepare
from ccsim.centre.simulate import simulate
from ccsim.demand.arrivals import births
from ccsim.demand.issues import draw_issues
from ccsim.results.reduce import reduce


def main() -> None:
    asked = _arguments()
    case = scenario(asked.workload, asked.weeks)
    issues = draw_issues(case, 0)
    n = len(issues)

    def fresh() -> tuple[Any, float, float]:
        return prepare(case, 0, issues), case.begin, case.end

    journal = simulate(case, 0, "simpy")
    stages: dict[str, tuple[Callable[[], Any], Callable[..., Any]]] = {
        "births: counts, keys, times": (tuple, lambda: births(case, 0)),
        "births and first draws": (tuple, lambda: draw_issues(case, 0)),
        "tables": (tuple, lambda: prepare(case, 0, issues)),
        "handlers under SimPy": (fresh, run_simpy),
        "reduce to a tally": (tuple, lambda: reduce(journal, case)),
    }
    if available():
        run_compiled(*fresh())
        stages["handlers, compiled"] = (fresh, run_compiled)
    print(f"{asked.workload}, {n:,} contacts, nanoseconds a contact")
    for name, (before, stage) in stages.items():
        print(f"  {name:<30}{_quickest(before, stage, asked.runs) / n * 1e9:10,.0f}")
    if asked.profile:
        with cProfile.Profile() as profile:
            run_simpy(*fresh())
        pstats.Stats(profile).sort_stats("tottime").print_stats(16)


def _quickest(before: Callable[[], Any], stage: Callable[..., Any], runs: int) -> float:
    times = []
    for _ in range(runs):
        given = before()
        start = time.process_time()
        stage(*given)
        times.append(time.process_time() - start)
    return min(times)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workload", default="W2", choices=("W1", "W2"))
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
