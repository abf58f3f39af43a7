"""Agent time on the clock: who was busy, seated, away or paid, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ABSENT, AWAY, BREAK, SEATED, Journal, Records
from ccsim.results.columns import Spans
from ccsim.results.grid import Grid

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

OFF_SHIFT = ("absence", "leave", "breaks")  # whole days, and what the shift itself says

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]


def seconds_by_interval(
    spans: Spans, groups: int, grid: Grid, weight: FloatArray | None = None
) -> FloatArray:
    """Seconds of the spans that fall in each interval of the counted weeks; (groups, grid.size).

    `weight`: of each span, by which its seconds count. In each interval: those under way at its start
    fill it, those that start in it add the rest of it, those that end in it take the rest away. Two
    counts and two sums, no loop over spans.
    """
    begun, begun_rest = _moments(spans.group, spans.start, groups, grid, weight)
    ended, ended_rest = _moments(spans.group, spans.end, groups, grid, weight)
    change = begun - ended
    under_way = np.cumsum(change, axis=1) - change
    seconds = under_way * float(grid.interval) + begun_rest - ended_rest
    return np.maximum(seconds[:, :-1], 0.0)


def _moments(
    group: IntArray, times: FloatArray, groups: int, grid: Grid, weight: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """Per (group, interval): number of moments in it, and their seconds to its end."""
    inside = np.clip(times, 0.0, grid.size * float(grid.interval))
    key = (inside / grid.interval).astype(np.int64)
    rest = (key + 1) * float(grid.interval)
    rest -= inside
    if groups > 1:
        key += group * np.int64(grid.size + 1)
    cells = groups * (grid.size + 1)
    shape = (groups, grid.size + 1)
    if weight is not None:
        rest *= weight
    count = np.bincount(key, weight, minlength=cells).astype(np.float64).reshape(shape)
    return count, np.asarray(np.bincount(key, rest, minlength=cells), np.float64).reshape(shape)


def presence_rows(journal: Journal, state: int) -> Records:
    """The rows of the journal's `presence` in a state."""
    rows: Records = journal.presence[journal.presence["state"] == state]
    return rows


def presence_spans(journal: Journal, state: int) -> Spans:
    """The spells of all agents in a state of the journal's `presence`."""
    rows = presence_rows(journal, state)
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


def group_time(journal: Journal, scenario: Scenario, seats: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """Agent-seconds by group, under the names of `facts.FACTS`.

    seats: those known by group and interval, 'seated' and 'busy' among them.
    """
    groups, until = len(journal.names.groups), journal.counted_until
    facts = {name: values.sum(axis=1) for name, values in seats.items()}
    for name, state in (("on_break", BREAK), ("absent", ABSENT), ("away", AWAY)):
        facts[name] = seconds(presence_spans(journal, state), groups, until)
    facts["overtime"] = seconds(overtime_spans(journal), groups, until)
    facts["in_plan"] = facts["seated"] - facts["overtime"]
    worked = facts["in_plan"] + facts["on_break"] + facts["away"]
    planned = worked * meeting_share(scenario, journal.names.groups) + trained(journal, scenario)
    facts["meetings"] = np.minimum(facts["away"], planned)
    roster = worked + facts["absent"]
    facts["paid"] = roster / paid_share(scenario, journal.names.groups) + facts["overtime"]
    return facts


def meeting_share(scenario: Scenario, groups: tuple[str, ...]) -> FloatArray:
    """Share of a shift that is planned off the phones (meetings, training, coaching), by group."""
    shrinkage = [scenario.agents[name].shrinkage for name in groups]
    return np.array([sum(v for k, v in each.items() if k not in OFF_SHIFT) for each in shrinkage])


def trained(journal: Journal, scenario: Scenario) -> FloatArray:
    """Agent-seconds of the counted weeks that new people and training programmes take, by group."""
    names, until = journal.names, journal.counted_until
    taken = np.zeros(len(names.groups))
    for number, name in enumerate(names.groups):
        programme = scenario.agents[name].training
        if programme is not None:
            in_time = min(1.0, until / programme.over) if programme.over > 0 else 1.0
            taken[number] = in_time * programme.hours * np.count_nonzero(names.agents == number)
    if journal.people is None:
        return taken
    away = presence_rows(journal, AWAY)
    for person in journal.people[journal.people["ready"] > journal.people["hired"]]:
        mine = away[(away["agent"] == person["agent"]) & (away["start"] < person["ready"])]
        mine = mine[mine["start"] >= person["hired"]]
        length = np.clip(mine["end"], 0.0, until) - np.clip(mine["start"], 0.0, until)
        taken[names.agents[person["agent"]]] += length.sum()
    return taken


def paid_share(scenario: Scenario, groups: tuple[str, ...]) -> FloatArray:
    """Share of paid time that the presence of each group's agents shows.

    The roster of a group is what is paid. A group on seat is ready for work by definition: its
    shrinkage only prices it.
    """
    shares = np.ones(len(groups))
    for number, name in enumerate(groups):
        group = scenario.agents[name]
        if not group.rostered:
            shares[number] -= sum(group.shrinkage.values())
    return shares
