"""Which parameters of the outcome model move net gain most: one tornado a variant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.style import BLUE, INK, ORANGE, new_figure, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.compare import Comparison
    from ccsim.results.uncertainty import Comparison as Money

MOST, BARS = 3, 8


def draw(result: Comparison, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    chosen = list(result.money.items())[:MOST]
    currency = result.base.scenario.currency
    figure = new_figure(
        "What net gain hangs on",
        "Net gain with one parameter of the outcome model at its low end (orange, hatched) and its "
        "high end (blue), all others at their defaults; black: all at their defaults.",
        max(8.0, 5.2 * len(chosen)), 3.9,
    )  # fmt: skip
    for axes, (name, money) in zip(figure.subplots(1, len(chosen), squeeze=False)[0], chosen, strict=True):
        _tornado(axes, money)
        axes.set_title(name)
        axes.set_xlabel(f"net gain, thousand {currency}")
    rows = [[name, *bar] for name, money in result.money.items() for bar in money.doubt.tornado]
    data = pd.DataFrame(rows, columns=["variant", "parameter", "net_gain_low", "net_gain_high"])
    save(figure, data, place, "net_gain_drivers")


def _tornado(axes: Axes, money: Money) -> None:
    bars = [bar for bar in money.doubt.tornado if abs(bar[2] - bar[1]) >= 1][:BARS]
    central = float(money.gain.net[0]) / 1e3
    places = np.arange(len(bars))[::-1]
    for ends, color, hatch in ((1, ORANGE, "///"), (2, BLUE, "")):
        values = np.array([bar[ends] for bar in bars]) / 1e3
        axes.barh(
            places,
            values - central,
            left=central,
            color=color,
            height=0.65,
            hatch=hatch,
            edgecolor="white",
            linewidth=0,
        )
    axes.axvline(central, color=INK, linewidth=1)
    axes.set_yticks(places, [bar[0] for bar in bars])
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="y", visible=False)
