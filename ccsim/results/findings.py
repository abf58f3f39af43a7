"""Where it hurts: the few facts a planner would circle in red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.results.slices import WEEKDAYS, facts_by
from ccsim.results.tally import Tally

FloatArray = npt.NDArray[np.float64]

WINDOW = 2  # hours
_LONG_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class WorstHours:
    """The window of `WINDOW` hours of the week in which most contacts abandon.

    weekday 0 is Monday; `start` and `end` are hours; `share` is its part of all abandoned (short
    abandons apart), `service_level` that of the window.
    """

    weekday: int
    start: int
    end: int
    share: float
    service_level: float


@dataclass(frozen=True)
class SlowestQueue:
    """The queue whose answered wait longest on average, and by how much (`factor`) which waits least."""

    queue: str
    other: str
    factor: float


def worst_hours(tallies: Sequence[Tally]) -> WorstHours | None:
    """The hours that lose most; None if nobody abandoned."""
    hours = {name: _windows(tallies, name) for name in ("abandoned", "short", "in_time", "offered")}
    lost = hours["abandoned"] - hours["short"]
    single = _hourly(tallies, "abandoned") - _hourly(tallies, "short")
    if single.sum() <= 0:
        return None
    worst = np.flatnonzero(lost.ravel() == lost.max())[-1]  # of equals, the one that begins with it
    weekday, start = (int(i) for i in np.unravel_index(worst, lost.shape))
    asked = hours["offered"][weekday, start] - hours["short"][weekday, start]
    return WorstHours(
        weekday,
        start,
        start + WINDOW,
        float(lost[weekday, start] / single.sum()),
        float(hours["in_time"][weekday, start] / asked),
    )


def slowest_queue(tallies: Sequence[Tally]) -> SlowestQueue | None:
    """The queue that waits longest against the one that waits least; None if there is but one."""
    answered = np.sum([t.by_queue["answered"] for t in tallies], axis=0)
    waited = np.sum([t.by_queue["wait"] for t in tallies], axis=0)
    known = np.flatnonzero((answered > 0) & (waited > 0))
    if len(known) < 2:
        return None
    means = waited[known] / answered[known]
    slow, quick = int(means.argmax()), int(means.argmin())
    names = _short_names(tallies[0])
    factor = float(means[slow] / means[quick])
    return SlowestQueue(names[known[slow]], names[known[quick]], factor)


def where_it_hurts(tallies: Sequence[Tally]) -> str:
    """The two findings as one sentence; empty if nothing hurts."""
    parts = []
    hours, queue = worst_hours(tallies), slowest_queue(tallies)
    if hours is not None:
        parts.append(
            f"{_LONG_NAMES[hours.weekday]} {hours.start:02d}:00–{hours.end:02d}:00 (service level "
            f"{hours.service_level:.0%}) makes {hours.share:.0%} of all abandoned calls".replace("%", " %")
        )
    if queue is not None and queue.factor >= 1.05:
        parts.append(f"`{queue.queue}` waits {queue.factor:.1f} times as long as `{queue.other}`")
    return "; ".join(parts) + "." if parts else ""


def _hourly(tallies: Sequence[Tally], fact: str) -> FloatArray:
    found = [facts_by(tally, "weekday_hour")[fact] for tally in tallies]
    return np.asarray(np.sum(found, axis=0), np.float64).reshape(len(WEEKDAYS), 24)


def _windows(tallies: Sequence[Tally], fact: str) -> FloatArray:
    """Sums over windows that begin at each hour and stay within their day; (7, 25 - WINDOW)."""
    hourly = _hourly(tallies, fact)
    windows = np.lib.stride_tricks.sliding_window_view(hourly, WINDOW, axis=1)
    return np.asarray(windows.sum(axis=-1), np.float64)


def _short_names(tally: Tally) -> list[str]:
    """Queues by their skill alone where there is one channel."""
    if len(tally.names.channels) > 1:
        return list(tally.names.queues)
    return [tally.names.skills[skill] for skill in tally.names.queue_skill]
