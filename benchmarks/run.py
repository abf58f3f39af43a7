"""Time the yardsticks and ccsim side by side, interleaved, and print the ratios.

    python benchmarks/run.py                      # everything, some minutes
    python benchmarks/run.py --workload W1 --runs 3 --no-memory

Programs are described in the README beside this file. Throughput is contacts a second of processor
time (everything runs on one core). A ratio is against the bare loop of the same round and the
median over rounds is shown, so a machine that slows down half-way does not tilt the comparison.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import memory
from agreement import agree
from draws import WORKLOADS
from programs import BARE, Program, programs

ASKED = {"engine, simpy": 0.25, "engine, compiled": 5.0, "end to end, compiled": 2.0}
ASKED_BYTES = {"simpy": 800, "compiled": 400}


def main() -> int:
    """Run the benchmark; exit code 1 where programs disagree about the centre."""
    asked = _arguments()
    clocks = ["simpy", "compiled"] if find_spec("numba") else ["simpy"]
    report = {name: _workload(name, asked, clocks) for name in asked.workload}
    if asked.json:
        asked.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0 if all(part["agree"] for part in report.values()) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--workload", nargs="+", choices=list(WORKLOADS), default=list(WORKLOADS))
    parser.add_argument("--runs", type=int, default=5, help="rounds; medians are shown")
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-memory", dest="memory", action="store_false")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


def _workload(name: str, asked: argparse.Namespace, clocks: list[str]) -> dict:
    todo = programs(name, asked.weeks, asked.seed, clocks)
    rounds = _rounds(todo, asked.runs)
    speed = {label: statistics.median(values) for label, values in rounds.items()}
    ratio = {
        label: statistics.median(v / b for v, b in zip(values, rounds[BARE], strict=True))
        for label, values in rounds.items()
    }
    same = {label: agree(todo[label].figures(), todo[BARE].figures()) for label in todo}
    used = _memory(name, clocks) if asked.memory else {}
    growth = memory.replication_growth(name, clocks[-1]) if asked.memory else None
    _print(name, todo, speed, ratio, same)
    _print_memory(used, growth)
    return {"speed": speed, "ratio": ratio, "agree": all(same.values()), "bytes": used}


def _rounds(todo: dict[str, Program], runs: int) -> dict[str, list[float]]:
    """Contacts a second of each program in each round; one untimed round warms everything up."""
    out: dict[str, list[float]] = {label: [] for label in todo}
    for turn in range(runs + 1):
        for label, program in todo.items():
            begun = time.process_time()
            contacts = program.go()
            taken = time.process_time() - begun
            if turn:
                out[label].append(contacts / taken)
    return out


def _memory(name: str, clocks: list[str]) -> dict[str, float]:
    return {clock: memory.bytes_per_contact(name, clock) for clock in clocks}


def _print(
    name: str,
    todo: dict[str, Program],
    speed: dict[str, float],
    ratio: dict[str, float],
    same: dict[str, bool],
) -> None:
    work = WORKLOADS[name]
    rates = " + ".join(f"{rate:g}" for rate in work.rates)
    sizes = ", ".join(map(str, work.groups))
    print(f"\n{name}: {rates} contacts/min, groups of {sizes}")
    head = ("contacts/s", 12), ("ratio", 8), ("asked", 8), ("abandoned", 12), ("wait", 9)
    print(f"  {'program':<24}" + "".join(f"{word:>{width}}" for word, width in head))
    for label, program in todo.items():
        figures = program.figures()
        asked = f"{ASKED[label]:g}" if label in ASKED else ""
        mark = "" if same[label] else "  DISAGREES"
        print(
            f"  {label:<24}{speed[label]:>12,.0f}{ratio[label]:>8.2f}{asked:>8}"
            f"{figures.abandonment:>12.4f}{figures.mean_wait:>8.2f}s{mark}"
        )


def _print_memory(used: dict[str, float], growth: float | None) -> None:
    for clock, value in used.items():
        print(f"  memory, {clock}: {value:,.0f} bytes a contact (at most {ASKED_BYTES[clock]})")
    if growth is not None:
        print(f"  memory of 20 replications over that of 2: {growth:.2f}")


if __name__ == "__main__":
    sys.exit(main())
