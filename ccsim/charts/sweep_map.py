"""Heat maps over two levers of a grid: service, customers, net gain; target and zero as lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from matplotlib.patheffects import withStroke
from matplotlib.ticker import PercentFormatter

from ccsim.charts.along import Scale, axis_label
from ccsim.charts.style import INK, new_figure, save
from ccsim.experiments.labels import band_of
from ccsim.experiments.sweep_frames import responses_frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

Floats = npt.NDArray[np.float64]

MEASURES: Final = ("service_level", "csat", "cost", "net_gain")
LEAST: Final = 2  # values of each lever
MOST_TOLD: Final = 60  # cells in which the figure is written
NOTE: Final = (
    "Each cell is a point: all replications pooled, on the same contacts and draws. Black line: the "
    "target, or net gain zero (break-even), between the points. Star: the largest net gain. Dots: "
    "cells that may lie on the other side of the line, by their 95 % interval."
)


def wanted(result: Sweep) -> bool:
    """Whether the design is a grid over two levers."""
    sizes = [len(lever.settings) for lever in result.levers]
    return result.design.kind == "grid" and len(sizes) == 2 and min(sizes) >= LEAST


def draw(result: Sweep, place: Path) -> None:
    """Draw map.png, map.svg and map.csv."""
    shown = [
        r for m in MEASURES for key, r in result.responses_by.items() if key[0] == m and np.ptp(r.value) > 0
    ]
    shown = [one for one in shown if np.isfinite(one.value).all()][:4]
    if not shown:
        return
    columns = min(2, len(shown))
    rows = -(-len(shown) // columns)
    names = " and ".join(result.names)
    figure = new_figure(f"{names}, together", NOTE, 5.2 * columns, 4.0 * rows + 0.8)
    panels = figure.subplots(rows, columns, squeeze=False)
    for axes, response in zip(panels.flat, shown, strict=False):
        _panel(result, response, figure, axes)
    for axes in panels.flat[len(shown) :]:
        axes.set_visible(False)
    frame = responses_frame(result)
    keys = {one.what.key for one in shown}
    mine = [key in keys for key in zip(frame["measure"], frame["part"], strict=True)]
    save(figure, frame[mine], place, "map")


def _panel(result: Sweep, response: Response, figure: Figure, axes: Axes) -> None:
    scale = Scale.of(response)
    first, second = result.levers
    shape = (len(first.settings), len(second.settings))
    values = scale(response.value).reshape(shape)
    money = response.what.measure == "net_gain"
    limit = float(np.abs(values).max())
    colours = {"cmap": "PuOr_r", "vmin": -limit, "vmax": limit} if money else {"cmap": "viridis"}
    image = axes.imshow(values.T, origin="lower", aspect="auto", **colours)
    axes.set_title(scale.title)
    axes.grid(visible=False)
    for axis, lever, place in ((axes.xaxis, first, 0), (axes.yaxis, second, 1)):
        step = max(1, -(-len(lever.settings) // 9))
        axis.set_ticks(range(0, len(lever.settings), step), [one.text for one in lever.settings[::step]])
        axis.set_label_text(axis_label(result, place))
    formatter = PercentFormatter(1.0, decimals=0, symbol=" %") if scale.share else None
    figure.colorbar(image, ax=axes, format=formatter, pad=0.02)
    _line(result, response, scale, shape, axes)
    best = result.best
    if best is not None:
        x, y = divmod(best.point, shape[1])
        axes.plot([x], [y], "*", markersize=15, color="white", markeredgecolor=INK, markeredgewidth=1.2)
    if values.size <= MOST_TOLD:
        _told(values, scale, best.point if best else -1, axes)


def _line(result: Sweep, response: Response, scale: Scale, shape: tuple[int, int], axes: Axes) -> None:
    """Where the target, or break-even, runs; dots where a point may lie on its other side."""
    if response.what.measure == "net_gain":
        limit: float | None = 0.0
    else:
        band = band_of(result.base, response.what.measure, response.what.part or None)
        limit = None if band is None else band.min if band.min is not None else band.max
    values = response.value.reshape(shape)
    if limit is None or not values.min() < limit < values.max() or min(shape) < LEAST:
        return
    axes.contour(scale(values).T, levels=[limit / scale.by], colors=INK, linewidths=1.6)
    low, high = (end.reshape(shape) for end in (response.estimate.low, response.estimate.high))
    x, y = np.nonzero((low < limit) & (high > limit))
    axes.plot(x, y + 0.28, ".", color=INK, markersize=4)


def _told(values: Floats, scale: Scale, best: int, axes: Axes) -> None:
    """The figure in each cell, legible on any colour."""
    for place, value in enumerate(values.ravel()):
        x, y = divmod(place, values.shape[1])
        text = f"{100 * value:.0f}" if scale.share else f"{value:.0f}" if abs(value) >= 10 else f"{value:.3g}"
        lower = y - 0.3 if place == best else y
        found = axes.text(x, lower, text, ha="center", va="center", fontsize=7.5, color=INK)
        found.set_path_effects([withStroke(linewidth=2.2, foreground="white")])
