"""Response curves: what each figure does along a lever, with its interval, its model band and its knee."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ccsim.charts.along import (
    Scale,
    axis_label,
    draw_along,
    draw_curves,
    file_name,
    has_curves,
    line_names,
    mark_written,
)
from ccsim.charts.style import CYCLE, INK, new_figure, save
from ccsim.experiments.labels import band_of
from ccsim.experiments.sweep_frames import responses_frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from ccsim.experiments.curves import Curve
    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

MEASURES: Final = (
    "service_level",
    "abandonment",
    "first_response",
    "occupancy",
    "fcr",
    "csat",
    "churn",
    "cost",
)
PANELS: Final = 6
NOTE: Final = (
    "Lines: all replications pooled. Bands: 95 % interval over replications (chance). Dotted curves: "
    "ends of the 80 % band of the outcome model (what is not known of customers). "
)


def wanted(result: Sweep) -> bool:
    """Whether there is a lever with points in a line."""
    return has_curves(result)


def draw(result: Sweep, place: Path) -> None:
    """One picture a lever: response_LEVER."""
    draw_along(result, place, _one)


def _one(result: Sweep, lever: int, curves: Sequence[Curve], place: Path) -> None:
    shown = _shown(result)
    columns = min(3, len(shown))
    rows = -(-len(shown) // columns)
    title = f"What {result.names[lever]} does"
    figure = new_figure(title, NOTE + _marks(result, lever), 3.4 * columns + 1.2, 2.8 * rows + 1.2)
    panels = figure.subplots(rows, columns, squeeze=False, sharex=True)
    lines = [_panel(result, one, curves, axes) for axes, one in zip(panels.flat, shown, strict=False)]
    for axes in panels.flat[len(shown) :]:
        axes.set_visible(False)
    for axes in panels[-1]:
        axes.set_xlabel(axis_label(result, lever))
    if len(curves) > 1:
        figure.legend(lines[0], line_names(result, curves), loc="outside right upper", fontsize=8)
    frame = responses_frame(result)
    save(figure, _data(frame, shown), place, file_name("response", result, lever))


def _data(frame: pd.DataFrame, shown: Sequence[Response]) -> pd.DataFrame:
    keys = {response.what.key for response in shown}
    mine = [key in keys for key in zip(frame["measure"], frame["part"], strict=True)]
    return frame[mine].drop(columns=["se"])


def _shown(result: Sweep) -> list[Response]:
    """The figures worth a panel: those that move, in the usual order."""
    found = [
        response
        for measure in MEASURES
        for key, response in result.responses_by.items()
        if key[0] == measure and np.ptp(response.value) > 0
    ]
    return (found or list(result.responses_by.values()))[:PANELS]


def _panel(result: Sweep, response: Response, curves: Sequence[Curve], axes: Axes) -> list[Line2D]:
    scale = Scale.of(response)
    axes.set_title(scale.title)
    lines = draw_curves(response, scale, curves, axes)
    _target(result, response, scale, axes)
    mark_written(result, curves[0].lever, axes)
    for one in result.all_knees:
        if one.what.key == response.what.key and one.curve.points in {curve.points for curve in curves}:
            number = [curve.points for curve in curves].index(one.curve.points)
            value = float(np.interp(one.at, one.curve.at, scale(response.value[list(one.curve.points)])))
            colour = CYCLE[number % len(CYCLE)]
            axes.plot([one.at], [value], "D", color=colour, markersize=8, markerfacecolor="white",
                      markeredgewidth=1.8, zorder=5)  # fmt: skip
    scale.ticks(axes)
    return lines


def _target(result: Sweep, response: Response, scale: Scale, axes: Axes) -> None:
    band = band_of(result.base, response.what.measure, response.what.part or None)
    limits = [] if band is None else [limit for limit in (band.min, band.max) if limit is not None]
    for limit in limits:
        axes.axhline(float(scale(np.array([limit]))[0]), color=INK, linewidth=0.9, linestyle=(0, (4, 2)))


def _marks(result: Sweep, lever: int) -> str:
    marks = ["Upright dots: the file's value"]
    if any(one.curve.lever == lever for one in result.all_knees):
        marks.append("diamonds: knees, from where on more brings clearly less (Kneedle)")
    if result.base.targets.bands or any(channel.target for channel in result.base.channels.values()):
        marks.append("level dashed lines: targets")
    return "; ".join(marks) + "."
