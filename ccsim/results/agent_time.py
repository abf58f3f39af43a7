"""Agent time on the clock: who was busy, seated, away or paid, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ABSENT, AWAY, BREAK, SEATED, Journal
from ccsim.results.columns import Spans
from ccsim.results.grid import Grid

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

OFF_SHIFT = ("absence", "leave", "breaks")  # whole days, and what the shift itself says

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]


def seconds_by_interval(spans: Spans, groups: int, grid: Grid) -> FloatArray:
    """Seconds of the spans that fall in each interval of the counted weeks; (groups, grid.size).

    In each interval: those under way at its start fill it, those that start in it add the rest of
    it, those that end in it take the rest away. Two counts and two sums, no loop over spans.
    """
    begun, begun_rest = _moments(spans.group, spans.start, groups, grid)
    ended, ended_rest = _moments(spans.group, spans.end, groups, grid)
    change = begun - ended
    under_way = np.cumsum(change, axis=1) - change
    seconds = under_way * float(grid.interval) + begun_rest - ended_rest
    return np.maximum(seconds[:, :-1], 0.0)


def _moments(group: IntArray, times: FloatArray, groups: int, grid: Grid) -> tuple[FloatArray, FloatArray]:
    """Per (group, interval): number of moments in it, and their seconds to its end."""
    inside = np.clip(times, 0.0, grid.size * float(grid.interval))
    key = (inside / grid.interval).astype(np.int64)
    rest = (key + 1) * float(grid.interval)
    rest -= inside
    if groups > 1:
        key += group * np.int64(grid.size + 1)
    cells = groups * (grid.size + 1)
    shape = (groups, grid.size + 1)
    count = np.bincount(key, minlength=cells).astype(np.float64).reshape(shape)
    return count, np.asarray(np.bincount(key, rest, minlength=cells), np.float64).reshape(shape)


def presence_spans(journal: Journal, state: int) -> Spans:
    """The spells of all agents in a state of the journal's `presence`."""
    rows = journal.presence[journal.presence["state"] == state]
    return Spans(journal.names.agents[rows["agent"]], rows["start"], rows["end"])


def overtime_spans(journal: Journal) -> Spans:
    """Seated time after the shift was due to end."""
    presence = journal.presence
    rows = presence[(presence["state"] == SEATED) & (presence["end"] > presence["due"])]
    return Spans(journal.names.agents[rows["agent"]], np.maximum(rows["due"], rows["start"]), rows["end"])


def seconds(spans: Spans, groups: int, until: float) -> FloatArray:
    """Seconds of the spans in the counted weeks (0 to `until`), by group."""
    length = np.clip(spans.end, 0.0, until) - np.clip(spans.start, 0.0, until)
    return np.asarray(np.bincount(spans.group, length, minlength=groups), np.float64)


def group_time(
    journal: Journal, scenario: Scenario, busy: FloatArray, seated: FloatArray
) -> dict[str, FloatArray]:
    """Agent-seconds by group, under the names of `tally.FACTS`."""
    groups, until = len(journal.names.groups), journal.counted_until
    facts = {"busy": busy.sum(axis=1), "seated": seated.sum(axis=1)}
    for name, state in (("on_break", BREAK), ("absent", ABSENT), ("away", AWAY)):
        facts[name] = seconds(presence_spans(journal, state), groups, until)
    facts["overtime"] = seconds(overtime_spans(journal), groups, until)
    facts["in_plan"] = facts["seated"] - facts["overtime"]
    worked = facts["in_plan"] + facts["on_break"] + facts["away"]
    planned = worked * meeting_share(scenario, journal.names.groups)
    facts["meetings"] = np.minimum(facts["away"], planned)
    roster = worked + facts["absent"]
    facts["paid"] = roster / paid_share(scenario, journal.names.groups) + facts["overtime"]
    return facts


def meeting_share(scenario: Scenario, groups: tuple[str, ...]) -> FloatArray:
    """Share of a shift that is planned off the phones (meetings, training, coaching), by group."""
    shrinkage = [scenario.agents[name].shrinkage for name in groups]
    return np.array([sum(v for k, v in each.items() if k not in OFF_SHIFT) for each in shrinkage])


def paid_share(scenario: Scenario, groups: tuple[str, ...]) -> FloatArray:
    """Share of paid time that the presence of each group's agents shows.

    The roster of a scheduled group is what is paid. An on_seat group is ready for work by
    definition: its shrinkage only prices it.
    """
    shares = np.ones(len(groups))
    for number, name in enumerate(groups):
        group = scenario.agents[name]
        if group.on_seat is not None:
            shares[number] -= sum(group.shrinkage.values())
    return shares
