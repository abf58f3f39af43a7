"""Contacts, derived from legs: one row a contact, though the engine writes only legs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.codes import (
    AWAITING,
    BOUNCE,
    CONTAINED,
    FOLLOW_UP,
    HANDLED,
    IN_HAND,
    IN_SESSION,
    MESSAGE,
    OUTCOMES,
    QUIT,
    REDIAL,
    REPEAT,
    SELF_SERVICE,
    WAITING,
)

if TYPE_CHECKING:
    from ccsim.centre.journal import Names

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Records = npt.NDArray[np.void]

_BLOCK = 8192  # rows: a block of records stays in the cache while its columns are taken out
_NOT_DONE = (WAITING, IN_HAND, IN_SESSION, AWAITING)


def _kinds_after() -> IntArray:
    """Kind of a contact by the outcome of the one before it."""
    kinds = np.full(len(OUTCOMES), REDIAL, np.int32)
    kinds[[HANDLED, CONTAINED, MESSAGE]] = (REPEAT, BOUNCE, FOLLOW_UP)
    return kinds


_KIND_AFTER = _kinds_after()


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

    `arrived` is the entry of its first leg (s), `resolved` whether its last leg resolved the issue.
    Rows of legs in `table`: `first` and `last` of each contact, and `queued`, the first in a queue
    for people: after self-service, if it went on from there, else the same as `first`.
    Not columns: `later` are the rows of all legs that are not their contact's `queued`;
    `returning` the contacts that are not their issue's first, `before` the contact before each;
    `seen` the outcomes of legs that occur.
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
    queued: Rows
    later: Rows
    returning: Rows
    before: Rows
    seen: tuple[int, ...]

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
        spoken = last["left"] + last["talk"] + last["hold"]
        alone = (self.outcome == CONTAINED) | (self.outcome == QUIT)
        return np.where(np.isin(self.outcome, _NOT_DONE), np.nan, np.where(alone, last["ended"], spoken))


def derive_contacts(legs: Records, issues: int, names: Names) -> Contacts:
    """Contacts of a legs table (its rows in any order) of `issues` issues."""
    c = columns_of(legs, ("contact", "leg", "issue", "outcome", "entered", "resolved"))
    each, first, last = _ends(c["contact"], c["leg"])
    issue, outcome = c["issue"][first], c["outcome"][last]
    attempt, kind, returning, before = _attempts(issue, outcome, issues)
    queued, later = first, np.zeros(0, np.intp)
    if (names.queue_kind == SELF_SERVICE).any():
        queued, later = _after_self_service(c, first, names.queue_kind[legs["queue"]] == SELF_SERVICE)
    elif len(each) < len(legs):
        later = np.flatnonzero(c["leg"])
    return Contacts(
        table=legs,
        queue_channel=names.queue_channel,
        issue=issue,
        arrived=c["entered"][first],
        outcome=outcome,
        resolved=c["resolved"][last] == 1,
        legs=each,
        attempt=attempt,
        kind=kind,
        first=first,
        last=last,
        queued=queued,
        later=later,
        returning=returning,
        before=before,
        seen=tuple(np.flatnonzero(np.bincount(c["outcome"])).tolist()),
    )


def _after_self_service(c: dict[str, npt.NDArray[Any]], first: Rows, session: BoolArray) -> tuple[Rows, Rows]:
    """The first leg of each contact that is no session (if any is), and all other legs.

    Self-service stands before people: only the first leg of a contact can be a session.
    """
    second = np.flatnonzero(c["leg"] == 1)
    second = second[session[first[c["contact"][second]]]]
    queued = first.copy()
    queued[c["contact"][second]] = second
    others = np.ones(len(session), np.bool_)
    others[queued] = False
    return queued, np.flatnonzero(others)


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


def _attempts(issue: IntArray, outcome: IntArray, issues: int) -> tuple[IntArray, IntArray, Rows, Rows]:
    """Number of each contact within its issue, its kind, and those that return; only they are sorted."""
    attempt = np.zeros(len(issue), np.int32)
    kind = np.zeros(len(issue), np.int32)
    if np.bincount(issue, minlength=1).max() <= 1:
        return attempt, kind, np.zeros(0, np.intp), np.zeros(0, np.intp)
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
    kind[later] = _KIND_AFTER[outcome[before]]
    return attempt, kind, later, before
