"""Abandonment and occupancy by interval of the week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.charts.style import BLUE, PURPLE
from ccsim.charts.two_rows import Layer, draw_rows
from ccsim.experiments.summary import band_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    band = band_of(run.scenario, "abandonment")
    layers = (
        Layer("abandonment", "abandoned", PURPLE, True, band.max if band else None),
        Layer("occupancy", "occupancy", BLUE, True),
    )
    draw_rows(run, place, "abandonment_occupancy", "Abandonment and occupancy", layers)
