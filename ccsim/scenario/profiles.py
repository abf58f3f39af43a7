"""Shapes of a day: how contacts spread over the opening hours.

A named profile stretches over the day's opening, whatever it is; a written one
(``{08:00: 2, 12:00: 1}``) is a step function of the clock. Both give a weight to each interval,
in proportion to the part of it that is open. Where customers write at all hours, a named profile
still stretches over the hours of the calendar, and goes on outside them as at their edges.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DAY = 86400
STEP = 60  # profiles are averaged over points a minute apart


def _bump(x: Floats, centre: float, width: float) -> Floats:
    return np.exp(-0.5 * ((x - centre) / width) ** 2)


def _flat(x: Floats) -> Floats:
    return np.ones_like(x)


def _two_peaks(x: Floats) -> Floats:
    """A strong late morning, a lull at lunch, a weaker afternoon: the usual service line."""
    return 0.35 + 0.95 * _bump(x, 0.25, 0.13) + 0.65 * _bump(x, 0.68, 0.14)


def _evening(x: Floats) -> Floats:
    """Rising through the day to a peak towards its end: leisure and retail chats."""
    return 0.45 + 0.25 * x + 0.9 * _bump(x, 0.8, 0.15)


def _morning(x: Floats) -> Floats:
    """A rush after opening that dies away: appointments, deliveries, outages."""
    return 0.4 + 1.2 * _bump(x, 0.12, 0.12)


PROFILES: dict[str, Callable[[Floats], Floats]] = {
    "flat": _flat,
    "two_peaks": _two_peaks,
    "evening": _evening,
    "morning": _morning,
}


def profile_weights(
    profile: str | Sequence[tuple[int, float]],
    opening: Sequence[tuple[int, int]],
    interval: int,
    hours: tuple[int, int] | None = None,
) -> Floats:
    """Weights of a day's intervals, summing to 1 (all 0 when closed, or with no open weight).

    profile: a name in PROFILES, or steps (seconds of the day, weight; 0 before the first).
    opening: spans (open, close) in seconds of the day. interval: seconds, a divisor of a day.
    hours: first and last second of the day that a named profile stretches over; None: of `opening`.
    Returns 86400 / interval floats.
    """
    points = np.arange(0, DAY, STEP, dtype=np.float64) + STEP / 2
    open_part = _open_part(opening)
    if not opening:
        return np.zeros(DAY // interval)
    first, last = hours or (opening[0][0], opening[-1][1])
    shape = _named(profile, first, last, points) if isinstance(profile, str) else _steps(profile)
    weights = (shape * open_part).reshape(DAY // interval, interval // STEP).sum(axis=1)
    total = weights.sum()
    return np.asarray(weights / total if total > 0 else weights)


def _open_part(opening: Sequence[tuple[int, int]]) -> Floats:
    """The open share of each minute of the day."""
    edges = np.arange(0, DAY + STEP, STEP, dtype=np.float64)
    part = np.zeros(DAY // STEP)
    for start, end in opening:
        inside = np.clip(edges, start, end)
        part += np.diff(inside) / STEP
    return part


def _named(profile: str, first: int, last: int, points: Floats) -> Floats:
    return PROFILES[profile](np.clip((points - first) / (last - first), 0.0, 1.0))


def _steps(profile: Sequence[tuple[int, float]]) -> Floats:
    """The step function's mean over each minute."""
    edges = np.arange(0, DAY + STEP, STEP, dtype=np.float64)
    times = [float(time) for time, _ in profile] + [float(DAY)]
    shape = np.zeros(DAY // STEP)
    for (_, weight), start, end in zip(profile, times[:-1], times[1:], strict=True):
        shape += weight * np.diff(np.clip(edges, start, end)) / STEP
    return shape
