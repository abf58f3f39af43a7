"""What the charts along a lever share: which curves, how the axis is called, in what unit a figure is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.charts.style import GREY, money_scale, per_cent
from ccsim.experiments.curves import curves_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.curves import Curve
    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

Floats = npt.NDArray[np.float64]

MOST_CURVES: Final = 6  # in one picture; of more, evenly chosen ones
GAP: Final = 2  # with more curves, model bands would cover each other


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
