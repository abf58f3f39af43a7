"""Who answered: agents with crowded hands, and beginners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Journal
from ccsim.results.grid import at_once
from ccsim.results.ordered_legs import OrderedLegs

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

CROWD = 2  # contacts in hand beyond which each one feels it


def crowding(journal: Journal, scenario: Scenario, legs: OrderedLegs, rows: Rows) -> Floats | None:
    """Of some answered legs, the contacts above two in their agent's hands, mean over the leg.

    None where nobody has room for more than two. A sweep over the moments at which an agent takes or
    ends a contact: the excess is summed over time, and each leg takes the difference of two sums.
    """
    room = at_once(scenario, journal.names.groups, journal.names.channels)
    crowded = np.asarray((room > CROWD).any(axis=1))
    if not crowded.any():
        return None
    mine = np.flatnonzero(crowded[legs.group[rows]])
    chosen = rows[mine]
    begun = legs.left[chosen]
    over = np.where(np.isnan(legs.ended[chosen]), journal.end, legs.ended[chosen])
    size = len(chosen)
    agent, time = np.tile(legs.agent[chosen], 2), np.concatenate([begun, over])
    step = np.repeat([1, -1], size)
    order = np.lexsort((step, time, agent))
    load = np.cumsum(step[order])  # 0 between agents: all that was taken has ended
    length = np.diff(time[order], append=0.0)
    excess = np.where(load > CROWD, (load - CROWD) * length, 0.0)
    until = np.empty(2 * size)
    until[order] = np.cumsum(excess) - excess
    spent = np.maximum(over - begun, 1e-9)
    found = np.zeros(len(rows))
    found[mine] = np.maximum(until[size:] - until[:size], 0.0) / spent
    return found


def novices(journal: Journal, scenario: Scenario, legs: OrderedLegs, rows: Rows) -> Floats | None:
    """Of some answered legs, 1.0 where the agent was still in the ramp; None if nobody ever is.

    In the ramp: not longer in the job than the time constant of the group's learning.
    """
    ramp, people = ramps(journal, scenario), journal.people
    if ramp is None:
        return None
    begin, span = journal.begin, journal.end - journal.begin + 1.0
    there = np.isnan(people["hired"])  # from the beginning
    since = np.where(there, begin - people["tenure"], people["hired"])
    since = np.where(np.isnan(since), -np.inf, since)
    place = people["agent"] * span + np.where(there, 0.0, np.clip(people["hired"] - begin, 0.0, span - 1.0))
    order = np.argsort(place, kind="stable")
    agent, at = legs.agent[rows], legs.left[rows]
    last = np.searchsorted(place[order], agent * span + (at - begin), side="right") - 1
    tenure = at - since[order][np.maximum(last, 0)]
    return np.asarray(tenure < ramp[agent], np.float64)


def ramps(journal: Journal, scenario: Scenario) -> Floats | None:
    """Seconds in the ramp, by agent: 0 where nobody learns; None if nobody does anywhere."""
    from ccsim.scenario.terms import learning_of

    if journal.people is None or not len(journal.people):
        return None
    learning = [learning_of(scenario, name) for name in journal.names.groups]
    taus = np.array([0.0 if each is None else each.tau for each in learning])
    return taus[journal.names.agents] if taus.any() else None
