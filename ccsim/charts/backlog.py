"""Deferred work day by day: what is left at the day's end, and how old the oldest of it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from ccsim.charts.style import CYCLE, DASHES, new_figure, save
from ccsim.experiments.headlines import channels_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run

DAY = 86_400.0
HOUR = 3_600.0
SHOWN = {"backlog_day_end": "contacts", "backlog_age": ""}


def wanted(run: Run) -> bool:
    """Whether anything was ever left over."""
    return any(tally.by_day["left_over"].any() for tally in run.tallies)


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    names = [name for name in channels_of(run) if run.scenario.channels[name].deferred]
    frames = [run.measures("day", name).assign(channel=name) for name in names]
    data = pd.concat(frames)
    data = data[data["measure"].isin(SHOWN)]
    figure = new_figure(
        "Backlog of deferred work",
        "At midnight after each counted day: contacts waiting or in hand, and how long ago the oldest of "
        "them arrived. Mean over replications; band: its 95 % interval.",
        10, 5.0,
    )  # fmt: skip
    upper, lower = figure.subplots(2, 1, sharex=True)
    ages = data[data["measure"] == "backlog_age"]["value"]
    unit = DAY if ages.max() > 2 * DAY else HOUR
    for number, name in enumerate(names):
        mine = data[data["channel"] == name]
        looks = {"color": CYCLE[number % len(CYCLE)], "linestyle": DASHES[number % len(DASHES)]}
        _line(upper, mine[mine["measure"] == "backlog_day_end"], 1.0, name, looks)
        _line(lower, mine[mine["measure"] == "backlog_age"], unit, name, looks)
    upper.set_ylabel("contacts left over")
    lower.set_ylabel(f"age of the oldest ({'days' if unit == DAY else 'hours'})")
    locator = AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    lower.xaxis.set_major_locator(locator)
    lower.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    for axes in (upper, lower):
        axes.set_ylim(bottom=0)
    figure.legend(*upper.get_legend_handles_labels(), loc="outside upper right", ncols=len(names))
    save(figure, data, place, "backlog")


def _line(axes: Axes, rows: pd.DataFrame, unit: float, label: str, looks: dict[str, Any]) -> None:
    days = pd.to_datetime(rows["day"]).to_numpy()
    value, low, high = (rows[name].to_numpy(float) / unit for name in ("value", "low", "high"))
    axes.fill_between(days, np.maximum(low, 0.0), high, color=looks["color"], alpha=0.25, linewidth=0)
    axes.plot(days, value, label=label, marker="o", markersize=2.5, linewidth=1.2, **looks)
