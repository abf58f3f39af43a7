"""Facts of the legs that entered a queue in the counted weeks: by queue and by group."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Journal
from ccsim.results.axis import Slots
from ccsim.results.columns import Stays
from ccsim.results.contact_facts import Counted
from ccsim.results.grid import Thresholds
from ccsim.results.queue_facts import Waits, queue_facts
from ccsim.results.tally import Counts

FloatArray = npt.NDArray[np.float64]
Facts = dict[str, FloatArray]

# What can be said of a group: it only ever sees the legs it answers.
GROUP_FACTS = (
    "handled", "answered", "in_time", "wait", "talk", "hold", "wrap", "transferred", "escalated",
    "interrupted", "replied", "dropped", "phone",
)  # fmt: skip


def leg_facts(
    journal: Journal, counted: Counted, limits: Thresholds
) -> tuple[Facts, Facts, dict[str, Counts]]:
    """Facts by queue, facts by group, and histograms of waits by either.

    Where contacts begin in a queue, their first legs are those of the counted contacts and the
    others are few; where some begin in self-service, all legs are looked at one by one.
    """
    parts, others, rows = [], counted.later, journal.contacts.later
    if counted.every is None:
        parts = [_along(journal, counted.first, counted.waits, limits)]
    else:
        others, rows = counted.every, np.arange(len(journal.legs))
    if len(rows) or not parts:
        others = others.take(np.flatnonzero(journal.counted(journal.legs["entered"][rows])))
        parts.append(_along(journal, others, Waits(others), limits))
    queue, group, waits = zip(*parts, strict=True)
    return _added(queue), _added(group), {k: sum(w[k] for w in waits) for k in waits[0]}


def _along(
    journal: Journal, stays: Stays, waits: Waits, limits: Thresholds
) -> tuple[Facts, Facts, dict[str, Counts]]:
    """Facts of some legs. Queue and group are one axis; its column 0 is for nobody."""
    queues, groups = len(journal.names.queues), len(journal.names.groups)
    queue = stays.queue.astype(np.int64)
    group = stays.group.astype(np.int64) + 1
    axis = Slots(queue * (groups + 1) + group, queues * (groups + 1))
    facts = queue_facts(stays, (axis,), contacts=False)[0]
    pairs = {name: values.reshape(queues, groups + 1) for name, values in facts.items()}
    telephone = limits.lines[journal.names.queue_channel][:, None]
    pairs["phone"] = np.where(telephone, pairs["talk"] + pairs["hold"], 0.0)
    by_group = Slots(group, groups + 1)
    return (
        {name: values.sum(axis=1) for name, values in pairs.items()},
        {name: pairs[name].sum(axis=0)[1:] for name in GROUP_FACTS if name in pairs},
        {"queue": waits.along(Slots(queue, queues)), "group": waits.along(by_group)[1:]},
    )


def _added(parts: tuple[Facts, ...]) -> Facts:
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: np.sum([part[name] for part in parts if name in part], axis=0) for name in names}
