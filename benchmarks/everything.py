"""The retail centre with everything on, against the bare SimPy loop.

    python benchmarks/everything.py [--clock simpy compiled] [--runs 5]

Contacts a second of processor time of `scenarios/omnichannel_retail.yaml` (bot, chat, e-mail, voice), from
draws made beforehand to the journal, over the bare loop's on W1 in the same round; the median is shown.
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

SCENARIO = Path(__file__).resolve().parents[1] / "scenarios" / "omnichannel_retail.yaml"
ASKED = {"simpy": 0.10, "compiled": 2.0}


def main() -> None:
    asked = _arguments()
    plan = load(SCENARIO)
    fresh = solve_volumes(plan, asked.clock[0])
    drawn = engine.draw_issues(plan, 0, fresh)
    yardstick = draw(WORKLOADS["W1"], 1, FOUR_WEEKS / 4)
    for clock in asked.clock:
        ratios, speeds = [], []
        for turn in range(asked.runs + 1):
            bare, _ = _speed(lambda: bare_simpy.run(WORKLOADS["W1"], yardstick).answered)
            with patch.object(engine, "draw_issues", lambda *_: drawn):
                speed, contacts = _speed(lambda c=clock: _contacts(engine.simulate(plan, clock=c)))
            if turn:
                ratios.append(speed / bare)
                speeds.append(speed)
        print(
            f"{clock:<10}{contacts:>9,} contacts{statistics.median(speeds):>12,.0f} a second, "
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
    parser.add_argument("--clock", nargs="+", default=["simpy", "compiled"], choices=list(ASKED))
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
