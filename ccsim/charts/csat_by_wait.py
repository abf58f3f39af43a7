"""CSAT by how long the customer waited in all, and how much of it is the wait itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.charts.csat_parts import INTERVALS, Kind, csat_of, draw_kinds, draw_shares
from ccsim.charts.style import BLUE, ORANGE, new_figure, save

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.results.journeys import Journeys

Mask = npt.NDArray[np.bool_]

EDGES: Final = (0.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, np.inf)  # s
STEPS: Final = ("none", "to 15 s", "15–30 s", "30–60 s", "1–2 min", "2–5 min", "5–10 min", "longer")
ALL: Final = Kind("all issues", BLUE, "-")
AT_ONCE: Final = Kind("resolved in one contact", ORANGE, "--")


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    kinds = (ALL, AT_ONCE)
    data = csat_of(run, kinds, STEPS, _parts)
    deferred = any(channel.deferred for channel in run.scenario.channels.values())
    figure = new_figure(
        "Satisfaction by time waited in all",
        "Seconds queued over all contacts of an issue"
        + ("; where nobody sits on the line, in units of what was promised" if deferred else "")
        + ". Who waits long also gives up and comes back: the dashed line, of issues resolved in one "
        "contact, is nearest to what the wait alone does, and its weight is an assumption. " + INTERVALS,
        9.0, 5.2,
    )  # fmt: skip
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1.2))
    draw_kinds(upper, data, kinds)
    draw_shares(lower, data, kinds)
    lower.set_xlabel("waited in all")
    save(figure, data, place, "csat_by_wait")


def _parts(rows: Journeys) -> list[Mask]:
    """All issues by wait, then those resolved in one contact by wait."""
    waited = 60.0 * np.expm1(rows.ln_wait)
    step = np.searchsorted(EDGES[:-1], waited - 1e-9)  # 0: none at all
    step[rows.wait_bin == 0] = 0
    at_once = (rows.contacts == 1) & (rows.resolved == 1)
    return [
        (step == n) & which for which in (np.ones(len(rows), np.bool_), at_once) for n in range(len(STEPS))
    ]
