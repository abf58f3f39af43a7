"""Slices: the facts of a tally per interval, day, hour, queue, intent, segment, group or site."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.results.grid import WEEK
from ccsim.results.tally import Tally

FloatArray = npt.NDArray[np.float64]
Facts = Mapping[str, FloatArray]

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SLICES = (
    "interval",
    "day",
    "weekday_hour",
    "queue",
    "intent",
    "segment",
    "group",
    "site",
)
# The columns that name a slice in a frame.
COLUMNS: dict[str | None, tuple[str, ...]] = {
    None: (),
    "interval": ("weekday", "time"),
    "weekday_hour": ("weekday", "hour"),
    **{by: (by,) for by in ("day", "queue", "intent", "segment", "group", "site")},
}


def facts_by(tally: Tally, by: str | None) -> Facts:
    """The facts known for a slicing, each of shape (slices,); `by=None` is the whole."""
    facts = _FACTS[by](tally)
    size = len(next(iter(facts.values())))
    weeks = tally.grid.weeks * tally.replications
    periods = tally.replications if by == "day" else weeks
    seconds = {
        "interval": tally.grid.interval,
        "weekday_hour": 3600,
        "day": WEEK // 7,
    }
    clock = float(seconds.get(by or "", WEEK) * periods)
    return {**facts, "periods": np.full(size, float(periods)), "clock": np.full(size, clock)}


def _total(tally: Tally) -> Facts:
    sums = {name: values.sum(keepdims=True) for name, values in tally.by_day.items()}
    extra = {k: v.sum(keepdims=True) for k, v in tally.by_group.items() if k not in sums}
    return sums | extra


def _by_hour(tally: Tally) -> Facts:
    return {name: v.reshape(7 * 24, -1).sum(axis=1) for name, v in tally.by_interval.items()}


def _folded(facts: Facts, part: npt.NDArray[np.int32], size: int) -> Facts:
    return {k: np.asarray(np.bincount(part, v, minlength=size)) for k, v in facts.items()}


def _by_intent(tally: Tally) -> Facts:
    return _folded(tally.by_cell, tally.names.cell_intent, len(tally.names.intents))


def _by_segment(tally: Tally) -> Facts:
    return _folded(tally.by_cell, tally.names.cell_segment, len(tally.names.segments))


def _by_site(tally: Tally) -> Facts:
    sites = sites_of(tally)
    part = np.array([sites.index(site) for site in tally.names.sites], np.int32)
    return _folded(tally.by_group, part, len(sites))


_FACTS = {
    None: _total,
    "interval": lambda tally: tally.by_interval,
    "day": lambda tally: tally.by_day,
    "weekday_hour": _by_hour,
    "queue": lambda tally: tally.by_queue,
    "intent": _by_intent,
    "segment": _by_segment,
    "group": lambda tally: tally.by_group,
    "site": _by_site,
}


def sites_of(tally: Tally) -> list[str]:
    """The sites, each once, in order of the groups."""
    return list(dict.fromkeys(tally.names.sites))


def waits_by(tally: Tally, by: str | None) -> npt.NDArray[np.uint32]:
    """Histograms of waits, shape (slices, 2, BINS); not kept by interval, hour or day."""
    if by is None:
        return np.asarray(tally.waits["intent"].sum(axis=0, keepdims=True))
    if by == "site":
        sites = sites_of(tally)
        groups = tally.waits["group"]
        found = [groups[[s == site for s in tally.names.sites]].sum(axis=0) for site in sites]
        return np.array(found)
    return tally.waits[by]


def labels(tally: Tally, by: str | None, start: datetime.date) -> dict[str, Sequence[Any]]:
    """What names each slice, as columns of a frame; `start` is the first counted day."""
    names, grid = tally.names, tally.grid
    if by is None:
        return {}
    if by == "day":
        return {by: [start + datetime.timedelta(days=n) for n in range(grid.days)]}
    if by == "interval":
        per_day = grid.per_day
        times = [_time(n * grid.interval) for n in range(per_day)]
        return {"weekday": [d for d in WEEKDAYS for _ in range(per_day)], "time": times * 7}
    if by == "weekday_hour":
        hours = list(range(24))
        return {"weekday": [d for d in WEEKDAYS for _ in hours], "hour": hours * 7}
    known = {
        "queue": names.queues,
        "intent": names.intents,
        "segment": names.segments,
        "group": names.groups,
        "site": sites_of(tally),
    }
    return {by: list(known[by])}


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
