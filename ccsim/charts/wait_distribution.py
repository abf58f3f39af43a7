"""How long the answered waited: the share answered within each time, by queue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import PEOPLE
from ccsim.charts.style import CYCLE, DASHES, GREY, new_figure, per_cent, save
from ccsim.experiments.labels import main_channel
from ccsim.results.grid import within_of
from ccsim.results.histogram import edges, quantiles
from ccsim.results.statistics import student_mean
from ccsim.results.tally import ANSWERED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run

Floats = npt.NDArray[np.float64]


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    import pandas as pd

    pooled = np.sum([t.waits["queue"][:, ANSWERED] for t in run.tallies], axis=0, dtype=float)
    names = run.tallies[0].names
    live = np.array([run.scenario.channels[name].live for name in names.channels])
    pooled[~live[names.queue_channel] | (names.queue_kind != PEOPLE)] = 0.0
    queues = sorted(np.flatnonzero(pooled.sum(axis=1)), key=lambda q: -pooled[q].sum())[:6]
    if not queues:
        return
    longest = max((float(quantiles(pooled[q], (0.98,))[0]) for q in queues), default=60.0)
    limit = max(2.0 * _within(run), longest)
    upper = np.append(edges()[1:], np.inf)
    kept = upper <= limit * 1.05
    figure = new_figure(
        "How long the answered waited",
        "Share of the answered that waited no longer, by queue; it starts with those who did not "
        "wait at all. Band: 95 % interval over replications. To the 98th percentile.",
        8.5, 4.6,
    )  # fmt: skip
    axes = figure.subplots()
    rows = []
    for place_, queue in enumerate(queues):
        found = student_mean(np.array([_shares(t.waits["queue"][queue, ANSWERED]) for t in run.tallies]))
        name = names.queues[queue]
        low, high = np.clip(found.low[kept], 0, 1), np.clip(found.high[kept], 0, 1)
        color = CYCLE[place_]
        axes.fill_between(upper[kept], low, high, color=color, alpha=0.25, linewidth=0)
        axes.plot(upper[kept], found.value[kept], color=color, linestyle=DASHES[place_], label=name)
        rows.append(
            pd.DataFrame(
                {"queue": name, "wait_s": upper[kept], "share": found.value[kept], "low": low, "high": high}
            )
        )
    _target(run, axes)
    axes.set_xlim(0, limit)
    axes.set_ylim(top=1.005)
    axes.set_xlabel("wait (s)")
    axes.set_ylabel("answered within")
    per_cent(axes)
    axes.legend(loc="lower right")
    save(figure, pd.concat(rows), place, "wait_distribution")


def _shares(counts: Floats) -> Floats:
    """Share of the waits up to the upper edge of each bin; nan if there are none."""
    total = counts.sum()
    return np.asarray(np.cumsum(counts) / total) if total else np.full(len(counts), np.nan)


def _within(run: Run) -> float:
    """Threshold of the service level of the channel that stands for the centre (s)."""
    return within_of(run.scenario.channels[main_channel(run.scenario)])


def _target(run: Run, axes: Axes) -> None:
    within = _within(run)
    axes.axvline(within, color=GREY, linestyle="--", linewidth=1)
    axes.annotate(
        f"{within:g} s",
        (within, 0),
        xycoords=("data", "axes fraction"),
        xytext=(3, 3),
        textcoords="offset points",
        color="#555555",
        fontsize=8,
    )
