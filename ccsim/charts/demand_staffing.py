"""Demand against staffing: the work that comes, in agents, and the agents there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.style import BLUE, ORANGE, RED, new_figure, save
from ccsim.charts.week import columns, tidy, top_of, week_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    frame = run.measures("interval")
    whole = run.measures().set_index("measure")["value"]
    offered, seats, busy = (columns(frame, n) for n in ("offered", "agents_on_seat", "agents_busy"))
    week = week_of(offered["value"])
    per_agent = float(whole["aht"]) / run.scenario.interval  # agents one contact an interval keeps
    work = {name: values * per_agent for name, values in offered.items()}
    figure = new_figure(
        "Demand against staffing",
        "Hour of the day. Work: contacts offered x mean handling time, with the 95 % interval of "
        "the mean over replications. Queues build up where it exceeds the agents on seat.",
        11, 4.2,
    )  # fmt: skip
    panels = week.panels(figure, 1)[0]
    for axes, day in zip(panels, week.days, strict=True):
        week.band(axes, work["low"], work["high"], day, color=BLUE, alpha=0.3)
        week.steps(axes, work["value"], day, color=BLUE, label="work offered")
        week.steps(axes, seats["value"], day, color=RED, linestyle="--", label="agents on seat")
        week.steps(axes, busy["value"], day, color=ORANGE, linestyle=":", linewidth=1.8, label="agents busy")
    panels[0].set_ylabel("agents")
    panels[0].set_ylim(bottom=0, top=top_of(work["high"], work["value"], seats["value"]))
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper right", ncols=3)
    data = tidy(frame, ("offered", "agents_on_seat", "agents_busy"))
    save(
        figure,
        data.assign(work_in_agents=np.where(data["measure"] == "offered", data["value"] * per_agent, np.nan)),
        place,
        "demand_staffing",
    )
