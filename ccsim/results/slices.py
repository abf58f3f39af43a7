"""Slices: the facts of a tally per interval, day, hour, channel, queue, intent, segment, group …"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.results.facts import FactsAlong
from ccsim.results.grid import DAY, WEEK
from ccsim.results.tally import Tally

FloatArray = npt.NDArray[np.float64]
Facts = Mapping[str, FloatArray]

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SLICES = (
    "interval",
    "day",
    "weekday_hour",
    "channel",
    "queue",
    "intent",
    "segment",
    "group",
    "site",
    "self_service",
)
# The columns that name a slice in a frame.
COLUMNS: dict[str | None, tuple[str, ...]] = {
    None: (),
    "interval": ("weekday", "time"),
    "weekday_hour": ("weekday", "hour"),
    **{by: (by,) for by in SLICES if by not in ("interval", "weekday_hour")},
}


def facts_by(tally: Tally, by: str | None) -> FactsAlong:
    """The facts known for a slicing, each of shape (slices,); `by=None` is the whole."""
    facts = _FACTS[by](tally)
    weeks = tally.grid.weeks * tally.replications
    periods = tally.replications if by == "day" else weeks
    seconds = {
        "interval": tally.grid.interval,
        "weekday_hour": 3600,
        "day": DAY,
    }.get(by or "", WEEK)
    of_time = {"periods": periods, "clock": seconds * periods, "days_counted": seconds * periods / DAY}
    known = {name: np.full(facts.shape, float(value)) for name, value in of_time.items()}
    return FactsAlong(facts.shape, {**facts, **known})


def _total(tally: Tally) -> FactsAlong:
    sums: dict[str, FloatArray] = {}
    for axis in (tally.by_day, tally.by_group, tally.by_cell):
        sums |= {name: values.sum(keepdims=True) for name, values in axis.items() if name not in sums}
    return FactsAlong((1,), sums)


def _by_channel(tally: Tally) -> FactsAlong:
    size = tally.by_channel.shape[0]
    days = {name: values.sum(axis=1) for name, values in tally.by_channel_day.items()}
    cells = {name: values for name, values in tally.by_cell.items() if name not in days}
    folded = _folded(FactsAlong(tally.by_cell.shape, cells), tally.names.cell_channel, size)
    return FactsAlong((size,), {**folded, **days, **tally.by_channel})


def _by_hour(tally: Tally) -> FactsAlong:
    hours = {name: v.reshape(7 * 24, -1).sum(axis=1) for name, v in tally.by_interval.items()}
    return FactsAlong((7 * 24,), hours)


def _folded(facts: FactsAlong, part: npt.NDArray[np.int32], size: int) -> FactsAlong:
    sums = {name: np.bincount(part, values, minlength=size) for name, values in facts.items()}
    return FactsAlong((size,), {name: np.asarray(values, np.float64) for name, values in sums.items()})


def _by_intent(tally: Tally) -> FactsAlong:
    return _folded(tally.by_cell, tally.names.cell_intent, len(tally.names.intents))


def _by_segment(tally: Tally) -> FactsAlong:
    return _folded(tally.by_cell, tally.names.cell_segment, len(tally.names.segments))


def _by_site(tally: Tally) -> FactsAlong:
    sites = sites_of(tally)
    part = np.array([sites.index(site) for site in tally.names.sites], np.int32)
    facts = _folded(tally.by_group, part, len(sites))
    rows = tally.journeys
    if rows is not None:  # an issue is resolved where it was answered last: at none of these, by nobody
        solved = np.bincount(rows.site, rows.count * rows.resolved, len(rows.sites))
        facts["resolved"] = np.asarray(solved[: len(sites)], np.float64)
    return facts


_FACTS: dict[str | None, Callable[[Tally], FactsAlong]] = {
    None: _total,
    "interval": lambda tally: tally.by_interval,
    "day": lambda tally: tally.by_day,
    "weekday_hour": _by_hour,
    "channel": _by_channel,
    "queue": lambda tally: tally.by_queue,
    "intent": _by_intent,
    "segment": _by_segment,
    "group": lambda tally: tally.by_group,
    "site": _by_site,
    "self_service": lambda tally: tally.by_self_service,
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
        "channel": names.channels,
        "queue": names.queues,
        "intent": names.intents,
        "segment": names.segments,
        "group": names.groups,
        "site": sites_of(tally),
        "self_service": names.bots,
    }
    return {by: list(known[by])}


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
