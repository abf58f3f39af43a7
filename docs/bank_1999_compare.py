"""Simulated beside observed: the figures of the 1999 bank, by type and by hour, with intervals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import t as student

from ccsim.centre.journal import ABANDONED, BALKED, Journal
from ccsim.centre.simulate import simulate
from ccsim.experiments.base import fresh_of
from ccsim.scenario import Scenario, load

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "scenarios" / "anonymous_bank_1999.yaml"
OBSERVED = ROOT / "scenarios" / "data" / "bank_1999_observed.csv"
KEY = ["slice", "name", "measure"]
LONG_WAIT = 60.0

# As in scenarios/data/bank_1999_observed.py: (numerator, denominator), sums over offered calls.
RATIOS = {
    "mean_wait": ("wait", "offered"),
    "asa": ("wait_answered", "answered"),
    "share_over_60s": ("long", "offered"),
    "share_queued": ("queued", "offered"),
    "abandonment": ("abandoned", "offered"),
}


def observed() -> pd.DataFrame:
    """Figures of the log: slice, name, measure, value, low, high."""
    return pd.read_csv(OBSERVED, comment="#")


def simulated(replications: int, scenario: Scenario | None = None, clock: str = "auto") -> pd.DataFrame:
    """The same figures from ``replications`` of the scenario, with Student intervals over them."""
    scenario = scenario or load(SCENARIO)
    fresh = fresh_of(scenario, clock)
    runs = [
        _figures(simulate(scenario, number, clock, fresh), scenario.weeks) for number in range(replications)
    ]
    values = pd.concat(runs, axis=1)
    half = student.ppf(0.975, replications - 1) * values.std(axis=1) / np.sqrt(replications)
    mean = values.mean(axis=1)
    table = pd.DataFrame({"value": mean, "low": mean - half, "high": mean + half})
    return table.rename_axis(KEY).reset_index()


def compared(replications: int, scenario: Scenario | None = None) -> pd.DataFrame:
    """Both side by side: KEY, then value, low, high of each (suffixes _seen and _sim)."""
    return observed().merge(simulated(replications, scenario), on=KEY, suffixes=("_seen", "_sim"))


def _figures(journal: Journal, weeks: int) -> pd.Series:
    legs = journal.legs
    legs = legs[(legs["leg"] == 0) & journal.counted(legs["entered"]) & ~np.isnan(legs["left"])]
    calls = _columns(legs)
    intent = np.asarray(journal.names.intents)[_cell_intent(journal)[legs["issue"]]]
    hour = (legs["entered"] % 86_400 // 3600).astype(int).astype(str)
    parts = [
        _ratios(calls, np.full(len(legs), "all"), "all", weeks),
        _ratios(calls, intent, "intent", weeks),
        _ratios(calls, hour, "hour", weeks),
    ]
    return pd.concat(parts)


def _cell_intent(journal: Journal) -> np.ndarray:
    return journal.names.cell_intent[journal.issues["cell"]]


def _columns(legs: np.ndarray) -> pd.DataFrame:
    gone = (legs["outcome"] == ABANDONED) | (legs["outcome"] == BALKED)
    wait = legs["left"] - legs["entered"]
    return pd.DataFrame(
        {
            "offered": 1.0,
            "answered": (~gone).astype(float),
            "abandoned": gone.astype(float),
            "queued": (wait > 0).astype(float),
            "wait": wait,
            "wait_answered": wait * ~gone,
            "long": (wait > LONG_WAIT).astype(float),
        }
    )


def _ratios(calls: pd.DataFrame, names: np.ndarray, kind: str, weeks: int) -> pd.Series:
    sums = calls.groupby(names).sum()
    out = {(kind, name, "offered_a_week"): value / weeks for name, value in sums["offered"].items()}
    for measure, (top, bottom) in RATIOS.items():
        for name, value in (sums[top] / sums[bottom]).items():
            out[kind, name, measure] = value
    return pd.Series(out)
