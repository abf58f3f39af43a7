"""From the best these agents could give down to the predicted CSAT, driver by driver; churn likewise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.style import BLUE, GREEN, INK, RED, new_figure, save
from ccsim.results.drivers import MADE_GOOD
from ccsim.results.uncertainty import band

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run
    from ccsim.experiments.why import Why

SMALL: Final = 0.005  # points: a bar shorter than that is not drawn
ENDS: Final = {
    "csat": ("best these agents could give", "predicted CSAT"),
    "churn": ("without any driver", "predicted churn a year"),
}


@dataclass(frozen=True)
class Step:
    """A driver's bar: from `start` to `end`, its end between `low` and `high` in 80 % of draws."""

    driver: str
    start: float
    end: float
    low: float
    high: float


@dataclass(frozen=True)
class Fall:
    """A waterfall in per cents: first and last level, each with its band, and the bars between them."""

    of: str
    first: tuple[float, float, float]
    last: tuple[float, float, float]
    steps: list[Step]

    def frame(self) -> pd.DataFrame:
        """The data behind it."""
        import pandas as pd

        rows = [[self.of, s.driver, s.start, s.end, s.low, s.high] for s in self.steps]
        found = pd.DataFrame(rows, columns=["of", "driver", "start", "end", "end_low", "end_high"])
        return found.assign(best=self.first[0], now=self.last[0])


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`; churn is left out where customers are not known."""
    import pandas as pd

    found = run.reasons()
    falls = [fall_of(found, of) for of in ("csat", "churn")]
    falls = [fall for fall in falls if fall.last[0] == fall.last[0]]
    given_back = any(step.driver == MADE_GOOD for fall in falls for step in fall.steps)
    most = max(len(fall.steps) for fall in falls)
    figure = new_figure(
        "From the best these agents could give to the predicted CSAT"
        + (", and from there to churn" if len(falls) > 1 else ""),
        "Each bar begins where the one above it ends; together they are the whole. Whiskers: 80 % of draws "
        "of the outcome parameters, of each bar alone. Axes do not begin at 0."
        + (" Green, hatched: gives back." if given_back else ""),
        6.5 * len(falls), 1.9 + 0.33 * (most + 2),
    )  # fmt: skip
    for axes, fall in zip(figure.subplots(1, len(falls), squeeze=False)[0], falls, strict=True):
        _waterfall(axes, fall)
    data = pd.concat([fall.frame() for fall in falls], ignore_index=True)
    save(figure, data, place, "effort_drivers")


def fall_of(found: Why, of: str) -> Fall:
    """The waterfall of CSAT or churn, drivers that move it by little left out."""
    ends = []
    for name in (f"best_{of}", f"{of}_now"):
        central, drawn = (100.0 * getattr(side, name) for side in found.sides)
        ends.append((float(central[0]), *band(drawn)))
    frame, level, steps = found.frame(of), ends[0][0], []
    sign = -1.0 if of == "csat" else 1.0
    columns = frame[["points", "model_low", "model_high"]].to_numpy(float)
    for driver, (points, low, high) in zip(frame["driver"], sign * columns, strict=True):
        if abs(points) >= SMALL:
            steps.append(Step(str(driver), level, level + points, *sorted((level + low, level + high))))
            level += points
    return Fall(of, ends[0], ends[1], steps)


def _waterfall(axes: Axes, fall: Fall) -> None:
    rows = np.arange(len(fall.steps) + 2)[::-1]
    span = _limits(axes, fall)
    for row, step in zip(rows[1:-1], fall.steps, strict=True):
        _bar(axes, row, step, fall.of)
    for row, (level, low, high) in ((rows[0], fall.first), (rows[-1], fall.last)):
        axes.plot([level], [row], marker="D", color=INK, markersize=6)
        text = f"{level:.1f} %" + (f"  ({low:.0f}–{high:.0f})" if high - low >= 0.05 else "")
        right = level < span[0] + 0.62 * (span[1] - span[0])
        _write(axes, level, row, text, 8 if right else -8, bold=True)
    for above, level in zip(rows[:-1], [fall.first[0], *(step.end for step in fall.steps)], strict=True):
        axes.plot([level, level], [above, above - 1], color=INK, linewidth=0.6, linestyle=":")
    first, last = ENDS[fall.of]
    axes.set_yticks(rows, [first, *(step.driver for step in fall.steps), last])
    axes.set_title("CSAT" if fall.of == "csat" else "Customers lost in a year")
    axes.set_xlabel("per cent")
    axes.grid(axis="y", visible=False)


def _bar(axes: Axes, row: float, step: Step, of: str) -> None:
    moved = step.end - step.start
    back = moved > 0 if of == "csat" else moved < 0
    color = GREEN if back else BLUE if of == "csat" else RED
    axes.barh(row, moved, left=step.start, height=0.62, color=color, alpha=0.8,
              hatch="///" if back else "", edgecolor="white", linewidth=0)  # fmt: skip
    axes.plot([step.low, step.high], [row, row], color=INK, linewidth=1, marker="|", markersize=5)
    text = f"{moved:+.{2 if abs(moved) < 0.1 else 1}f}"
    _write(axes, max(step.start, step.end, step.high), row, text)


def _limits(axes: Axes, fall: Fall) -> tuple[float, float]:
    """Room for every bar, whisker and number."""
    points = [fall.first[0], fall.last[0]]
    points += [end for step in fall.steps for end in (step.end, step.low, step.high)]
    low, high = min(points), max(points)
    wide = max(high - low, 0.1)
    limits = (low - 0.08 * wide, high + 0.2 * wide)
    axes.set_xlim(*limits)
    return limits


def _write(axes: Axes, x: float, row: float, text: str, apart: float = 5, bold: bool = False) -> None:
    axes.annotate(text, (x, row), xytext=(apart, 0), textcoords="offset points", va="center", fontsize=8,
                  ha="left" if apart > 0 else "right", fontweight="bold" if bold else "normal")  # fmt: skip
