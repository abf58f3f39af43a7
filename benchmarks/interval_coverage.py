"""Do 95 % intervals hold the truth 95 % of the time? Thousands of experiments with a known answer.

    python benchmarks/interval_coverage.py               # 3,000 experiments of 10 replications; some minutes

One intent, exponential talk and patience, steady arrivals round the clock: after a day of warm-up an Erlang
A queue in its steady state, whose answers `ccsim.theory` has exactly. An experiment is a base with one agent
and a variant with two, on common draws, for so many replications of one week; its three intervals are those
that `ccsim run` and `ccsim compare` print:

- a mean: contacts offered a week;
- a ratio of sums: the share that abandons;
- a paired difference: of that share between variant and base.

And, with no simulation, what stopping at a precision does to a difference (`precision.wanted`): normal
pairs, and skewed ones.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

import ccsim
from ccsim.centre.clock_compiled import available
from ccsim.experiments import precision
from ccsim.experiments.pairs import of_measure, of_values
from ccsim.results.measures import MEASURES
from ccsim.results.statistics import student_mean
from ccsim.scenario import Scenario, loads
from ccsim.theory.erlang_a import erlang_a

AN_HOUR, TALK, PATIENCE = 5.0, 480.0, 300.0  # calls, seconds, seconds
A_WEEK = AN_HOUR * 24 * 7
RULE, NEEDED = 8000, (8, 15, 30, 60, 120)  # experiments with the stopping rule, and pairs that would do
CENTRE = """\
ccsim: 1
name: Erlang A
weeks: 1
warm_up: 1 day
follow_up: 0 days
calendar: {{hours: {{mon-sun: 24h}}}}
intents:
  calls: {{share: 100%, talk: {{exponential: {{mean: 480s}}}}, wrap_up: 0s, fcr: 100%, complexity: 0}}
channels: {{voice: {{target: 80% in 20s, patience: 300s, redial: none, short_abandon: 0s}}}}
arrivals: {{voice: {{contacts: {a_week:.0f}/week, profile: flat, busyness: none, counted: first}}}}
agents: {{team: {{on_seat: {agents}, skills: [calls]}}}}
"""


@dataclass(frozen=True)
class Seen:
    """Of one kind of interval: how many hold the truth, and lie wholly above or below it, of how many."""

    name: str
    truth: float
    held: int
    above: int
    below: int
    experiments: int

    @property
    def share(self) -> float:
        """Of all experiments."""
        return self.held / self.experiments

    def row(self) -> str:
        """A line of the table."""
        error = math.sqrt(self.share * (1 - self.share) / self.experiments)
        return (
            f"| {self.name} | {self.truth:.5g} | {100 * self.share:.1f} % | ±{196 * error:.1f} | "
            f"{100 * self.above / self.experiments:.1f} % | {100 * self.below / self.experiments:.1f} % |"
        )


@dataclass(frozen=True)
class Stopped:
    """Where pairs were added until a precision was reached: intervals that hold the truth, and so on."""

    needed: int
    held: float
    near: float  # share of experiments with the truth no further than was asked
    pairs: float  # on average

    def row(self) -> str:
        """A line of the table."""
        return f"| {self.needed} | {100 * self.held:.1f} % | {100 * self.near:.1f} % | {self.pairs:.0f} |"


def centre(agents: int) -> Scenario:
    """The centre with one agent, or more."""
    return loads(CENTRE.format(agents=agents, a_week=A_WEEK))


def abandoning(agents: int) -> float:
    """The true share that abandons."""
    return erlang_a(AN_HOUR / 3600, TALK, agents, PATIENCE).p_abandon


def simulated(experiments: int, replications: int) -> list[Seen]:
    """The three kinds of interval over so many experiments, each on replications of its own."""
    clock = "compiled" if available() else "simpy"
    count = experiments * replications
    base, variant = (ccsim.run(centre(agents), count, jobs=1, clock=clock).tallies for agents in (1, 2))
    offered, share = MEASURES["offered"], MEASURES["abandonment"]
    weeks = np.array([offered.values(tally)[0] for tally in base])
    cuts = [slice(start, start + replications) for start in range(0, count, replications)]
    means = [student_mean(weeks[cut]) for cut in cuts]
    ratios = [share.estimate(base[cut]) for cut in cuts]
    pairs = [of_measure(share, base[cut], variant[cut]) for cut in cuts]
    one, two = abandoning(1), abandoning(2)
    return [
        seen("mean: offered a week", A_WEEK, [(float(m.low), float(m.high)) for m in means]),
        seen("ratio of sums: abandoned", one, [(float(r.low[0]), float(r.high[0])) for r in ratios]),
        seen("paired difference: abandoned", two - one, [(p.low, p.high) for p in pairs]),
    ]


def seen(name: str, truth: float, intervals: Sequence[tuple[float, float]]) -> Seen:
    """How many intervals hold the truth."""
    low, high = np.array(intervals).T
    above, below = int((low > truth).sum()), int((high < truth).sum())
    return Seen(name, truth, len(low) - above - below, above, below, len(low))


def stopped(experiments: int, needed: int, skewed: bool = False, seed: int = 1) -> Stopped:
    """Intervals of differences after pairs were added until a precision was reached.

    needed: pairs that would do if the variance were known: it says what is asked for. The differences are
    normal, or, `skewed`, exponential; of mean 0 and variance 1.
    """
    rng = np.random.default_rng(seed)
    asked = 1.959964 / math.sqrt(needed)
    most = 40 * max(needed, 10)
    draw = partial(rng.exponential, 1.0) if skewed else partial(rng.normal, 1.0, 1.0)  # less their mean, 1
    found = [_until(draw(size=most) - 1.0, asked) for _ in range(experiments)]
    differences = [of_values(np.zeros(len(values)), values) for values in found]
    held = float(np.mean([d.low <= 0 <= d.high for d in differences]))
    near = float(np.mean([abs(d.difference) <= asked for d in differences]))
    return Stopped(needed, held, near, float(np.mean([len(values) for values in found])))


def _until(values: npt.NDArray[np.float64], asked: float) -> npt.NDArray[np.float64]:
    """As many of the pairs' differences as the rule takes."""
    pairs = precision.LEAST
    while True:
        half = of_values(np.zeros(pairs), values[:pairs]).half
        more = precision.wanted(pairs, [precision.Width("", "", "", asked, half)])
        if more == pairs:
            return values[:pairs]
        pairs = more


def table(rows: Sequence[Seen]) -> Iterator[str]:
    """The rows under their head."""
    yield "| interval | truth | holds it | 95 % of that | all above | all below |"
    yield "|---|---|---|---|---|---|"
    yield from (row.row() for row in rows)


def main() -> None:
    """Print both tables; exit code 1 where a simulated interval misses 94 to 96 %."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--experiments", type=int, default=3000)
    asked.add_argument("--replications", type=int, default=10)
    given = asked.parse_args()
    of_runs = simulated(given.experiments, given.replications)
    print(f"{given.experiments} experiments of {given.replications} replications\n")
    print("\n".join(table(of_runs)), flush=True)
    for skewed in (False, True):
        kind = "exponential" if skewed else "normal"
        print(f"\nstopped at a precision, {kind} differences, {RULE} experiments\n")
        print("| pairs that would do | hold the truth | truth as near as asked | pairs taken |")
        print("|---|---|---|---|")
        for needed in NEEDED:
            print(stopped(RULE, needed, skewed).row(), flush=True)
    raise SystemExit(any(not 0.94 <= one.share <= 0.96 for one in of_runs))


if __name__ == "__main__":
    main()
