"""What figures hang on: one parameter of the outcome model at a time at its ends, all else as it is.

What a scenario states has no range: money is told at a tenth less and a tenth more of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.errors import CcsimError
from ccsim.results.stake import Stake, stake

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes
    from ccsim.experiments.run import Run
    from ccsim.parameters import Parameter
    from ccsim.results.outcome import Outcome
    from ccsim.results.uncertainty import Comparison as Money
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

ROUNDING: Final = 1e-9
NET_GAIN: Final = "net_gain"
# What a run alone is asked for, and its unit where that is not money.
OF_A_RUN: Final[dict[str, str]] = {
    "csat": "share", "nps": "points", "churn_by_bad": "share", "at_stake": "", "roi": "percent",
}  # fmt: skip
STATED: Final = "stated"
TENTH: Final = 0.1
COLUMNS: Final = (
    "measure", "parameter", "low", "high", "at_low", "at_high", "value", "unit", "confidence",
)  # fmt: skip


@dataclass(frozen=True)
class Swing:
    """A figure with one parameter at its low and its high end; value: with all at their defaults."""

    measure: str
    parameter: str
    low: float
    high: float
    at_low: float
    at_high: float
    value: float
    unit: str
    confidence: str

    @property
    def width(self) -> float:
        """How far the figure moves."""
        return abs(self.at_high - self.at_low)

    @property
    def moves(self) -> bool:
        """Whether it moves at all, rounding apart."""
        return self.width > ROUNDING * max(1.0, abs(self.value))


def swings(outcomes: Outcomes) -> list[Swing]:
    """CSAT, NPS, churn by bad episodes, margin at stake and total ROI of one run; each widest first.

    Each time the base is calibrated anew: churn as a whole is what the scenario states, so of it only the
    part that bad episodes make can move. What is not known is left out.
    """
    case, on = outcomes.case, outcomes.base_case or outcomes.case
    names, ends = on.ends
    if ends is None:
        return []
    outcome = case.outcome(ends)
    money = stake(case.side(ends, outcome), ends.draws, case.horizon, case.without)
    one = outcomes.alone
    sides = [_figures(outcomes, *of) for of in ((one.outcome, one.stake), (outcome, money))]
    found: list[Swing] = []
    for measure, unit in OF_A_RUN.items():
        central, moved = (side[measure] for side in sides)
        if not np.isnan(central).any():
            told = unit or outcomes.scenario.currency
            bars = zip(names, moved[::2], moved[1::2], strict=True)
            found += _swings(measure, bars, float(central[0]), told, case.parameters)
    return found


def swings_of_stated(run: Run) -> list[Swing]:
    """Margin at stake and total ROI of one run at a tenth less and a tenth more of what it states."""
    scenario, found, now = run.scenario, [], _told(run, {})
    for name, paths in _stated(scenario).items():
        try:
            sides = [_told(run, dict.fromkeys(paths, sign)) for sign in ("-10%", "+10%")]
        except CcsimError:
            continue  # routing looks at it: it needs another simulation
        for measure, value in now.items():
            at_low, at_high = (side[measure] for side in sides)
            if not np.isnan(value):
                unit = OF_A_RUN[measure] or scenario.currency
                ends = (-TENTH, TENTH, at_low, at_high)
                found.append(Swing(measure, f"{name} ±10 %", *ends, value, unit, STATED))
    return sorted(found, key=lambda swing: -swing.width)


def _stated(scenario: Scenario) -> dict[str, list[str]]:
    """Paths of what money stands on, by what they are called together."""
    known = {
        f"customers.*.{key}": [
            f"customers.{name}.{key}"
            for name, segment in scenario.customers.items()
            if getattr(segment, key) is not None
        ]
        for key in ("margin", "churn")
    }
    if scenario.economics.without_service_churn is not None:
        known["economics.without_service"] = ["economics.without_service.churn"]
    known["agents.*.wage"] = [
        f"agents.{name}.wage" for name, group in scenario.agents.items() if not group.people
    ]
    return {name: paths for name, paths in known.items() if paths}


def _told(run: Run, changes: dict[str, str]) -> dict[str, float]:
    from ccsim.experiments.recomputed import recomputed

    outcomes = recomputed(run, changes, draws=2).outcomes
    case, world = outcomes.case, (outcomes.base_case or outcomes.case).central
    money = stake(case.side(world, case.outcome(world)), world.draws, case.horizon, case.without)
    return {"at_stake": float(money.at_stake[0]), "roi": float(money.total_roi[0])}


def swings_of_gain(money: Money, parameters: Mapping[str, Parameter], currency: str) -> list[Swing]:
    """Net gain of a comparison, widest first."""
    return _swings(NET_GAIN, money.doubt.tornado, float(money.gain.net[0]), currency, parameters)


def swings_frame(found: Sequence[Swing]) -> pd.DataFrame:
    """One swing a row: columns as the fields of `Swing`."""
    import pandas as pd

    return pd.DataFrame([[getattr(one, name) for name in COLUMNS] for one in found], columns=list(COLUMNS))


def _figures(outcomes: Outcomes, outcome: Outcome, money: Stake) -> dict[str, Floats]:
    unhurt = 1.0 - outcome.stay_without_bad**12
    customers = outcomes.case.customers.count
    weight = customers / customers.sum()
    return {
        "csat": outcome.scores.csat,
        "nps": outcome.scores.nps,
        "churn_by_bad": np.asarray(weight @ (outcome.churn - unhurt)),
        "at_stake": money.at_stake,
        "roi": money.total_roi,
    }


def _swings(
    measure: str,
    bars: Iterable[tuple[str, float, float]],
    value: float,
    unit: str,
    parameters: Mapping[str, Parameter],
) -> list[Swing]:
    found = []
    for name, at_low, at_high in bars:
        known = parameters[name]
        low, high = (known.number if end is None else end for end in (known.low, known.high))
        ends = (low, high, float(at_low), float(at_high))
        found.append(Swing(measure, name, *ends, value, unit, known.confidence))
    return sorted(found, key=lambda swing: -swing.width)
