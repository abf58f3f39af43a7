"""Service level and wait by interval of the week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.charts.of_channel import live_channels, titled
from ccsim.charts.style import BLUE, GREEN
from ccsim.charts.two_rows import Layer, draw_rows
from ccsim.experiments.labels import band_of, label_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`; of several channels, one for each on which customers wait."""
    for channel, suffix in live_channels(run):
        band = band_of(run.scenario, "service_level", channel)
        label = label_of(run.scenario, "service_level", channel)
        layers = (
            Layer("service_level", label, BLUE, True, band.min if band else None, channel),
            Layer("asa", "mean wait of answered (s)", GREEN, False, None, channel),
        )
        title = titled("Service level and wait", channel)
        draw_rows(run, place, f"service_wait{suffix}", title, layers)
