"""What the centre costs: the ledger line by line and group by group, and what a contact costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccsim.charts.style import CYCLE, GREY, INK, money_scale, new_figure, save

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run

HATCHES: Final = ("", "///", "...", "xxx", "\\\\\\", "++")
ONCE: Final = ("training", "one_off")
EVERYBODY: Final = "all"
DIGITS: Final = {1e6: 2, 1e3: 1, 1.0: 0}  # by scale of the amounts
MOST: Final = 5  # groups told apart
OTHERS: Final = "other groups"


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    lines = _lines(run)
    unit = _unit_costs(run)
    figure = new_figure(
        "What the centre costs a year",
        "Wages of all hours paid, shrinkage included. Whiskers: 95 % interval over replications; prices are "
        "as stated, or usual ones (`ccsim explain` lists them)."
        + (" Marked *: spent once, at the start." if lines["line"].isin(ONCE).any() else ""),
        11.5, 2.4 + 0.34 * lines["line"].nunique(),
    )  # fmt: skip
    left, right = figure.subplots(1, 2, width_ratios=(2.2, 1.0))
    _ledger(left, lines, run)
    _each(right, unit, run.scenario.currency)
    save(figure, pd.concat([lines, unit], ignore_index=True), place, "cost_ledger")


def _lines(run: Run) -> pd.DataFrame:
    """Lines by group, dearest line first; groups beyond the dearest few are one."""
    frame = run.economics("group").rename(columns={"measure": "line"})
    frame = frame[(frame["line"] != "cost") & (frame["value"] != 0)]
    cost = frame[frame["group"] != EVERYBODY].groupby("group")["value"].sum().sort_values(ascending=False)
    kept = [*cost.index[:MOST], EVERYBODY]
    frame = frame.assign(group=frame["group"].where(frame["group"].isin(kept), OTHERS))
    order = frame.groupby("line")["value"].sum().sort_values(ascending=False).index
    once = [line for line in order if line in ONCE]
    rank = {line: n for n, line in enumerate([*(line for line in order if line not in once), *once])}
    return frame.sort_values("line", key=lambda lines: lines.map(rank), kind="stable")


def _ledger(axes: Axes, lines: pd.DataFrame, run: Run) -> None:
    totals = run.economics().set_index("measure")
    names = list(dict.fromkeys(lines["line"]))
    scale, word = money_scale(float(totals.loc[names, "value"].max()))
    groups = list(dict.fromkeys(lines["group"]))
    levels = dict(zip(names, np.arange(len(names))[::-1], strict=True))
    left = dict.fromkeys(names, 0.0)
    for number, group in enumerate(sorted(groups, key=lambda name: name == EVERYBODY)):
        color = GREY if group == EVERYBODY else CYCLE[number % len(CYCLE)]
        mine = lines[lines["group"] == group].groupby("line", sort=False)["value"].sum() / scale
        axes.barh(
            [levels[str(name)] for name in mine.index], mine, left=[left[str(name)] for name in mine.index],
            height=0.66, color=color, hatch=HATCHES[number % len(HATCHES)], edgecolor="white", linewidth=0,
            label="no single group" if group == EVERYBODY else str(group),
        )  # fmt: skip
        for name, value in mine.items():
            left[str(name)] += float(value)
    figures: dict[Any, dict[Any, float]] = totals.to_dict("index")
    year = figures["cost"]["value"]
    for name, level in levels.items():
        low, high, value = (figures[name][end] for end in ("low", "high", "value"))
        if high - low > 0.002 * year:
            axes.plot([low / scale, high / scale], [level, level], color=INK, linewidth=1, marker="|")
        share = "" if name in ONCE else f"  ({100 * value / year:.1f} %)"
        at = np.nanmax([value, high]) / scale
        text = f"{value / scale:,.{DIGITS[scale]}f}{share}"
        axes.annotate(text, (at, level),
                      xytext=(5, 0), textcoords="offset points", va="center", fontsize=8)  # fmt: skip
    axes.set_yticks(list(levels.values()), [_called(name) for name in names])
    axes.set_xlim(0, 1.22 * max(left.values()))
    axes.set_title(f"All together {year / scale:,.{DIGITS[scale]}f} {word}{run.scenario.currency} a year")
    axes.set_xlabel(f"{word}{run.scenario.currency} a year")
    axes.grid(axis="y", visible=False)
    axes.legend(loc="lower right")


def _called(name: str) -> str:
    return name.replace("_", " ").replace("on costs", "on-costs") + (" *" if name in ONCE else "")


def _unit_costs(run: Run) -> pd.DataFrame:
    """Cost a contact and a resolution, and of a contact on each channel where there are several."""
    import pandas as pd

    whole = run.measures()
    whole = whole[whole["measure"].isin(("cost_per_contact", "cost_per_resolution"))]
    each = run.measures("channel")
    each = each[(each["measure"] == "cost_per_contact") & each["value"].notna()]
    return pd.concat([whole, each] if len(each) > 1 else [whole], ignore_index=True)


def _each(axes: Axes, data: pd.DataFrame, currency: str) -> None:
    channels = data["channel"] if "channel" in data else [np.nan] * len(data)
    labels = [
        "an issue resolved" if measure == "cost_per_resolution"
        else f"– {channel}" if isinstance(channel, str) else "a contact handled"
        for measure, channel in zip(data["measure"], channels, strict=True)
    ]  # fmt: skip
    levels = np.arange(len(data))[::-1]
    reach = np.nan_to_num(np.stack([data["value"] - data["low"], data["high"] - data["value"]]))
    axes.barh(levels, data["value"], xerr=reach, height=0.5, color=CYCLE[0], ecolor=INK, capsize=3)
    for level, value, high in zip(levels, data["value"], data["high"], strict=True):
        axes.annotate(f"{value:.2f}", (np.nanmax([value, high]), level), xytext=(6, 0),
                      textcoords="offset points", va="center", fontsize=8)  # fmt: skip
    axes.set_yticks(levels, labels)
    axes.set_ylim(-0.7, len(data) - 0.3)
    axes.set_xlim(0, 1.25 * float(np.nanmax([data["value"].max(), data["high"].max()])))
    axes.set_title("What one costs")
    axes.set_xlabel(currency)
    axes.grid(axis="y", visible=False)
