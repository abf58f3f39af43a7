"""Who waits less and who more under the new rules: change of the mean wait by slice, with its interval."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.style import BLUE, GREY, INK, RED, new_figure, save
from ccsim.experiments.labels import main_channel

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.rollout import Rollout

BY: Final = {"channel": "all", "segment": "by segment", "intent": "by intent", "group": "by who answers"}
MARKS: Final = {"better": ("^", BLUE), "worse": ("v", RED)}
UNITS: Final = ((7200.0, 3600.0, "hours"), (600.0, 60.0, "minutes"), (0.0, 1.0, "seconds"))


def draw(result: Rollout, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    channel = main_channel(result.before.scenario)
    frames = {by: _waits(result, by, channel) for by in BY}
    shown = {by: frame for by, frame in frames.items() if len(frame) > 1 or by == "channel"}
    old, new = result.names
    heights = [max(len(frame), 1) for frame in shown.values()]
    figure = new_figure(
        f"Who waits less and who more on {channel}: from {old} to {new}",
        f"Change of the mean wait of the same first contacts, until answered or gone, with its 95 % interval "
        f"over {result.replications} pairs. ▲ surely less, ▼ surely more (of one panel together, Holm), ● no "
        "verdict. By who answers: those each group answers before against those it answers after.",
        9.5, 1.9 + 0.36 * sum(heights) + 0.45 * len(shown),
    )  # fmt: skip
    panels = figure.subplots(len(shown), 1, squeeze=False, sharex=True, height_ratios=heights)[:, 0]
    _, scale, unit = next(each for each in UNITS if _largest(shown) >= each[0])
    for axes, (by, frame) in zip(panels, shown.items(), strict=True):
        _panel(axes, frame, scale)
        axes.set_title(BY[by])
    panels[-1].set_xlabel(f"{unit}, after less before")
    save(figure, pd.concat(shown.values(), ignore_index=True), place, "rollout_waits")


def _waits(result: Rollout, by: str, channel: str) -> pd.DataFrame:
    frame = result.changes(by)
    mine = (frame["measure"] == "wait") & (frame["channel"] == channel) & frame["change"].notna()
    return frame[mine].sort_values("change", kind="stable")


def _largest(shown: dict[str, pd.DataFrame]) -> float:
    return max(float(frame["change"].abs().max()) if len(frame) else 0.0 for frame in shown.values())


def _panel(axes: Axes, frame: pd.DataFrame, scale: float) -> None:
    for level, (_, row) in enumerate(frame.iterrows()):
        mark, color = MARKS.get(row["verdict"], ("o", GREY))
        half = np.nan_to_num((row["high"] - row["low"]) / 2 / scale)
        axes.errorbar([row["change"] / scale], [level], xerr=[half], fmt=mark, color=color, ecolor=INK,
                      capsize=3, markersize=6.5, linewidth=1)  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(frame)), list(frame["slice"]))
    axes.set_ylim(-0.6, len(frame) - 0.4)
    axes.grid(axis="y", visible=False)
