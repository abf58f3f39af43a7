"""What matters: indices of each lever for net gain and service, with their intervals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.style import BLUE, INK, ORANGE, new_figure, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.sensitivity import Index
    from ccsim.experiments.sweep import Sweep

MEASURES: Final = ("net_gain", "service_level", "csat", "cost")
NOTES: Final = {
    "sobol": "Sobol' indices (Saltelli's design): first, the share of the spread that a lever makes by "
    "itself; total, with all it does together with others. Lines: 95 % by bootstrap over the design's rows.",
    "grid": "Shares of the spread over the grid, every value as probable as any other: first, what a lever "
    "makes by itself; total, with all it does together with others. Lines: 95 % by bootstrap over "
    "replications.",
    "lhs": "Standardized rank regression coefficients, -1 to 1: how the rank of the figure moves with that "
    "of the lever. Lines: 95 % by bootstrap over points. Only where ranks explain at least 70 %.",
}
COLOURS: Final = {"first": BLUE, "total": ORANGE, "srrc": BLUE}


def wanted(result: Sweep) -> bool:
    """Whether there are indices."""
    return bool(_shown(result))


def draw(result: Sweep, place: Path) -> None:
    """Draw sensitivity.png, sensitivity.svg and sensitivity.csv."""
    keys = _shown(result)
    note = NOTES[result.design.kind] + " All of it over the ranges that were varied."
    height = 1.6 + (0.5 * len(result.levers) + 0.6) * (-(-len(keys) // 2))
    figure = new_figure("What matters", note, 10.0 if len(keys) > 1 else 6.5, max(height, 3.2))
    panels = figure.subplots(-(-len(keys) // 2), min(2, len(keys)), squeeze=False)
    for axes, key in zip(panels.flat, keys, strict=False):
        _panel(result, key, axes)
    for axes in panels.flat[len(keys) :]:
        axes.set_visible(False)
    handles, names = panels.flat[0].get_legend_handles_labels()
    if len(names) > 1:
        figure.legend(handles, names, loc="outside upper right", ncols=2, fontsize=8)
    save(figure, result.indices(), place, "sensitivity")


def _shown(result: Sweep) -> list[tuple[str, str]]:
    there = list(dict.fromkeys((one.measure, one.part) for one in result.all_indices))
    return [key for measure in MEASURES for key in there if key[0] == measure][:4]


def _panel(result: Sweep, key: tuple[str, str], axes: Axes) -> None:
    mine = [one for one in result.all_indices if (one.measure, one.part) == key]
    kinds = list(dict.fromkeys(one.index for one in mine))
    for number, kind in enumerate(kinds):
        of_kind = [one for one in mine if one.index == kind]
        offset = 0.0 if len(kinds) == 1 else 0.19 - 0.38 * number
        _bars(axes, of_kind, offset, 0.7 if len(kinds) == 1 else 0.34, kind)
    axes.set_yticks(range(len(result.names)), result.names)
    axes.invert_yaxis()
    axes.axvline(0.0, color=INK, linewidth=0.8)
    label = result[key].what.label
    axes.set_title(label[:1].upper() + label[1:])
    low, high = axes.get_xlim()
    axes.set_xlim((-1.1, 1.1) if kinds == ["srrc"] else (max(low, -0.5), min(high, 1.5)))


def _bars(axes: Axes, indices: list[Index], offset: float, height: float, kind: str) -> None:
    values = np.array([one.value for one in indices])
    places = np.arange(len(indices)) - offset
    hatch = "//" if kind == "total" else None
    axes.barh(places, values, height, color=COLOURS[kind], label=kind, hatch=hatch, edgecolor="white")
    for place, one in zip(places, indices, strict=True):
        if np.isfinite(one.low):
            axes.plot([one.low, one.high], [place, place], color=INK, linewidth=1.4)
