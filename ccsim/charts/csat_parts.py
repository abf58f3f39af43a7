"""CSAT of parts of the journeys: a line with its two intervals, and what share of the issues each part is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.charts.style import GREY, per_cent
from ccsim.experiments.experience import parts_frame

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.experience import Parts
    from ccsim.experiments.run import Run

Floats = npt.NDArray[np.float64]

FEWEST = 0.001  # of the issues: parts smaller than this are not drawn
INTERVALS = "Bars: 95 % interval over replications; bands: 80 % of draws of the outcome parameters."


@dataclass(frozen=True)
class Kind:
    """One line: what it is called and looks like."""

    name: str
    color: str
    dash: str


def csat_of(run: Run, kinds: Sequence[Kind], steps: Sequence[str], parts: Parts) -> pd.DataFrame:
    """CSAT (4-5 of 5) by kind and step; `parts` gives the masks, all steps of the first kind first.

    Columns: kind, step, value, low, high, model_low, model_high, share (of all issues). nan in kinds
    and steps too rare to be drawn; the last steps are left out where that holds for every kind.
    """
    places = [(kind.name, step) for kind in kinds for step in steps]
    frame = parts_frame(run.outcomes, "part", [str(place) for place in range(len(places))], parts)
    found = frame[frame["measure"] == "csat"].reset_index(drop=True)
    issues = frame[frame["measure"] == "issues"]["value"].to_numpy()
    pooled = run.outcomes.case.pooled
    found["share"] = issues * pooled.weeks / pooled.issues
    found["kind"], found["step"] = (list(column) for column in zip(*places, strict=True))
    columns = ["value", "low", "high", "model_low", "model_high"]
    rare = (found["share"] < FEWEST).to_numpy()
    found.loc[rare, columns] = np.nan
    seen = np.flatnonzero(~rare.reshape(len(kinds), len(steps)).all(axis=0))
    kept = steps[: int(seen.max(initial=0)) + 1]
    return found.loc[found["step"].isin(kept), ["kind", "step", *columns, "share"]]


def draw_kinds(axes: Axes, data: pd.DataFrame, kinds: Sequence[Kind]) -> None:
    """The lines, each with its band and bars, over the steps from left to right."""
    for place, kind in enumerate(kinds):
        rows = data[data["kind"] == kind.name].reset_index(drop=True)
        x = np.arange(len(rows), dtype=float)
        there = rows["value"].notna().to_numpy()
        rows, x = rows[there], x[there] + 0.04 * (2 * place - len(kinds) + 1)
        low, high = (rows[f"model_{end}"].to_numpy() for end in ("low", "high"))
        axes.fill_between(x, low, high, color=kind.color, alpha=0.15, linewidth=0)
        value = rows["value"].to_numpy()
        reach = np.nan_to_num(np.stack([value - rows["low"].to_numpy(), rows["high"].to_numpy() - value]))
        axes.errorbar(
            x, value, yerr=reach, color=kind.color, linestyle=kind.dash, marker="o", markersize=4,
            capsize=2, label=kind.name,
        )  # fmt: skip
    axes.set_ylim(top=min(axes.get_ylim()[1], 1.005))
    axes.set_ylabel("CSAT (4–5 of 5)")
    per_cent(axes)
    if len(kinds) > 1:
        axes.legend(loc="lower left")


def draw_shares(axes: Axes, data: pd.DataFrame, kinds: Sequence[Kind]) -> None:
    """What share of the issues each step is, the kinds beside each other; steps named below."""
    width, steps = 0.7 / len(kinds), list(dict.fromkeys(data["step"]))
    for place, kind in enumerate(kinds):
        share = data[data["kind"] == kind.name]["share"].to_numpy()
        x = np.arange(len(share)) + width * (place - (len(kinds) - 1) / 2)
        color = GREY if len(kinds) == 1 else kind.color
        for bar in axes.bar(x, share, width=width * 0.9, color=color, alpha=0.8):
            axes.annotate(
                f"{100 * bar.get_height():.{0 if bar.get_height() >= 0.0995 else 1}f}",
                (bar.get_x() + bar.get_width() / 2, bar.get_height()),
                ha="center", va="bottom", fontsize=7, color="#555555",
            )  # fmt: skip
    axes.set_ylabel("of all issues")
    axes.set_ylim(top=1.18 * float(data["share"].max()))
    per_cent(axes)
    axes.set_xticks(np.arange(len(steps)), steps)
    axes.grid(axis="x", visible=False)
