"""A journal made by hand: a dozen contacts in one counted week, whose measures are known by hand.

Two queues (billing, technical), two groups (front with agents 0 and 1 at main, experts with agent 2
at north), threshold 20 s, short abandon 5 s, target 80 %, intervals of half an hour.
"""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

import numpy as np

from ccsim.centre.journal import (
    ABANDONED,
    AWAY,
    BALKED,
    BLOCKED,
    BREAK,
    CLOSED,
    GAVE_UP,
    HANDLED,
    IN_HAND,
    ISSUE,
    LEG,
    OPEN,
    PRESENCE,
    RESOLVED,
    SEATED,
    TRANSFERRED,
    WAITING,
    Journal,
    Names,
)

DAY, WEEK = 86_400.0, 604_800.0
BILLING, TECHNICAL = 0, 1
FRONT, EXPERTS, NOBODY = 0, 1, -1
NAN = float("nan")


def names() -> Names:
    def ints(*values: int) -> np.ndarray[Any, np.dtype[np.int32]]:
        return np.array(values, np.int32)

    return Names(
        channels=("voice",),
        intents=("billing", "technical"),
        segments=("members", "others"),
        skills=("billing", "technical"),
        groups=("front", "experts"),
        sites=("main", "north"),
        agents=ints(0, 0, 1),
        cell_channel=ints(0, 0, 0, 0),
        cell_intent=ints(0, 0, 1, 1),
        cell_segment=ints(0, 1, 0, 1),
        queue_channel=ints(0, 0),
        queue_skill=ints(0, 1),
        queue_kind=ints(0, 0),
    )


# cell, customer, born, status, ended
ISSUES = [
    (1, 4, -3600.0, RESOLVED, -3492.0),  # 0: warm-up
    (0, 1, 28800.0, RESOLVED, 29000.0),  # 1
    (0, 2, 28810.0, RESOLVED, 201765.0),  # 2: comes back on Wednesday
    (2, 1, 28900.0, RESOLVED, 29330.0),  # 3
    (3, -1, 29000.0, GAVE_UP, 29003.0),  # 4
    (1, 5, 29100.0, RESOLVED, 30910.0),  # 5: redials
    (1, 6, 30700.0, GAVE_UP, 30745.0),  # 6
    (2, 9, 31000.0, GAVE_UP, 31000.0),  # 7
    (3, -1, 31100.0, GAVE_UP, 31100.0),  # 8
    (0, 2, 115200.0, RESOLVED, 115555.0),  # 9: transferred
    (1, 6, 554400.0, GAVE_UP, 554400.0),  # 10: Sunday, closed
    (2, 1, 633600.0, RESOLVED, 633710.0),  # 11: follow-up, customer of issue 3 within 7 days
    (3, -1, 1209500.0, OPEN, NAN),  # 12: in hand at the end
    (3, -1, 1209590.0, OPEN, NAN),  # 13: waiting at the end
]

# contact, issue, leg, intent, queue, group, agent, outcome,
# entered, left, talk, hold, wrap, resolved
LEGS = [
    (0, 0, 0, 0, 0, FRONT, 0, HANDLED, -3600.0, -3592.0, 100.0, 0.0, 20.0, 1),
    (1, 1, 0, 0, 0, FRONT, 0, HANDLED, 28800.0, 28800.0, 200.0, 0.0, 40.0, 1),
    (2, 2, 0, 0, 0, FRONT, 1, HANDLED, 28810.0, 28830.0, 300.0, 20.0, 30.0, 0),
    (3, 3, 0, 1, 1, EXPERTS, 2, HANDLED, 28900.0, 28930.0, 400.0, 0.0, 60.0, 1),
    (4, 4, 0, 1, 1, NOBODY, -1, ABANDONED, 29000.0, 29003.0, 0.0, 0.0, 0.0, 0),
    (5, 5, 0, 0, 0, NOBODY, -1, ABANDONED, 29100.0, 29112.0, 0.0, 0.0, 0.0, 0),
    (6, 6, 0, 0, 0, NOBODY, -1, ABANDONED, 30700.0, 30745.0, 0.0, 0.0, 0.0, 0),
    (7, 5, 0, 0, 0, FRONT, 0, HANDLED, 30800.0, 30810.0, 100.0, 0.0, 0.0, 1),
    (8, 7, 0, 1, 1, NOBODY, -1, BALKED, 31000.0, 31000.0, 0.0, 0.0, 0.0, 0),
    (9, 8, 0, 1, 1, NOBODY, -1, BLOCKED, 31100.0, 31100.0, 0.0, 0.0, 0.0, 0),
    (10, 9, 0, 0, 0, FRONT, 0, TRANSFERRED, 115200.0, 115205.0, 60.0, 0.0, 0.0, 0),
    (10, 9, 1, 1, 1, EXPERTS, 2, HANDLED, 115265.0, 115315.0, 240.0, 0.0, 60.0, 1),
    (11, 2, 0, 0, 0, FRONT, 1, HANDLED, 201600.0, 201615.0, 150.0, 0.0, 50.0, 1),
    (12, 10, 0, 0, 0, NOBODY, -1, CLOSED, 554400.0, 554400.0, 0.0, 0.0, 0.0, 0),
    (13, 11, 0, 1, 1, EXPERTS, 2, HANDLED, 633600.0, 633610.0, 100.0, 0.0, 0.0, 1),
    (14, 12, 0, 1, 1, EXPERTS, 2, IN_HAND, 1209500.0, 1209500.0, 900.0, 0.0, 60.0, 0),
    (15, 13, 0, 1, 1, NOBODY, -1, WAITING, 1209590.0, NAN, 0.0, 0.0, 0.0, 0),
]

