"""Facts of self-service: who entered, how the sessions ended, and who was back after all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ASKED, CONTAINED, HANDED_OVER, IN_SESSION, QUIT, Journal
from ccsim.results.axis import Axis, Slots, count
from ccsim.results.contact_facts import Counted
from ccsim.results.ordered_legs import OrderedLegs

FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Facts = dict[str, FloatArray]

ENDS = {"contained": CONTAINED, "quit": QUIT, "asked": ASKED, "handed_over": HANDED_OVER,
        "in_session": IN_SESSION}  # fmt: skip


def self_service_facts(
    journal: Journal, counted: Counted, legs: OrderedLegs | None
) -> tuple[list[Facts], Facts]:
    """Facts along the axes of the counted contacts, and by self-service; empty where there is none."""
    bots, names = len(journal.names.bots), journal.names
    if legs is None or counted.every is None:
        return [{} for _ in counted.axes], {}
    first = legs.first[counted.rows]
    entered = np.flatnonzero(legs.session[first])
    which = np.zeros(len(first), np.int64)
    which[entered] = names.queue_skill[legs.queue[first[entered]]]
    chosen = {"sessions": entered, **_ends(journal, counted, legs, entered)}
    begun = first[entered]
    length = np.nan_to_num(legs.ended[begun] - legs.entered[begun], nan=0.0)
    axes: tuple[Axis, ...] = (*counted.axes, Slots(which, bots))
    *found, by_bot = (
        {name: count(axis, rows) for name, rows in chosen.items()}
        | {"session_time": Slots(axis.index[entered], axis.size).sums(length)}
        for axis in axes
    )
    return found, by_bot


def _ends(journal: Journal, counted: Counted, legs: OrderedLegs, entered: Rows) -> dict[str, Rows]:
    """The sessions by how they ended, among the counted contacts."""
    contacts, rows = journal.contacts, counted.start + entered
    outcome = legs.outcome[legs.first[rows]]
    chosen = {name: entered[outcome == code] for name, code in ENDS.items()}
    passed = (outcome == ASKED) | (outcome == HANDED_OVER)
    chosen["kept"] = entered[passed & legs.context[legs.queued[rows]]]
    contained = outcome == CONTAINED
    chosen["bot_resolved"] = entered[contained & contacts.resolved[rows]]
    back = np.zeros(len(contacts), np.bool_)
    back[contacts.before] = True
    chosen["bounced"] = entered[contained & back[rows]]
    return chosen
