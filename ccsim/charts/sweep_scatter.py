"""Points of a Latin hypercube or a Saltelli design: each figure against each lever."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.along import Scale, axis_label
from ccsim.charts.style import BLUE, INK, new_figure, save
from ccsim.experiments.sweep_frames import responses_frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

MEASURES: Final = ("service_level", "csat", "net_gain")
MOST_LEVERS: Final = 5
NOTE: Final = (
    "Each dot is a point of the design, all replications pooled; all levers move at once, so that the"
    " spread around the run of the dots is what the others do. Upright lines: 95 % interval over "
    "replications."
)


def wanted(result: Sweep) -> bool:
    """Whether all levers move at once."""
    return result.design.kind in ("lhs", "sobol") and any(lever.numeric for lever in result.levers)


def draw(result: Sweep, place: Path) -> None:
    """Draw points.png, points.svg and points.csv."""
    levers = [place for place, lever in enumerate(result.levers) if lever.numeric][:MOST_LEVERS]
    shown = [r for m in MEASURES for key, r in result.responses_by.items() if key[0] == m][:4]
    shown = [one for one in shown if np.isfinite(one.value).all() and np.ptp(one.value) > 0]
    if not shown:
        return
    figure = new_figure("All points", NOTE, max(2.8 * len(levers) + 1.4, 6.0), 2.4 * len(shown) + 1.2)
    panels = figure.subplots(len(shown), len(levers), squeeze=False, sharex="col", sharey="row")
    for row, response in zip(panels, shown, strict=True):
        for axes, lever in zip(row, levers, strict=True):
            _panel(result, response, lever, axes)
        row[0].set_ylabel(Scale.of(response).title)
    for axes, lever in zip(panels[-1], levers, strict=True):
        axes.set_xlabel(axis_label(result, lever))
    frame = responses_frame(result)
    keys = {one.what.key for one in shown}
    mine = [key in keys for key in zip(frame["measure"], frame["part"], strict=True)]
    save(figure, frame[mine], place, "points")


def _panel(result: Sweep, response: Response, lever: int, axes: Axes) -> None:
    scale, found = Scale.of(response), response.estimate
    at = np.array([row[lever].number for row in result.rows])
    axes.vlines(at, scale(found.low), scale(found.high), color=BLUE, alpha=0.3, linewidth=1.0)
    axes.plot(at, scale(response.value), "o", color=BLUE, markersize=3.5, alpha=0.85)
    if response.what.measure == "net_gain":
        axes.axhline(0.0, color=INK, linewidth=0.9)
    scale.ticks(axes)
