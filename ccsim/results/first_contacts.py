"""First contacts of counted issues as columns, one row an issue: what another centre's can be paired with.

An issue keeps its key under other rules, and its first contact comes at the same moment: so the same
contact can be followed under old and new rules.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import (
    ABANDONED,
    BALKED,
    BLOCKED,
    CLOSED,
    CONTAINED,
    ESCALATED,
    MESSAGE,
    NO_REPLY,
    QUIT,
    SELF_SERVICE,
    SILENT,
    TRANSFERRED,
    Journal,
)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ENDS = ("answered", "abandoned", "turned away", "self-service", "still open")
ANSWERED, GONE, TURNED_AWAY, ALONE, STILL_OPEN = range(len(ENDS))
_END_OF = {
    **dict.fromkeys((ABANDONED, SILENT, BALKED), GONE),
    **dict.fromkeys((BLOCKED, CLOSED, MESSAGE), TURNED_AWAY),
    **dict.fromkeys((CONTAINED, QUIT), ALONE),
}
NOBODY_THERE = (SILENT, NO_REPLY)  # an agent took it, and found nobody


@dataclass(frozen=True, eq=False)
class FirstContacts:
    """One row an issue born in the counted weeks, in order of its key.

    cell: as the journal numbers them. hour: of the week from Monday (0-167), of its arrival. end: a place
    in `ENDS`; answered is who spoke to a person, whatever came after. wait (s): of its first stay in a
    queue for people, until answered or gone; nan while it waits, and where there was none. group: whose
    agent answered first, -1 nobody. passed_on: transferred or escalated. resolved: with this contact.
    """

    key: npt.NDArray[np.uint64]
    cell: Ints
    hour: Ints
    end: Ints
    wait: Floats
    group: Ints
    passed_on: Bools
    resolved: Bools

    def __len__(self) -> int:
        return len(self.key)

    def take(self, rows: npt.NDArray[np.intp]) -> FirstContacts:
        """Some of the rows."""
        return FirstContacts(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def first_contacts(journal: Journal, first_weekday: int) -> FirstContacts:
    """Those of a journal; `first_weekday` is that of its first counted day, Monday 0."""
    contacts, issues, legs = journal.contacts, journal.issues, journal.legs
    rows = np.flatnonzero((contacts.attempt == 0) & journal.counted(issues["born"])[contacts.issue])
    issue = contacts.issue[rows]
    order = np.argsort(issues["key"][issue], kind="stable")
    rows, issue = rows[order], issue[order]
    born = issues["born"][issue]
    group = answering_group(journal)[rows]
    queued = legs[contacts.queued[rows]]
    alone = journal.names.queue_kind[queued["queue"]] == SELF_SERVICE
    return FirstContacts(
        key=issues["key"][issue],
        cell=issues["cell"][issue].astype(np.int64),
        hour=(np.floor(born / 3600.0).astype(np.int64) + 24 * first_weekday) % 168,
        end=np.where(group >= 0, ANSWERED, _end_codes(contacts.outcome[rows])),
        wait=np.where(alone, np.nan, queued["left"] - queued["entered"]),
        group=group,
        passed_on=_passed_on(journal)[rows],
        resolved=contacts.resolved[rows],
    )


def answered_legs(journal: Journal) -> npt.NDArray[np.intp]:
    """Rows of the legs in which an agent met the customer."""
    legs = journal.legs
    return np.flatnonzero((legs["agent"] >= 0) & ~np.isin(legs["outcome"], NOBODY_THERE))


def answering_group(journal: Journal) -> Ints:
    """Of every contact, the group that answered it first; -1 nobody."""
    legs = journal.legs
    rows = answered_legs(journal)
    rows = rows[np.argsort(-legs["leg"][rows], kind="stable")]  # the first leg is written last
    group = np.full(len(journal.contacts), -1, np.int64)
    group[legs["contact"][rows]] = legs["group"][rows]
    return group


def _passed_on(journal: Journal) -> Bools:
    legs = journal.legs
    on = np.isin(legs["outcome"], (TRANSFERRED, ESCALATED))
    return np.bincount(legs["contact"][on], minlength=len(journal.contacts)) > 0


def _end_codes(outcome: npt.NDArray[np.int32]) -> Ints:
    table = np.full(int(outcome.max(initial=0)) + 1, STILL_OPEN, np.int64)
    for code, end in _END_OF.items():
        if code < len(table):
            table[code] = end
    return table[outcome]
