"""Contacts, derived from legs: one row a contact, though the engine writes only legs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.codes import HANDLED, IN_HAND, REDIAL, REPEAT, WAITING

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Records = npt.NDArray[np.void]

_BLOCK = 8192  # rows: a block of records stays in the cache while its columns are taken out


def columns_of(records: Records, names: tuple[str, ...]) -> dict[str, npt.NDArray[Any]]:
    """Contiguous copies of some columns of a record array."""
    columns = {name: np.empty(len(records), records[name].dtype) for name in names}
    for start in range(0, len(records), _BLOCK):
        block = records[start : start + _BLOCK]
        for name, column in columns.items():
            column[start : start + _BLOCK] = block[name]
    return columns


@dataclass(frozen=True, eq=False)
class Contacts:
    """One row a contact, as columns; row number = contact id, in order of start.

    `first` and `last` are the rows of its first and last leg in `table`, the legs. Columns can be
    read as attributes or by name: `contacts.arrived`, `contacts["arrived"]`.
    """

    table: Records
    queue_channel: IntArray
    issue: IntArray
    outcome: IntArray
    legs: IntArray
    attempt: IntArray
    kind: IntArray
    first: Rows
    last: Rows

    def __len__(self) -> int:
        return len(self.issue)

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        values: npt.NDArray[Any] = getattr(self, column)
        return values

    @cached_property
    def channel(self) -> IntArray:
        """Channel of its first queue."""
        channel: IntArray = self.queue_channel[self.table["queue"][self.first]]
        return channel

    @cached_property
    def arrived(self) -> FloatArray:
        """Entry of its first leg into the queue (s)."""
        return np.ascontiguousarray(self.table["entered"][self.first])

    @cached_property
    def ended(self) -> FloatArray:
        """When the customer was done (s): talk and hold over, or gone; nan if not yet."""
        last = self.table[self.last]
        done = (self.outcome != WAITING) & (self.outcome != IN_HAND)
        return np.where(done, last["left"] + last["talk"] + last["hold"], np.nan)


def derive_contacts(legs: Records, issues: int, queue_channel: IntArray) -> Contacts:
    """Contacts of a legs table (its rows in any order) of `issues` issues."""
    c = columns_of(legs, ("contact", "leg", "issue", "outcome"))
    contact, number = c["contact"], c["leg"]
    per_contact = np.bincount(contact)
    first = np.empty(len(per_contact), np.intp)
    last = first
    if len(per_contact) == len(legs):
        first[contact] = np.arange(len(legs))
    else:
        last = np.empty(len(per_contact), np.intp)
        opening = np.flatnonzero(number == 0)
        closing = np.flatnonzero(number == per_contact[contact] - 1)
        first[contact[opening]] = opening
        last[contact[closing]] = closing
    issue, outcome = c["issue"][first], c["outcome"][last]
    attempt, kind = _attempts(issue, outcome, issues)
    legs_each = per_contact.astype(np.int32)
    return Contacts(legs, queue_channel, issue, outcome, legs_each, attempt, kind, first, last)


def _attempts(issue: IntArray, outcome: IntArray, issues: int) -> tuple[IntArray, IntArray]:
    """Number of each contact within its issue, and its kind; only those that follow are sorted."""
    attempt = np.zeros(len(issue), np.int32)
    kind = np.zeros(len(issue), np.int32)
    opening = np.empty(issues, np.intp)
    opening[issue[::-1]] = np.arange(len(issue) - 1, -1, -1)  # the earliest is written last
    later = np.flatnonzero(opening[issue] != np.arange(len(issue)))
    if len(later):
        later = later[np.argsort(issue[later].astype(np.int64) * len(issue) + later)]
        whose = issue[later]
        starts = np.flatnonzero(np.diff(whose, prepend=-1))
        place = np.arange(len(later))
        attempt[later] = place - np.repeat(starts, np.diff(starts, append=len(later))) + 1
        before = np.roll(later, 1)
        before[starts] = opening[whose[starts]]
        kind[later] = np.where(outcome[before] == HANDLED, REPEAT, REDIAL)
    return attempt, kind
