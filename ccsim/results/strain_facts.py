"""How strained those on seat are, as the centre's weekly review left it in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import SEATED, Journal
from ccsim.results.agent_time import presence_rows, seconds_by_interval
from ccsim.results.columns import Spans
from ccsim.results.grid import WEEK, Grid
from ccsim.scenario.terms import workforce_of

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

FloatArray = npt.NDArray[np.float64]


def strain_facts(
    journal: Journal, scenario: Scenario, seated: FloatArray, grid: Grid
) -> dict[str, FloatArray]:
    """Facts by group and interval, under the names of `facts.FACTS`; none where strain is off.

    seated: agent-seconds by group and interval.
    """
    if journal.strains is None:
        return {}
    names = journal.names.groups
    on = np.array([workforce_of(scenario, name).strain is not None for name in names])
    spans, agent = _in_weeks(journal)
    weight = _strain_at(journal, agent, spans.start)
    strained = seconds_by_interval(spans, len(names), grid, weight)
    return {"strained": strained, "under_strain": np.where(on[:, None], seated, 0.0)}


def _in_weeks(journal: Journal) -> tuple[Spans, npt.NDArray[np.int32]]:
    """Spells on seat, cut where a week ends: strain changes there; and whose they are."""
    rows = presence_rows(journal, SEATED)
    first = np.floor(rows["start"] / WEEK)
    weeks = np.maximum(np.ceil(rows["end"] / WEEK) - first, 1).astype(np.int64)
    row = np.repeat(np.arange(len(rows)), weeks)
    opens = (first[row] + np.arange(len(row)) - np.repeat(np.cumsum(weeks) - weeks, weeks)) * WEEK
    start = np.maximum(rows["start"][row], opens)
    end = np.minimum(rows["end"][row], opens + WEEK)
    agent = rows["agent"][row]
    return Spans(journal.names.agents[agent], start, end), agent


def _strain_at(journal: Journal, agent: npt.NDArray[np.int32], time: FloatArray) -> FloatArray:
    """Each agent's strain at a time (s) of its own; 0 where the journal has no row."""
    rows = np.sort(journal.strains, order=["agent", "start"])
    if not len(rows):
        return np.zeros(len(agent))
    apart = journal.end - journal.begin + 1.0  # s: no two agents meet
    opened = rows["agent"] * apart + (rows["start"] - journal.begin)
    at = np.searchsorted(opened, agent * apart + (time - journal.begin), side="right") - 1
    row = rows[np.maximum(at, 0)]
    holds = (at >= 0) & (row["agent"] == agent) & (time < row["end"])
    return np.where(holds, row["strain"], 0.0)
