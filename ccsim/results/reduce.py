"""From a journal to a tally: one replication's facts, counted and summed in whole columns.

Contacts are attributed to the interval of their arrival, legs to their entry into the queue, issues
to their birth; agent time to the clock. Only what lies in the counted weeks is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import SEATED, Journal
from ccsim.results.agent_time import Spans, group_time, presence_spans, seconds_by_interval
from ccsim.results.axis import Axis
from ccsim.results.columns import Legs, legs_of
from ccsim.results.contact_facts import contact_facts
from ccsim.results.grid import Grid, Thresholds, grid_of, thresholds_of
from ccsim.results.histogram import wait_bins
from ccsim.results.issue_facts import issue_facts
from ccsim.results.queue_facts import known_waits, queue_facts, wait_histograms
from ccsim.results.tally import Counts, Tally

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

FloatArray = npt.NDArray[np.float64]
Facts = dict[str, FloatArray]

# What can be said of a group: it only ever sees the legs it answers.
GROUP_FACTS = ("handled", "answered", "in_time", "wait", "talk", "hold", "wrap", "transferred")


def reduce(journal: Journal, scenario: Scenario) -> Tally:
    """The facts of one replication.

    `scenario` must be the one simulated. Takes a few hundred nanoseconds a contact.
    """
    from ccsim.results.journeys import compress

    grid = grid_of(scenario)
    limits = thresholds_of(scenario, journal.names.channels)
    legs = legs_of(journal, grid, limits)
    busy, seated = _on_the_clock(journal, legs, grid)
    contacts = contact_facts(journal, legs, grid)
    by_queue, by_group, waits = _leg_facts(journal, legs, grid)
    born, by_birth_cell = _issue_facts(journal, grid)
    times = contacts.grid | born | {"busy": busy.sum(axis=0), "seated": seated.sum(axis=0)}
    times |= _met(times, limits, "intervals")
    days = {name: grid.by_day(values) for name, values in times.items()}
    return Tally(
        seed=journal.seed,
        replication=journal.replication,
        names=journal.names,
        grid=grid,
        contacts=len(journal.contacts),
        issues=len(journal.issues),
        by_interval={name: grid.by_interval(values) for name, values in times.items()},
        by_day=days | _met(days, limits, "days"),
        by_cell=contacts.cell | by_birth_cell,
        by_queue=by_queue,
        by_group=by_group | group_time(journal, scenario, busy, seated),
        waits=contacts.waits | waits,
        day_waits=contacts.day_waits,
        busy=grid.by_interval(busy),
        seated=grid.by_interval(seated),
        offered=contacts.offered,
        journeys=compress(journal, scenario),
    )


def _on_the_clock(journal: Journal, legs: Legs, grid: Grid) -> tuple[FloatArray, FloatArray]:
    """Agent-seconds busy and seated by group and interval, shapes (groups, grid.size)."""
    groups = len(journal.names.groups)
    taken = np.flatnonzero(legs.group >= 0)
    handling = Spans(legs.group[taken], legs.answered[taken], legs.freed[taken])
    busy = seconds_by_interval(handling, groups, grid)
    seated = seconds_by_interval(presence_spans(journal, SEATED), groups, grid)
    return np.minimum(busy, seated), seated  # busy all the time: equal but for rounding


def _leg_facts(journal: Journal, legs: Legs, grid: Grid) -> tuple[Facts, Facts, dict[str, Counts]]:
    """Facts by queue and by group, and histograms of waits."""
    names, stays = journal.names, legs.stays
    counted = legs.interval < grid.size
    queues, groups = len(names.queues), len(names.groups)
    queue = Axis(np.where(counted, legs.queue, queues), queues)
    group = Axis(np.where(counted & (legs.group >= 0), legs.group, groups), groups)
    bins = wait_bins(stays.wait)
    known = known_waits(stays.outcome, stays.stay)
    waited = Axis(np.where(known, queue.index, queues), queues)
    waits = {
        "queue": wait_histograms(stays, bins, waited),
        "group": wait_histograms(stays, bins, group),
    }
    taken = queue_facts(stays, group)
    return queue_facts(stays, queue), {name: taken[name] for name in GROUP_FACTS}, waits


def _issue_facts(journal: Journal, grid: Grid) -> tuple[Facts, Facts]:
    """Facts of issues by interval of birth and by cell."""
    cells = journal.names.cells
    born = grid.index(np.ascontiguousarray(journal.issues["born"]))
    cell = np.where(born < grid.size, journal.issues["cell"], cells)
    by_time, by_cell = issue_facts(journal, (Axis(born, grid.size), Axis(cell, cells)))
    return by_time, by_cell


def _met(facts: Facts, limits: Thresholds, unit: str) -> Facts:
    """Intervals or days in which something was offered, and those on target (nan: no target)."""
    asked = facts["offered"] - facts["short"]
    share = limits.share[0]
    met = (asked > 0) & (facts["in_time"] >= share * asked)
    return {
        unit: (asked > 0).astype(np.float64),
        f"{unit}_met": np.where(np.isnan(share), np.nan, met.astype(np.float64)),
    }
