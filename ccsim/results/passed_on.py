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
from ccsim.results.ordered_legs import OrderedLegs

FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Facts = dict[str, FloatArray]

ONCE = {"transferred": TRANSFERRED, "escalated": ESCALATED, "callbacks": TO_CALLBACK}
EACH_TIME = {"interrupted": INTERRUPTED, "replied": REPLIED, "rang_out": NO_REPLY}


def way_facts(
    journal: Journal, counted: Counted, limits: Thresholds, ordered: OrderedLegs | None
) -> list[Facts]:
    """Facts along the axes of the counted contacts; those that never occur are left out."""
    chosen: dict[str, Rows] = {}
    if len(counted.later.wait):
        chosen = _followed(journal, counted, ordered)
    if ordered is not None and limits.turns.any():
        chosen |= _conversations(journal, counted, limits, ordered)
    found = [{name: count(axis, rows) for name, rows in chosen.items()} for axis in counted.axes]
    if ordered is not None and "callbacks" in chosen:
        reached, delay = _called_back(journal, counted, ordered)
        for facts, axis in zip(found, counted.axes, strict=True):
            facts["called_back"] = count(axis, reached)
            facts["callback_delay"] = Slots(axis.index[reached], axis.size).sums(delay)
    return found


def _followed(journal: Journal, counted: Counted, ordered: OrderedLegs | None) -> dict[str, Rows]:
    """Contacts by how one of their legs ended that another followed."""
    contacts, legs = journal.contacts, journal.legs
    if ordered is not None:
        outcome, whose = ordered.outcome, ordered.contact
    else:
        rows = np.concatenate([contacts.queued[np.flatnonzero(contacts.legs > 1)], contacts.later])
        outcome, whose = legs["outcome"][rows], legs["contact"][rows]
    chosen = {}
    for name, code in (ONCE | EACH_TIME).items():
        if code in contacts.seen:
            times = np.bincount(whose[outcome == code], minlength=len(contacts))[counted.rows]
            chosen[name] = np.flatnonzero(times) if name in ONCE else np.repeat(np.arange(len(times)), times)
    return chosen


def _called_back(journal: Journal, counted: Counted, legs: OrderedLegs) -> tuple[Rows, FloatArray]:
    """The counted contacts reached by a call-back, and seconds from their first queue to the answer."""
    rows = np.flatnonzero(journal.names.queue_kind[legs.queue] == CALLBACK)
    rows = rows[legs.spoke[rows]]
    rows = rows[np.append(True, np.diff(legs.contact[rows]) > 0)[: len(rows)]]  # the first of each contact
    whose = legs.contact[rows]
    delay = legs.left[rows] - legs.entered[legs.queued[whose]]
    inside = (whose >= counted.start) & (whose < counted.end)
    return np.asarray(whose[inside] - counted.start, np.intp), np.asarray(delay[inside])


def _conversations(
    journal: Journal, counted: Counted, limits: Thresholds, legs: OrderedLegs
) -> dict[str, Rows]:
    """Of channels that go to and fro: contacts brought to an end, and the answers given in them."""
    contacts = journal.contacts
    over = limits.turns[contacts.channel] & (contacts.outcome == HANDLED)
    whose = legs.contact[legs.outcome == REPLIED]
    ended = counted.inside(np.flatnonzero(over))
    turns = np.concatenate([counted.inside(whose[over[whose]]), ended])
    return {"turns": turns, "conversations": ended}
