"""The frontier of cost and service: which candidates are efficient, which are surely dominated.

A candidate is dominated where another surely costs no more and serves no worse, and one of the two is surely
better: by intervals of paired differences, wider for the number of pairs of candidates looked at
(Bonferroni), so that all that is said of one measure holds at 95 %. What is only probably worse stays on the
frontier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments import candidates, compared
from ccsim.experiments.labels import main_channel
from ccsim.experiments.pairs import LEVEL, Difference, dominance, of_figures
from ccsim.results.statistics import student_mean

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.run import Run

Floats = npt.NDArray[np.float64]

COLUMNS: Final = (
    "measure", "label", "candidate", "cost", "cost_low", "cost_high", "value", "low", "high",
    "efficient", "dominated_by", "cost_unit", "unit",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Axis:
    """What a cost buys: the value of each candidate with its interval, and the difference of any two."""

    measure: str
    label: str
    unit: str
    values: dict[str, tuple[float, float, float]]
    apart: Callable[[str, str], Difference]


def frontier(result: Comparison) -> pd.DataFrame:
    """See `Comparison.frontier`."""
    import pandas as pd

    runs = {candidates.BASE: result.base, **result.variants}
    costs = {name: _cost(run) for name, run in runs.items()}
    currency = result.base.scenario.currency
    rows = []
    for axis in _axes(result, runs):
        beaten = _beaten(runs, axis)
        for name in runs:
            found = (*_spread(*costs[name]), *axis.values[name])
            by = ", ".join(beaten[name])
            rows.append([axis.measure, axis.label, name, *found, not by, by, f"{currency} a year", axis.unit])
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _beaten(runs: dict[str, Run], axis: _Axis) -> dict[str, list[str]]:
    """Of each candidate, those that surely dominate it."""
    level = LEVEL / max(1, len(runs) * (len(runs) - 1) // 2)
    found: dict[str, list[str]] = {name: [] for name in runs}
    for loser, winner in permutations(runs, 2):
        cost = of_figures(*_paired(_cost(runs[loser]), _cost(runs[winner])))
        if dominance([(cost, "down"), (axis.apart(loser, winner), "up")], level):
            found[loser].append(winner)
    return found


def _axes(result: Comparison, runs: dict[str, Run]) -> list[_Axis]:
    scenario = result.base.scenario
    several = len({part for _, part in compared.figures(result.base)}) > 1
    axes = [
        _counted(result, runs, "service_level", main_channel(scenario) if several else ""),
        _counted(result, runs, "csat", ""),
    ]
    if not any(one.missing for one in result.money.values()):
        axes.append(_gained(result, runs))
    return axes


def _counted(result: Comparison, runs: dict[str, Run], measure: str, part: str) -> _Axis:
    """A figure that each run has of itself: its own interval comes from its replications."""

    def value(run: Run) -> tuple[float, float, float]:
        if measure in compared.SCORED:
            figure = run.outcomes.score(measure)
            return figure.value, figure.low, figure.high
        row = run.measures("channel" if part else None).set_index("measure").loc[[measure]]
        found = row[row["channel"] == part].iloc[0] if part else row.iloc[0]
        return float(found["value"]), float(found["low"]), float(found["high"])

    return _Axis(
        measure,
        compared.label(result.base.scenario, measure, part),
        compared.unit(measure),
        {name: value(run) for name, run in runs.items()},
        lambda loser, winner: compared.difference(runs[loser], runs[winner], measure, part),
    )


def _gained(result: Comparison, runs: dict[str, Run]) -> _Axis:
    """Net gain against the base, which has none by what it is: parameters central, intervals over pairs."""
    none = np.zeros(result.base.replications)
    each = {candidates.BASE: none, **{name: one.pairs for name, one in result.money.items()}}
    net = {candidates.BASE: 0.0, **{name: float(one.gain.net[0]) for name, one in result.money.items()}}
    money = next(iter(result.money.values()))
    return _Axis(
        compared.NET_GAIN,
        f"net gain, {money.gain.horizon} months",
        result.base.scenario.currency,
        {name: _spread(net[name], each[name]) for name in runs},
        lambda loser, winner: of_figures(net[loser], net[winner], each[loser], each[winner]),
    )


def _cost(run: Run) -> tuple[float, Floats]:
    """Cost a year without what is spent once: pooled, and of each replication."""
    case = run.outcomes.case
    return case.costs.total, np.array([book.total for book in case.ledgers])


def _spread(value: float, each: Floats) -> tuple[float, float, float]:
    """A pooled figure with the interval of the mean over replications."""
    mean = student_mean(each)
    half = float(mean.high - mean.value)
    return value, value - half, value + half


def _paired(loser: tuple[float, Floats], winner: tuple[float, Floats]) -> tuple[float, float, Floats, Floats]:
    return loser[0], winner[0], loser[1], winner[1]
