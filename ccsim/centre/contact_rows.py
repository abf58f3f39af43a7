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
BoolArray = npt.NDArray[np.bool_]
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

    `arrived` is the entry of its first leg into the queue (s), `resolved` whether its last leg
    resolved the issue; `first` and `last` are the rows of those legs in `table`, the legs, and
    `later` those of all legs that are not their contact's first (not a column: one row a leg).
    Columns can be read as attributes or by name: `contacts.arrived`, `contacts["arrived"]`.
    """

    table: Records
    queue_channel: IntArray
    issue: IntArray
    arrived: FloatArray
    outcome: IntArray
    resolved: BoolArray
    legs: IntArray
    attempt: IntArray
    kind: IntArray
    first: Rows
    last: Rows
    later: Rows

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
    def ended(self) -> FloatArray:
        """When the customer was done (s): talk and hold over, or gone; nan if not yet."""
        last = self.table[self.last]
        done = (self.outcome != WAITING) & (self.outcome != IN_HAND)
        return np.where(done, last["left"] + last["talk"] + last["hold"], np.nan)


def derive_contacts(legs: Records, issues: int, queue_channel: IntArray) -> Contacts:
    """Contacts of a legs table (its rows in any order) of `issues` issues."""
    c = columns_of(legs, ("contact", "leg", "issue", "outcome", "entered", "resolved"))
    each, first, last = _ends(c["contact"], c["leg"])
    issue, outcome = c["issue"][first], c["outcome"][last]
    attempt, kind = _attempts(issue, outcome, issues)
    return Contacts(
        table=legs,
        queue_channel=queue_channel,
        issue=issue,
        arrived=c["entered"][first],
        outcome=outcome,
        resolved=c["resolved"][last] == 1,
        legs=each,
        attempt=attempt,
        kind=kind,
        first=first,
        last=last,
        later=np.flatnonzero(c["leg"]) if len(each) < len(legs) else np.zeros(0, np.intp),
    )


def _ends(contact: IntArray, number: IntArray) -> tuple[IntArray, Rows, Rows]:
    """Number of legs of each contact, and the rows of its first and last."""
    each = np.bincount(contact).astype(np.int32)
    first = np.empty(len(each), np.intp)
    if len(each) == len(contact):
        first[contact] = np.arange(len(contact))
        return each, first, first
    last = np.empty(len(each), np.intp)
    opening = np.flatnonzero(number == 0)
    closing = np.flatnonzero(number == each[contact] - 1)
    first[contact[opening]] = opening
    last[contact[closing]] = closing
    return each, first, last


def _attempts(issue: IntArray, outcome: IntArray, issues: int) -> tuple[IntArray, IntArray]:
    """Number of each contact within its issue, and its kind; only those that follow are sorted."""
    attempt = np.zeros(len(issue), np.int32)
    kind = np.zeros(len(issue), np.int32)
    if np.bincount(issue, minlength=1).max() <= 1:
        return attempt, kind
    opening = np.empty(issues, np.intp)
    opening[issue[::-1]] = np.arange(len(issue) - 1, -1, -1)  # the earliest is written last
    later = np.flatnonzero(opening[issue] != np.arange(len(issue)))
    bits = len(issue).bit_length()
    order = np.sort((issue[later].astype(np.int64) << bits) + later)  # one number: sorts fastest
    later, whose = order & ((1 << bits) - 1), order >> bits
    starts = np.flatnonzero(np.diff(whose, prepend=-1))
    attempt[later] = np.arange(1, len(later) + 1) - np.repeat(starts, np.diff(starts, append=len(later)))
    before = np.roll(later, 1)
    before[starts] = opening[whose[starts]]
    kind[later] = np.where(outcome[before] == HANDLED, REPEAT, REDIAL)
    return attempt, kind
