"""Total ROI by month, against no service at all: only where the scenario says what churn would be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MultipleLocator

from ccsim.charts.style import BLUE, GREEN, INK, RED, new_figure, save

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run


def wanted(run: Run) -> bool:
    """Whether the scenario states enough for it."""
    return run.scenario.economics.without_service_churn is not None and not run.outcomes.missing


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    from ccsim.experiments.economics import roi_by_month

    data = roi_by_month(run.outcomes)
    months, currency = data["month"].to_numpy(), run.scenario.currency
    churn = run.scenario.economics.without_service_churn or 0.0
    figure = new_figure(
        "What the service earns, month by month",
        f"Cumulative, against no service at all (churn {100 * churn:.0f} % a year, as the scenario "
        f"states). {_band_note(data)}",
        11, 4.2,
    )  # fmt: skip
    left, right = figure.subplots(1, 2)
    scale, word = (1e6, "million ") if data["gains"].max() >= 2e6 else (1e3, "thousand ")
    left.fill_between(
        months, data["gains_low"] / scale, data["gains_high"] / scale, color=GREEN, alpha=0.25, linewidth=0
    )
    left.plot(months, data["gains"] / scale, color=GREEN, label="margin kept and upsell")
    left.plot(months, data["costs"] / scale, color=RED, linestyle="--", label="cost of the service")
    left.set_ylabel(f"{word}{currency}, cumulative")
    left.set_ylim(bottom=0)
    left.legend(loc="upper left")
    right.fill_between(months, data["roi_low"], data["roi_high"], color=BLUE, alpha=0.25, linewidth=0)
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
        xytext=(8, -12),
        textcoords="offset points",
        fontsize=8,
    )
    save(figure, data, place, "roi_by_month")


def _band_note(data: pd.DataFrame) -> str:
    if float((data["roi_high"] - data["roi_low"]).abs().max()) < 0.5:
        return (
            "No band: churn is calibrated to what the scenario states, so the outcome "
            "parameters do not move it."
        )
    return "Band: 80 % of draws of the outcome parameters."
