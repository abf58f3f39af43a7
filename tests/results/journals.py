"""Small hand-made journals, so that results can be tested without running a centre."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ccsim.centre import journal as j
from ccsim.results.journeys import FEATURES, Journeys

WEEK = 604_800.0
ANSWERED = (
    j.HANDLED, j.TRANSFERRED, j.IN_HAND, j.DROPPED, j.SILENT, j.NO_REPLY, j.INTERRUPTED, j.REPLIED,
    j.ESCALATED,
)  # fmt: skip
UNFINISHED = (j.WAITING, j.IN_HAND, j.IN_SESSION, j.AWAITING)


def names(segments: Sequence[str] = ("all",), intents: Sequence[str] = ("billing",)) -> j.Names:
    """One voice channel, one cell for each (intent, segment), one agent."""
    pairs = [(i, s) for i in range(len(intents)) for s in range(len(segments))]
    cells = np.array(pairs, np.int32).reshape(-1, 2)
    return j.Names(
        channels=("voice",),
        intents=tuple(intents),
        segments=tuple(segments),
        skills=tuple(intents),
        groups=("front",),
        sites=("main",),
        agents=np.zeros(1, np.int32),
        cell_channel=np.zeros(len(cells), np.int32),
        cell_intent=cells[:, 0].copy(),
        cell_segment=cells[:, 1].copy(),
        queue_channel=np.zeros(len(intents), np.int32),
        queue_skill=np.arange(len(intents), dtype=np.int32),
        queue_kind=np.zeros(len(intents), np.int32),
    )


def leg(contact: int, issue: int, outcome: int, **more: float) -> tuple[float, ...]:
    """A row of the legs table: answered unless the outcome says otherwise."""
    spoke = outcome in ANSWERED
    row = {
        "leg": 0, "intent": 0, "queue": 0, "group": 0 if spoke else -1,
        "agent": 0 if spoke else -1, "entered": 100.0, "wait": 0.0, "talk": 60.0 * spoke,
        "hold": 0.0, "wrap": 0.0, "resolved": 0, "context": 0, **more,
    }  # fmt: skip
    left = row["entered"] + row["wait"]
    ended = np.nan if outcome in UNFINISHED else left + row["talk"] + row["hold"] + row["wrap"]
    return (
        contact, issue, row["leg"], row["intent"], row["queue"], row["group"], row["agent"],
        outcome, row["entered"], left, row.get("ended", ended), row["talk"], row["hold"], row["wrap"],
        row["resolved"], row["context"],
    )  # fmt: skip


def journal(
    issues: Sequence[tuple[int, float, int]],
    legs: Sequence[tuple[float, ...]],
    weeks: float = 1.0,
    labels: j.Names | None = None,
) -> j.Journal:
    """Issues as (cell, born, status) and rows made by `leg`."""
    table = np.zeros(len(issues), j.ISSUE)
    for row, (cell, born, status) in enumerate(issues):
        table[row] = (row, cell, -1, born, status, np.nan if status == j.OPEN else born)
    return j.Journal(
        seed=1,
        replication=0,
        clock="simpy",
        begin=-WEEK,
        counted_until=weeks * WEEK,
        end=(weeks + 1) * WEEK,
        names=labels or names(),
        issues=table,
        legs=np.array(list(legs), j.LEG),
        presence=np.zeros(0, j.PRESENCE),
    )


ROW = {
    "segment": 0, "intent": 0, "channel": 0, "site": 0, "recovered": 0, "contacts": 1, "transfers": 0, "switches": 0, "retold": 0,
    "abandons": 0, "dead_ends": 0, "crowd": 0, "novice": 0, "resolved": 1, "wait": 0.0, "count": 1.0,
}  # fmt: skip


def journeys_of(
    rows: Sequence[dict[str, float]],
    weeks: float = 4.0,
    segments: Sequence[str] = ("all",),
    intents: Sequence[str] = ("billing",),
    channels: Sequence[str] = ("voice",),
    sites: Sequence[str] = ("main", ""),
) -> Journeys:
    """Journeys from rows that say only what is not plain (`wait` in seconds)."""
    full = [{**ROW, **row} for row in rows]

    def column(name: str, kind: type = np.int64) -> np.ndarray:
        return np.array([row[name] for row in full], dtype=kind)

    wait = column("wait", np.float64)
    whole = ("segment", "intent", "channel", "site", "recovered", *FEATURES)
    return Journeys(
        segments=tuple(segments),
        intents=tuple(intents),
        channels=tuple(channels),
        sites=tuple(sites),
        **{name: column(name) for name in (*whole, "resolved")},
        wait_bin=np.ceil(np.log1p(wait / 60.0) / 0.05).astype(np.int64),
        ln_wait=np.log1p(wait / 60.0),
        count=column("count", np.float64),
        weeks=weeks,
        replications=1,
    )


def usual(scale: float = 1.0, weeks: float = 4.0, **more: float) -> Journeys:
    """A plausible mix of journeys: most are plain, some come back, wait, give up."""
    mix = [
        (5000, {}),
        (1500, {"wait": 25.0}),
        (800, {"wait": 180.0}),
        (900, {"contacts": 2, "retold": 1, "wait": 30.0}),
        (300, {"contacts": 2, "abandons": 1, "wait": 240.0}),
        (200, {"contacts": 3, "retold": 2, "wait": 60.0}),
        (250, {"transfers": 1, "retold": 1}),
        (500, {"resolved": 0}),
        (150, {"resolved": 0, "contacts": 2, "retold": 1, "wait": 200.0}),
        (60, {"resolved": 0, "contacts": 3, "abandons": 3, "wait": 600.0}),
    ]
    return journeys_of([{**row, "count": n * scale, **more} for n, row in mix], weeks)
