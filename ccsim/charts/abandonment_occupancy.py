"""Abandonment and occupancy by interval of the week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.charts.of_channel import live_channels, titled
from ccsim.charts.style import BLUE, PURPLE
from ccsim.charts.two_rows import Layer, draw_rows
from ccsim.experiments.labels import band_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`; of several channels, the one that stands for the centre."""
    channels = live_channels(run)
    if not channels:
        return
    channel = channels[0][0]
    band = band_of(run.scenario, "abandonment", channel)
    layers = (
        Layer("abandonment", titled("abandoned", channel), PURPLE, True, band.max if band else None, channel),
        Layer("occupancy", "occupancy", BLUE, True),
    )
    draw_rows(run, place, "abandonment_occupancy", "Abandonment and occupancy", layers)
