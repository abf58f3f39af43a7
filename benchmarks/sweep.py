"""What a sweep takes: points × replications of the quickstart centre in one week, on either clock.

    python benchmarks/sweep.py [--points 50] [--replications 20] [--clock compiled simpy] [--jobs 2]

Points are a grid of agents on seat and FCR, each simulated; reported are seconds on the clock, seconds of
processor time of this process (reduces points to figures: outcome chain, pairs, draws) and of its workers
(simulate), what a busy machine cannot move: processor time by the number of processes, and the peak of
memory of this process.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from ccsim.experiments.sweep import Sweep, sweep
from ccsim.scenario import Scenario, load

QUICKSTART = Path(__file__).resolve().parents[1] / "scenarios" / "quickstart.yaml"
ASKED = {"compiled": 60.0, "simpy": 240.0}  # seconds of 50 points × 20 replications on 2 cores
FULL = 50 * 20
FCR = 5  # values of the second lever


def main() -> None:
    """Print a line for each clock."""
    asked = _arguments()
    scenario = load(QUICKSTART, None, ["weeks=1"])
    head = ("clock", "points", "repl.", "clock s", "cpu here", "workers", "cpu s/jobs", "asked", "peak MB")
    print("".join(f"{name:>12}" for name in head))
    for clock in asked.clock:
        sweep(scenario, _levers(1), replications=1, clock=clock, jobs=1)  # loads and compiles
        began, here, there = time.perf_counter(), *_spent()
        result = _swept(scenario, asked, clock)
        took = time.perf_counter() - began
        mine, workers = (after - before for after, before in zip(_spent(), (here, there), strict=True))
        _say(result, asked, clock, took, mine, workers)


def _levers(points: int) -> list[str]:
    """Levers whose grid has so many points, or the next larger number that makes a grid."""
    seats = -(-points // FCR)
    return [f"agents.generalists.on_seat=8:{7 + seats}:1", f"intents.billing.fcr=70%:{66 + 4 * FCR}%:4%"]


def _swept(scenario: Scenario, asked: argparse.Namespace, clock: str) -> Sweep:
    return sweep(
        scenario, _levers(asked.points), replications=asked.replications, clock=clock, jobs=asked.jobs
    )


def _spent() -> tuple[float, float]:
    """Processor time of this process, and of those it has waited for."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime


def _say(
    result: Sweep, asked: argparse.Namespace, clock: str, took: float, mine: float, workers: float
) -> None:
    count = len(result.rows)
    share = count * result.replications / FULL
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = (took, mine, workers, (mine + workers) / asked.jobs, ASKED[clock] * share, peak)
    cells = (clock, str(count), str(result.replications), *(f"{number:.1f}" for number in times))
    print("".join(f"{cell:>12}" for cell in cells), flush=True)


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--points", type=int, default=50)
    asked.add_argument("--replications", type=int, default=20)
    asked.add_argument("--clock", nargs="+", choices=list(ASKED), default=list(ASKED))
    asked.add_argument("--jobs", type=int, default=2)
    return asked.parse_args()


if __name__ == "__main__":
    main()
