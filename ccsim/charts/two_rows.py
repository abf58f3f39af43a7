"""Two measures by interval of the week, one above the other, with their 95 % bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.style import RED, new_figure, per_cent, save
from ccsim.charts.week import Floats, columns, tidy, top_of, week_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run

NOTE = (
    "Hour of the day. Line: mean over replications; band: its 95 % interval (how well the mean "
    "is known, not how much days vary)."
)


@dataclass(frozen=True)
class Layer:
    """One row of panels: a measure, its axis label and colour; `target` is drawn if known.

    channel: of its contacts only, None for the whole centre.
    """

    measure: str
    label: str
    color: str
    share: bool
    target: float | None = None
    channel: str | None = None


def draw_rows(run: Run, place: Path, name: str, title: str, layers: Sequence[Layer]) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    frames = {layer.channel: run.measures("interval", layer.channel) for layer in layers}
    offered = columns(frames[layers[0].channel], "offered")["value"]
    week = week_of(offered)
    figure = new_figure(title, NOTE, 11, 5.4)
    for row, layer in zip(week.panels(figure, len(layers)), layers, strict=True):
        values = {
            name: np.where(offered > 0, column, np.nan)
            for name, column in columns(frames[layer.channel], layer.measure).items()
        }
        top = 1.0 if layer.share else np.inf
        for axes, day in zip(row, week.days, strict=True):
            week.band(
                axes,
                np.clip(values["low"], 0, top),
                np.clip(values["high"], 0, top),
                day,
                color=layer.color,
                alpha=0.3,
            )
            week.steps(axes, values["value"], day, color=layer.color)
            if layer.target is not None:
                axes.axhline(layer.target, color=RED, linestyle="--", linewidth=1)
        if layer.target is not None:
            row[-1].annotate(
                "target",
                (1, layer.target),
                xycoords=("axes fraction", "data"),
                xytext=(2, 0),
                textcoords="offset points",
                va="center",
                color=RED,
                fontsize=8,
            )
        row[0].set_ylabel(layer.label)
        row[0].set_ylim(bottom=0, top=_top(values, layer))
        if layer.share:
            per_cent(row[0])
    data = [tidy(frames[layer.channel], [layer.measure]) for layer in layers]
    save(figure, pd.concat(data), place, name)


def _top(values: dict[str, Floats], layer: Layer) -> float:
    if layer.measure in ("service_level", "occupancy"):
        return 1.02
    return max(top_of(values["high"], values["value"]), 1e-3)
