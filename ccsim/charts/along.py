"""What the charts along a lever share: which curves, what the axis is called, the unit of a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from matplotlib.ticker import MaxNLocator

from ccsim.charts.style import CYCLE, DASHES, GREY, money_scale, per_cent
from ccsim.experiments.curves import curves_of

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from ccsim.experiments.curves import Curve
    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MOST_CURVES: Final = 6  # in one picture; of more, evenly chosen ones
FEW: Final = 2  # with more curves, model bands would cover each other
MODEL: Final = (0, (1.2, 1.4))  # how the ends of a model band are dashed


@dataclass(frozen=True)
class Scale:
    """How a figure is drawn: divided by what, called what, with per cent ticks or not."""

    title: str
    by: float = 1.0
    share: bool = False

    @classmethod
    def of(cls, response: Response) -> Scale:
        """The scale of a response: money in thousands or millions, shares in per cent."""
        what = response.what
        label = what.label[:1].upper() + what.label[1:]
        if what.unit == "share":
            return cls(label, share=True)
        if what.unit in ("s", "points", "number", "percent", "customers") or "/" in what.unit:
            unit = {"percent": "%", "s": "s"}.get(what.unit, "")
            return cls(f"{label}, {unit}" if unit else label)
        by, word = money_scale(float(np.nanmax(np.abs(response.value), initial=0.0)))
        return cls(f"{label}, {word}{what.unit}", by)

    def __call__(self, values: Floats) -> Floats:
        return np.asarray(values / self.by)

    def ticks(self, axes: Axes, along: str = "y") -> None:
        """Per cent where the figure is a share: with decimals where the range is narrow."""
        axis = axes.yaxis if along == "y" else axes.xaxis
        axis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        if self.share:
            low, high = axes.get_ylim() if along == "y" else axes.get_xlim()
            per_cent(axes, 0 if high - low > 0.04 else 1, along)


def shown_curves(result: Sweep, lever: int) -> list[Curve]:
    """The curves along a lever that are drawn: evenly chosen where there are many."""
    every = curves_of(result, lever)
    if len(every) <= MOST_CURVES:
        return every
    chosen = np.unique(np.linspace(0, len(every) - 1, MOST_CURVES).round().astype(int))
    return [every[number] for number in chosen]


def draw_along(result: Sweep, place: Path, one: Callable[[Sweep, int, Sequence[Curve], Path], None]) -> None:
    """Have one picture drawn for each lever that has points in a line."""
    for lever in range(len(result.levers)):
        if curves := shown_curves(result, lever):
            one(result, lever, curves, place)


def has_curves(result: Sweep) -> bool:
    """Whether there is a lever with points in a line."""
    return any(shown_curves(result, lever) for lever in range(len(result.levers)))


def draw_curves(
    response: Response, scale: Scale, curves: Sequence[Curve], axes: Axes, shown: Bools | None = None
) -> list[Line2D]:
    """Each curve with its 95 % interval as a band and, where there are few, its model band as dashed ends.

    shown: which points are drawn; all where it is None. Returns the lines, for a legend.
    """
    found, (low, high) = response.estimate, response.band
    lines = []
    for number, curve in enumerate(curves):
        points = np.array(curve.points)
        mine = np.full(len(points), fill_value=True) if shown is None else shown[points]
        at, points = curve.at[mine], points[mine]
        colour = CYCLE[number % len(CYCLE)]
        dash = DASHES[number % len(DASHES)] if len(curves) > 1 else "-"
        lines += axes.plot(
            at, scale(response.value[points]), color=colour, linestyle=dash, marker="o", markersize=3
        )
        ends = (scale(found.low[points]), scale(found.high[points]))
        axes.fill_between(at, *ends, color=colour, alpha=0.28 if len(curves) <= FEW else 0.12, linewidth=0)
        if len(curves) <= FEW:
            for end in (low, high):
                axes.plot(at, scale(end[points]), color=colour, linestyle=MODEL, linewidth=1.1)
    return lines


def axis_label(result: Sweep, lever: int) -> str:
    """The lever's key, and what its numbers are counted in."""
    found = result.levers[lever]
    change = "change, " if found.span is not None and found.span.signed else ""
    unit = f"{change}{found.unit}".strip(" ,")
    return f"{found.key}" + (f" ({unit})" if unit else "")


def line_names(result: Sweep, curves: Sequence[Curve]) -> list[str]:
    """What each curve is called: the settings of the other levers."""
    return [curve.told or result.names[curve.lever] for curve in curves]


def mark_written(result: Sweep, lever: int, axes: Axes) -> None:
    """A dotted line at the value that the file has, where it lies among the points."""
    own = result.levers[lever].written(result.scenario).number
    ends = [row[lever].number for row in result.rows]
    if min(ends) <= own <= max(ends):
        axes.axvline(own, color=GREY, linewidth=1.2, linestyle=":")


def file_name(what: str, result: Sweep, lever: int) -> str:
    """The name of a picture's files."""
    name = result.names[lever]
    return f"{what}_" + "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)
