"""A journal made by hand with everything but a telephone's day: its measures are known by hand.

Channels voice (80 % in 20 s), chat (80 % in 60 s), email (60 % in a day) and messaging (no target);
one skill, a call-back list, a chatbot before the chat. Agents 0 and 1 take three chats at once, or one
of anything else. One counted week.
"""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

import handmade
import numpy as np

from ccsim.centre import journal as j

DAY, WEEK = handmade.DAY, handmade.WEEK
NAN = float("nan")
CHANNELS = ("voice", "chat", "email", "messaging")
VOICE, CHAT, EMAIL, MESSAGING, LIST, BOT = range(6)  # queues; the first four are channels too


def names() -> j.Names:
    def ints(*values: int) -> Any:
        return np.array(values, np.int32)

    return j.Names(
        channels=CHANNELS,
        intents=("care",),
        segments=("all",),
        skills=("care",),
        groups=("desk",),
        sites=("main",),
        agents=ints(0, 0),
        cell_channel=ints(0, 1, 2, 3),
        cell_intent=ints(0, 0, 0, 0),
        cell_segment=ints(0, 0, 0, 0),
        queue_channel=ints(0, 1, 2, 3, 0, 1),
        queue_skill=ints(0, 0, 0, 0, 0, 0),
        queue_kind=ints(0, 0, 0, 0, j.CALLBACK, j.SELF_SERVICE),
        bots=("chatbot",),
    )


def session(start: float, end: float, outcome: int, **more: float) -> dict[str, float]:
    """A stay with the chatbot."""
    return {"queue": BOT, "entered": start, "left": end, "ended": end, "outcome": outcome, **more}


def alone(queue: int, start: float, end: float, outcome: int) -> dict[str, float]:
    """A stay in a queue that no agent ended."""
    return {"queue": queue, "entered": start, "left": end, "ended": end, "outcome": outcome}


def served(
    queue: int, agent: int, start: float, left: float, outcome: int, talk: float, **more: float
) -> dict[str, float]:
    """A stay in a queue that an agent ended."""
    end = left + talk + more.get("wrap", 0.0)
    return {"queue": queue, "agent": agent, "group": 0, "entered": start, "left": left, "ended": end,
            "outcome": outcome, "talk": talk, **more}  # fmt: skip


YES = {"resolved": 1}
# Issue and legs of each contact, in order of arrival.
CONTACTS: list[tuple[int, list[dict[str, float]]]] = [
    (0, [session(28800.0, 28860.0, j.CONTAINED, **YES)]),
    (1, [session(28900.0, 29000.0, j.CONTAINED)]),  # falsely: comes back by voice
    (2, [session(29000.0, 29050.0, j.HANDED_OVER),
         served(CHAT, 0, 29050.0, 29060.0, j.HANDLED, 300.0, wrap=30.0, context=1, **YES)]),
    (3, [session(29020.0, 29040.0, j.ASKED),
         served(CHAT, 0, 29040.0, 29140.0, j.HANDLED, 400.0)]),  # beside the one before
    (4, [session(29200.0, 29230.0, j.QUIT)]),
    (5, [served(CHAT, 1, 29300.0, 29350.0, j.DROPPED, 60.0)]),
    (6, [served(CHAT, 1, 29400.0, 29500.0, j.SILENT, 60.0)]),
    (7, [alone(VOICE, 30000.0, 30000.0, j.TO_CALLBACK),
         served(LIST, 1, 30000.0, 30600.0, j.NO_REPLY, 20.0, context=1),
         served(LIST, 1, 31000.0, 31200.0, j.HANDLED, 220.0, wrap=10.0, context=1, **YES)]),
    (8, [served(EMAIL, 0, 32400.0, 36000.0, j.INTERRUPTED, 100.0),
         served(EMAIL, 0, 36100.0, 37000.0, j.HANDLED, 200.0, wrap=20.0, context=1, **YES)]),
    (1, [served(VOICE, 1, 40000.0, 40010.0, j.HANDLED, 200.0, **YES)]),
    (9, [alone(VOICE, 70000.0, 70000.0, j.MESSAGE)]),
    (9, [served(EMAIL, 0, 70000.0, 118800.0, j.HANDLED, 300.0, **YES)]),
    (10, [served(EMAIL, 0, 72000.0, 205200.0, j.HANDLED, 100.0)]),  # a day late
    (11, [served(MESSAGING, 1, 75600.0, 119200.0, j.REPLIED, 60.0),
          served(MESSAGING, 1, 120000.0, 120050.0, j.HANDLED, 60.0, wrap=10.0, context=1, **YES)]),
    (12, [alone(VOICE, 202000.0, 202030.0, j.ABANDONED)]),
    (12, [served(VOICE, 1, 203000.0, 203005.0, j.ESCALATED, 100.0),
          served(VOICE, 0, 203105.0, 203115.0, j.HANDLED, 200.0, **YES)]),
    (13, [{"queue": EMAIL, "entered": 600000.0, "left": NAN, "ended": NAN, "outcome": j.WAITING}]),
    (14, [served(MESSAGING, 1, 604000.0, 604100.0, j.REPLIED, 60.0),
          {"queue": MESSAGING, "entered": 604160.0, "left": NAN, "ended": NAN, "outcome": j.AWAITING}]),
    (15, [session(1209590.0, NAN, j.IN_SESSION)]),
]  # fmt: skip

