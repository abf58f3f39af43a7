"""Legs in order of contact and leg, as columns: what came before each of them can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import NO_REPLY, OUTCOMES, SELF_SERVICE, SILENT, Journal, columns_of

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

_NAMES = (
    "contact", "issue", "leg", "queue", "group", "agent", "outcome", "context", "entered", "left", "ended",
    "talk", "hold",
)  # fmt: skip


def one_of(codes: tuple[int, ...]) -> Mask:
    """A table that says of each outcome whether it is one of these: looked up, not searched."""
    table = np.zeros(len(OUTCOMES), np.bool_)
    table[list(codes)] = True
    return table


_IN_VAIN = one_of((NO_REPLY, SILENT))


@dataclass(frozen=True, eq=False)
class OrderedLegs:
    """Columns of the legs, in order of contact and leg.

    `first`: where each contact's first leg stands, `queued` its first in a queue for people (as
    `Contacts` have them). `session`: a stay in self-service; `spoke`: customer and agent met.
    """

    first: Rows
    queued: Rows
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
    talk: FloatArray
    hold: FloatArray
    session: Mask
    spoke: Mask

    @classmethod
    def of(cls, journal: Journal) -> OrderedLegs:
        """The legs of a journal."""
        c = columns_of(journal.legs, _NAMES)
        each = journal.contacts.legs
        first = np.cumsum(each, dtype=np.intp) - each
        at = first[c["contact"]] + c["leg"]
        row = np.empty(len(at), np.intp)
        row[at] = np.arange(len(at))
        ordered = {name: column[row] for name, column in c.items()}
        session = journal.names.queue_kind[ordered["queue"]] == SELF_SERVICE
        queued = first + (session[first] & (each > 1))
        ordered["context"] = ordered["context"] != 0
        spoke = (ordered["agent"] >= 0) & ~_IN_VAIN[ordered["outcome"]]
        return cls(first, queued, **ordered, session=session, spoke=spoke)

    @property
    def spoken(self) -> FloatArray:
        """When talk and hold of each leg were over (s)."""
        return self.left + self.talk + self.hold

    def before(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of each leg, the value of the leg before it; 0 where it is its contact's first."""
        moved = np.roll(values, 1)
        moved[self.first] = 0
        return moved

    def by_contact(self, which: Mask) -> Mask:
        """Which contacts have such a leg."""
        return np.bincount(self.contact[which], minlength=len(self.first)) > 0
