"""From a journal to a tally: one replication's facts, counted and summed in whole columns.

Contacts are attributed to the interval of their arrival, legs to their entry into the queue, issues
to their birth; agent time to the clock. Only what lies in the counted weeks is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from ccsim.results.deferred_facts import backlog_facts, response_facts
from ccsim.results.eventful_journeys import is_eventful
from ccsim.results.facts import FactsAlong
from ccsim.results.grid import Grid, Thresholds, at_once, grid_of, thresholds_of
from ccsim.results.in_hand import InHand, in_hand, takes_several
from ccsim.results.issue_facts import issue_facts
from ccsim.results.leg_facts import leg_facts
from ccsim.results.ordered_legs import OrderedLegs
from ccsim.results.outreach_facts import outreach_facts, reached_by
from ccsim.results.over_time import by_time
from ccsim.results.passed_on import way_facts
from ccsim.results.people_facts import people_facts
from ccsim.results.self_service_facts import self_service_facts
from ccsim.results.strain_facts import strain_facts
from ccsim.results.tally import Counts, Tally
from ccsim.results.work_by_cell import work_by_cell

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

FloatArray = npt.NDArray[np.float64]
Facts = dict[str, FloatArray]


def reduce(journal: Journal, scenario: Scenario) -> Tally:
    """The facts of one replication.

    `scenario` must be the one simulated. Takes a few hundred nanoseconds a contact.
    """
    from ccsim.results.journeys import compress

    grid, names = grid_of(scenario), journal.names
    limits = thresholds_of(scenario, names.channels)
    ordered = OrderedLegs.of(journal) if is_eventful(journal, scenario) else None
    journeys = compress(journal, scenario, ordered)
    born, by_birth_cell = issue_facts(journal, grid)
    counted, hands, seated, cell_work = _from_legs(journal, scenario, limits, grid)
    met = _of_contacts(journal, counted, limits, ordered)
    waits, day_waits, channel_day_waits = contact_waits(journal, counted, grid)
    by_queue, by_group, leg_waits = leg_facts(journal, counted, limits)
    backlog, day_ends = backlog_facts(journal, limits, grid, ordered)
    agents = {"busy": hands.busy, "seated": seated, "hands": hands.hands, "used": hands.used}
    agents |= strain_facts(journal, scenario, seated, grid)
    clock = {name: values.sum(axis=0) for name, values in agents.items()}
    times = by_time(met.by_time | born | backlog, day_ends, clock, limits, grid)
    in_groups = by_group | group_time(journal, scenario, agents) | people_facts(journal, scenario)
    return Tally(
        seed=journal.seed,
        replication=journal.replication,
        names=names,
        grid=grid,
        contacts=len(journal.contacts),
        issues=len(journal.issues),
        by_interval=times.interval,
        by_day=times.day,
        by_channel_interval=times.channel_interval,
        by_channel_day=times.channel_day,
        by_channel=FactsAlong((len(names.channels),), {"used": hands.work.sum(axis=0)}),
        by_cell=FactsAlong((names.cells,), met.by_cell | by_birth_cell | outreach_facts(journal)),
        by_queue=FactsAlong((len(names.queues),), by_queue),
        by_group=FactsAlong((len(names.groups),), in_groups),
        by_self_service=FactsAlong((len(names.bots),), met.by_self_service),
        waits=waits | leg_waits,
        responses=met.responses,
        day_waits=day_waits,
        channel_day_waits=channel_day_waits,
        busy=grid.by_interval(hands.busy),
        seated=grid.by_interval(seated),
        work=hands.work,
        cell_work=cell_work,
        reached_by=reached_by(journal),
        offered=offered_by_cell(journal, counted, grid),
        journeys=journeys,
    )


def _from_legs(
    journal: Journal, scenario: Scenario, limits: Thresholds, grid: Grid
) -> tuple[Counted, InHand, FloatArray, FloatArray]:
    """The counted contacts; what agents had in hand, seconds seated by group and interval; work by cell.

    The columns of all legs live only in here: they are most of what a reduction holds.
    """
    legs, handling = legs_of(journal, limits)
    groups = journal.names.groups
    room = at_once(scenario, groups, journal.names.channels)
    hands = in_hand(journal, handling, legs.queue, room, grid)
    cell_work = work_by_cell(journal, legs, handling, room)
    del handling
    seated = seconds_by_interval(presence_spans(journal, SEATED), len(groups), grid)
    hands = hands.seated(seated, takes_several(room))
    return counted_contacts(journal, legs, grid), hands, seated, cell_work


@dataclass(frozen=True, eq=False)
class _OfContacts:
    """Facts of contacts by channel and interval, by cell and by self-service; first responses."""

    by_time: Facts
    by_cell: Facts
    by_self_service: Facts
    responses: Counts


def _of_contacts(
    journal: Journal, counted: Counted, limits: Thresholds, ordered: OrderedLegs | None
) -> _OfContacts:
    by_time, by_cell = contact_facts(journal, counted)
    sessions, by_bot = self_service_facts(journal, counted, ordered)
    answers, responses = response_facts(journal, counted, limits, ordered)
    for more_by_time, more_by_cell in (way_facts(journal, counted, limits, ordered), sessions, answers):
        by_time |= more_by_time
        by_cell |= more_by_cell
    return _OfContacts(by_time, by_cell, by_bot, responses)
