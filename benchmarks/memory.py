"""Memory a contact, measured as the slope of a process's peak between a short and a long run.

    python benchmarks/memory.py W1 compiled 4      # prints peak bytes and contacts of one run

The slope leaves out what does not grow: Python, numpy, compiled code. Each run is a process of
its own, since a process never gives its peak back.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path


def peak(name: str, clock: str, weeks: int, replications: int = 1) -> dict[str, float]:
    """Peak resident memory (bytes) and contacts of one run in a fresh process."""
    command = [sys.executable, str(Path(__file__)), name, clock, str(weeks), str(replications)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def bytes_per_contact(name: str, clock: str, short: int = 2, long: int = 8) -> float:
    """Slope of peak memory over contacts between runs of ``short`` and ``long`` weeks."""
    low, high = peak(name, clock, short), peak(name, clock, long)
    return (high["peak"] - low["peak"]) / (high["contacts"] - low["contacts"])


def replication_growth(name: str, clock: str) -> float:
    """Peak of 20 replications over the peak of 2, of one week each; 1 when nothing is kept."""
    return peak(name, clock, 1, 20)["peak"] / peak(name, clock, 1, 2)["peak"]


def _main(name: str, clock: str, weeks: str, replications: str = "1") -> None:
    from workloads import scenario

    from ccsim.centre.simulate import simulate
    from ccsim.results.reduce import reduce

    plan = scenario(name, int(weeks))
    contacts = 0
    for replication in range(int(replications)):
        journal = simulate(plan, replication=replication, clock=clock)
        contacts = len(journal.contacts)
        reduce(journal, plan)
    print(json.dumps({"peak": high_water(), "contacts": contacts}))


def high_water() -> int:
    """Peak resident memory of this process in bytes.

    Linux: from the kernel's status file, since ``ru_maxrss`` also counts the parent's before exec.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


if __name__ == "__main__":
    _main(*sys.argv[1:])
