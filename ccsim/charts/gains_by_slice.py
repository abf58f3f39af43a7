"""Where variants gain and what they cost there: by channel, intent, segment and site, adding up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.style import BLUE, GREEN, INK, ORANGE, money_scale, new_figure, save
from ccsim.results.drivers import SLICES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.compare import Comparison

VARIANTS: Final = 3  # drawn; all are in the data
PARTS: Final = (("margin", "margin kept", BLUE, ""), ("other_gains", "upsell and other gains", GREEN, "..."),
                ("cost", "cost", ORANGE, "///"))  # fmt: skip
NOBODY: Final = "nobody"


def draw(result: Comparison, place: Path) -> None:
    """Write the chart into `place`; a kind of slice of which there is only one is left out."""
    import pandas as pd

    frames = {by: result.gain_by(by) for by in SLICES}
    shown = [by for by in SLICES if _several(frames[by], by)] or ["intent"]
    names = list(result.variants)[:VARIANTS]
    rows = {by: list(dict.fromkeys(_telling(frames[by])[by])) or [NOBODY] for by in shown}
    heights = [len(rows[by]) for by in shown]
    figure = new_figure(
        "Where variants gain and cost",
        f"Over {result.base.scenario.economics.horizon} months, against the base. Right of 0: gains; left: "
        "costs (or the other way round, where it loses or saves). Diamond: net gain, with 80 % of draws of "
        "the outcome parameters; at the edge incremental ROI, where it costs more. An issue is of the "
        "channel on which it began and the site that answered last. Nobody: what no slice brings or bears, "
        "as what is spent once.",
        max(9.5, 2.6 + 4.8 * len(names)), 2.0 + 0.42 * sum(heights) + 0.5 * len(shown),
    )  # fmt: skip
    panels = figure.subplots(len(shown), len(names), squeeze=False, sharex="col", height_ratios=heights)
    largest = max(_largest(frames[by], names) for by in shown)
    scale, word = money_scale(largest)
    for line, by in zip(panels, shown, strict=True):
        for axes, name in zip(line, names, strict=True):
            mine = frames[by][frames[by]["variant"] == name].set_index(by).reindex(rows[by])
            _panel(axes, mine, scale, named=axes is line[0])
            axes.set_title(f"{name}, by {by}")
    for axes in panels[-1]:
        axes.set_xlabel(f"{word}{result.base.scenario.currency}")
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", ncols=4)
    every = [frame.rename(columns={by: "slice"}).assign(by=by) for by, frame in frames.items()]
    save(figure, pd.concat(every, ignore_index=True), place, "gains_by_slice")


def _telling(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in which anything is gained or paid."""
    return frame[(frame[["margin", "other_gains", "cost"]] != 0).any(axis=1)]


def _several(frame: pd.DataFrame, by: str) -> bool:
    return _telling(frame).query(f"{by} != @NOBODY", local_dict={"NOBODY": NOBODY})[by].nunique() > 1


def _largest(frame: pd.DataFrame, names: list[str]) -> float:
    mine = frame[frame["variant"].isin(names)]
    return float(mine[["margin", "other_gains", "cost", "net"]].abs().to_numpy().max())


def _panel(axes: Axes, rows: pd.DataFrame, scale: float, named: bool) -> None:
    levels = np.arange(len(rows))[::-1]
    ahead, behind = np.zeros(len(rows)), np.zeros(len(rows))
    for column, label, color, hatch in PARTS:
        value = rows[column].fillna(0.0).to_numpy() / scale * (-1.0 if column == "cost" else 1.0)
        start = np.where(value >= 0, ahead, behind)
        if value.any() or column != "other_gains":
            axes.barh(levels, value, left=start, height=0.6, color=color, hatch=hatch, edgecolor="white",
                      linewidth=0, label=label, alpha=0.85)  # fmt: skip
        ahead, behind = ahead + np.maximum(value, 0), behind + np.minimum(value, 0)
    net, low, high = (rows[name].to_numpy() / scale for name in ("net", "net_low", "net_high"))
    reach = np.nan_to_num(np.abs(np.stack([net - low, high - net])))
    axes.errorbar(
        net, levels, xerr=reach, fmt="D", color=INK, markersize=4.5, capsize=3, linewidth=1, label="net gain"
    )
    for level, (name, ratio) in zip(levels, rows["roi"].items(), strict=True):
        if ratio == ratio and name != NOBODY:
            axes.annotate(f"ROI {ratio:+.0f} %", (1.01, level), xycoords=axes.get_yaxis_transform(),
                          va="center", fontsize=8)  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(levels, list(rows.index) if named else [""] * len(rows))
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.locator_params(axis="x", nbins=6)
    axes.grid(axis="y", visible=False)
