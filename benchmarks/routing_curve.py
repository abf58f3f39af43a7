"""What a contact costs as the centre grows: 50 to 2,000 agents, 50 queues, the same load.

    python benchmarks/routing_curve.py [--clock compiled] [--rule longest_idle least_occupied]

Every centre gets 100,000 contacts in a week; handling grows with the number of agents, so that all are
equally busy. There are 50 skills and 50 groups; each group has 5 skills, its own and the next four.
"""

from __future__ import annotations

import argparse
import time

from ccsim.centre.clock_compiled import run_compiled
from ccsim.centre.clock_simpy import run_simpy
from ccsim.centre.prepare import prepare
from ccsim.demand.issues import draw_issues
from ccsim.scenario import Scenario, loads

SIZES = (50, 100, 200, 500, 1000, 2000)
QUEUES, SKILLS, CONTACTS, LOAD = 50, 5, 100_000, 0.9


def centre(agents: int, rule: str) -> Scenario:
    """A centre of `agents` in 50 groups."""
    talk = LOAD * agents * 7 * 86_400 / CONTACTS
    intents = "".join(
        f"  s{k}: {{share: 2%, talk: {{exponential: {{mean: {talk}s}}}}, wrap_up: 0s, "
        "fcr: 100%, complexity: 0}\n"
        for k in range(QUEUES)
    )
    groups = ""
    for k in range(QUEUES):
        skills = ", ".join(f"s{(k + j) % QUEUES}: {{rank: {j + 1}}}" for j in range(SKILLS))
        groups += f"  g{k}: {{on_seat: {agents // QUEUES}, skills: {{{skills}}}}}\n"
    text = (
        "ccsim: 1\nname: Curve\nweeks: 1\nwarm_up: 0 days\nfollow_up: 0 days\nseed: 1\n"
        "calendar: {hours: {mon-sun: 24h}}\n"
        f"channels: {{voice: {{patience: {talk}s, redial: none}}}}\n"
        f"arrivals: {{voice: {{contacts: {CONTACTS}/week, profile: flat, busyness: none, counted: first}}}}\n"
        f"routing: {{agent: {rule}}}\nintents:\n{intents}agents:\n{groups}"
    )
    return loads(text, label="curve")


def main() -> None:
    asked = _arguments()
    run = run_compiled if asked.clock == "compiled" else run_simpy
    print(f"{asked.clock}, microseconds a contact\n{'agents':>8}" + "".join(f"{r:>18}" for r in asked.rule))
    for agents in asked.sizes:
        line = f"{agents:>8,}"
        for rule in asked.rule:
            plan = centre(agents, rule)
            issues = draw_issues(plan, 0)
            times = []
            for _ in range(asked.runs):
                prepared = prepare(plan, 0, issues)
                begun = time.process_time()
                run(prepared, plan.begin, plan.end)
                times.append(time.process_time() - begun)
            line += f"{min(times) / len(issues) * 1e6:>18.2f}"
        print(line, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clock", default="compiled", choices=("simpy", "compiled"))
    parser.add_argument("--rule", nargs="+", default=["longest_idle", "least_occupied"])
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES))
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
