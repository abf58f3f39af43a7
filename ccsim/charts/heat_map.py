"""The week at a glance: service level by weekday and hour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.of_channel import live_channels, titled
from ccsim.charts.style import new_figure, save
from ccsim.charts.week import DAYS
from ccsim.experiments.labels import label_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`; of several channels, one for each on which customers wait."""
    for channel, suffix in live_channels(run):
        _draw(run, place, channel, suffix)


def _draw(run: Run, place: Path, channel: str | None, suffix: str) -> None:
    frame = run.measures("weekday_hour", channel)
    rows = frame[frame["measure"] == "service_level"]
    values = rows["value"].to_numpy(float).reshape(7, 24)
    open_days = np.flatnonzero((~np.isnan(values)).any(axis=1))
    used = np.flatnonzero((~np.isnan(values)).any(axis=0))
    first, last = (int(used[0]), int(used[-1])) if len(used) else (0, 23)
    shown = values[open_days, first : last + 1]
    label = titled(label_of(run.scenario, "service_level", channel), channel)
    figure = new_figure(
        f"{label[0].upper()}{label[1:]} by weekday and hour",
        "Per cent, mean over replications, by hour of arrival. Empty: closed, or nobody came.",
        10.5, 1.6 + 0.42 * len(open_days),
    )  # fmt: skip
    axes = figure.subplots()
    image = axes.imshow(shown, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    axes.grid(False)
    for (row, column), value in np.ndenumerate(shown):
        if not np.isnan(value):
            axes.text(
                column,
                row,
                f"{100 * value:.0f}",
                ha="center",
                va="center",
                fontsize=8,
                color="black" if value > 0.55 else "white",
            )
    axes.set_yticks(range(len(open_days)), [DAYS[day] for day in open_days])
    axes.set_xticks(range(last - first + 1), [str(hour) for hour in range(first, last + 1)])
    axes.set_xlabel("hour of the day")
    for side in axes.spines.values():
        side.set_visible(False)
    bar = figure.colorbar(image, ax=axes, pad=0.01, ticks=[0, 0.5, 1])
    bar.ax.set_yticklabels(["0 %", "50 %", "100 %"])
    bar.outline.set_visible(False)
    save(figure, rows[rows["replications"] > 0], place, f"heat_map{suffix}")
