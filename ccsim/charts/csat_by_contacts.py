"""CSAT by how many contacts an issue took, resolved and not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.charts.csat_parts import INTERVALS, Kind, csat_of, draw_kinds, draw_shares
from ccsim.charts.style import GREEN, RED, new_figure, save

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.results.journeys import Journeys

Mask = npt.NDArray[np.bool_]

STEPS: Final = ("1", "2", "3", "4", "5 or more")
RESOLVED: Final = Kind("resolved in the end", GREEN, "-")
NEVER: Final = Kind("never resolved", RED, "--")


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    kinds = (RESOLVED, NEVER)
    data = csat_of(run, kinds, STEPS, _parts)
    figure = new_figure(
        "Satisfaction by number of contacts",
        "Contacts an issue took until the end of the run, attempts given up among them; on any channel, "
        "self-service too. " + INTERVALS,
        9.0, 5.2,
    )  # fmt: skip
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1.2))
    draw_kinds(upper, data, kinds)
    draw_shares(lower, data, kinds)
    lower.set_xlabel("contacts")
    save(figure, data, place, "csat_by_contacts")


def _parts(rows: Journeys) -> list[Mask]:
    """Those resolved by contacts, then those never resolved."""
    step = np.minimum(rows.contacts, len(STEPS)) - 1
    return [(step == n) & (rows.resolved == kind) for kind in (1, 0) for n in range(len(STEPS))]
