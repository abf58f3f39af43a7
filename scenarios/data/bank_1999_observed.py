"""What happened in the log, as figures with intervals: a usual week, by type and by hour.

A usual week has each weekday once: the log holds three Mondays to Saturdays and two Sundays, so
every figure adds up means by weekday. Times marked unusual are filled with the mean of the other
days of that weekday. Intervals are Student's over days within weekdays (13 degrees of freedom).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from bank_1999_log import DAYS, HALF_HOURS, UNUSUAL
from scipy.stats import t as student

WEEKDAY = np.arange(DAYS) % 7
FREEDOM = DAYS - 7
LONG_WAIT = 60.0

# measure -> (numerator, denominator); both are sums over offered calls
RATIOS = {
    "mean_wait": ("wait", "offered"),
    "asa": ("wait_answered", "answered"),
    "share_over_60s": ("long", "offered"),
    "share_queued": ("queued", "offered"),
    "abandonment": ("abandoned", "offered"),
}


def observed(calls: pd.DataFrame) -> pd.DataFrame:
    """Rows (slice, name, measure, value, low, high) for all calls, by intent, by hour."""
    rows = _figures(calls, "all", "all")
    for intent, part in calls.groupby("intent"):
        rows += _figures(part, "intent", str(intent))
    for hour, part in calls.groupby(calls["half_hour"] // 2):
        rows += _figures(part, "hour", str(hour))
    columns = ["slice", "name", "measure", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _figures(calls: pd.DataFrame, kind: str, name: str) -> list[tuple]:
    sums = _sums_by_day(calls)
    offered, error = _week(sums["offered"])
    rows = [(kind, name, "offered_a_week", *_interval(offered, error))]
    for measure, (top, bottom) in RATIOS.items():
        whole, _ = _week(sums[bottom])
        ratio = _week(sums[top])[0] / whole
        _, error = _week(sums[top] - ratio * sums[bottom])
        rows.append((kind, name, measure, *_interval(ratio, error / whole)))
    return rows


def _sums_by_day(calls: pd.DataFrame) -> dict[str, np.ndarray]:
    answered = calls["answered"].to_numpy(float)
    wait = calls["wait"].to_numpy()
    columns = {
        "offered": np.ones(len(calls)),
        "answered": answered,
        "abandoned": 1 - answered,
        "queued": calls["queued"].to_numpy(float),
        "wait": wait,
        "wait_answered": wait * answered,
        "long": (wait > LONG_WAIT).astype(float),
    }
    cell = calls["day"].to_numpy() * HALF_HOURS + calls["half_hour"].to_numpy()
    return {
        name: _usual(np.bincount(cell, column, DAYS * HALF_HOURS).reshape(DAYS, HALF_HOURS))
        for name, column in columns.items()
    }


def _usual(grid: np.ndarray) -> np.ndarray:
    """Sums a day of a (day, half-hour) grid, unusual times replaced by those of other days."""
    grid = grid.copy()
    for day, start, end in UNUSUAL:
        others = [d for d in range(DAYS) if d % 7 == day % 7 and d != day]
        span = slice(int(start * 2), int(end * 2))
        grid[day, span] = grid[others, span].mean(axis=0)
    return grid.sum(axis=1)


def _week(daily: np.ndarray) -> tuple[float, float]:
    """Sum of the weekdays' means and its standard error."""
    mean = error = 0.0
    for weekday in range(7):
        values = daily[weekday == WEEKDAY]
        mean += values.mean()
        error += values.var(ddof=1) / len(values)
    return float(mean), float(np.sqrt(error))


def _interval(value: float, error: float) -> tuple[float, float, float]:
    half = student.ppf(0.975, FREEDOM) * error
    return value, max(value - half, 0.0), value + half


def spread(calls: pd.DataFrame) -> dict[str, float]:
    """Day-to-day variation of the volume beyond Poisson, by moments within weekdays.

    cv of the day's factor, its lag-1 correlation (over successive days), and the dispersion
    (variance / mean) of half-hours beyond what the day's factor explains.
    """
    cell = calls["day"].to_numpy() * HALF_HOURS + calls["half_hour"].to_numpy()
    grid = np.bincount(cell, minlength=DAYS * HALF_HOURS).reshape(DAYS, HALF_HOURS)
    daily = _usual(grid.astype(float))
    mean = np.array([daily[weekday == WEEKDAY].mean() for weekday in range(7)])[WEEKDAY]
    beyond = ((daily - mean) ** 2).sum() / FREEDOM * 1.0 - mean.mean()
    cv = np.sqrt(max(beyond, 0.0) / (mean**2).mean())
    score = (daily - mean) / mean
    return {"busyness_cv": float(cv), "day_correlation": float(np.corrcoef(score[1:], score[:-1])[0, 1])}
