"""Facts of self-service: who entered, how the sessions ended, and who was back after all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ASKED, CONTAINED, HANDED_OVER, IN_SESSION, QUIT, SELF_SERVICE, Journal
from ccsim.results.axis import Axis, Slots, count
from ccsim.results.contact_facts import Counted

FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Facts = dict[str, FloatArray]

ENDS = {"contained": CONTAINED, "quit": QUIT, "asked": ASKED, "handed_over": HANDED_OVER,
        "in_session": IN_SESSION}  # fmt: skip


def self_service_facts(journal: Journal, counted: Counted) -> tuple[list[Facts], Facts]:
    """Facts along the axes of the counted contacts, and by self-service; empty where there is none."""
    bots = len(journal.names.bots)
    if counted.every is None:
        return [{} for _ in counted.axes], {}
    legs, names = journal.legs, journal.names
    queue = legs["queue"][journal.contacts.first[counted.rows]]
    entered = np.flatnonzero(names.queue_kind[queue] == SELF_SERVICE)
    which = np.zeros(len(queue), np.int64)
    which[entered] = names.queue_skill[queue[entered]]
    chosen = {"sessions": entered, **_ends(journal, counted, entered)}
    axes: tuple[Axis, ...] = (*counted.axes, Slots(which, bots))
    length = _session_time(journal, counted, entered)
    *found, by_bot = (
        {name: count(axis, rows) for name, rows in chosen.items()}
        | {"session_time": Slots(axis.index[entered], axis.size).sums(length)}
        for axis in axes
    )
    return found, by_bot


def _ends(journal: Journal, counted: Counted, entered: Rows) -> dict[str, Rows]:
    """The sessions by how they ended, among the counted contacts."""
    contacts, legs = journal.contacts, journal.legs
    rows = counted.start + entered
    outcome = legs["outcome"][contacts.first[rows]]
    chosen = {name: entered[outcome == code] for name, code in ENDS.items()}
    passed = (outcome == ASKED) | (outcome == HANDED_OVER)
    chosen["kept"] = entered[passed & (legs["context"][contacts.queued[rows]] == 1)]
    contained = outcome == CONTAINED
    chosen["bot_resolved"] = entered[contained & contacts.resolved[rows]]
    back = np.zeros(len(contacts), np.bool_)
    back[contacts.before] = True
    chosen["bounced"] = entered[contained & back[rows]]
    return chosen


def _session_time(journal: Journal, counted: Counted, entered: Rows) -> FloatArray:
    """Seconds of each session; 0 if it has not ended."""
    session = journal.legs[journal.contacts.first[counted.start + entered]]
    return np.asarray(np.nan_to_num(session["ended"] - session["entered"], nan=0.0), np.float64)
