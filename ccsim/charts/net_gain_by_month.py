"""Net gain of each variant over its base, month by month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MultipleLocator

from ccsim.charts.style import CYCLE, DASHES, GREY, INK, new_figure, save
from ccsim.results.uncertainty import BAND

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison

MOST = 6


def draw(result: Comparison, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    currency = result.base.scenario.currency
    figure = new_figure(
        "Net gain over the base, cumulative",
        "Margin kept and upsell less the difference in cost. Band: 80 % of draws of the outcome "
        "parameters, each calibrated on the base. Dotted: the horizon of the scenario.",
        8.5, 4.4,
    )  # fmt: skip
    axes = figure.subplots()
    parts = []
    for number, (name, money) in enumerate(list(result.money.items())[:MOST]):
        months = np.arange(1, len(money.gain.curves.net) + 1)
        low, high = np.quantile(money.spread.curves.net, BAND, axis=1)
        net = money.gain.curves.net[:, 0]
        axes.fill_between(months, low / 1e3, high / 1e3, color=CYCLE[number], alpha=0.25, linewidth=0)
        axes.plot(months, net / 1e3, color=CYCLE[number], linestyle=DASHES[number], label=name)
        parts.append(
            pd.DataFrame(
                {
                    "variant": name,
                    "month": months,
                    "net_gain": net,
                    "model_low": low,
                    "model_high": high,
                    "costs": money.gain.curves.costs[:, 0],
                    "gains": money.gain.curves.gains[:, 0],
                }
            )
        )
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.axvline(next(iter(result.money.values())).gain.horizon, color=GREY, linestyle=":")
    axes.set_xlim(1, int(parts[0]["month"].max()))
    axes.xaxis.set_major_locator(MultipleLocator(6))
    axes.set_xlabel("month")
    axes.set_ylabel(f"thousand {currency}")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper right", ncols=3)
    save(figure, pd.concat(parts), place, "net_gain_by_month")
