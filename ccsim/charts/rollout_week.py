"""Change of the mean wait by weekday and hour of arrival: when new rules help, and when they hurt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.rollout_waits import UNITS
from ccsim.charts.style import new_figure, save
from ccsim.charts.week import DAYS
from ccsim.experiments.labels import main_channel

if TYPE_CHECKING:
    from ccsim.experiments.rollout import Rollout


def draw(result: Rollout, place: Path) -> None:
    """Write the chart into `place`."""
    frame = result.changes("weekday_hour")
    channel = main_channel(result.before.scenario)
    rows = frame[(frame["measure"] == "wait") & (frame["channel"] == channel)]
    week, sure = np.full((7, 24), np.nan), np.zeros((7, 24), bool)
    for _, row in rows.iterrows():
        day, hour = DAYS.index(str(row["slice"])[:3]), int(str(row["slice"])[4:6])
        week[day, hour], sure[day, hour] = row["change"], row["verdict"] in ("better", "worse")
    days = np.flatnonzero(~np.isnan(week).all(axis=1))
    hours = np.flatnonzero(~np.isnan(week).all(axis=0))
    first, last = (int(hours[0]), int(hours[-1])) if len(hours) else (0, 23)
    shown, certain = week[days, first : last + 1], sure[days, first : last + 1]
    old, new = result.names
    largest = float(np.nanmax(np.abs(shown), initial=1.0))
    _, scale, unit = next(each for each in UNITS if largest >= each[0])
    figure = new_figure(
        f"Change of the wait on {channel} by weekday and hour: from {old} to {new}",
        f"Mean wait after less before, {unit}, of the same contacts by hour of arrival. Purple: less, "
        f"orange: more. Bold with a star: surely so over {result.replications} pairs, all hours together "
        "(Holm). Empty: nobody came.",
        10.5, 1.8 + 0.42 * len(days),
    )  # fmt: skip
    axes = figure.subplots()
    end = largest / scale
    image = axes.imshow(shown / scale, cmap="PuOr_r", vmin=-end, vmax=end, aspect="auto")
    axes.grid(False)
    for (row_at, column), value in np.ndenumerate(shown):
        if not np.isnan(value):
            star = "*" if certain[row_at, column] else ""
            told = f"{value / scale:+.0f}" if abs(value / scale) >= 0.5 else "0"
            axes.text(column, row_at, f"{told}{star}", ha="center", va="center", fontsize=8,
                      fontweight="bold" if star else "normal",
                      color="white" if abs(value) > 0.7 * largest else "black")  # fmt: skip
    axes.set_yticks(range(len(days)), [DAYS[day] for day in days])
    axes.set_xticks(range(last - first + 1), [str(hour) for hour in range(first, last + 1)])
    axes.set_xlabel("hour of the day")
    for side in axes.spines.values():
        side.set_visible(False)
    bar = figure.colorbar(image, ax=axes, pad=0.01)
    bar.set_label(unit)
    bar.outline.set_visible(False)
    save(figure, rows, place, "rollout_week")
