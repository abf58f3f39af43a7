"""Who was on seat when, read off the log, which has no sign-on records.

An agent is on seat while talking, and between two calls of the same day unless the log shows
otherwise: present until shown absent, absent until shown present.

- A gap up to a minute is on seat: after-call work (back to back, the median gap is 5 s).
- In a longer gap the agent is gone from the moment a caller he could have taken queues in vain:
  had he been ready, that caller would have been answered, whatever the routing rule. He is back
  with his next call.
- A gap over ten minutes is not on seat. Of the time inside gaps of ten minutes and more callers
  wait during 19 %, about as at any time (23 %), so these say nothing of a ready agent; of the
  time inside gaps of one to five minutes it is 8 %.
- An agent whose first call after an absence did not queue was ready before it, for a time
  unknown: the median gap of an idle agent, 100 s, is added.
- Who takes a first call within ten minutes of opening, and nobody waited in vain before it, was
  there at opening; who ends a last call within ten minutes of closing, likewise, stayed.

In quiet times nobody waits, and an agent who steps out for less than ten minutes is not noticed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from bank_1999_log import HALF_HOUR, HALF_HOURS, UNUSUAL, days_observed, opening

AFTER_CALL = 60.0
LONGEST_IDLE = 600.0
IDLE_BEFORE = 100.0
IN_VAIN = 12.0  # a caller waits in vain after so many seconds (hand-over takes some 5 s)
NOTICED = 5.0  # seconds of waiting in vain inside a gap before it counts

TAKE_STOCK = ("all_rounders", "brokers", "stock_desk")

Spans = np.ndarray  # (n, 2) start, end in seconds of the day


def seated(calls: pd.DataFrame) -> pd.DataFrame:
    """Spells on seat: server, day, start, end (s of the day); times marked unusual left out."""
    known = calls[calls["answered"] & calls["server"].notna() & (calls["talk"] > 0)].copy()
    known["taken"] = known["entered"] + known["wait"]
    in_vain = {day: _in_vain(part) for day, part in calls.groupby("day")}
    rows = []
    for (server, day), part in known.sort_values("taken").groupby(["server", "day"]):
        spells = _to_the_doors(_spells(part, in_vain[day]), opening(day % 7), in_vain[day])
        for start, end in _without(day, spells):
            rows.append((server, day, start, end))
    return pd.DataFrame(rows, columns=["server", "day", "start", "end"])


def _spells(part: pd.DataFrame, in_vain: Spans) -> list[tuple[float, float]]:
    start = part["taken"].to_numpy()
    end = np.maximum.accumulate(start + part["talk"].to_numpy())
    queued = part["queued"].to_numpy()
    spells, since = [], start[0] - (0.0 if queued[0] else IDLE_BEFORE)
    for k, (ended, taken) in enumerate(zip(end[:-1], start[1:], strict=True)):
        left = _left(ended, taken, in_vain)
        if left is not None:
            spells.append((since, left))
            since = taken if queued[k + 1] else max(taken - IDLE_BEFORE, left)
    return [*spells, (since, end[-1])]


def _to_the_doors(
    spells: list[tuple[float, float]], hours: tuple[float, float], in_vain: Spans
) -> list[tuple[float, float]]:
    """The spells, the first from opening and the last to closing where the log allows it."""
    (first, first_end), opens, closes = spells[0], hours[0] * 3600, hours[1] * 3600
    if opens < first and _left(opens, first, in_vain) is None:
        spells = [(opens, first_end), *spells[1:]]
    last_start, last = spells[-1]
    if last < closes and _left(last, closes, in_vain) is None:
        spells = [*spells[:-1], (last_start, closes)]
    return spells


def _left(ended: float, taken: float, in_vain: Spans) -> float | None:
    """When in the gap between two calls the agent left his seat, None if he did not."""
    if taken - ended <= AFTER_CALL:
        return None
    if taken - ended > LONGEST_IDLE:
        return ended
    inside = in_vain[(in_vain[:, 0] < taken) & (in_vain[:, 1] > ended)]
    seconds = (np.minimum(inside[:, 1], taken) - np.maximum(inside[:, 0], ended)).sum()
    return max(ended, inside[0, 0] - IN_VAIN) if seconds >= NOTICED else None


def _in_vain(calls: pd.DataFrame) -> Spans:
    """Spans of one day in which a caller whom any agent may take waits in vain, joined."""
    anybody = calls["intent"].isin(["regular", "english", "returned"])
    long = calls[(calls["wait"] > IN_VAIN) & anybody]
    spans = np.column_stack([long["entered"] + IN_VAIN, long["entered"] + long["wait"]])
    joined: list[list[float]] = []
    for start, end in spans[np.argsort(spans[:, 0])]:
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return np.array(joined).reshape(-1, 2)


def _without(day: int, spells: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spells less the unusual times of that day."""
    for _, start, end in [span for span in UNUSUAL if span[0] == day]:
        low, high = start * 3600, end * 3600
        before = [(a, min(b, low)) for a, b in spells if a < low]
        after = [(max(a, high), b) for a, b in spells if b > high]
        spells = before + after
    return spells


