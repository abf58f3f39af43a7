"""Facts of the legs that entered a queue in the counted weeks: by queue and by group."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Journal
from ccsim.results.axis import Slots
from ccsim.results.columns import Stays
from ccsim.results.contact_facts import Counted
from ccsim.results.queue_facts import Waits, queue_facts
from ccsim.results.tally import Counts

FloatArray = npt.NDArray[np.float64]
Facts = dict[str, FloatArray]

# What can be said of a group: it only ever sees the legs it answers.
GROUP_FACTS = ("handled", "answered", "in_time", "wait", "talk", "hold", "wrap", "transferred")


def leg_facts(journal: Journal, counted: Counted) -> tuple[Facts, Facts, dict[str, Counts]]:
    """Facts by queue, facts by group, and histograms of waits by either.

    First legs are those of the counted contacts; the others are few.
    """
    parts = [_along(journal, counted.first, counted.waits)]
    if len(counted.later.wait):
        entered = journal.legs["entered"][journal.contacts.later]
        later = counted.later.take(np.flatnonzero(journal.counted(entered)))
        parts.append(_along(journal, later, Waits(later)))
    queue, group, waits = zip(*parts, strict=True)
    return _added(queue), _added(group), {k: sum(w[k] for w in waits) for k in waits[0]}


def _along(journal: Journal, stays: Stays, waits: Waits) -> tuple[Facts, Facts, dict[str, Counts]]:
    """Facts of some legs. Queue and group are one axis; its column 0 is for nobody."""
    queues, groups = len(journal.names.queues), len(journal.names.groups)
    queue = stays.queue.astype(np.int64)
    group = stays.group.astype(np.int64) + 1
    facts = queue_facts(stays, (Slots(queue * (groups + 1) + group, queues * (groups + 1)),))[0]
    pairs = {name: values.reshape(queues, groups + 1) for name, values in facts.items()}
    by_group = Slots(group, groups + 1)
    return (
        {name: values.sum(axis=1) for name, values in pairs.items()},
        {name: pairs[name].sum(axis=0)[1:] for name in GROUP_FACTS},
        {"queue": waits.along(Slots(queue, queues)), "group": waits.along(by_group)[1:]},
    )


def _added(parts: tuple[Facts, ...]) -> Facts:
    return {name: np.sum([part[name] for part in parts], axis=0) for name in parts[0]}
