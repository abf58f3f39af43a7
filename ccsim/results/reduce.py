"""From a journal to a tally: one replication's facts, counted and summed in whole columns.

Contacts are attributed to the interval of their arrival, legs to their entry into the queue, issues
to their birth; agent time to the clock. Only what lies in the counted weeks is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import SEATED, Journal
from ccsim.results.agent_time import group_time, presence_spans, seconds_by_interval
from ccsim.results.columns import legs_of
from ccsim.results.contact_facts import (
    Counted,
    contact_facts,
    contact_waits,
    counted_contacts,
    offered_by_cell,
)
from ccsim.results.grid import Grid, Thresholds, grid_of, thresholds_of
from ccsim.results.issue_facts import issue_facts
from ccsim.results.leg_facts import leg_facts
from ccsim.results.tally import Tally

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

FloatArray = npt.NDArray[np.float64]
Facts = dict[str, FloatArray]


def reduce(journal: Journal, scenario: Scenario) -> Tally:
    """The facts of one replication.

    `scenario` must be the one simulated. Takes a few hundred nanoseconds a contact.
    """
    from ccsim.results.journeys import compress

    grid = grid_of(scenario)
    limits = thresholds_of(scenario, journal.names.channels)
    journeys = compress(journal, scenario)
    born, by_birth_cell = issue_facts(journal, grid)
    counted, handled = _from_legs(journal, limits, grid)
    busy, seated = _on_the_clock(journal, handled, grid)
    by_time, by_cell = contact_facts(journal, counted)
    waits, day_waits = contact_waits(journal, counted, grid)
    by_queue, by_group, leg_waits = leg_facts(journal, counted)
    times = by_time | born | {"busy": busy.sum(axis=0), "seated": seated.sum(axis=0)}
    by_interval, by_day = _folded(times, limits, grid)
    return Tally(
        seed=journal.seed,
        replication=journal.replication,
        names=journal.names,
        grid=grid,
        contacts=len(journal.contacts),
        issues=len(journal.issues),
        by_interval=by_interval,
        by_day=by_day,
        by_cell=by_cell | by_birth_cell,
        by_queue=by_queue,
        by_group=by_group | group_time(journal, scenario, busy, seated),
        waits=waits | leg_waits,
        day_waits=day_waits,
        busy=grid.by_interval(busy),
        seated=grid.by_interval(seated),
        offered=offered_by_cell(journal, counted, grid),
        journeys=journeys,
    )


def _from_legs(journal: Journal, limits: Thresholds, grid: Grid) -> tuple[Counted, FloatArray]:
    """The counted contacts, and agent-seconds of handling by group and interval.

    The columns of all legs live only in here: they are most of what a reduction holds.
    """
    legs, handling = legs_of(journal, limits)
    handled = seconds_by_interval(handling, len(journal.names.groups), grid)
    del handling
    return counted_contacts(journal, legs, grid), handled


def _on_the_clock(journal: Journal, handled: FloatArray, grid: Grid) -> tuple[FloatArray, FloatArray]:
    """Agent-seconds busy and seated by group and interval, shapes (groups, grid.size)."""
    groups = len(journal.names.groups)
    seated = seconds_by_interval(presence_spans(journal, SEATED), groups, grid)
    return np.minimum(handled, seated), seated  # busy all the time: equal but for rounding


def _folded(times: Facts, limits: Thresholds, grid: Grid) -> tuple[Facts, Facts]:
    """Facts by interval of the week and by day, from those by interval of the counted weeks."""
    times = times | _met(times, limits, "intervals")
    days = {name: grid.by_day(values) for name, values in times.items()}
    by_interval = {name: grid.by_interval(values) for name, values in times.items()}
    return by_interval, days | _met(days, limits, "days")


def _met(facts: Facts, limits: Thresholds, unit: str) -> Facts:
    """Intervals or days in which something was offered, and those on target (nan: no target)."""
    asked = facts["offered"] - facts["short"]
    share = limits.share[0]
    # Divided, not multiplied: 55 of 100 is 55 % to the last bit, 0.55 x 100 is more than 55.
    met = (asked > 0) & (facts["in_time"] / np.maximum(asked, 1.0) >= share)
    return {
        unit: (asked > 0).astype(np.float64),
        f"{unit}_met": np.where(np.isnan(share), np.nan, met.astype(np.float64)),
    }
