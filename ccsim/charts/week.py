"""The week in small multiples: one panel a weekday, the hours in which the centre is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from matplotlib.ticker import FuncFormatter, MultipleLocator

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = npt.NDArray[np.float64]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, eq=False)
class Week:
    """Intervals of the week: their starts in hours of the day, and which weekdays are shown."""

    hours: Floats
    width: float
    days: tuple[int, ...]
    first: float
    last: float

    def panels(self, figure: Figure, rows: int) -> list[list[Axes]]:
        """Axes by row and shown weekday, sharing both axes within a row."""
        grid = figure.subplots(rows, len(self.days), sharex=True, sharey="row", squeeze=False)
        for place, day in enumerate(self.days):
            grid[0][place].set_title(DAYS[day])
            axes = grid[-1][place]
            axes.set_xlim(self.first, self.last)
            span = self.last - self.first
            axes.xaxis.set_major_locator(MultipleLocator(6 if span > 12 else 4 if span > 5 else 2))
            axes.xaxis.set_major_formatter(FuncFormatter(lambda hour, _: f"{hour % 24:.0f}"))
        return [list(row) for row in grid]

    def of_day(self, values: Floats, day: int) -> Floats:
        """The values of a weekday."""
        return np.asarray(values.reshape(7, -1)[day])

    def steps(self, axes: Axes, values: Floats, day: int, **looks: object) -> None:
        """A line of steps over a weekday's intervals; gaps where values are nan."""
        x, y = self._edges(self.of_day(values, day))
        axes.plot(x, y, **looks)  # type: ignore[arg-type]

    def band(self, axes: Axes, low: Floats, high: Floats, day: int, **looks: object) -> None:
        """A band between two lines of steps."""
        x, bottom = self._edges(self.of_day(low, day))
        _, top = self._edges(self.of_day(high, day))
        axes.fill_between(x, bottom, top, linewidth=0, **looks)  # type: ignore[arg-type]

    def _edges(self, values: Floats) -> tuple[Floats, Floats]:
        x = np.column_stack([self.hours, self.hours + self.width]).ravel()
        return x, np.repeat(values, 2)


def week_of(seen: Floats) -> Week:
    """The week; `seen` (7 x intervals) says where anything happens."""
    by_day = seen.reshape(7, -1) > 0
    per_day = by_day.shape[1]
    width = 24.0 / per_day
    days = tuple(int(day) for day in np.flatnonzero(by_day.any(axis=1))) or (0,)
    used = np.flatnonzero(by_day.any(axis=0))
    first, last = (used[0], used[-1] + 1) if len(used) else (0, per_day)
    hours = np.arange(per_day) * width
    return Week(hours, width, days, float(np.floor(first * width)), float(np.ceil(last * width)))


def top_of(*values: Floats) -> float:
    """An upper limit that leaves room above all known values."""
    return max((1.06 * float(np.nanmax(v)) for v in values if not np.isnan(v).all()), default=1.0)


def columns(frame: pd.DataFrame, measure: str) -> dict[str, Floats]:
    """Value, low and high of a measure by interval of the week, Monday first."""
    rows = frame[frame["measure"] == measure]
    return {name: rows[name].to_numpy(np.float64) for name in ("value", "low", "high")}


def tidy(frame: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """The rows of a chart's measures, for its CSV."""
    kept: pd.DataFrame = frame[frame["measure"].isin(measures)]
    return kept[kept["replications"] > 0]
