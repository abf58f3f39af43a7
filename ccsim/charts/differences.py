"""Differences from the base with their intervals, one small axis a measure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.style import BLUE, GREY, INK, RED, new_figure, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.compare import Comparison, Row

ACROSS = 4  # panels
MARKS = {"better": ("^", BLUE), "worse": ("v", RED)}


def draw(result: Comparison, place: Path) -> None:
    """Write the chart into `place`."""
    names = list(result.variants)
    shown = [[result.rows[name][place] for name in names] for place in range(len(result.rows[names[0]]))]
    pairs = result.base.replications
    lines = max(2, -(-len(shown) // ACROSS))
    figure = new_figure(
        "Variants less base",
        f"Difference with its 95 % interval over {pairs} pairs on the same draws. "
        "▲ better, ▼ worse (all together at 95 %, Holm), ● no verdict, or neither good nor bad.",
        11, 0.9 + lines * (0.75 + 0.22 * len(names)),
    )  # fmt: skip
    panels = figure.subplots(lines, ACROSS, squeeze=False).ravel()
    for number, (axes, rows) in enumerate(zip(panels, shown, strict=False)):
        for level, row in enumerate(rows[::-1]):
            _point(axes, row, level)
        axes.axvline(0, color=INK, linewidth=0.8)
        first = number % ACROSS == 0
        axes.set_yticks(range(len(names)), names[::-1] if first else [""] * len(names))
        axes.set_ylim(-0.6, len(names) - 0.4)
        axes.margins(x=0.15)
        axes.locator_params(axis="x", nbins=4)
        axes.set_title(rows[0].label)
        axes.set_xlabel("points" if rows[0].unit == "share" else rows[0].unit)
        axes.grid(axis="y", visible=False)
    for axes in panels[len(shown) :]:
        axes.set_visible(False)
    save(figure, result.differences(), place, "differences")


def _point(axes: Axes, row: Row, level: int) -> None:
    factor = 100.0 if row.unit == "share" else 1.0
    found = row.found
    if np.isnan(found.difference):
        axes.annotate("not known", (0, level), xytext=(5, -3), textcoords="offset points", color=GREY)
        return
    mark, color = MARKS.get(row.verdict, ("o", GREY))
    value = found.difference * factor
    half = np.nan_to_num((found.high - found.low) / 2 * factor)
    axes.errorbar(
        [value], [level], xerr=[half], fmt=mark, color=color, ecolor=INK, capsize=3, markersize=6, linewidth=1
    )
