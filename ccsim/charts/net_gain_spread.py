"""How sure net gain is: its spread over the draws of the outcome model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.style import BLUE, INK, new_figure, save

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison

MOST = 8


def draw(result: Comparison, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    chosen = list(result.money.items())[:MOST]
    currency, horizon = result.base.scenario.currency, chosen[0][1].gain.horizon
    figure = new_figure(
        f"Net gain over {horizon} months: how sure",
        "Each dot: one draw of the outcome parameters. Bar: 80 % of them; cross: the central "
        "value. The chance of a gain counts chance between replications, too.",
        8.5, 1.5 + 0.75 * len(chosen),
    )  # fmt: skip
    axes = figure.subplots()
    parts = []
    for number, (name, money) in enumerate(chosen):
        level = len(chosen) - 1 - number
        net = np.sort(money.spread.net) / 1e3
        shift = 0.3 * np.sin(np.arange(len(net)) * 2.4)  # spread out, the same each time
        axes.scatter(net, level + shift, s=7, color=BLUE, alpha=0.35, linewidth=0)
        low, high = np.quantile(net, (0.1, 0.9))
        axes.plot([low, high], [level, level], color=INK, linewidth=2.5)
        axes.plot([float(money.gain.net[0]) / 1e3], [level], "x", color=INK, markersize=9)
        parts.append(
            pd.DataFrame({"variant": name, "draw": np.arange(len(net)), "net_gain": money.spread.net})
        )
    axes.axvline(0, color=INK, linewidth=0.8)
    heads = [f"{name}\nP(gain) {_chance(money.doubt.chance)}" for name, money in chosen]
    axes.set_yticks(range(len(chosen)), heads[::-1])
    axes.set_ylim(-0.6, len(chosen) - 0.4)
    axes.set_xlabel(f"net gain, thousand {currency}")
    axes.grid(axis="y", visible=False)
    save(figure, pd.concat(parts), place, "net_gain_spread")


def _chance(chance: float) -> str:
    if 0.005 <= chance <= 0.995:
        return f"{100 * chance:.0f} %"
    return "< 1 %" if chance < 0.5 else "> 99 %"
