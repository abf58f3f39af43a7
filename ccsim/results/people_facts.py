"""Facts of people that cost money: who joined, and whose contacts may have taken a gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Journal

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Facts = dict[str, npt.NDArray[np.float64]]


def people_facts(journal: Journal, scenario: Scenario) -> Facts:
    """Facts by group, of the counted weeks; left out where they cost nothing."""
    found: Facts = {}
    size = len(journal.names.groups)
    if journal.people is not None and len(journal.people):
        joined = journal.people[journal.counted(journal.people["hired"])]
        group = journal.names.agents[joined["agent"]]
        found["hired"] = np.bincount(group, minlength=size).astype(np.float64)
    if any(scenario.agents[name].empowerment is not None for name in journal.names.groups):
        found["solved"] = _solved(journal, size)
    return found


def _solved(journal: Journal, size: int) -> npt.NDArray[np.float64]:
    """By group, legs that entered a queue in the counted weeks and resolved their issue."""
    contacts, legs = journal.contacts, journal.legs
    rows = contacts.last[np.flatnonzero(contacts.resolved)]
    rows = rows[journal.counted(legs["entered"][rows]) & (legs["group"][rows] >= 0)]
    return np.bincount(legs["group"][rows], minlength=size).astype(np.float64)
