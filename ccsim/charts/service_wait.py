"""Service level and wait by interval of the week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.charts.style import BLUE, GREEN
from ccsim.charts.two_rows import Layer, draw_rows
from ccsim.experiments.summary import band_of, label_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    band = band_of(run.scenario, "service_level")
    label = label_of(run.scenario, "service_level")
    layers = (
        Layer("service_level", label, BLUE, True, band.min if band else None),
        Layer("asa", "mean wait of answered (s)", GREEN, False),
    )
    draw_rows(run, place, "service_wait", "Service level and wait", layers)
