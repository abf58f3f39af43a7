"""What the figures of a run hang on: CSAT, margin at stake and total ROI, one parameter at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.style import BLUE, INK, ORANGE, money_scale, new_figure, save
from ccsim.experiments.swings import STATED, Swing, swings, swings_frame, swings_of_stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run

MOST: Final = 8  # bars of each figure
SMALL: Final = 0.01  # of the widest: bars narrower than that are not drawn
TITLES: Final = {"csat": "CSAT (4–5 of 5)", "at_stake": "Margin lost to bad episodes", "roi": "Total ROI"}


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    found = swings(run.outcomes) + ([] if run.outcomes.missing else swings_of_stated(run))
    panels = {name: _widest(found, name) for name in TITLES}
    panels = {name: bars for name, bars in panels.items() if bars}
    if not panels:
        return
    stated = any(one.confidence == STATED for bars in panels.values() for one in bars)
    figure = new_figure(
        "What the figures of this run hang on",
        "Each with one parameter of the outcome model at its low end (orange, hatched) and its high end "
        "(blue), the others at their defaults and churn still what the scenario states; black: all at their "
        "defaults."
        + (" ±10 %: what the scenario states, a tenth less and a tenth more; churn as stated fixes total ROI "
           "of a base, so that no parameter moves it." if stated and run.base is None else ""),
        max(7.0, 5.4 * len(panels)), 2.2 + 0.3 * max(len(bars) for bars in panels.values()),
    )  # fmt: skip
    every = figure.subplots(1, len(panels), squeeze=False)[0]
    for axes, (name, bars) in zip(every, panels.items(), strict=True):
        _tornado(axes, bars, max(len(each) for each in panels.values()))
        axes.set_title(
            TITLES[name] + (f" over {run.scenario.economics.horizon} months" if name != "csat" else "")
        )
    save(figure, swings_frame(found), place, "tornado")


def _widest(found: Sequence[Swing], measure: str) -> list[Swing]:
    mine = sorted((one for one in found if one.measure == measure), key=lambda one: -one.width)
    return [one for one in mine if one.moves and one.width >= SMALL * mine[0].width][:MOST]


def _tornado(axes: Axes, bars: Sequence[Swing], room: int) -> None:
    scale, label = _unit(bars)
    central, levels = bars[0].value / scale, np.arange(len(bars))[::-1]
    for color, hatch, ends in (
        (ORANGE, "///", [one.at_low for one in bars]),
        (BLUE, "", [one.at_high for one in bars]),
    ):
        reach = np.array(ends) / scale - central
        axes.barh(
            levels, reach, left=central, height=0.62, color=color, hatch=hatch, edgecolor="white", linewidth=0
        )
    axes.axvline(central, color=INK, linewidth=1)
    axes.set_yticks(levels, [one.parameter for one in bars])
    axes.set_ylim(len(bars) - room - 0.6, len(bars) - 0.4)
    axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel(label)
    axes.grid(axis="y", visible=False)


def _unit(bars: Sequence[Swing]) -> tuple[float, str]:
    unit = bars[0].unit
    if unit == "share":
        return 0.01, "per cent"
    if unit == "percent":
        return 1.0, "per cent"
    scale, word = money_scale(max(abs(end) for one in bars for end in (one.at_low, one.at_high)))
    return scale, f"{word}{unit}"