R, G, O = j.RESOLVED, j.GAVE_UP, j.OPEN  # noqa: E741
# Channel, birth, status and end of each issue.
ISSUES = [
    (CHAT, 28800.0, R, 28860.0), (CHAT, 28900.0, R, 40210.0), (CHAT, 29000.0, R, 29360.0),
    (CHAT, 29020.0, G, 29540.0), (CHAT, 29200.0, G, 29230.0), (CHAT, 29300.0, G, 29410.0),
    (CHAT, 29400.0, G, 29560.0), (VOICE, 30000.0, R, 31420.0), (EMAIL, 32400.0, R, 37200.0),
    (VOICE, 70000.0, R, 119100.0), (EMAIL, 72000.0, G, 205300.0), (MESSAGING, 75600.0, R, 120110.0),
    (VOICE, 202000.0, R, 203315.0), (EMAIL, 600000.0, O, NAN), (MESSAGING, 604000.0, O, NAN),
    (CHAT, 1209590.0, O, NAN),
]  # fmt: skip

SEATS = [
    *((a, j.SEATED, day * DAY + 28800.0, day * DAY + 43200.0) for day in (0, 1, 2) for a in (0, 1)),
    (1, j.SEATED, 601200.0, 604800.0),
]


def journal() -> j.Journal:
    """The journal; its legs in the order in which they ended, as an engine writes them."""
    issues = np.zeros(len(ISSUES), j.ISSUE)
    issues[:] = [(n, cell, -1, *rest) for n, (cell, *rest) in enumerate(ISSUES)]
    rows = [
        {"contact": number, "issue": issue, "leg": leg, "agent": -1, "group": -1, **row}
        for number, (issue, parts) in enumerate(CONTACTS)
        for leg, row in enumerate(parts)
    ]
    rows.sort(key=lambda row: row["ended"] if row["ended"] == row["ended"] else np.inf)
    legs = np.zeros(len(rows), j.LEG)
    for record, row in zip(legs, rows, strict=True):
        for name, value in row.items():
            record[name] = value
    presence = np.array([(*row, row[-1]) for row in SEATS], j.PRESENCE)
    return j.Journal(1, 0, "simpy", -DAY, WEEK, 2 * WEEK, names(), issues, legs, presence)


def scenario() -> Any:
    """What the results read of a scenario."""
    group = handmade.group(True, {}, voice=1, chat=3, email=1, messaging=1)
    messaging = handmade.channel("messaging", None)
    messaging.due = None
    return SimpleNamespace(
        interval=1800,
        weeks=1,
        start=datetime.date(2026, 1, 5),
        currency="EUR",
        channels={
            "voice": handmade.channel(),
            "chat": handmade.channel("chat", 0.8, 60.0),
            "email": handmade.channel("deferred", 0.6, float(DAY)),
            "messaging": messaging,
        },
        agents={"desk": group},
        **handmade.rooms(),
    )
