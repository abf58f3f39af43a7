"""Charts: PNG and SVG, each with its data as CSV; one file a chart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.roi import Roi
    from ccsim.experiments.rollout import Rollout
    from ccsim.experiments.run import Run
    from ccsim.experiments.sweep import Sweep


def draw_run(run: Run, place: Path) -> None:
    """Draw the charts of a run into the folder `place`."""
    from ccsim.charts import (
        abandonment_occupancy,
        backlog,
        cost_ledger,
        csat_by_contacts,
        csat_by_wait,
        demand_staffing,
        effort_drivers,
        heat_map,
        outcome_drivers,
        roi_by_month,
        self_service,
        service_wait,
        survival,
        tornado,
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
        cost_ledger,
        tornado,
    ]
    charts += [chart for chart in (backlog, self_service, survival, roi_by_month) if chart.wanted(run)]
    with styled():
        for chart in charts:
            chart.draw(run, place)


def draw_comparison(result: Comparison, place: Path) -> None:
    """Draw the charts of a comparison into the folder `place`."""
    from ccsim.charts import (
        compared_service,
        differences,
        frontier,
        gains_by_slice,
        net_gain_by_month,
        net_gain_drivers,
        net_gain_spread,
    )
    from ccsim.charts.style import styled

    charts = [compared_service, differences, *([frontier] if frontier.wanted(result) else [])]
    if not next(iter(result.money.values())).missing:
        charts += [net_gain_by_month, net_gain_spread, net_gain_drivers, gains_by_slice]
    with styled():
        for chart in charts:
            chart.draw(result, place)


def draw_roi(found: Roi, place: Path) -> None:
    """Draw the charts of a recomputation into the folder `place`: of money only, nothing else has changed."""
    from ccsim.charts import (
        cost_ledger,
        gains_by_slice,
        net_gain_by_month,
        net_gain_drivers,
        net_gain_spread,
        roi_by_month,
        survival,
        tornado,
    )
    from ccsim.charts.style import styled

    with styled():
        if found.base is None:
            for chart in (cost_ledger, tornado):
                chart.draw(found.run, place)
            for chart in (survival, roi_by_month):
                if chart.wanted(found.run):
                    chart.draw(found.run, place)
        elif not found.money.missing:
            for each in (net_gain_by_month, net_gain_spread, net_gain_drivers, gains_by_slice):
                each.draw(found.comparison, place)


def draw_rollout(result: Rollout, place: Path) -> None:
    """Draw the charts of a rollout into the folder `place`."""
    from ccsim.charts import rollout_flips, rollout_load, rollout_targets, rollout_waits, rollout_week
    from ccsim.charts.style import styled

    charts = [rollout_waits, rollout_flips, rollout_load, rollout_week]
    with styled():
        for chart in charts:
            chart.draw(result, place)
        if rollout_targets.wanted(result):
            rollout_targets.draw(result, place)


def draw_sweep(result: Sweep, place: Path) -> None:
    """Draw the charts of a sweep into the folder `place`."""
    from ccsim.charts import (
        gain_along,
        one_at_a_time,
        response_curves,
        sensitivity_bars,
        sweep_map,
        sweep_scatter,
    )
    from ccsim.charts.style import styled

    charts = (response_curves, gain_along, sweep_map, sweep_scatter, one_at_a_time, sensitivity_bars)
    with styled():
        for chart in charts:
            if chart.wanted(result):
                chart.draw(result, place)