def headcount(spells: pd.DataFrame, group_of: dict[str, str]) -> dict[str, np.ndarray]:
    """Mean agents on seat by group: arrays (7 weekdays, 48 half-hours)."""
    edges = np.arange(HALF_HOURS) * HALF_HOUR
    total = {name: np.zeros((7, HALF_HOURS)) for name in sorted(set(group_of.values()))}
    for row in spells.itertuples():
        inside = np.minimum(row.end, edges + HALF_HOUR) - np.maximum(row.start, edges)
        total[group_of[row.server]][row.day % 7] += np.clip(inside, 0, None) / HALF_HOUR
    return {name: grid / days_observed() for name, grid in total.items()}


def whole(mean: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Whole agents whose sums follow the means, half-hour by half-hour.

    What rounding leaves over is carried to the next half-hour of the day, so agent hours are kept.
    The total is rounded first, then shared out between those who take stock callers and the
    others, then among their groups: so that rounding never leaves a scarce skill without an agent
    where the log had one.
    """
    total = sum(mean.values())
    agents = _rounded(total[None], None)[0]
    sides = [[name for name in mean if name in TAKE_STOCK], [name for name in mean if name not in TAKE_STOCK]]
    of_side = _rounded(np.stack([sum(mean[name] for name in side) for side in sides]), agents)
    out = {}
    for side, number in zip(sides, of_side, strict=True):
        shared = _rounded(np.stack([mean[name] for name in side]), number)
        out |= dict(zip(side, shared, strict=True))
    return out


def _rounded(grid: np.ndarray, total: np.ndarray | None) -> np.ndarray:
    """Whole numbers following ``grid`` (parts, 7, 48), carried over the day, adding up to ``total``.

    ``total`` None: to the nearest whole number of what was carried.
    """
    out = np.zeros(grid.shape, int)
    for weekday in range(7):
        carried = np.zeros(len(grid))
        for half in range(HALF_HOURS):
            carried += grid[:, weekday, half]
            number = int(np.floor(carried.sum() + 0.5)) if total is None else total[weekday, half]
            out[:, weekday, half] = _share_out(carried, number)
            carried -= out[:, weekday, half]
    return out


def _share_out(wanted: np.ndarray, number: int) -> np.ndarray:
    """``number`` agents over parts, each time to the part that has most left over."""
    agents = np.zeros(len(wanted), int)
    for _ in range(max(number, 0)):
        agents[np.argmax(wanted - agents)] += 1
    return agents


def after_call(calls: pd.DataFrame) -> pd.Series:
    """Gaps (s) of agents between calls where the next caller was waiting, up to a minute."""
    known = calls[calls["answered"] & calls["server"].notna()].copy()
    known["taken"] = known["entered"] + known["wait"]
    known["ended"] = known["taken"] + known["talk"]
    known = known.sort_values(["server", "day", "taken"])
    by_agent = known.groupby(["server", "day"])
    waiting = by_agent["entered"].shift(-1) < known["ended"] - 2
    gap = by_agent["taken"].shift(-1) - known["ended"]
    return gap[waiting & (gap > 0) & (gap <= AFTER_CALL)]
