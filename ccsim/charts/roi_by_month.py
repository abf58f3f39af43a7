"""Total ROI by month and when it breaks even, against no service at all (whose churn the scenario states)."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MultipleLocator

from ccsim.charts.style import BLUE, GREEN, INK, RED, money_scale, new_figure, save
from ccsim.experiments.pays_back import pays_back

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run

SEEN = 0.5  # points of ROI: a band narrower than that is not seen


def wanted(run: Run) -> bool:
    """Whether the scenario states enough for it."""
    return run.scenario.economics.without_service_churn is not None and not run.outcomes.missing


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    from ccsim.experiments.economics import roi_by_month

    data = roi_by_month(run.outcomes)
    chance = run.economics("month").query("measure == 'roi'")
    data["roi_interval_low"], data["roi_interval_high"] = chance["low"].to_numpy(), chance["high"].to_numpy()
    months, currency = data["month"].to_numpy(), run.scenario.currency
    churn = run.scenario.economics.without_service_churn or 0.0
    figure = new_figure(
        "What the service earns, month by month",
        f"Cumulative, against no service at all (churn {100 * churn:.0f} % a year, as the scenario "
        "states). The simulated weeks go on: the same service, people paid as staffed, contacts as many as "
        f"the customers who are left. {_band_note(data)} Dotted: the horizon of the scenario.",
        11, 4.4,
    )  # fmt: skip
    left, right = figure.subplots(1, 2)
    scale, word = money_scale(float(data[["gains", "costs"]].max().max()))
    left.fill_between(
        months, data["gains_low"] / scale, data["gains_high"] / scale, color=GREEN, alpha=0.25, linewidth=0
    )
    left.plot(months, data["gains"] / scale, color=GREEN, label="margin kept and upsell")
    left.plot(months, data["costs"] / scale, color=RED, linestyle="--", label="cost of the service")
    left.set_ylabel(f"{word}{currency}, cumulative")
    left.set_ylim(bottom=min(0.0, float(data["gains_low"].min()) / scale))
    left.legend(loc="upper left")
    right.fill_between(months, data["roi_low"], data["roi_high"], color=BLUE, alpha=0.25, linewidth=0)
    for end in ("low", "high") if _by_chance(data) >= SEEN else ():
        right.plot(months, data[f"roi_interval_{end}"], color=INK, linewidth=0.7, linestyle="--")
    right.plot(months, data["roi"], color=BLUE)
    right.axhline(0, color=INK, linewidth=0.8)
    right.set_ylabel("total ROI (%)")
    horizon = run.scenario.economics.horizon
    for axes in (left, right):
        axes.set_xlabel("month")
        axes.xaxis.set_major_locator(MultipleLocator(6))
        axes.set_xlim(1, int(months[-1]))
        axes.axvline(horizon, color="#999999", linestyle=":", linewidth=1)
    at = float(np.interp(horizon, months, data["roi"]))
    right.plot([horizon], [at], "o", color=BLUE, markersize=5)
    right.annotate(
        f"{at:.0f} % after {horizon} months",
        (horizon, at),
        xytext=(8, -12) if horizon < 0.75 * months[-1] else (-8, 12),
        textcoords="offset points",
        ha="left" if horizon < 0.75 * months[-1] else "right",
        fontsize=8,
    )
    _break_even(run, right)
    save(figure, data, place, "roi_by_month")


def _break_even(run: Run, axes: Axes) -> None:
    """Mark the month in which gains so far first cover costs so far, with its range over the draws."""
    money = run.outcomes.alone
    month, low, high = pays_back(money.stake.payback, money.spread_stake.payback)
    longest = len(money.stake.costs)
    if math.isinf(month):
        axes.set_title(f"Does not break even within {longest} months")
        return
    if low < high:
        axes.axvspan(low, min(high, longest), color=GREEN, alpha=0.15, linewidth=0)
    axes.plot([month], [0], marker="v", color=GREEN, markersize=9, clip_on=False, zorder=5)
    ends = [f"{end:.0f}" if not math.isinf(end) else f"after {longest}" for end in (low, high)]
    axes.set_title(f"Breaks even in month {month:.0f}" + (f" ({' to '.join(ends)})" if low < high else ""))


def _band_note(data: pd.DataFrame) -> str:
    """What is drawn of the two kinds of doubt, and why not."""
    if float((data["roi_high"] - data["roi_low"]).abs().max()) < SEEN:
        model = (
            "No band: churn is calibrated to what the scenario states, so the outcome parameters do not move "
            "it; what it hangs on is in the chart `tornado`."
        )
    else:
        model = "Band: 80 % of draws of the outcome parameters."
    width = _by_chance(data)
    if width >= SEEN:
        return f"{model} Dashed, thin: 95 % interval over replications."
    return (
        model if width != width else f"{model} Chance between replications moves it by less than 0.5 points."
    )


def _by_chance(data: pd.DataFrame) -> float:
    """Width of the interval over replications, points of ROI; nan with one replication."""
    return float((data["roi_interval_high"] - data["roi_interval_low"]).abs().max())
