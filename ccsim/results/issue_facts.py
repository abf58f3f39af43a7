"""Facts of issues born in the counted weeks: contacts taken, and what the first ones resolved."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import CONTAINED, FOLLOW_UP, HANDLED, RESOLVED, STATUSES, Journal, Records
from ccsim.results.axis import Axis, Runs, Slots, counts
from ccsim.results.contact_facts import by_channel
from ccsim.results.grid import Grid

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]
Facts = dict[str, FloatArray]

SEVEN_DAYS = 604_800.0
# Bits of an issue's code, above its status.
_ANSWERED, _AT_ONCE, _COMPLETE, _QUIET = 4, 8, 16, 32
_CODES = 64


def issue_facts(journal: Journal, grid: Grid) -> tuple[Facts, Facts]:
    """Facts by channel and interval of birth, and by cell; issues are in order of birth.

    An issue's channel is that of its first contact.
    """
    issues, names = journal.issues, journal.names
    edges = np.searchsorted(np.ascontiguousarray(issues["born"]), grid.edges)
    rows = slice(int(edges[0]), int(edges[-1]))
    per_issue = np.bincount(journal.contacts.issue, minlength=len(issues))
    code = _codes(journal, per_issue)[rows]
    cell = issues["cell"][rows].astype(np.int64)
    channels, time = len(names.channels), Runs(edges - edges[0])
    sums = {"issue_contacts": per_issue[rows].astype(np.float64), "resolution_time": _times(issues[rows])}
    channel = None
    if channels > 1:
        channel = names.cell_channel[cell].astype(np.int64)
        sums |= {name: values[rows] for name, values in channel_changes(journal).items()}
    axes: tuple[Axis, Axis] = (by_channel(time, channel, channels), Slots(cell, names.cells))
    by_time, by_cell = (_along(axis, code, sums) for axis in axes)
    return by_time, by_cell


def _times(issues: Records) -> FloatArray:
    """Seconds from birth to solution, 0 where it was not solved."""
    times = np.asarray(issues["ended"] - issues["born"], np.float64)
    times[issues["status"] != RESOLVED] = 0.0
    return times


def channel_changes(journal: Journal) -> Facts:
    """Per issue: changes of channel, whether it had any, and on how many channels but one it came."""
    contacts = journal.contacts
    changes = np.bincount(contacts.issue[switched(journal)], minlength=len(journal.issues))
    some = changes > 0
    more = np.zeros(len(changes))
    many = np.flatnonzero(some[contacts.issue])
    key = contacts.issue[many].astype(np.int64) * len(journal.names.channels) + contacts.channel[many]
    whose = np.unique(key) // len(journal.names.channels)
    more[some] = np.bincount(whose, minlength=len(changes))[some] - 1.0
    counts = {"switches": changes, "switched": some}
    return {"more_channels": more, **{name: values.astype(np.float64) for name, values in counts.items()}}


def switched(journal: Journal) -> Rows:
    """The contacts on another channel than the one before them.

    Not those in which the centre itself follows up a message that was left.
    """
    contacts = journal.contacts
    if len(journal.names.channels) == 1:
        return np.zeros(0, np.intp)
    own = contacts.kind[contacts.returning] != FOLLOW_UP
    other = contacts.channel[contacts.returning] != contacts.channel[contacts.before]
    found: Rows = contacts.returning[own & other]
    return found


def _along(axis: Axis, code: npt.NDArray[np.uint8], sums: Facts) -> Facts:
    table = counts(axis, code, _CODES)
    codes = np.arange(_CODES)

    def having(bits: int) -> FloatArray:
        found: FloatArray = table[(codes & bits) == bits].sum(axis=0)
        return found

    statuses = {name: table[codes % 4 == number].sum(0) for number, name in enumerate(STATUSES)}
    return {
        **statuses,
        "issues": having(0),
        "fcr_issues": having(_ANSWERED),
        "fcr_resolved": having(_ANSWERED | _AT_ONCE),
        "seen_issues": having(_ANSWERED | _COMPLETE),
        "seen_resolved": having(_ANSWERED | _COMPLETE | _QUIET),
        **{name: axis.sums(values) for name, values in sums.items()},
    }


def _codes(journal: Journal, per_issue: IndexArray) -> npt.NDArray[np.uint8]:
    """Per issue its status, and whether it was answered, resolved at once, complete and quiet."""
    contacts = journal.contacts
    flags = _contact_flags(journal, per_issue)
    first = contacts.attempt == 0
    code = np.zeros(len(journal.issues), np.uint8)
    code[contacts.issue[first]] = flags[first]
    later = np.flatnonzero(~first & (flags > 0))[::-1]
    after = np.zeros_like(code)
    after[contacts.issue[later]] = flags[later]  # of several, the earliest is written last
    code = np.where(code, code, after)
    return code + journal.issues["status"].astype(np.uint8)


def _contact_flags(journal: Journal, per_issue: IndexArray) -> npt.NDArray[np.uint8]:
    """Per contact the bits it gives its issue if it is the first handled or contained; 0 if neither."""
    contacts = journal.contacts
    flags = contacts.resolved.view(np.uint8) * np.uint8(_AT_ONCE)
    flags += np.uint8(_ANSWERED + _QUIET)
    flags[: np.searchsorted(contacts.arrived, journal.end - SEVEN_DAYS, side="right")] += _COMPLETE
    flags[followed(journal, per_issue)] -= _QUIET
    flags *= (contacts.outcome == HANDLED) | (contacts.outcome == CONTAINED)
    return flags


def followed(journal: Journal, per_issue: IndexArray) -> Rows:
    """The contacts followed within seven days by another of that customer on that intent.

    This is what a real centre can see. Where the customer is unknown (-1) the issue stands for it.
    Contacts are in order of arrival: customer and contact as one number, sorted, put each before
    the one that follows it.
    """
    arrived = journal.contacts.arrived
    key, rows = _customers(journal, per_issue)
    bits = len(arrived).bit_length()
    order = np.sort((key << bits) + rows)
    again = np.flatnonzero((order[1:] ^ order[:-1]) < 1 << bits)
    row = order & ((1 << bits) - 1)
    soon = arrived[row[again + 1]] - arrived[row[again]] <= SEVEN_DAYS
    followed_rows: Rows = row[again[soon]]
    return followed_rows


def _customers(journal: Journal, per_issue: IndexArray) -> tuple[IndexArray, Rows]:
    """Contacts that may be followed, and a number for their customer and intent; both (rows,)."""
    names, issues, issue = journal.names, journal.issues, journal.contacts.issue
    customer = issues["customer"].astype(np.int64)
    if (customer < 0).all():
        rows = np.flatnonzero(per_issue[issue] > 1)
        return issue[rows].astype(np.int64), rows
    kind = names.cell_intent.astype(np.int64) * len(names.segments) + names.cell_segment
    known = customer * (len(names.intents) * len(names.segments)) + kind[issues["cell"]]
    key = np.where(customer < 0, np.arange(len(issues)), len(issues) + known)
    if int(key.max()).bit_length() + len(issue).bit_length() > 62:
        key = np.unique(key, return_inverse=True)[1]
    return key[issue], np.arange(len(issue))
