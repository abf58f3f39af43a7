"""Self-service as a funnel: of those who entered, what was claimed, what was true, and who went on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccsim.charts.style import BLUE, GREEN, GREY, INK, ORANGE, RED, new_figure, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run

MOST = 4  # self-services in one picture
# Each step with its share of those who entered: label and colour.
STEPS = {
    "entered": ("entered", GREY),
    "containment": ("contained (claimed)", ORANGE),
    "bot_resolution": ("of these, truly resolved", GREEN),
    "bounce_back": ("of these, came back", RED),
    "handed_over": ("handed over at the end", BLUE),
    "asked_for_person": ("asked for a person", BLUE),
    "self_service_quit": ("gave up", RED),
}


def wanted(run: Run) -> bool:
    """Whether anybody entered self-service."""
    return any(tally.by_self_service["sessions"].any() for tally in run.tallies)


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    frame = run.measures("self_service")
    names = list(run.tallies[0].names.bots)[:MOST]
    figure = new_figure(
        "Self-service: claimed and true",
        "Per cent of the contacts that entered, mean over replications; whiskers: 95 % interval. "
        "Contained: left without a person. In brackets: contacts a week.",
        5.2 + 3.4 * len(names), 3.9,
    )  # fmt: skip
    panels = figure.subplots(1, len(names), squeeze=False, sharey=True)[0]
    for axes, name in zip(panels, names, strict=True):
        _bars(axes, _steps(frame[frame["self_service"] == name]), name)
    panels[0].set_yticks(range(len(STEPS)), [label for label, _ in STEPS.values()])
    panels[0].invert_yaxis()
    save(figure, frame, place, "self_service")


def _steps(rows: pd.DataFrame) -> pd.DataFrame:
    """Share, interval and contacts a week of each step."""
    found = rows.set_index("measure")[["value", "low", "high"]].astype(float)
    entered = float(found["value"]["sessions"])
    shares = found.reindex([name for name in STEPS if name != "entered"])
    whole = pd.DataFrame({"value": 1.0, "low": np.nan, "high": np.nan}, index=["entered"])
    steps = pd.concat([whole, shares])
    return steps.assign(contacts=steps["value"] * entered)


def _bars(axes: Axes, steps: pd.DataFrame, title: str) -> None:
    values = 100 * steps["value"].to_numpy()
    spread = 100 * np.vstack([steps["value"] - steps["low"], steps["high"] - steps["value"]])
    colors = [color for _, color in STEPS.values()]
    axes.barh(range(len(steps)), values, color=colors, alpha=0.8, height=0.62)
    axes.errorbar(values, range(len(steps)), xerr=spread, fmt="none", ecolor=INK, capsize=2, linewidth=1)
    ends = np.fmax(values, 100 * steps["high"].to_numpy())
    for place, (value, end, contacts) in enumerate(zip(values, ends, steps["contacts"], strict=True)):
        text = f"{value:.0f} %  ({contacts:,.0f})"
        axes.annotate(text, (end, place), xytext=(6, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_title(title)
    axes.set_xlabel("per cent of those who entered")
    axes.set_xlim(0, 138)
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.grid(axis="y", visible=False)
