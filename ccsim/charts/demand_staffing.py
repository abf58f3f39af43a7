"""Demand against staffing: the work that comes, in agents, and the agents there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccsim.charts.of_channel import live_channels
from ccsim.charts.style import BLUE, ORANGE, RED, new_figure, save
from ccsim.charts.week import Floats, columns, tidy, top_of, week_of
from ccsim.experiments.headlines import channels_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    frame = run.measures("interval")
    seats, busy = (columns(frame, n) for n in ("agents_on_seat", "agents_busy"))
    work, data = _work(run)
    week = week_of(np.nan_to_num(work["value"]) + (seats["value"] if len(data) > 1 else 0.0))
    figure = new_figure(
        "Demand against staffing",
        f"Hour of the day. Work: {_SAID[len(data) > 1]}, with the 95 % interval of the mean over "
        "replications. Queues build up where it exceeds the agents on seat.",
        11, 4.2,
    )  # fmt: skip
    panels = week.panels(figure, 1)[0]
    label = "live work offered" if len(run.tallies[0].names.channels) > 1 else "work offered"
    for axes, day in zip(panels, week.days, strict=True):
        week.band(axes, work["low"], work["high"], day, color=BLUE, alpha=0.3)
        week.steps(axes, work["value"], day, color=BLUE, label=label)
        week.steps(axes, seats["value"], day, color=RED, linestyle="--", label="agents on seat")
        week.steps(axes, busy["value"], day, color=ORANGE, linestyle=":", linewidth=1.8, label="agents busy")
    panels[0].set_ylabel("agents")
    panels[0].set_ylim(bottom=0, top=top_of(work["high"], work["value"], seats["value"]))
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper right", ncols=3)
    save(figure, pd.concat([*data, tidy(frame, ("agents_on_seat", "agents_busy"))]), place, "demand_staffing")


_SAID = {
    False: "contacts offered x mean handling time",
    True: "live contacts offered x the part of an agent's time that each takes",
}


def _work(run: Run) -> tuple[dict[str, Floats], list[pd.DataFrame]]:
    """Agents that the contacts offered on live channels would keep busy, and the data behind it.

    Where no channel is live, those of all channels.
    """
    total: dict[str, Floats] = {}
    data = []
    deferred: list[tuple[str | None, str]] = [(name, "") for name in channels_of(run)]
    for channel, _ in live_channels(run) or deferred:
        frame, seconds = run.measures("interval", channel), _seconds(run, channel)
        for name, values in columns(frame, "offered").items():
            total[name] = total.get(name, 0.0) + values * seconds / run.scenario.interval
        rows = tidy(frame, ("offered",))
        named = {} if channel is None else {"channel": channel}
        data.append(rows.assign(work_in_agents=rows["value"] * seconds / run.scenario.interval, **named))
    return total, data


def _seconds(run: Run, channel: str | None) -> float:
    """Agent-seconds that a contact takes, where agents have several in hand as a part of their time."""
    if channel is None and not _several(run):
        return float(run.measures().set_index("measure")["value"]["aht"])
    number = run.tallies[0].names.channels.index(channel) if channel else 0
    used = sum(float(tally.by_channel["used"][number]) for tally in run.tallies)
    handled = sum(float(tally.by_channel_day["handled"][number].sum()) for tally in run.tallies)
    return used / handled if handled else 0.0


def _several(run: Run) -> bool:
    return any(max(group.handles.values(), default=1) > 1 for group in run.scenario.agents.values())
