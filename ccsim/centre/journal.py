"""The journal of one replication: what happened, in columns, with small integers for names.

The engine writes three tables (issues, legs, presence). Contacts and agent spells are derived from
them at first use, so no row is written twice. Nothing here computes a measure.

Times are float seconds from local midnight of the scenario's start; warm-up is negative time.
A row is attributed by its start: "counted" means 0 <= time < `counted_until`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.spells import Spells, agent_spells

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Records = npt.NDArray[np.void]

# Outcome of a leg; a contact has the outcome of its last leg.
HANDLED: Final = 1
TRANSFERRED: Final = 2  # handled, then passed on
ABANDONED: Final = 3
BALKED: Final = 4  # left at once rather than wait
BLOCKED: Final = 5  # no line or no place in the queue
CLOSED: Final = 6  # outside opening hours
WAITING: Final = 7  # still in the queue at the end of the run
IN_HAND: Final = 8  # still with an agent at the end of the run
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
)

# Status of an issue.
OPEN: Final = 0
RESOLVED: Final = 1
GAVE_UP: Final = 2
STATUSES: Final = ("open", "resolved", "gave_up")

# Kind of a contact.
FIRST: Final = 0
REDIAL: Final = 1  # the contact before was not handled
REPEAT: Final = 2  # the contact before was handled and did not resolve the issue
KINDS: Final = ("first", "redial", "repeat")

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
        ("talk", "f8"),  # 0 where not handled; the whole drawn length where in hand at the end
        ("hold", "f8"),
        ("wrap", "f8"),
        ("resolved", "i4"),  # 1 if this leg resolved the issue
        ("context", "i4"),  # 1 if it came by a warm transfer: nothing need be told again
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
LEG_ROW: Final = struct.Struct("=8i5d2i")
PRESENCE_ROW: Final = struct.Struct("=2i3d")


@dataclass(frozen=True, eq=False)
class Names:
    """What the journal's integers stand for.

    A cell is (channel, intent, segment), a queue (channel, skill); the arrays `cell_*` and
    `queue_*` hold their parts. `sites` has one entry a group, `agents` the group of each agent.
    """

    channels: tuple[str, ...]
    intents: tuple[str, ...]
    segments: tuple[str, ...]
    skills: tuple[str, ...]
    groups: tuple[str, ...]
    sites: tuple[str, ...]
    agents: IntArray
    cell_channel: IntArray
    cell_intent: IntArray
    cell_segment: IntArray
    queue_channel: IntArray
    queue_skill: IntArray

    @property
    def queues(self) -> tuple[str, ...]:
        """Names of the queues, such as 'voice/billing'."""
        pairs = zip(self.queue_channel.tolist(), self.queue_skill.tolist(), strict=True)
        return tuple(f"{self.channels[c]}/{self.skills[s]}" for c, s in pairs)

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.cell_channel)


@dataclass(frozen=True, eq=False)
class Contacts:
    """One row a contact, as columns; row number = contact id, in order of start.

    `arrived` is the first leg's entry into its queue; `ended` when the customer was done (the last
    leg left its queue unanswered, or talk and hold were over), nan if waiting or in hand.
    `first` and `last` are the rows of its first and last leg in the legs table.
    """

    issue: IntArray
    attempt: IntArray
    kind: IntArray
    channel: IntArray
    arrived: FloatArray
    ended: FloatArray
    outcome: IntArray
    legs: IntArray
    first: npt.NDArray[np.intp]
    last: npt.NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.issue)

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        values: npt.NDArray[Any] = getattr(self, column)
        return values


@dataclass(frozen=True, eq=False)
class Journal:
    """Everything one replication did. `clock` is 'simpy' or 'compiled'; times in seconds."""

    seed: int
    replication: int
    clock: str
    begin: float
    counted_until: float
    end: float
    names: Names
    issues: Records
    legs: Records
    presence: Records

    @cached_property
    def contacts(self) -> Contacts:
        """The contacts, derived from legs."""
        return derive_contacts(self.legs, len(self.issues), self.names.queue_channel)

    def spells(self) -> Spells:
        """What each agent did from when to when, derived from presence and legs."""
        return agent_spells(self.presence, self.legs, self.end)

    def counted(self, times: FloatArray) -> BoolArray:
        """Which of `times` (s) lie in the counted weeks."""
        inside: BoolArray = (times >= 0.0) & (times < self.counted_until)
        return inside

    @cached_property
    def counted_contacts(self) -> BoolArray:
        """Mask over contacts: arrived in the counted weeks."""
        return self.counted(self.contacts.arrived)

    @cached_property
    def counted_issues(self) -> BoolArray:
        """Mask over issues: born in the counted weeks."""
        return self.counted(self.issues["born"])


def derive_contacts(legs: Records, issues: int, queue_channel: IntArray) -> Contacts:
    """Contacts of a legs table (in any order of rows) of `issues` issues."""
    contact = legs["contact"]
    per_contact = np.bincount(contact)
    number = legs["leg"]
    rows = np.arange(len(legs))
    first = np.zeros(len(per_contact), np.intp)
    last = np.zeros(len(per_contact), np.intp)
    opening = number == 0
    closing = number == per_contact[contact] - 1
    first[contact[opening]] = rows[opening]
    last[contact[closing]] = rows[closing]
    issue = np.ascontiguousarray(legs["issue"][first])
    outcome = np.ascontiguousarray(legs["outcome"][last])
    attempt, kind = _attempts(issue, outcome, issues)
    return Contacts(
        issue=issue,
        attempt=attempt,
        kind=kind,
        channel=queue_channel[legs["queue"][first]],
        arrived=np.ascontiguousarray(legs["entered"][first]),
        ended=_ended(legs, last, outcome),
        outcome=outcome,
        legs=per_contact.astype(np.int32),
        first=first,
        last=last,
    )


def _ended(legs: Records, last: npt.NDArray[np.intp], outcome: IntArray) -> FloatArray:
    done = (outcome != WAITING) & (outcome != IN_HAND)
    gone: FloatArray = legs["left"][last] + legs["talk"][last] + legs["hold"][last]
    return np.where(done, gone, np.nan)


def _attempts(issue: IntArray, outcome: IntArray, issues: int) -> tuple[IntArray, IntArray]:
    """Number of each contact within its issue, and its kind.

    One round an attempt, each on the contacts left over: no sort, since most issues have one.
    """
    attempt = np.zeros(len(issue), np.int32)
    kind = np.zeros(len(issue), np.int32)
    before = np.full(issues, -1, np.intp)
    left = np.arange(len(issue))
    number = 0
    while len(left):
        head = np.full(issues, -1, np.intp)
        head[issue[left[::-1]]] = left[::-1]
        heads = head[issue[left]] == left
        now = left[heads]
        attempt[now] = number
        if number:
            answered = outcome[before[issue[now]]] == HANDLED
            kind[now] = np.where(answered, REPEAT, REDIAL)
        before[issue[now]] = now
        left = left[~heads]
        number += 1
    return attempt, kind
