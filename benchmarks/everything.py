"""The retail centres with everything on, against the bare SimPy loop.

    python benchmarks/everything.py [--scenario retail omnichannel_retail] [--clock simpy compiled] [--runs 5]

Contacts a second of processor time of `scenarios/retail.yaml`, and of the still fuller
`omnichannel_retail.yaml` (bot, chat, e-mail, voice), from draws made beforehand to the journal, over the bare
loop's on W1 in the same round; the median is shown.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import bare_simpy
from draws import FOUR_WEEKS, WORKLOADS, draw

from ccsim.centre import simulate as engine
from ccsim.experiments.volumes import solve_volumes
from ccsim.scenario import load

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
ASKED = {"simpy": 0.10, "compiled": 2.0}


def main() -> None:
    """Print a line for each scenario and clock."""
    asked = _arguments()
    for name in asked.scenario:
        _measure(name, asked.clock, asked.runs)


def _measure(name: str, clocks: list[str], runs: int) -> None:
    plan = load(SCENARIOS / f"{name}.yaml")
    drawn = engine.draw_issues(plan, 0, solve_volumes(plan, clocks[-1]))
    yardstick = draw(WORKLOADS["W1"], 1, FOUR_WEEKS / 4)
    for clock in clocks:
        ratios, speeds = [], []
        for turn in range(runs + 1):
            bare, _ = _speed(lambda: bare_simpy.run(WORKLOADS["W1"], yardstick).answered)
            with patch.object(engine, "draw_issues", lambda *_: drawn):
                speed, contacts = _speed(lambda c=clock: _contacts(engine.simulate(plan, clock=c)))
            if turn:  # the first round warms up
                ratios.append(speed / bare)
                speeds.append(speed)
        print(
            f"{name:<20}{clock:<10}{contacts:>9,} contacts{statistics.median(speeds):>10,.0f} a second, "
            f"ratio {statistics.median(ratios):.2f} (asked {ASKED[clock]:g})",
            flush=True,
        )


def _speed(work: Callable[[], Any]) -> tuple[float, int]:
    begun = time.process_time()
    count = len(work())
    return count / (time.process_time() - begun), count


def _contacts(journal: Any) -> Any:
    return journal.legs[journal.legs["leg"] == 0]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    names = ["retail", "omnichannel_retail"]
    parser.add_argument("--scenario", nargs="+", default=names, choices=names)
    parser.add_argument("--clock", nargs="+", default=["simpy", "compiled"], choices=list(ASKED))
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
