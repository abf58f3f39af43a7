"""Service level by interval of the week: the base and its variants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.of_channel import live_channels, titled
from ccsim.charts.style import CYCLE, INK, RED, new_figure, per_cent, save
from ccsim.charts.week import Floats, Week, columns, tidy, week_of
from ccsim.experiments.labels import band_of, label_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.compare import Comparison
    from ccsim.scenario import Scenario

MOST = 4  # variants in one picture


def draw(result: Comparison, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    scenario = result.base.scenario
    channels = live_channels(result.base)
    if not channels:
        return
    channel = channels[0][0]
    runs = {"base": result.base, **dict(list(result.variants.items())[:MOST])}
    frames = {name: run.measures("interval", channel) for name, run in runs.items()}
    offered = columns(frames["base"], "offered")["value"]
    week = week_of(offered)
    others = [name for name in frames if name != "base"]
    figure = new_figure(
        titled("Service level, base and variants", channel),
        "Hour of the day. Line: mean over replications on the same draws; band: its 95 % interval. "
        "Black: base.", 11, 1.4 + 2.2 * len(others),
    )  # fmt: skip
    grid = week.panels(figure, len(others))
    for row, name, color in zip(grid, others, CYCLE, strict=False):
        for axes, day in zip(row, week.days, strict=True):
            _line(week, axes, frames["base"], offered, day, INK, "-", "base")
            _line(week, axes, frames[name], offered, day, color, "--", name)
            _target(axes, scenario, channel)
        row[0].set_ylim(0, 1.02)
        row[0].set_ylabel(f"{name}\n{label_of(scenario, 'service_level', channel)}")
        per_cent(row[0])
    data = pd.concat([tidy(frame, ["service_level"]).assign(variant=name) for name, frame in frames.items()])
    save(figure, data, place, "compared_service")


def _line(
    week: Week, axes: Axes, frame: pd.DataFrame, offered: Floats, day: int, color: str, dashes: str, name: str
) -> None:
    values = {
        key: np.where(offered > 0, column, np.nan) for key, column in columns(frame, "service_level").items()
    }
    week.band(axes, np.clip(values["low"], 0, 1), np.clip(values["high"], 0, 1), day, color=color, alpha=0.2)
    week.steps(axes, values["value"], day, color=color, linestyle=dashes, label=name, linewidth=1.2)


def _target(axes: Axes, scenario: Scenario, channel: str | None) -> None:
    band = band_of(scenario, "service_level", channel)
    if band is not None and band.min is not None:
        axes.axhline(band.min, color=RED, linestyle=":", linewidth=1)
