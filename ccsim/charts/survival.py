"""Who stays: customers ahead by segment and by number of bad episodes, and churn a year of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.ticker import MultipleLocator

from ccsim.charts.style import (
    BLUE,
    DASHES,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    new_figure,
    per_cent,
    save,
)
from ccsim.experiments.loyalty import ALL
from ccsim.experiments.survival import by_episodes, survival_by_episodes

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run

OF_EPISODES: Final = (GREEN, BLUE, ORANGE, RED)
OF_SEGMENTS: Final = (INK, PURPLE, GREY, SKY)  # so many are shown
TIMES: Final = {"0": "none", "1": "one", "2": "two", "3+": "three +"}


def wanted(run: Run) -> bool:
    """Whether it is known how many customers there are and how many leave."""
    return not run.outcomes.missing


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    segments, curves = _of_segments(run), survival_by_episodes(run.outcomes)
    classes, stated = by_episodes(run.outcomes), run.base is None
    ratio = run.outcomes.case.parameters["churn.hr_bad_episode"]
    figure = new_figure(
        "Who stays, and what bad episodes do to it",
        "A bad episode: effort above that of 85 % of the base's issues, or never resolved. In the middle "
        "those who have as many in every 12 months. Assumed, not measured here: the first bad episode "
        f"multiplies the hazard of leaving by {ratio.number:g} ({ratio.low or ratio.number:g}–"
        f"{ratio.high or ratio.number:g}), the second and third by less. "
        + ("Churn as a whole is what the scenario states. " if stated else "")
        + "Bands and whiskers: 80 % of draws of the outcome parameters.",
        12.5, 4.6,
    )  # fmt: skip
    left, middle, right = figure.subplots(1, 3, width_ratios=(1.1, 1.1, 1.0))
    names = list(dict.fromkeys(segments["segment"]))[: len(OF_SEGMENTS)]
    _curves(left, segments, "segment", dict(zip(names, zip(OF_SEGMENTS, DASHES, strict=False), strict=False)))
    left.set_title("By segment")
    left.set_ylabel("still customers")
    _curves(middle, curves, "episodes", dict(zip(TIMES, zip(OF_EPISODES, DASHES, strict=False), strict=True)))
    middle.set_title("By bad episodes a year")
    _bars(right, run, classes, names)
    lowest = min(axes.get_ylim()[0] for axes in (left, middle))
    for axes in (left, middle):
        axes.set_ylim(lowest, 1.0)
    save(figure, pd.concat([segments, curves, classes], ignore_index=True), place, "survival")


def _of_segments(run: Run) -> pd.DataFrame:
    frame = run.loyalty("month")
    return frame[(frame["measure"] == "survival") & (frame["episodes"] == ALL)]


def _curves(axes: Axes, data: pd.DataFrame, column: str, styles: dict[str, Any]) -> None:
    for name, (color, dash) in styles.items():
        rows = data[data[column] == name]
        months = np.concatenate([[0], rows["month"]])
        value, low, high = (
            np.concatenate([[1.0], rows[end]]) for end in ("value", "model_low", "model_high")
        )
        axes.fill_between(months, low, high, color=color, alpha=0.2, linewidth=0)
        axes.plot(months, value, color=color, linestyle=dash, label=TIMES.get(name, name))
    axes.set_xlabel("month")
    axes.xaxis.set_major_locator(MultipleLocator(6))
    axes.set_xlim(0, float(data["month"].max()))
    axes.legend(loc="lower left")
    per_cent(axes)


def _bars(axes: Axes, run: Run, classes: pd.DataFrame, names: list[str]) -> None:
    """Churn a year of each class, with its share of the customers, and of each segment below."""
    found = run.loyalty().query("measure == 'churn'").set_index("segment")
    of_class = {measure: rows.set_index("episodes") for measure, rows in classes.groupby("measure")}
    churn, share = of_class["churn"], of_class["share_of_customers"]["value"]
    rows = [(TIMES[name], churn.loc[name], share[name]) for name in TIMES]
    rows += [(name, found.loc[name], None) for name in names]
    colors = [*OF_EPISODES, *OF_SEGMENTS[: len(names)]]
    levels = np.arange(len(rows))[::-1] + np.where(np.arange(len(rows)) < len(TIMES), 0.6, 0.0)
    for level, (_, row, part), color in zip(levels, rows, colors, strict=True):
        axes.barh(level, row["value"], height=0.7, color=color, alpha=0.75)
        axes.plot([row["model_low"], row["model_high"]], [level, level], color=INK, linewidth=1, marker="|")
        text = f"{100 * row['value']:.0f} %" + (
            "" if part is None else f"  ({100 * part:.0f} % of customers)"
        )
        at = np.nanmax([row["value"], row["model_high"]])
        axes.annotate(text, (at, level), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8)
    widest = max(np.nanmax([row["value"], row["model_high"]]) for _, row, _ in rows)
    axes.set_xlim(0, 1.75 * widest)
    axes.set_yticks(levels, [name for name, _, _ in rows])
    axes.set_title("Customers lost in a year")
    axes.set_xlabel("share lost")
    per_cent(axes, along="x")
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="y", visible=False)
