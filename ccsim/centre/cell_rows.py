"""Rows of cells: what a contact of one channel, intent and segment is like."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Names
from ccsim.centre.lane_rows import LanePlan
from ccsim.centre.lanes import lane_key
from ccsim.centre.numbers import Numbers
from ccsim.centre.tables import CELL
from ccsim.demand.issues import patience_of, talk_of
from ccsim.scenario import Scenario

Table = npt.NDArray[np.void]


def cell_rows(
    scenario: Scenario, plan: LanePlan, names: Names, numbers: Numbers, services: dict[tuple[str, str], int]
) -> Table:
    """A row for each channel, intent and segment; `services` says which self-service row it meets."""
    rows = np.zeros(len(plan.cells), CELL)
    for at, row in enumerate(rows):
        channel = names.channels[names.cell_channel[at]]
        intent = names.intents[names.cell_intent[at]]
        row["lane"], row["sites"] = plan.first[plan.cells[at]], len(plan.sites)
        row["channel"], row["intent"] = names.cell_channel[at], names.cell_intent[at]
        skill = names.skills.index(scenario.intents[intent].skill)
        row["queue"] = names.cell_channel[at] * len(names.skills) + skill
        row["service"] = services.get((channel, intent), -1)
        _work(scenario, row, channel, intent, numbers)
        _returns(scenario, row, channel, intent, numbers)
        segment = names.segments[names.cell_segment[at]]
        _onward(scenario, row, (channel, intent, segment), plan, names)
    return rows


def _work(scenario: Scenario, row: Any, channel: str, name: str, numbers: Numbers) -> None:
    intent, given = scenario.intents[name], scenario.channels[channel]
    row["talk"] = numbers.quantiles(talk_of(scenario, channel, name))
    row["hold"] = numbers.quantiles(intent.hold)
    row["wrap"] = numbers.quantiles(intent.wrap_up)
    row["patience"] = numbers.quantiles(patience_of(scenario, channel, name))
    row["loading"] = intent.complexity
    row["noise"] = (1.0 - intent.complexity**2) ** 0.5
    row["special"] = given.drops > 0.0 or given.kind == "messaging"


def _returns(scenario: Scenario, row: Any, channel: str, name: str, numbers: Numbers) -> None:
    intent, given = scenario.intents[name], scenario.channels[channel]
    row["redial_cap"] = row["repeat_cap"] = 1
    if given.redial is not None:
        row["redial"] = numbers.quantiles(given.redial.after)
        row["redial_chance"] = given.redial.chance
        row["redial_cap"] = _cap(given.redial.cap)
    if intent.repeat is not None:
        row["repeat"] = numbers.quantiles(intent.repeat.after)
        row["repeat_chance"] = intent.repeat.chance
        row["repeat_cap"] = _cap(intent.repeat.cap)
    row["tries_later"] = given.tries_later


def _cap(most: int | None) -> int:
    """Most contacts of an issue; without a cap as many as a return event can number."""
    return (1 << 16) - 1 if most is None else most


def _onward(scenario: Scenario, row: Any, cell: tuple[str, str, str], plan: LanePlan, names: Names) -> None:
    """Where a handling may pass the contact on to: by transfer, or to a higher tier."""
    channel, intent, segment = cell
    row["transfer_to"] = row["transfer_lane"] = row["escalate_to"] = row["escalate_lane"] = -1
    transfer, escalate = scenario.intents[intent].transfer, scenario.intents[intent].escalate
    if transfer is not None:
        row["transfer_to"] = names.intents.index(transfer.to)
        row["transfer_chance"], row["warm"] = transfer.chance, transfer.warm
        if transfer.priority is not None:
            key = lane_key(scenario, channel, transfer.to, segment, transfer.priority)
            row["transfer_lane"] = plan.first[key]
    if escalate is not None:
        row["escalate_to"] = names.intents.index(escalate.to)
        row["escalate_chance"], row["escalate_warm"] = escalate.chance, escalate.warm
        if escalate.priority is not None:
            key = lane_key(scenario, channel, escalate.to, segment, escalate.priority)
            row["escalate_lane"] = plan.first[key]
