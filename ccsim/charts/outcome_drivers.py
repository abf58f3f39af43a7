"""Predicted CSAT and churn, and what drives them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.style import BLUE, INK, RED, new_figure, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.losses import Loss
    from ccsim.experiments.outcomes import Figure
    from ccsim.experiments.run import Run


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`; churn is left out where customers are not known."""
    import pandas as pd

    from ccsim.experiments.losses import losses

    found = [loss for loss in losses(run.outcomes) if loss.csat or loss.churn]
    csat, churn = run.outcomes.score("csat"), run.outcomes.score("churn")
    known = not np.isnan(churn.value)
    figure = new_figure(
        "Predicted CSAT and churn, and what drives them",
        "Each bar: what would be won if this cause alone were gone; causes overlap and do not add "
        "up. Whiskers: 80 % of draws of the outcome parameters.",
        11 if known else 6.5, 3.8,
    )  # fmt: skip
    panels = figure.subplots(1, 2 if known else 1, squeeze=False)[0]
    _bars(panels[0], found, "csat", BLUE, f"CSAT {_said(csat)}: lost to (points)")
    if known:
        head = f"Churn a year {_said(churn)}: caused by (points)"
        _bars(panels[1], found, "churn", RED, head)
        panels[1].set_yticklabels([])
    data = pd.DataFrame(found).assign(csat_now=csat.value, churn_now=churn.value)
    save(figure, data, place, "outcome_drivers")


def _said(figure: Figure) -> str:
    low, high = 100 * figure.model_low, 100 * figure.model_high
    text = f"{100 * figure.value:.1f} %"
    return text if high - low < 0.05 else f"{text} ({low:.0f}–{high:.0f})"


def _bars(axes: Axes, found: Sequence[Loss], name: str, color: str, title: str) -> None:
    values, low, high = (
        100 * np.array([getattr(loss, field) for loss in found])
        for field in (name, f"{name}_low", f"{name}_high")
    )
    places = np.arange(len(found))[::-1]
    spread = np.abs(np.vstack([values - np.minimum(low, values), np.maximum(high, values) - values]))
    axes.barh(places, values, color=color, alpha=0.75, height=0.6)
    axes.errorbar(values, places, xerr=spread, fmt="none", ecolor=INK, capsize=3, linewidth=1)
    for value, top, place in zip(values, np.maximum(high, values), places, strict=True):
        axes.annotate(
            f"{value:.1f}", (top, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8
        )
    axes.set_yticks(places, [loss.cause for loss in found])
    axes.set_title(title)
    axes.set_xlabel("percentage points")
    axes.set_xlim(min(0.0, float(np.nanmin(low)) * 1.1), max(0.1, 1.18 * float(np.nanmax(high))))
    axes.grid(axis="y", visible=False)
    axes.axvline(0, color=INK, linewidth=0.8)
