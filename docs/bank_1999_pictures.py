"""The pictures of docs/bank_1999.md, drawn from the tables beside them."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from bank_1999_compare import ROOT
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

IMAGES = Path(__file__).resolve().parent / "images"
SEEN, SIMULATED = "#555555", "#0072b2"  # told apart by marker and line too
PANELS = {
    "offered_a_week": ("Calls offered a week", False),
    "mean_wait": ("Mean wait of all offered (s)", False),
    "share_over_60s": ("Waiting over 60 s", True),
    "abandonment": ("Abandoned", True),
}


def draw_all(table: pd.DataFrame) -> None:
    """Write every picture; ``table`` is that of `bank_1999_compare.compared`."""
    IMAGES.mkdir(exist_ok=True)
    by_hour(table, IMAGES / "bank_1999_by_hour.png")
    by_type(table, IMAGES / "bank_1999_by_type.png")
    credit(IMAGES / "bank_1999_credit.png")


def by_hour(table: pd.DataFrame, path: Path) -> None:
    """Four panels over the hours of the day: log with intervals as a band, simulated as dots."""
    hours = table[table["slice"] == "hour"].assign(hour=lambda t: t["name"].astype(int))
    figure, axes = plt.subplots(2, 2, figsize=(10, 6.4), sharex=True, layout="constrained")
    for axis, (measure, (title, share)) in zip(axes.flat, PANELS.items(), strict=True):
        rows = hours[hours["measure"] == measure].sort_values("hour")
        axis.fill_between(rows["hour"], rows["low_seen"], rows["high_seen"], color=SEEN, alpha=0.22, lw=0)
        axis.plot(rows["hour"], rows["value_seen"], "--", color=SEEN, label="log, 95 % interval")
        _dots(axis, rows["hour"], rows, horizontal=False)
        _dress(axis, title, share)
    for axis in axes[1]:
        axis.set_xlabel("Hour of the day")
    axes[0, 0].legend(frameon=False, loc="upper right")
    figure.savefig(path, dpi=130)
    plt.close(figure)


def by_type(table: pd.DataFrame, path: Path) -> None:
    """Three panels: each type of call with both intervals, side by side."""
    types = table[table["slice"] == "intent"]
    order = types[types["measure"] == "offered_a_week"].sort_values("value_seen")["name"].tolist()
    figure, axes = plt.subplots(1, 3, figsize=(10, 3.9), sharey=True, layout="constrained")
    for axis, measure in zip(axes, list(PANELS)[1:], strict=True):
        rows = types[types["measure"] == measure].set_index("name").loc[order]
        place = np.arange(len(order))
        spread = np.abs(rows[["low_seen", "high_seen"]].to_numpy().T - rows["value_seen"].to_numpy())
        axis.errorbar(
            rows["value_seen"], place + 0.14, xerr=spread, fmt="s", color=SEEN, ms=5, capsize=3,
            label="log, 95 % interval",
        )  # fmt: skip
        _dots(axis, place - 0.14, rows, horizontal=True)
        title, share = PANELS[measure]
        axis.set_title(title, loc="left", fontsize=10)
        axis.set_yticks(place, order)
        axis.set_xlim(left=0)
        axis.grid(axis="x", alpha=0.3)
        axis.spines[["top", "right"]].set_visible(False)
        if share:
            axis.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, frameon=False, loc="outside lower center", ncols=2, fontsize=9)
    figure.savefig(path, dpi=130)
    plt.close(figure)


def credit(path: Path) -> None:
    """How often a later caller of a higher rank was answered first, by how much later."""
    table = pd.read_csv(ROOT / "scenarios" / "data" / "bank_1999_credit.csv", comment="#")
    table = table[table["pairs"] >= 20]
    marks = {"high after low": "o-", "low after prospect": "s--", "high after prospect": "^:"}
    colours = {"high after low": SIMULATED, "low after prospect": "#d55e00", "high after prospect": "#009e73"}
    figure, axis = plt.subplots(figsize=(7, 3.4), layout="constrained")
    for pair, rows in table.groupby("pair"):
        axis.plot(rows["later_by"] + 15, rows["overtaken"], marks[pair], color=colours[pair], label=pair)
    for seconds in (90, 180):
        axis.axvline(seconds, color=SEEN, lw=0.8, alpha=0.6)
        axis.text(seconds + 3, 1.03, f"{seconds} s", color=SEEN, fontsize=9)
    axis.set_xlabel("Seconds the caller of the higher rank came later")
    _dress(axis, "Answered before the caller who came earlier", True)
    axis.set_ylim(0, 1.1)
    axis.legend(frameon=False)
    figure.savefig(path, dpi=130)
    plt.close(figure)


def _dots(axis: Axes, place: object, rows: pd.DataFrame, horizontal: bool) -> None:
    spread = np.abs(rows[["low_sim", "high_sim"]].to_numpy().T - rows["value_sim"].to_numpy())
    style = {"fmt": "o", "color": SIMULATED, "ms": 4.5, "capsize": 2, "label": "simulated, 95 % interval"}
    if horizontal:
        axis.errorbar(rows["value_sim"], place, xerr=spread, **style)
    else:
        axis.errorbar(place, rows["value_sim"], yerr=spread, **style)


def _dress(axis: Axes, title: str, share: bool) -> None:
    axis.set_title(title, loc="left", fontsize=10)
    axis.set_ylim(bottom=0)
    axis.grid(alpha=0.3)
    axis.spines[["top", "right"]].set_visible(False)
    if share:
        axis.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
