"""What features cost that are off: this engine against another checkout of it, on W1 and W2.

    git worktree add /tmp/before cb53fc2            # the engine of the voice centre alone
    python benchmarks/features.py /tmp/before --runs 10

Both run side by side, round after round, each in a process of its own; the ratio of processor times is
taken within a round and the median is shown, so other work on the machine does not tilt it. `.` as the
other checkout shows how far noise alone goes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLOCKS = ("simpy", "compiled")


def main() -> int:
    """Print the table; exit code 1 where both do not simulate the same number of contacts."""
    asked = _arguments()
    if asked.worker:
        _work(*asked.worker)
        return 0
    same = True
    print(f"{'':<14}{'before':>10}{'now':>10}{'now/before':>12}{'middle half':>16}   (ns a contact)")
    for name in asked.workload:
        for clock in asked.clock:
            same = _compare(name, clock, asked) and same
    return 0 if same else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("before", nargs="?", type=Path, help="a checkout of the engine to compare with")
    parser.add_argument("--workload", nargs="+", default=["W1", "W2"], choices=("W1", "W2"))
    parser.add_argument("--clock", nargs="+", default=list(CLOCKS), choices=CLOCKS)
    parser.add_argument("--weeks", type=int, default=2)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.worker and asked.before is None:
        parser.error("name a checkout to compare with")
    return asked


def _compare(name: str, clock: str, asked: argparse.Namespace) -> bool:
    weeks = asked.weeks if clock == "simpy" else 4 * asked.weeks
    workers = [_start(at, name, clock, weeks) for at in (asked.before, HERE.parent)]
    times: list[list[float]] = [[], []]
    contacts = [0, 0]
    for turn in range(asked.runs + 1):
        for k in (0, 1) if turn % 2 else (1, 0):  # who goes first changes
            taken, contacts[k] = _ask(workers[k])
            if turn:  # the first round warms up
                times[k].append(taken / contacts[k] * 1e9)
    for worker in workers:
        worker.communicate("\n")
    ratios = sorted(now / before for before, now in zip(*times, strict=True))
    middle = f"{ratios[len(ratios) // 4]:.2f} to {ratios[-1 - len(ratios) // 4]:.2f}"
    before, now = (statistics.median(part) for part in times)
    mark = "" if contacts[0] == contacts[1] else "   DIFFERENT CONTACTS"
    print(
        f"{name + ', ' + clock:<14}{before:>10,.0f}{now:>10,.0f}{statistics.median(ratios):>12.3f}"
        f"{middle:>16}{mark}",
        flush=True,
    )
    return contacts[0] == contacts[1]


def _start(checkout: Path, name: str, clock: str, weeks: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "features.py"), "--worker", name, clock, str(weeks)]
    path = os.pathsep.join([str(checkout.resolve()), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def _ask(worker: subprocess.Popen[str]) -> tuple[float, int]:
    """One run of a worker: processor time (s) and contacts."""
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write("go\n")
    worker.stdin.flush()
    taken, contacts = worker.stdout.readline().split()
    return float(taken), int(contacts)


def _work(name: str, clock: str, weeks: str) -> None:
    from programs import programs

    program = programs(name, int(weeks), 1, [clock])[f"engine, {clock}"]
    while sys.stdin.readline().strip():
        begun = time.process_time()
        contacts = program.go()
        print(time.process_time() - begun, contacts, flush=True)


if __name__ == "__main__":
    sys.exit(main())
