"""Net gain of each variant over its base, month by month."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MultipleLocator

from ccsim.charts.style import CYCLE, DASHES, GREY, INK, new_figure, save
from ccsim.experiments.pays_back import pays_back
from ccsim.results.uncertainty import BAND

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.compare import Comparison

MOST = 6


def draw(result: Comparison, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    currency = result.base.scenario.currency
    figure = new_figure(
        "Net gain over the base, cumulative",
        "Margin kept and upsell less the difference in cost. The simulated weeks go on: people paid as "
        "staffed, contacts as many as the customers who are left; a variant starts among the base's "
        "customers, whose bad episodes of the last 12 months pass by and by. Band: 80 % of draws of the "
        "outcome parameters, each calibrated on the base; triangle: the month in which it has paid for "
        "itself, with its 80 %. Dotted: the horizon of the scenario.",
        9.0, 4.8,
    )  # fmt: skip
    axes = figure.subplots()
    parts = []
    for number, (name, money) in enumerate(list(result.money.items())[:MOST]):
        months = np.arange(1, len(money.gain.curves.net) + 1)
        low, high = np.quantile(money.spread.curves.net, BAND, axis=1)
        net = money.gain.curves.net[:, 0]
        axes.fill_between(months, low / 1e3, high / 1e3, color=CYCLE[number], alpha=0.25, linewidth=0)
        paid = pays_back(money.gain.payback, money.spread.payback)
        label = name + _told(paid, len(months), float(money.gain.costs[0]))
        axes.plot(months, net / 1e3, color=CYCLE[number], linestyle=DASHES[number], label=label)
        _mark(axes, paid, len(months), number)
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
    axes.legend(loc="best")
    save(figure, pd.concat(parts), place, "net_gain_by_month")


def _mark(axes: Axes, paid: tuple[float, float, float], longest: int, number: int) -> None:
    """The month of payback on the line of 0, and its range over the draws."""
    month, low, high = paid
    if not math.isinf(month):
        axes.plot([month], [0], marker="v", color=CYCLE[number], markersize=9, zorder=5)
    if low < high and not math.isinf(low):
        axes.plot([low, min(high, longest)], [0, 0], color=CYCLE[number], linewidth=3, alpha=0.6, zorder=4)


def _told(paid: tuple[float, float, float], longest: int, costs: float) -> str:
    """`: pays back in month 14 (11 to 20)`; nothing where there is nothing to pay back."""
    month, low, high = paid
    if costs <= 0:
        return ": costs less"
    if math.isinf(month):
        soonest = "" if math.isinf(low) else f" (80 %: from month {low:.0f} on)"
        return f": not paid back in {longest} months{soonest}"
    last = f"{high:.0f}" if not math.isinf(high) else f"after {longest}"
    return f": pays back in month {month:.0f}" + (f" (80 %: {low:.0f} to {last})" if low < high else "")
