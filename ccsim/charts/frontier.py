"""Cost a year against what it buys: which candidates are efficient, and which surely dominated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.charts.style import BLUE, GREY, INK, money_scale, new_figure, per_cent, save

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.compare import Comparison

LONGEST = 22  # letters of a name


def wanted(result: Comparison) -> bool:
    """Two points are no frontier."""
    return len(result.variants) > 1


def draw(result: Comparison, place: Path) -> None:
    """Write the chart into `place`."""
    data = result.frontier()
    measures = list(dict.fromkeys(data["measure"]))
    figure = new_figure(
        "What each candidate costs, and what it buys",
        "Bars: 95 % intervals over replications. Filled and joined: efficient; hollow: surely dominated, by "
        "another that costs no more and serves no worse (95 %, all pairs together). What is spent once is in "
        "net gain, not in the cost of a year.",
        4.2 * len(measures), 4.4,
    )  # fmt: skip
    for axes, measure in zip(figure.subplots(1, len(measures), squeeze=False)[0], measures, strict=True):
        _panel(axes, data[data["measure"] == measure])
    save(figure, data, place, "frontier")


def _panel(axes: Axes, rows: pd.DataFrame) -> None:
    scale, word = money_scale(float(rows["cost"].max()))
    largest = float(rows["value"].abs().max())
    worth, named = (1.0, "") if rows["unit"].iloc[0] == "share" else money_scale(largest)
    best = rows[rows["efficient"]].sort_values("cost")
    axes.plot(best["cost"] / scale, best["value"] / worth, color=BLUE, linewidth=1, alpha=0.5, zorder=1)
    for _, row in rows.iterrows():
        x, y = row["cost"] / scale, row["value"] / worth
        color = BLUE if row["efficient"] else GREY
        axes.errorbar(
            [x], [y],
            xerr=[[x - row["cost_low"] / scale], [row["cost_high"] / scale - x]],
            yerr=[[y - row["low"] / worth], [row["high"] / worth - y]],
            fmt="o" if row["efficient"] else "D", color=color, ecolor=INK, capsize=2, linewidth=0.8,
            markersize=6, markerfacecolor=color if row["efficient"] else "white",
        )  # fmt: skip
        name = row["candidate"]
        axes.annotate(
            name if len(name) <= LONGEST else name[: LONGEST - 1] + "…", (x, y),
            xytext=(-7, 6) if row["efficient"] else (7, -12), textcoords="offset points", fontsize=8,
            ha="right" if row["efficient"] else "left", color=INK,
        )  # fmt: skip
    axes.margins(x=0.3, y=0.18)
    axes.set_title(rows["label"].iloc[0])
    axes.set_xlabel(f"cost, {word}{rows['cost_unit'].iloc[0]}")
    if rows["unit"].iloc[0] == "share":
        per_cent(axes, 0 if rows["value"].max() - rows["value"].min() > 0.05 else 1)
    else:
        axes.set_ylabel(f"{named}{rows['unit'].iloc[0]}")