# agent, state, start, end, due
PRESENCE_ROWS = [
    (0, SEATED, -3600.0, -3000.0, -3000.0),
    (0, SEATED, 28800.0, 30600.0, 30600.0),
    (0, BREAK, 30600.0, 30700.0, 30700.0),
    (0, SEATED, 30700.0, 32400.0, 32400.0),
    (1, SEATED, 28800.0, 29180.0, 29100.0),  # 80 s of overtime
    (2, SEATED, 28800.0, 29500.0, 29500.0),
    (2, AWAY, 29500.0, 30600.0, 30600.0),
    (0, SEATED, 115200.0, 117000.0, 117000.0),
    (2, SEATED, 115200.0, 115800.0, 115800.0),
    (1, SEATED, 201600.0, 203400.0, 203400.0),
    (2, SEATED, 633600.0, 637200.0, 637200.0),
    (2, SEATED, 1209000.0, 1209600.0, 1212600.0),
]


def journal(order: list[int] | None = None) -> Journal:
    """The journal; `order` permutes its legs, whose order means nothing."""
    issues = np.zeros(len(ISSUES), ISSUE)
    issues[:] = [(number, *row) for number, row in enumerate(ISSUES)]
    legs = np.zeros(len(LEGS), LEG)
    legs[:] = [with_end(row) for row in LEGS]
    presence = np.zeros(len(PRESENCE_ROWS), PRESENCE)
    presence[:] = PRESENCE_ROWS
    return Journal(
        seed=1,
        replication=0,
        clock="simpy",
        begin=-DAY,
        counted_until=WEEK,
        end=2 * WEEK,
        names=names(),
        issues=issues,
        legs=legs if order is None else legs[order],
        presence=presence,
    )


def with_end(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of LEGS as the journal has it: when the leg ended, and no context."""
    *head, left, talk, hold, wrap, resolved = row
    ended = NAN if row[7] in (IN_HAND, WAITING) else left + talk + hold + wrap
    return (*head, left, ended, talk, hold, wrap, resolved, 0)


def channel(kind: str = "voice", share: float | None = 0.8, within: float = 20.0) -> Any:
    """What the results read of a channel."""
    return SimpleNamespace(
        kind=kind,
        live=kind in ("voice", "chat"),
        deferred=kind not in ("voice", "chat"),
        short_abandon=5.0,
        target=None if share is None else SimpleNamespace(share=share, within=within),
        due=within,
    )


def group(rostered: bool, shrinkage: dict[str, float], **handles: int) -> Any:
    """What the results read of a group."""
    return SimpleNamespace(
        rostered=rostered,
        on_seat=None if rostered else object(),
        shrinkage=shrinkage,
        handles=handles or {"voice": 1},
        training=None,
        empowerment=None,
    )


def rooms() -> dict[str, Any]:
    """The sections of the outcome model, with nothing overridden."""
    economics = SimpleNamespace(overrides={}, discount=None)
    plain = SimpleNamespace(overrides={})
    return {"experience": plain, "loyalty": plain, "economics": economics}


def scenario() -> Any:
    """What the results read of a scenario."""
    return SimpleNamespace(
        interval=1800,
        weeks=1,
        start=datetime.date(2026, 1, 5),
        currency="EUR",
        channels={"voice": channel()},
        agents={
            "front": group(False, {"leave": 0.15, "training": 0.05}),
            "experts": group(True, {"leave": 0.1, "meetings": 0.25}),
        },
    )
