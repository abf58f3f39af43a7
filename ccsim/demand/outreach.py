"""Proactive outreach: contacts that never come about, because somebody told the customer before.

An issue that a programme speaks of is reached if its uniform is below `reach`, and prevented if the
same uniform is below `reach` × `effect`. Each programme draws for itself; an issue is prevented if one
of them prevents it. Issues that remain keep their keys, and so every draw they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.demand.births import Births
from ccsim.demand.cells import Cell, cell_number
from ccsim.demand.streams import stream_key, uniforms
from ccsim.scenario import Scenario
from ccsim.scenario.proactive import Outreach

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class OutreachCounts:
    """Customers reached before they made contact, and contacts prevented, in the counted weeks.

    programmes: names. reached, prevented: by cell, an issue once however many programmes reached it.
    reached_by: (programmes, cells), what each of them is paid for.
    """

    programmes: tuple[str, ...]
    reached: Ints
    prevented: Ints
    reached_by: Ints


def reach_out(
    scenario: Scenario, replication: int, groups: Sequence[Births]
) -> tuple[list[Births], OutreachCounts | None]:
    """The births that outreach leaves, and how many it reached; None where there is no outreach."""
    programmes = scenario.proactive
    if not programmes:
        return list(groups), None
    size = cell_number(scenario, len(scenario.channels), 0, 0)
    reached, prevented = np.zeros(size, np.int64), np.zeros(size, np.int64)
    reached_by = np.zeros((len(programmes), size), np.int64)
    kept = []
    for group in groups:
        by_programme, gone = _reached(scenario, replication, group)
        counted = (group.born >= 0.0) & (group.born < scenario.counted_until)
        number = group.cell.number
        reached[number] += np.count_nonzero(by_programme.any(axis=0) & counted)
        prevented[number] += np.count_nonzero(gone & counted)
        reached_by[:, number] += (by_programme & counted).sum(axis=1)
        kept.append(group.only(~gone) if gone.any() else group)
    return kept, OutreachCounts(tuple(programmes), reached, prevented, reached_by)


def _reached(
    scenario: Scenario, replication: int, group: Births
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which issues each programme reaches (programmes, issues), and which are prevented."""
    reached = np.zeros((len(scenario.proactive), len(group)), bool)
    gone = np.zeros(len(group), bool)
    for mine, (name, programme) in zip(reached, scenario.proactive.items(), strict=True):
        if speaks_of(programme, group.cell):
            u = uniforms(stream_key(scenario.seed, replication, f"outreach/{name}"), group.key)
            mine[:] = u < programme.reach
            gone |= u < programme.reach * programme.effect
    return reached, gone


def speaks_of(programme: Outreach, cell: Cell) -> bool:
    """Whether a programme speaks of a cell."""
    channel = programme.channels is None or cell.channel in programme.channels
    return channel and cell.intent in programme.intents


def left_over(scenario: Scenario, cell: Cell) -> float:
    """The chance that an issue of a cell still makes contact."""
    chance = 1.0
    for programme in scenario.proactive.values():
        if speaks_of(programme, cell):
            chance *= 1.0 - programme.reach * programme.effect
    return chance
