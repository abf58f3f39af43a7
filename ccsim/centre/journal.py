"""The journal of one replication: what happened, in columns, with small integers for names.

The engine writes three tables (issues, legs, presence). Contacts and agent spells are derived from
them at first use, so no row is written twice. Nothing here computes a measure.

Times are float seconds from local midnight of the scenario's start; warm-up is negative time.
A row is attributed by its start: "counted" means 0 <= time < `counted_until`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.codes import (
    ABANDONED,
    ABSENT,
    ASKED,
    AWAITING,
    AWAY,
    BALKED,
    BLOCKED,
    BOUNCE,
    BREAK,
    CALLBACK,
    CLOSED,
    CONTAINED,
    DROPPED,
    ESCALATED,
    FIRST,
    FOLLOW_UP,
    GAVE_UP,
    HANDED_OVER,
    HANDLED,
    HANDLING,
    IN_HAND,
    IN_SESSION,
    INTERRUPTED,
    ISSUE,
    ISSUE_ROW,
    KINDS,
    LEG,
    LEG_ROW,
    MESSAGE,
    NO_REPLY,
    OFF,
    OPEN,
    OUTCOMES,
    PEOPLE,
    PRESENCE,
    PRESENCE_ROW,
    QUIT,
    READY,
    REDIAL,
    REPEAT,
    REPLIED,
    RESOLVED,
    SEATED,
    SELF_SERVICE,
    SILENT,
    STATES,
    STATUSES,
    TO_CALLBACK,
    TRANSFERRED,
    WAITING,
)
from ccsim.centre.contact_rows import Contacts, columns_of, derive_contacts
from ccsim.centre.spells import Spells, agent_spells

__all__ = [
    "ABANDONED",
    "ABSENT",
    "ASKED",
    "AWAITING",
    "AWAY",
    "BALKED",
    "BLOCKED",
    "BOUNCE",
    "BREAK",
    "CALLBACK",
    "CLOSED",
    "CONTAINED",
    "DROPPED",
    "ESCALATED",
    "FIRST",
    "FOLLOW_UP",
    "GAVE_UP",
    "HANDED_OVER",
    "HANDLED",
    "HANDLING",
    "INTERRUPTED",
    "IN_HAND",
    "IN_SESSION",
    "ISSUE",
    "ISSUE_ROW",
    "KINDS",
    "LEG",
    "LEG_ROW",
    "MESSAGE",
    "NO_REPLY",
    "OFF",
    "OPEN",
    "OUTCOMES",
    "PEOPLE",
    "PRESENCE",
    "PRESENCE_ROW",
    "QUIT",
    "READY",
    "REDIAL",
    "REPEAT",
    "REPLIED",
    "RESOLVED",
    "SEATED",
    "SELF_SERVICE",
    "SILENT",
    "STATES",
    "STATUSES",
    "TO_CALLBACK",
    "TRANSFERRED",
    "WAITING",
    "Contacts",
    "Journal",
    "Names",
    "Records",
    "Spells",
    "columns_of",
]

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Records = npt.NDArray[np.void]


@dataclass(frozen=True, eq=False)
class Names:
    """What the journal's integers stand for.

    A cell is (channel, intent, segment); the arrays `cell_*` hold their parts. A queue is (channel,
    skill), the people's queues first, then call-back lists, then (channel, self-service):
    `queue_channel`, `queue_kind` (PEOPLE, CALLBACK, SELF_SERVICE) and `queue_skill`, which counts
    `bots` where the kind is SELF_SERVICE. `sites` has one entry a group, `agents` the group of each
    agent.
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
    queue_kind: IntArray
    bots: tuple[str, ...] = ()

    @property
    def queues(self) -> tuple[str, ...]:
        """Names of the queues: 'voice/billing', 'voice/billing (call-back)', 'chat/chatbot'."""
        parts = zip(
            self.queue_channel.tolist(), self.queue_skill.tolist(), self.queue_kind.tolist(), strict=True
        )
        return tuple(self._queue_name(*part) for part in parts)

    def _queue_name(self, channel: int, skill: int, kind: int) -> str:
        what = self.bots[skill] if kind == SELF_SERVICE else self.skills[skill]
        return f"{self.channels[channel]}/{what}" + (" (call-back)" if kind == CALLBACK else "")

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.cell_channel)


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
    outreach: Any = None  # `demand.outreach`: contacts prevented before they came about
    people: Any = None  # of each agent: hired, left, tenure at the start
    strains: Any = None  # of each agent, week by week; None where strain is off

    @cached_property
    def contacts(self) -> Contacts:
        """The contacts, derived from legs."""
        return derive_contacts(self.legs, len(self.issues), self.names)

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
