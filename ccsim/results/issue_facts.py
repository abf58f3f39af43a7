"""Facts of issues: how many contacts they took, and what first contacts resolved."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import HANDLED, Journal
from ccsim.results.axis import Axis

FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

SEVEN_DAYS = 604_800.0
# Bits of an issue's code.
_ANSWERED, _FIRST_TIME, _COMPLETE, _QUIET = 1, 2, 4, 8


def issue_facts(journal: Journal, axes: tuple[Axis, ...]) -> list[dict[str, FloatArray]]:
    """The issue facts of `tally.FACTS` along each axis over issues."""
    code = _codes(journal)
    status = journal.issues["status"]
    contacts = np.bincount(journal.contacts.issue, minlength=len(journal.issues)).astype(np.float64)
    return [_along(axis, code, status, contacts) for axis in axes]


def _along(
    axis: Axis,
    code: npt.NDArray[np.int64],
    status: npt.NDArray[np.int32],
    contacts: FloatArray,
) -> dict[str, FloatArray]:
    counts = axis.counts(code, 16)
    codes = np.arange(16)

    def having(bits: int) -> FloatArray:
        found: FloatArray = counts[(codes & bits) == bits].sum(axis=0)
        return found

    open_, resolved, gave_up = axis.counts(status, 3)
    return {
        "issues": having(0),
        "issue_contacts": axis.sums(contacts),
        "resolved": resolved,
        "gave_up": gave_up,
        "open": open_,
        "fcr_issues": having(_ANSWERED),
        "fcr_resolved": having(_ANSWERED | _FIRST_TIME),
        "seen_issues": having(_ANSWERED | _COMPLETE),
        "seen_resolved": having(_ANSWERED | _COMPLETE | _QUIET),
    }


def _codes(journal: Journal) -> npt.NDArray[np.int64]:
    """Per issue: was it answered, resolved at once, are its seven days complete, and quiet."""
    contacts = journal.contacts
    issue = contacts.issue
    handled = np.flatnonzero(contacts.outcome == HANDLED)[::-1]
    first = np.full(len(journal.issues), -1, np.intp)
    first[issue[handled]] = handled  # of several, the earliest is written last
    answered = np.flatnonzero(first >= 0)
    row = first[answered]
    at_once = journal.legs["resolved"][contacts.last[row]] == 1
    complete = contacts.arrived[row] + SEVEN_DAYS <= journal.end
    quiet = ~followed(journal)[row]
    code = np.zeros(len(journal.issues), np.int64)
    code[answered] = _ANSWERED + _FIRST_TIME * at_once + _COMPLETE * complete + _QUIET * quiet
    return code


def followed(journal: Journal) -> Flags:
    """Which contacts are followed, within seven days, by another of that customer on that intent.

    This is what a real centre can see. Where the customer is unknown (-1) the issue stands for it.
    Contacts are in order of arrival, so only customers with several need sorting.
    """
    contacts = journal.contacts
    key = _customer_keys(journal)
    order = _sorted(key, _may_share(key))
    same = key[order[1:]] == key[order[:-1]]
    soon = contacts.arrived[order[1:]] - contacts.arrived[order[:-1]] <= SEVEN_DAYS
    result = np.zeros(len(contacts), np.bool_)
    result[order[:-1]] = same & soon
    return result


def _sorted(key: npt.NDArray[np.int64], rows: Rows) -> Rows:
    """`rows` by key, then row; as one number each where that fits, which sorts much faster."""
    bits = max(len(key).bit_length(), 1)
    if int(np.abs(key).max(initial=0)) < 1 << (62 - bits):
        return rows[np.argsort((key[rows] << bits) + rows)]
    return rows[np.argsort(key[rows], kind="stable")]


def _customer_keys(journal: Journal) -> npt.NDArray[np.int64]:
    """A number per contact, equal for the same customer on the same intent."""
    names, issues = journal.names, journal.issues
    customer = issues["customer"].astype(np.int64)
    kinds = len(names.intents) * len(names.segments)
    cell = issues["cell"]
    kind = names.cell_intent[cell].astype(np.int64) * len(names.segments) + names.cell_segment[cell]
    unknown = -1 - np.arange(len(issues))
    return np.where(customer >= 0, customer * kinds + kind, unknown)[journal.contacts.issue]


def _may_share(key: npt.NDArray[np.int64]) -> Rows:
    """Rows whose key may occur again: those that share a slot of a small table by hash."""
    bits = max(len(key).bit_length() + 2, 4)
    mixed = key.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    slot = (mixed >> np.uint64(64 - bits)).astype(np.int64)
    return np.flatnonzero(np.bincount(slot, minlength=1 << bits)[slot] > 1)
