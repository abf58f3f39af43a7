"""What becomes of the same contacts: how they end before and after, and who changes sides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ccsim.charts.style import BLUE, INK, RED, new_figure, save

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.rollout import Rollout

GAINED, LOST = ("abandoned", "answered"), ("answered", "abandoned")


def draw(result: Rollout, place: Path) -> None:
    """Write the chart into `place`."""
    frame = result.flips()
    channels = list(dict.fromkeys(frame["channel"]))
    old, new = result.names
    figure = new_figure(
        f"Contacts that change sides: from {old} to {new}",
        f"The same first contacts, a week, with their 95 % interval over {result.replications} replications. "
        "Right of 0: gave up before and are answered after; left: answered before and give up after. "
        "Beside the bars: how many are answered in both and give up in both.",
        9.5, 1.9 + 0.62 * len(channels),
    )  # fmt: skip
    axes = figure.subplots()
    for level, channel in enumerate(channels[::-1]):
        mine = frame[frame["channel"] == channel].set_index(["before", "after"])
        _bar(axes, level, mine, GAINED, BLUE, 1.0)
        _bar(axes, level, mine, LOST, RED, -1.0)
        both = [float(mine["value"][end, end]) for end in ("answered", "abandoned")]
        axes.annotate(f"{both[0]:,.0f} answered in both\n{both[1]:,.0f} give up in both", (1.01, level),
                      xycoords=axes.get_yaxis_transform(), va="center", fontsize=8, color=INK)  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(channels)), channels[::-1])
    axes.set_ylim(-0.6, len(channels) - 0.4)
    axes.grid(axis="y", visible=False)
    axes.margins(x=0.3)
    axes.set_xlabel("first contacts a week")
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")
    save(figure, frame, place, "rollout_flips")


def _bar(axes: Axes, level: int, rows: pd.DataFrame, flip: tuple[str, str], color: str, sign: float) -> None:
    value = float(rows["value"][flip])
    if not value:
        return
    half = float(np.nan_to_num((rows["high"][flip] - rows["low"][flip]) / 2))
    axes.barh([level], [sign * value], height=0.5, color=color, alpha=0.85, hatch="" if sign > 0 else "///",
              edgecolor="white", linewidth=0)  # fmt: skip
    axes.errorbar([sign * value], [level], xerr=[half], fmt="none", ecolor=INK, capsize=3, linewidth=1)
    word = "now answered" if sign > 0 else "now give up"
    end = sign * (value + half)
    axes.annotate(f"{value:,.0f} {word}", (end, level), (4 * sign, 9), textcoords="offset points",
                  ha="left" if sign > 0 else "right", fontsize=8, color=INK)  # fmt: skip
