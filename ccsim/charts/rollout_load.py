"""Load by group before and after: hours of work by intent, and occupancy with its spread over agents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.style import BLUE, CYCLE, INK, RED, new_figure, per_cent, save

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.rollout import Rollout

SIDES: Final = (("before", BLUE, "o", 0.17), ("after", RED, "s", -0.17))
MOST: Final = 5  # intents drawn apart; the rest together
HATCHES: Final = ("", "///", "...", "\\\\\\", "xx", "")


def draw(result: Rollout, place: Path) -> None:
    """Write the chart into `place`."""
    load, spread = result.load(), result.spread()
    groups = list(dict.fromkeys(load["group"]))[::-1]
    old, new = result.names
    figure = new_figure(
        f"Work by group: from {old} to {new}",
        "Left: hours of talk, hold and wrap-up a week by intent; upper bar before, lower bar after. Right: "
        "occupancy of the agents: mean of the group, thick one standard deviation over agents, thin the "
        f"least and the most busy agent; means over {result.replications} replications.",
        10.5, 2.2 + 0.75 * len(groups),
    )  # fmt: skip
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    _hours(left, load[load["measure"] == "hours"], groups)
    for level, group in enumerate(groups):
        mine = spread[spread["group"] == group].set_index("measure")
        for side, color, mark, shift in SIDES:
            _occupancy(right, mine[side], level + shift, color, mark, side if level == 0 else "")
    left.set_yticks(range(len(groups)), groups)
    left.set_ylim(-0.6, len(groups) - 0.4)
    left.set_xlabel("hours of work a week")
    left.set_title("work")
    right.set_title("occupancy of the agents")
    per_cent(right, along="x")
    for axes in (left, right):
        axes.grid(axis="y", visible=False)
    figure.legend(loc="outside upper right", ncols=8, fontsize=8)
    save(figure, load, place, "rollout_load")


def _hours(axes: Axes, hours: pd.DataFrame, groups: list[str]) -> None:
    order = hours.groupby("intent", sort=False)["before"].sum().sort_values(ascending=False).index
    named = list(order[:MOST])
    parts = [(name, [name]) for name in named] + [("other intents", list(order[MOST:]))]
    for side, _, _, shift in SIDES:
        table = hours.pivot_table(index="group", columns="intent", values=side, sort=False, observed=True)
        start = np.zeros(len(groups))
        for number, (label, mine) in enumerate(parts):
            if not mine:
                continue
            width = table.reindex(index=groups, columns=mine).fillna(0.0).sum(axis=1).to_numpy()
            axes.barh(np.arange(len(groups)) + shift, width, 0.3, left=start, color=CYCLE[number],
                      hatch=HATCHES[number], edgecolor="white", linewidth=0.4, alpha=0.85,
                      label=label if side == "before" else None)  # fmt: skip
            start = start + width


def _occupancy(axes: Axes, row: pd.Series, level: float, color: str, mark: str, label: str) -> None:
    mean, sd, least, most = (float(row[name]) for name in ("mean", "sd", "least", "most"))
    axes.plot([least, most], [level, level], color=color, linewidth=1)
    ends = [mean - sd, mean + sd]
    axes.plot(ends, [level, level], color=color, linewidth=4, alpha=0.55, solid_capstyle="butt")
    axes.plot([mean], [level], mark, color=color, markeredgecolor=INK, markersize=6, label=label or None)
