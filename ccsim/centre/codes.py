"""Codes and row layouts of the journal: the small integers that stand for what happened."""

from __future__ import annotations

import struct
from typing import Final

import numpy as np

# Outcome of a leg; a contact has the outcome of its last leg.
HANDLED: Final = 1
TRANSFERRED: Final = 2  # handled, then passed on
ABANDONED: Final = 3
BALKED: Final = 4  # left at once rather than wait
BLOCKED: Final = 5  # no line or no place in the queue
CLOSED: Final = 6  # outside opening hours
WAITING: Final = 7  # still in the queue at the end of the run
IN_HAND: Final = 8  # still with an agent at the end of the run
DROPPED: Final = 9  # the customer left in the middle of the session
SILENT: Final = 10  # gave up waiting without a sign; an agent lost time on it
MESSAGE: Final = 11  # found the doors closed and left a message
CONTAINED: Final = 12  # left self-service served, or so it seems
QUIT: Final = 13  # gave up in self-service
HANDED_OVER: Final = 14  # from self-service on to people
ASKED: Final = 15  # asked for a person in self-service
IN_SESSION: Final = 16  # in self-service at the end of the run
TO_CALLBACK: Final = 17  # took the offer of a call-back
NO_REPLY: Final = 18  # called back, nobody there
INTERRUPTED: Final = 19  # put back into the queue for a live contact
REPLIED: Final = 20  # a turn answered; the customer writes next
AWAITING: Final = 21  # at the end of the run: the customer's turn
ESCALATED: Final = 22  # handled, then passed to a higher tier
OUTCOMES: Final = (
    "",
    "handled",
    "transferred",
    "abandoned",
    "balked",
    "blocked",
    "closed",
    "waiting",
    "in_hand",
    "dropped",
    "silent",
    "message",
    "contained",
    "quit",
    "handed_over",
    "asked",
    "in_session",
    "to_callback",
    "no_reply",
    "interrupted",
    "replied",
    "awaiting",
    "escalated",
)

# Kind of a queue.
PEOPLE: Final = 0
CALLBACK: Final = 1  # a list of customers to be called back
SELF_SERVICE: Final = 2

# Status of an issue.
OPEN: Final = 0
RESOLVED: Final = 1
GAVE_UP: Final = 2
STATUSES: Final = ("open", "resolved", "gave_up")

# Kind of a contact.
FIRST: Final = 0
REDIAL: Final = 1  # the contact before was not handled
REPEAT: Final = 2  # the contact before was handled and did not resolve the issue
BOUNCE: Final = 3  # the contact before was contained by self-service and did not resolve it
FOLLOW_UP: Final = 4  # the contact before left a message
KINDS: Final = ("first", "redial", "repeat", "bounce", "follow_up")

# State of an agent in `presence`; READY and HANDLING (parts of SEATED) appear in spells only.
OFF: Final = 0
SEATED: Final = 1
BREAK: Final = 2
ABSENT: Final = 3
AWAY: Final = 4  # meetings, training, not adhering to the plan
READY: Final = 5
HANDLING: Final = 6
STATES: Final = ("off", "seated", "break", "absent", "away", "ready", "handling")

ISSUE: Final = np.dtype(
    [
        ("key", "u8"),  # key of its draws
        ("cell", "i4"),
        ("customer", "i4"),  # index within its segment; -1 unknown
        ("born", "f8"),  # arrival of its first contact
        ("status", "i4"),
        ("ended", "f8"),  # nan while open
    ],
    align=False,
)
LEG: Final = np.dtype(
    [
        ("contact", "i4"),
        ("issue", "i4"),
        ("leg", "i4"),  # 0 for the first queue of a contact, 1 after one transfer, ...
        ("intent", "i4"),  # the intent it was handled as
        ("queue", "i4"),
        ("group", "i4"),  # -1 where nobody answered
        ("agent", "i4"),  # -1 where nobody answered
        ("outcome", "i4"),
        ("entered", "f8"),  # into the queue
        ("left", "f8"),  # answered, or left the queue; nan if still waiting at the end
        ("ended", "f8"),  # agent and customer done with this leg; nan if not yet at the end
        ("talk", "f8"),  # 0 where not handled; the whole drawn length where in hand at the end
        ("hold", "f8"),
        ("wrap", "f8"),
        ("resolved", "i4"),  # 1 if this leg resolved the issue
        ("context", "i4"),  # 1 if nothing need be told again in this leg
    ],
    align=False,
)
PRESENCE: Final = np.dtype(
    [
        ("agent", "i4"),
        ("state", "i4"),
        ("start", "f8"),
        ("end", "f8"),
        ("due", "f8"),  # when it should have ended by plan
    ],
    align=False,
)

# The same rows for `struct`, for a clock that packs them one by one.
ISSUE_ROW: Final = struct.Struct("=Qiidid")
LEG_ROW: Final = struct.Struct("=8i6d2i")
PRESENCE_ROW: Final = struct.Struct("=2i3d")
