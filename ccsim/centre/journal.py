"""The journal of one replication: what happened, in columns, with small integers for names.

The engine writes three tables (issues, legs, presence). Contacts and agent spells are derived from
them at first use, so no row is written twice. Nothing here computes a measure.

Times are float seconds from local midnight of the scenario's start; warm-up is negative time.
A row is attributed by its start: "counted" means 0 <= time < `counted_until`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ccsim.centre.codes import (
    ABANDONED,
    ABSENT,
    AWAY,
    BALKED,
    BLOCKED,
    BREAK,
    CLOSED,
    FIRST,
    GAVE_UP,
    HANDLED,
    HANDLING,
    IN_HAND,
    ISSUE,
    ISSUE_ROW,
    KINDS,
    LEG,
    LEG_ROW,
    OFF,
    OPEN,
    OUTCOMES,
    PRESENCE,
    PRESENCE_ROW,
    READY,
    REDIAL,
    REPEAT,
    RESOLVED,
    SEATED,
    STATES,
    STATUSES,
    TRANSFERRED,
    WAITING,
)
from ccsim.centre.contact_rows import Contacts, columns_of, derive_contacts
from ccsim.centre.spells import Spells, agent_spells

__all__ = [
    "ABANDONED",
    "ABSENT",
    "AWAY",
    "BALKED",
    "BLOCKED",
    "BREAK",
    "CLOSED",
    "FIRST",
    "GAVE_UP",
    "HANDLED",
    "HANDLING",
    "IN_HAND",
    "ISSUE",
    "ISSUE_ROW",
    "KINDS",
    "LEG",
    "LEG_ROW",
    "OFF",
    "OPEN",
    "OUTCOMES",
    "PRESENCE",
    "PRESENCE_ROW",
    "READY",
    "REDIAL",
    "REPEAT",
    "RESOLVED",
    "SEATED",
    "STATES",
    "STATUSES",
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
