"""What common draws are worth: 4 agents against 5 over 400 days, on common draws and with independent seeds.

    python benchmarks/common_draws.py

For each load and measure: the standard deviation of the difference between two days, of the same customers
on the same draws and of others, and their variances' ratio: how many times as many independent pairs of days
the same interval would take. Once with the same expected number of calls every day, once with days that are
busier than others, as ccsim has them unless told otherwise.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

import ccsim
from ccsim.centre.clock_compiled import available
from ccsim.results.measures import MEASURES
from ccsim.scenario import Scenario, loads

DAY = """\
ccsim: 1
name: One day of {agents} agents
weeks: 1
warm_up: 0 days
follow_up: 0 days
seed: {seed}
calendar: {{hours: {{mon: 09:00-17:00}}}}
intents:
  calls: {{share: 100%, talk: {{exponential: {{mean: 5min}}}}, wrap_up: 0s, fcr: 100%, complexity: 0}}
channels: {{voice: {{target: 80% in 20s, patience: 3min, redial: none}}}}
arrivals: {{voice: {{contacts: {calls}/week, profile: flat{busyness}, counted: first}}}}
agents: {{team: {{on_seat: {agents}, skills: [calls]}}}}
"""
HOURS = 8
AN_HOUR = (30, 48, 60)  # calls of five minutes: 2.5, 4 and 5 Erlang
SHOWN = ("service_level", "abandonment")


def centre(agents: int, an_hour: int, steady: bool, seed: int = 1) -> Scenario:
    """A centre open for one day of eight hours."""
    busyness = ", busyness: none" if steady else ""
    return loads(DAY.format(agents=agents, seed=seed, calls=HOURS * an_hour, busyness=busyness))


def each_day(scenario: Scenario, days: int, measure: str) -> npt.NDArray[np.float64]:
    """The measure of each of so many days."""
    clock = "compiled" if available() else "simpy"
    tallies = ccsim.run(scenario, days, jobs=1, clock=clock).tallies
    return np.array([MEASURES[measure].values(tally)[0] for tally in tallies])


def spreads(days: int, an_hour: int, steady: bool, measure: str = "abandonment") -> tuple[float, float]:
    """Standard deviation of the difference between 4 and 5 agents: independent seeds, and common draws."""
    four, five, others = (
        each_day(centre(agents, an_hour, steady, seed), days, measure)
        for agents, seed in ((4, 1), (5, 1), (5, 2))
    )
    return float((others - four).std(ddof=1)), float((five - four).std(ddof=1))


def rows(days: int) -> Iterator[str]:
    """The table, a line a load and measure."""
    yield f"| {days} days | calls an hour | measure | independent seeds | common draws | variance cut |"
    yield "|---|---|---|---|---|---|"
    for steady in (True, False):
        for an_hour in AN_HOUR:
            for measure in SHOWN:
                apart, common = spreads(days, an_hour, steady, measure)
                kind = "steady" if steady else "some busier"
                cut = (apart / common) ** 2
                yield f"| {kind} | {an_hour} | {measure} | {apart:.4f} | {common:.4f} | {cut:.1f} |"


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--days", type=int, default=400)
    for row in rows(asked.parse_args().days):
        print(row, flush=True)


if __name__ == "__main__":
    main()
