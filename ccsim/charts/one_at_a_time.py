"""One lever at a time: from the file's values to each end, widest swing first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.along import Scale
from ccsim.charts.style import BLUE, INK, RED, new_figure, save
from ccsim.experiments.sweep_frames import responses_frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

NOTE: Final = (
    "Each lever alone moved to the ends of its values, all others as in the file (upright line). "
    "Bars: what the figure becomes; thin lines: 95 % interval of the change over pairs of "
    "replications. The file's own value stands beside the name."
)
MEASURES: Final = ("net_gain", "service_level")


def wanted(result: Sweep) -> bool:
    """Whether the design moves one lever at a time."""
    return result.design.kind == "one"


def draw(result: Sweep, place: Path) -> None:
    """Draw one_at_a_time.png, one_at_a_time.svg and one_at_a_time.csv."""
    shown = [r for m in MEASURES for key, r in result.responses_by.items() if key[0] == m]
    shown = [one for one in shown if np.isfinite(one.value).all() and np.ptp(one.value) > 0][:3]
    if not shown:
        return
    figure = new_figure("One lever at a time", NOTE, 5.6 * len(shown) + 0.6, 0.62 * len(result.levers) + 2.2)
    for axes, response in zip(np.atleast_1d(figure.subplots(1, len(shown))), shown, strict=True):
        _panel(result, response, axes)
    frame = responses_frame(result)
    keys = {one.what.key for one in shown}
    mine = [key in keys for key in zip(frame["measure"], frame["part"], strict=True)]
    save(figure, frame[mine], place, "one_at_a_time")


def _panel(result: Sweep, response: Response, axes: Axes) -> None:
    scale = Scale.of(response)
    values = scale(response.value)
    swings = [_ends(result, values, lever) for lever in range(len(result.levers))]
    order = sorted(
        range(len(swings)), key=lambda lever: abs(values[swings[lever][1]] - values[swings[lever][0]])
    )
    for height, lever in enumerate(order):
        for point, colour, hatch in zip(swings[lever], (RED, BLUE), ("//", None), strict=True):
            if point == 0:
                continue
            axes.barh(height, values[point] - values[0], 0.55, left=values[0], color=colour, hatch=hatch,
                      edgecolor="white")  # fmt: skip
            apart = response.between(0, point)
            interval = values[0] + scale(np.array([apart.low, apart.high]))
            axes.plot(interval, [height, height], color=INK, linewidth=1.2)
            right = values[point] >= values[0]
            end = (
                np.nanmax([interval[1], values[point]]) if right else np.nanmin([interval[0], values[point]])
            )
            text = f" {result.rows[point][lever].text} "
            axes.text(end, height, text, ha="left" if right else "right", va="center", fontsize=8)
    names = [f"{result.names[lever]} ({result.rows[0][lever].text})" for lever in order]
    axes.set_yticks(range(len(order)), names)
    axes.axvline(values[0], color=INK, linewidth=1.0)
    axes.set_title(scale.title)
    axes.margins(x=0.18)
    scale.ticks(axes, "x")


def _ends(result: Sweep, values: np.ndarray, lever: int) -> tuple[int, int]:
    """The points at the first and last value of a lever; the file's own point where there is none."""
    mine = [
        number for number, row in enumerate(result.rows) if number and row[lever] != result.rows[0][lever]
    ]
    if not mine:
        return 0, 0
    if not result.levers[lever].numeric:
        return min(mine, key=lambda n: values[n]), max(mine, key=lambda n: values[n])
    ordered = sorted([0, *mine], key=lambda number: result.rows[number][lever].number)
    return ordered[0], ordered[-1]
