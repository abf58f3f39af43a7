"""Facts of issues born in the counted weeks: contacts taken, and what the first ones resolved."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import HANDLED, STATUSES, Journal
from ccsim.results.axis import Axis, Runs, Slots, counts
from ccsim.results.grid import Grid

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Facts = dict[str, FloatArray]

SEVEN_DAYS = 604_800.0
# Bits of an issue's code, above its status.
_ANSWERED, _AT_ONCE, _COMPLETE, _QUIET = 4, 8, 16, 32
_CODES = 64


def issue_facts(journal: Journal, grid: Grid) -> tuple[Facts, Facts]:
    """Facts by interval of birth and by cell; issues are in order of birth."""
    issues = journal.issues
    edges = np.searchsorted(np.ascontiguousarray(issues["born"]), grid.edges)
    rows = slice(int(edges[0]), int(edges[-1]))
    per_issue = np.bincount(journal.contacts.issue, minlength=len(issues))
    code = _codes(journal, per_issue)[rows]
    contacts = per_issue[rows].astype(np.float64)
    cell = Slots(issues["cell"][rows].astype(np.int64), journal.names.cells)
    time = Runs(edges - edges[0])
    return _along(time, code, contacts), _along(cell, code, contacts)


def _along(axis: Axis, code: npt.NDArray[np.uint8], contacts: FloatArray) -> Facts:
    table = counts(axis, code, _CODES)
    codes = np.arange(_CODES)

    def having(bits: int) -> FloatArray:
        found: FloatArray = table[(codes & bits) == bits].sum(axis=0)
        return found

    statuses = {name: table[codes % 4 == number].sum(0) for number, name in enumerate(STATUSES)}
    return statuses | {
        "issues": having(0),
        "issue_contacts": axis.sums(contacts),
        "fcr_issues": having(_ANSWERED),
        "fcr_resolved": having(_ANSWERED | _AT_ONCE),
        "seen_issues": having(_ANSWERED | _COMPLETE),
        "seen_resolved": having(_ANSWERED | _COMPLETE | _QUIET),
    }


def _codes(journal: Journal, per_issue: IndexArray) -> npt.NDArray[np.uint8]:
    """Per issue its status, and whether it was answered, resolved at once, complete and quiet."""
    contacts = journal.contacts
    handled = np.flatnonzero(contacts.outcome == HANDLED)[::-1]
    first = np.full(len(journal.issues), -1, np.intp)
    first[contacts.issue[handled]] = handled  # of several, the earliest is written last
    answered = np.flatnonzero(first >= 0)
    row = first[answered]
    at_once = journal.legs["resolved"][contacts.last[row]] == 1
    complete = contacts.arrived[row] + SEVEN_DAYS <= journal.end
    quiet = ~followed(journal, per_issue)[row]
    code = journal.issues["status"].astype(np.uint8)
    code[answered] += (
        np.uint8(_ANSWERED)
        + at_once * np.uint8(_AT_ONCE)
        + complete * np.uint8(_COMPLETE)
        + quiet * np.uint8(_QUIET)
    )
    return code


def followed(journal: Journal, per_issue: IndexArray) -> Flags:
    """Which contacts are followed, within seven days, by another of that customer on that intent.

    This is what a real centre can see. Where the customer is unknown (-1) the issue stands for it.
    Contacts are in order of arrival, so only customers with several need sorting.
    """
    arrived = journal.contacts.arrived
    key, rows = _shared(journal, per_issue)
    order = _stable_order(key)
    key, rows = key[order], rows[order]
    soon = (key[1:] == key[:-1]) & (arrived[rows[1:]] - arrived[rows[:-1]] <= SEVEN_DAYS)
    result = np.zeros(len(arrived), np.bool_)
    result[rows[:-1][soon]] = True
    return result


def _stable_order(key: IndexArray) -> Rows:
    """`argsort`, stable; key and row as one number where they fit, which sorts much faster."""
    bits = max(len(key).bit_length(), 1)
    if len(key) and max(-int(key.min()), int(key.max())) < 1 << (62 - bits):
        return np.argsort((key << bits) + np.arange(len(key)))
    return np.argsort(key, kind="stable")


def _shared(journal: Journal, per_issue: IndexArray) -> tuple[IndexArray, Rows]:
    """Rows of contacts whose customer may have others on that intent, and a key of the two."""
    issue = journal.contacts.issue
    customer = journal.issues["customer"]
    if (customer < 0).all():
        rows = np.flatnonzero(per_issue[issue] > 1)
        return issue[rows].astype(np.int64), rows
    key = _customer_keys(journal)[issue]
    rows = _may_repeat(key)
    return key[rows], rows


def _customer_keys(journal: Journal) -> IndexArray:
    """Per issue a number equal for the same customer on the same intent."""
    names, issues = journal.names, journal.issues
    customer = issues["customer"].astype(np.int64)
    kind = names.cell_intent.astype(np.int64) * len(names.segments) + names.cell_segment
    key: IndexArray = customer * (len(names.intents) * len(names.segments)) + kind[issues["cell"]]
    unknown = np.flatnonzero(customer < 0)
    key[unknown] = -1 - unknown
    return key


def _may_repeat(key: IndexArray) -> Rows:
    """Rows whose key may occur again: those that share a slot of a small table by hash."""
    bits = max(len(key).bit_length() + 2, 4)
    slot = key.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    slot >>= np.uint64(64 - bits)
    place = slot.view(np.int64)
    return np.flatnonzero(np.bincount(place, minlength=1 << bits)[place] > 1)
