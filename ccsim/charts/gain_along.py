"""Net gain and ROI along a lever: best point, break-even, both kinds of doubt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

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
from ccsim.experiments.sweep_frames import responses_frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from ccsim.charts.along import Bools
    from ccsim.experiments.curves import Curve
    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

LEAST_COST: Final = 0.01  # of the base's cost
NOTE: Final = (
    "Against the base, over {months} months. Bands: 95 % interval over pairs of replications. Dotted "
    "curves: ends of the 80 % band of the outcome model. Star: the largest net gain. Bar on the zero "
    "line: break-even, 95 % over pairs (thick), 80 % over the outcome model (thin; an arrow: beyond "
    "the range). Upright dots: the file's value."
)


def wanted(result: Sweep) -> bool:
    """Whether net gain is known and moves along some lever."""
    if not result.worth_known or not result["net_gain"].value.any():
        return False
    return has_curves(result)


def draw(result: Sweep, place: Path) -> None:
    """One picture a lever: gain_LEVER."""
    draw_along(result, place, _one)


def _one(result: Sweep, lever: int, curves: Sequence[Curve], place: Path) -> None:
    measures = ["net_gain"]
    points = [point for curve in curves for point in curve.points]
    if _dearer(result)[points].sum() > 1:
        measures.append("roi")
    note = NOTE.format(months=result.base.economics.horizon)
    if "roi" in measures:
        note += " ROI only where a point costs at least 1 % more than the base."
    figure = new_figure(f"What {result.names[lever]} earns", note, 5.2 * len(measures) + 1.0, 4.6)
    for axes, measure in zip(np.atleast_1d(figure.subplots(1, len(measures))), measures, strict=True):
        lines = _panel(result, result[measure], curves, axes)
        axes.set_xlabel(axis_label(result, lever))
        if measure == "net_gain":
            _marked(result, curves, axes)
    if len(curves) > 1:
        figure.legend(lines, line_names(result, curves), loc="outside right upper", fontsize=8)
    frame = responses_frame(result)
    save(figure, frame[frame["measure"].isin(measures)], place, file_name("gain", result, lever))


def _panel(result: Sweep, response: Response, curves: Sequence[Curve], axes: Axes) -> list[Line2D]:
    scale = Scale.of(response)
    axes.set_title(scale.title)
    shown = _dearer(result) if response.what.measure == "roi" else None
    lines = draw_curves(response, scale, curves, axes, shown)
    axes.axhline(0.0, color=INK, linewidth=0.9)
    mark_written(result, curves[0].lever, axes)
    return lines


def _dearer(result: Sweep) -> Bools:
    """Points that cost so much more than their base that a ratio to it says something."""
    cost = result["cost"]
    return np.isfinite(result["roi"].value) & (cost.value - cost.base > LEAST_COST * cost.base)


def _marked(result: Sweep, curves: Sequence[Curve], axes: Axes) -> None:
    """The best point, and each break-even with its two ranges."""
    scale, best = Scale.of(result["net_gain"]), result.best
    for number, curve in enumerate(curves):
        colour = CYCLE[number % len(CYCLE)]
        if best is not None and best.point in curve.points:
            at = curve.at[curve.points.index(best.point)]
            value = float(scale(result["net_gain"].value[[best.point]])[0])
            axes.plot([at], [value], "*", color=colour, markersize=13, markeredgecolor=INK, zorder=6)
        for one in result.crossings:
            if one.curve.points == curve.points:
                _bar(axes, curve, one.low, one.high, colour, 5.0)
                _bar(axes, curve, one.model_low, one.model_high, colour, 1.5)
                axes.plot([one.at], [0.0], "o", color=colour, markeredgecolor=INK, markersize=7, zorder=6)


def _bar(axes: Axes, curve: Curve, low: float, high: float, colour: str, width: float) -> None:
    if math.isnan(low):
        return
    ends = np.clip([low, high], curve.at[0], curve.at[-1])
    axes.plot(ends, [0.0, 0.0], color=colour, linewidth=width, solid_capstyle="butt", alpha=0.8, zorder=4)
    for end, inside, mark in ((low, ends[0], "<"), (high, ends[1], ">")):
        if math.isinf(end):
            axes.plot([inside], [0.0], mark, color=colour, markersize=7, zorder=5)
