"""What satisfaction, churn and money take: from a journal once, and over many draws of the outcome model.

    python benchmarks/outcomes.py [--scenario quickstart] [--contacts 1000000] [--draws 1000]

`journal`: a replication of so many contacts, from its journal to measures, journeys, scores, churn and money
under the central parameters. `draws`: a variant against its base, 300,000 contacts each, as `ccsim roi
--against` has it: net gain with its band, payback, tornado, lines, slices; and the run alone. Each in a
process of its own; seconds of processor time and on the clock, and the peak of memory from the end of the
simulation on, the journal included.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from memory import high_water

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
VARIANTS = {"quickstart": "two_more", "omnichannel_retail": "no_bot"}
A_RUN = 300_000  # contacts of the run whose outcomes are drawn
ASKED = {"journal": (5.0, 1.5), "draws": (10.0, None)}  # seconds, GB


def main() -> None:
    """Print a line for each stage of each scenario."""
    asked = _arguments()
    if asked.child:
        print(json.dumps(STAGES[asked.child](asked)))
        return
    print(
        f"{'':<34}{'contacts':>10}{'rows':>8}{'cpu s':>8}{'clock s':>9}{'asked':>7}{'peak GB':>9}{'asked':>7}"
    )
    for name in asked.scenario:
        for stage in STAGES:
            for label, row in _in_a_process(stage, name, asked).items():
                _say(f"{name}, {label}", row, *ASKED[stage])


def _in_a_process(stage: str, name: str, asked: argparse.Namespace) -> dict[str, dict[str, float]]:
    command = [sys.executable, __file__, "--child", stage, "--scenario", name]
    command += ["--contacts", str(asked.contacts), "--draws", str(asked.draws)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _say(label: str, row: dict[str, float], seconds: float, memory: float | None) -> None:
    told = f"{label:<46}{row['contacts']:>10,.0f}{row['rows']:>8,.0f}"
    told += f"{row['cpu']:>8.2f}{row['clock']:>9.2f}{seconds:>7.0f}"
    told += f"{row['peak'] / 1e9:>9.2f}{'' if memory is None else f'{memory:.1f}':>7}"
    missed = row["cpu"] > seconds or (memory is not None and row["peak"] / 1e9 > memory)
    print(told + ("   missed" if missed else ""), flush=True)


def from_journal(asked: argparse.Namespace) -> dict[str, dict[str, float]]:
    """One replication of about so many contacts, from journal to money."""
    from ccsim.centre.simulate import simulate
    from ccsim.experiments.base import fresh_of
    from ccsim.experiments.outcomes import Outcomes
    from ccsim.experiments.replicate import run_length
    from ccsim.results.reduce import reduce
    from ccsim.results.stake import stake
    from ccsim.scenario import load

    scenario = load(SCENARIOS / f"{asked.scenario[0]}.yaml")
    around = (scenario.end - scenario.begin) / 604_800 - scenario.weeks
    weeks = asked.contacts / run_length(scenario) * (scenario.weeks + around) - around
    scenario = scenario.with_changes({"weeks": round(weeks)})
    journal = simulate(scenario, 0, "auto", fresh_of(scenario))

    def work() -> int:
        outcomes = Outcomes(scenario, [reduce(journal, scenario)])
        case, world = outcomes.case, outcomes.case.central
        stake(case.side(world, world.outcome), world.draws, case.horizon, case.without)
        return len(case.pooled)

    return {"journal to money": _measured(work, len(journal.contacts))}


def over_draws(asked: argparse.Namespace) -> dict[str, dict[str, float]]:
    """A variant against its base over many draws, and the variant alone."""
    from ccsim.experiments.replicate import run_length
    from ccsim.experiments.roi import roi
    from ccsim.experiments.run import run
    from ccsim.results.drivers import SLICES
    from ccsim.scenario import load

    name = asked.scenario[0]
    path = SCENARIOS / f"{name}.yaml"
    base, variant = load(path), load(path, VARIANTS[name])
    count = max(1, round(A_RUN / run_length(base)))
    before = run(base, count)
    after = run(variant, count, base=before)

    def against() -> int:
        found = roi(after, before, asked.draws)
        _ = found.money, found.tornado, found.lines(), found.by_month()
        for by in SLICES:
            found.gain_by(by)
        return len(after.outcomes.case.pooled)

    def alone() -> int:
        found = roi(before, draws=asked.draws)
        _ = found.run.headlines, found.run.economics(), found.tornado, found.lines()
        return len(before.outcomes.case.pooled)

    return {
        f"{asked.draws:,} draws against base": _measured(against, after.simulated),
        f"{asked.draws:,} draws alone": _measured(alone, before.simulated),
    }


STAGES: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "journal": from_journal,
    "draws": over_draws,
}


def _measured(work: Callable[[], int], contacts: int) -> dict[str, float]:
    _forget_peak()
    cpu, clock = time.process_time(), time.perf_counter()
    rows = work()
    spent = {"cpu": time.process_time() - cpu, "clock": time.perf_counter() - clock}
    return {"contacts": contacts, "rows": rows, **spent, "peak": high_water()}


def _forget_peak() -> None:
    """Count the peak of memory from here on, where the kernel allows it."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scenario", nargs="+", default=list(VARIANTS), choices=list(VARIANTS))
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--draws", type=int, default=1_000)
    parser.add_argument("--child", choices=list(STAGES), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
