"""Charts: PNG and SVG, each with its data as CSV; one file a chart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.run import Run


def draw_run(run: Run, place: Path) -> None:
    """Draw the charts of a run into the folder `place`."""
    from ccsim.charts import (
        abandonment_occupancy,
        backlog,
        csat_by_contacts,
        csat_by_wait,
        demand_staffing,
        effort_drivers,
        heat_map,
        outcome_drivers,
        roi_by_month,
        self_service,
        service_wait,
        wait_distribution,
    )
    from ccsim.charts.style import styled

    charts = [
        demand_staffing,
        service_wait,
        abandonment_occupancy,
        wait_distribution,
        heat_map,
        csat_by_wait,
        csat_by_contacts,
        effort_drivers,
        outcome_drivers,
    ]
    charts += [chart for chart in (backlog, self_service, roi_by_month) if chart.wanted(run)]
    with styled():
        for chart in charts:
            chart.draw(run, place)


def draw_comparison(result: Comparison, place: Path) -> None:
    """Draw the charts of a comparison into the folder `place`."""
    from ccsim.charts import (
        compared_service,
        differences,
        net_gain_by_month,
        net_gain_drivers,
        net_gain_spread,
    )
    from ccsim.charts.style import styled

    charts = [compared_service, differences]
    if not next(iter(result.money.values())).missing:
        charts += [net_gain_by_month, net_gain_spread, net_gain_drivers]
    with styled():
        for chart in charts:
            chart.draw(result, place)
