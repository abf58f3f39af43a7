"""Go or no-go: each target before and after, on an axis of its own, with its verdict."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ccsim.charts.style import BLUE, GREEN, GREY, INK, ORANGE, RED, new_figure, save
from ccsim.experiments.rollout_targets import GO, NO_GO, NOT_SURE
from ccsim.words import cells

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.rollout import Rollout
    from ccsim.experiments.rollout_targets import Target

COLOURS: Final = {GO: GREEN, NO_GO: RED, NOT_SURE: ORANGE}
SIGNS: Final = {GO: "✓ go", NO_GO: "✗ no-go", NOT_SURE: "? not sure", "": "– no verdict"}


def wanted(result: Rollout) -> bool:
    """Whether there is any target."""
    return bool(result.judged)


def draw(result: Rollout, place: Path) -> None:
    """Write the chart into `place`."""
    judged = result.judged
    old, new = result.names
    figure = new_figure(
        f"Go or no-go: from {old} to {new}",
        "Each target on its own axis: shaded where it is met. Hollow: before; full: after, with the 95 % "
        f"interval of the change over {result.replications} pairs. Go: surely met after, or nearer where it "
        "was missed before; no-go: lost, or further away; no verdict: the rollout does not move it.",
        10.5, 1.7 + 0.55 * len(judged),
    )  # fmt: skip
    panels = figure.subplots(len(judged), 1, squeeze=False)[:, 0]
    for axes, target in zip(panels, judged, strict=True):
        _panel(axes, target)
    save(figure, result.targets(), place, "rollout_targets")


def _panel(axes: Axes, target: Target) -> None:
    write = cells.writer(target.unit, target.measure)
    half = 0.0 if math.isnan(target.low) else (target.high - target.low) / 2
    limits = [limit for limit in (target.target_min, target.target_max) if not math.isnan(limit)]
    ends = [target.before, target.after - half, target.after + half, *limits]
    room = 0.12 * (max(ends) - min(ends)) or 0.05 * abs(max(ends)) or 1.0
    low, high = min(ends) - room, max(ends) + room
    met_from = low if math.isnan(target.target_min) else target.target_min
    met_to = high if math.isnan(target.target_max) else target.target_max
    axes.axvspan(met_from, met_to, color="#e6f2ec", zorder=0)
    for limit in limits:
        axes.axvline(limit, color=INK, linewidth=1, linestyle="--")
    color = COLOURS.get(target.verdict, GREY)
    axes.annotate("", (target.after, 0), (target.before, 0), arrowprops={"arrowstyle": "-", "color": BLUE})
    axes.errorbar([target.after], [0], xerr=[half], fmt="o", color=color, ecolor=INK, capsize=3, markersize=7)
    axes.plot([target.before], [0], "o", markerfacecolor="white", markeredgecolor=INK, markersize=6, zorder=1)
    axes.set_xlim(low, high)
    axes.set_ylim(-1, 1)
    axes.set_yticks([])
    axes.grid(False)
    axes.spines["left"].set_visible(False)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: write(value))
    axes.tick_params(axis="x", labelsize=7)
    part = f", {target.part}" if target.part and target.part not in target.label else ""
    axes.set_ylabel(f"{target.label}{part}", rotation=0, ha="right", va="center", fontsize=8.5)
    note = f"{SIGNS[target.verdict]}\n{target.note}"
    axes.annotate(note, (1.01, 0.5), xycoords="axes fraction", va="center", fontsize=8.5, color=INK)
