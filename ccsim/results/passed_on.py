"""Facts of what happened to contacts on their way: passed on, called back, interrupted, answered in turns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import (
    CALLBACK,
    ESCALATED,
    HANDLED,
    INTERRUPTED,
    NO_REPLY,
    REPLIED,
    TO_CALLBACK,
    TRANSFERRED,
    Journal,
)
from ccsim.results.axis import Slots, count
from ccsim.results.contact_facts import Counted
from ccsim.results.grid import Thresholds

FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Facts = dict[str, FloatArray]

ONCE = {"transferred": TRANSFERRED, "escalated": ESCALATED, "callbacks": TO_CALLBACK}
EACH_TIME = {"interrupted": INTERRUPTED, "replied": REPLIED, "rang_out": NO_REPLY}


def way_facts(journal: Journal, counted: Counted, limits: Thresholds) -> list[Facts]:
    """Facts along the axes of the counted contacts; those that never occur are left out."""
    chosen: dict[str, Rows] = {}
    if len(counted.later.wait):
        chosen = _followed(journal, counted)
    if limits.turns.any():
        chosen |= _conversations(journal, counted, limits)
    found = [{name: count(axis, rows) for name, rows in chosen.items()} for axis in counted.axes]
    if "callbacks" in chosen:
        reached, delay = _called_back(journal, counted)
        for facts, axis in zip(found, counted.axes, strict=True):
            facts["called_back"] = count(axis, reached)
            facts["callback_delay"] = Slots(axis.index[reached], axis.size).sums(delay)
    return found


def _followed(journal: Journal, counted: Counted) -> dict[str, Rows]:
    """Contacts by how one of their legs ended that another followed."""
    contacts, legs = journal.contacts, journal.legs
    several = np.unique(legs["contact"][contacts.later])
    rows = np.concatenate([contacts.queued[several], contacts.later])
    outcome, whose = legs["outcome"][rows], legs["contact"][rows]
    chosen = {}
    for names, once in ((ONCE, True), (EACH_TIME, False)):
        for name, code in names.items():
            found = whose[outcome == code]
            if len(found):
                chosen[name] = counted.inside(np.unique(found) if once else found)
    return chosen


def _called_back(journal: Journal, counted: Counted) -> tuple[Rows, FloatArray]:
    """The counted contacts reached by a call-back, and seconds from their first queue to the answer."""
    legs, names = journal.legs, journal.names
    rows = np.flatnonzero(names.queue_kind[legs["queue"]] == CALLBACK)
    rows = rows[(legs["agent"][rows] >= 0) & (legs["outcome"][rows] != NO_REPLY)]
    whose, at = np.unique(legs["contact"][rows], return_index=True)
    delay = legs["left"][rows[at]] - legs["entered"][journal.contacts.queued[whose]]
    inside = (whose >= counted.start) & (whose < counted.end)
    return (whose[inside] - counted.start).astype(np.intp), np.asarray(delay[inside])


def _conversations(journal: Journal, counted: Counted, limits: Thresholds) -> dict[str, Rows]:
    """Of channels that go to and fro: contacts brought to an end, and the answers given in them."""
    legs, contacts = journal.legs, journal.contacts
    over = limits.turns[contacts.channel] & (contacts.outcome == HANDLED)
    answered = np.flatnonzero(legs["outcome"] == REPLIED)
    whose = legs["contact"][answered]
    ended = counted.inside(np.flatnonzero(over))
    turns = np.concatenate([counted.inside(whose[over[whose]]), ended])
    return {"turns": turns, "conversations": ended}
