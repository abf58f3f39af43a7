"""Legs in order of contact and leg, as columns: what came before each of them can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import NO_REPLY, SELF_SERVICE, SILENT, Journal, columns_of

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_NAMES = (
    "contact", "issue", "leg", "queue", "group", "agent", "outcome", "context", "entered", "left", "ended",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class OrderedLegs:
    """Columns of the legs, in order of contact and leg.

    `row`: of the journal's legs. `session`: a stay in self-service; `spoke`: customer and agent met.
    """

    row: npt.NDArray[np.intp]
    contact: IntArray
    issue: IntArray
    leg: IntArray
    queue: IntArray
    group: IntArray
    agent: IntArray
    outcome: IntArray
    context: Mask
    entered: FloatArray
    left: FloatArray
    ended: FloatArray
    session: Mask
    spoke: Mask

    @classmethod
    def of(cls, journal: Journal) -> OrderedLegs:
        """The legs of a journal."""
        c = columns_of(journal.legs, _NAMES)
        contacts = journal.contacts
        place = np.cumsum(contacts.legs) - contacts.legs  # where each contact begins
        at = place[c["contact"]] + c["leg"]
        row = np.empty(len(at), np.intp)
        row[at] = np.arange(len(at))
        ordered = {name: column[row] for name, column in c.items()}
        session = journal.names.queue_kind[ordered["queue"]] == SELF_SERVICE
        in_vain = np.isin(ordered["outcome"], (NO_REPLY, SILENT))
        ordered["context"] = ordered["context"] != 0
        return cls(row, **ordered, session=session, spoke=(ordered["agent"] >= 0) & ~in_vain)

    def before(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of each leg, the value of the leg before it; 0 where it is its contact's first."""
        moved = np.roll(values, 1)
        moved[self.leg == 0] = 0
        return moved

    def by_contact(self, which: Mask) -> Mask:
        """Which contacts have such a leg."""
        size = int(self.contact[-1]) + 1 if len(self.contact) else 0
        return np.bincount(self.contact[which], minlength=size) > 0
