"""Staffing by formula: Erlang-A agents per interval and queue, and the centre staffed that way."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.demand.cells import cells
from ccsim.demand.grid import Grid
from ccsim.demand.rates import expected, week_slot
from ccsim.distributions import Distribution, Never
from ccsim.errors import CcsimError
from ccsim.results.grid import within_of
from ccsim.scenario.capacity import handling
from ccsim.theory import agents_for, queue

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_SHARE = 0.8


@dataclass(frozen=True, eq=False)
class Plan:
    """Agents by queue and interval of the week, from Erlang A.

    contacts, agents, level: by skill, arrays over the intervals of the week from Monday 00:00
    (contacts an interval; level is the service level by formula, nan where nobody calls). aht
    (s) and patience (s; inf: nobody hangs up) by skill; patience is 1 / mean rate of hanging up.
    """

    share: float
    within: float
    interval: int
    contacts: Mapping[str, Floats]
    agents: Mapping[str, npt.NDArray[np.int64]]
    level: Mapping[str, Floats]
    aht: Mapping[str, float]
    patience: Mapping[str, float]

    @property
    def skills(self) -> tuple[str, ...]:
        """The queues, by skill."""
        return tuple(self.agents)

    @property
    def hours(self) -> float:
        """Agent hours a week."""
        return float(sum(n.sum() for n in self.agents.values()) * self.interval / 3600)

    def frame(self) -> pd.DataFrame:
        """Tidy: skill, weekday, time, contacts, agents, service_level; open intervals only."""
        import pandas as pd

        per_day = 86400 // self.interval
        rows = []
        for skill, agents in self.agents.items():
            for slot in np.flatnonzero(agents):
                seconds = int(slot % per_day) * self.interval
                time = f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
                rows.append(
                    [
                        skill,
                        DAYS[slot // per_day],
                        time,
                        self.contacts[skill][slot],
                        int(agents[slot]),
                        self.level[skill][slot],
                    ]
                )
        return pd.DataFrame(rows, columns=["skill", "weekday", "time", "contacts", "agents", "service_level"])


def plan(scenario: Scenario, channel: str = "voice") -> Plan:
    """The fewest agents per interval and queue that Erlang A says reach the target.

    The volume of the scenario as stated, each queue alone, each interval in its steady state; full
    proficiency. Skills shared between groups, redials, repeats and what spills from one interval
    into the next are ignored.
    """
    target = scenario.channels[channel].target
    share, within = (target.share if target else DEFAULT_SHARE), within_of(scenario.channels[channel])
    if not 0 < share < 1:
        raise CcsimError(f"Erlang A needs a target between 0 and 100 %, not {share:.0%}")
    volumes = _by_intent(scenario, channel)
    contacts, agents, level, ahts, patience = {}, {}, {}, {}, {}
    for skill in dict.fromkeys(scenario.intents[name].skill for name in volumes):
        mine = {n: v for n, v in volumes.items() if scenario.intents[n].skill == skill}
        work = _Work.of(scenario, channel, mine)
        contacts[skill], ahts[skill], patience[skill] = work.contacts, work.aht, work.patience
        agents[skill], level[skill] = _staffed(work, scenario.interval, share, within)
    return Plan(share, within, scenario.interval, contacts, agents, level, ahts, patience)


@dataclass(frozen=True, eq=False)
class _Work:
    """What comes to one queue: contacts by interval; over all of them mean handling and patience."""

    contacts: Floats
    aht: float
    patience: float

    @classmethod
    def of(cls, scenario: Scenario, channel: str, volumes: Mapping[str, Floats]) -> _Work:
        contacts: Floats = np.sum(list(volumes.values()), axis=0)
        total = {name: float(volume.sum()) for name, volume in volumes.items()}
        every = sum(total.values())
        aht = sum(n * _aht(scenario, channel, name) for name, n in total.items()) / every
        rate = sum(n / _patience(scenario, channel, name) for name, n in total.items()) / every
        return cls(contacts, aht, 1.0 / rate if rate else math.inf)


def staffed(scenario: Scenario, found: Plan) -> Scenario:
    """The scenario with one specialised group a skill, on seat as planned."""
    groups = {
        f"by_formula_{number}": {"on_seat": _headcount(found, skill), "skills": [skill]}
        for number, skill in enumerate(found.skills, 1)
    }
    from ccsim.scenario.agents import Group

    agents = {name: Group.model_validate(group) for name, group in groups.items()}
    first = next(iter(scenario.agents.values()))
    agents = {
        name: group.model_copy(update={"wage": first.wage, "shrinkage": first.shrinkage})
        for name, group in agents.items()
    }
    routing = scenario.routing.model_copy(update={"overflow": (), "reserved": {}})
    return scenario.model_copy(update={"agents": agents, "routing": routing})


def _headcount(found: Plan, skill: str) -> dict[str, dict[str, str]]:
    """Steps as a scenario writes them: {mon: {08:00: 4, 10:00: 6}}."""
    week = found.agents[skill].reshape(7, -1)
    steps: dict[str, dict[str, str]] = {}
    for day, numbers in zip(DAYS, week, strict=True):
        changes = np.flatnonzero(np.diff(numbers, prepend=0))
        steps[day] = {_clock(int(slot) * found.interval): str(int(numbers[slot])) for slot in changes}
    return {day: steps_ for day, steps_ in steps.items() if steps_}


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


def _by_intent(scenario: Scenario, channel: str) -> dict[str, Floats]:
    """Contacts as stated by intent and interval of the week, Monday first; none without any.

    The average over the run, holidays left out: a Friday is staffed for a Friday with its doors open.
    """
    grid = Grid(scenario, channel)
    usual = np.repeat(~grid.holiday, grid.slots)
    slot, size = week_slot(grid)[usual], 7 * grid.slots
    times = np.maximum(np.bincount(slot, minlength=size), 1)
    volumes: dict[str, Floats] = {}
    for cell in cells(scenario):
        if cell.channel == channel:
            rates = expected(scenario, grid, cell)[usual]
            week = np.bincount(slot, rates, size) / times
            volumes[cell.intent] = volumes.get(cell.intent, np.zeros(len(week))) + week
    return {name: week for name, week in volumes.items() if week.any()}


def _aht(scenario: Scenario, channel: str, intent: str) -> float:
    return handling(scenario.intents[intent], scenario.channels[channel].talk)


def _patience(scenario: Scenario, channel: str, intent: str) -> float:
    stays: Distribution = scenario.intents[intent].patience or scenario.channels[channel].patience
    return math.inf if isinstance(stays, Never) else float(stays.mean)


def _staffed(work: _Work, interval: int, share: float, within: float) -> tuple[npt.NDArray[np.int64], Floats]:
    """Agents and service level by interval; equal rates are worked out once."""
    stays = None if math.isinf(work.patience) else work.patience
    rates = np.round(work.contacts / interval, 9)
    known: dict[float, tuple[int, float]] = {0.0: (0, math.nan)}
    for rate in np.unique(rates[rates > 0]).tolist():
        agents = agents_for(share, within, rate, work.aht, stays)
        known[rate] = agents, queue(rate, work.aht, agents, stays).service_level(within)
    found = [known[rate] for rate in rates.tolist()]
    return np.array([n for n, _ in found], np.int64), np.array([s for _, s in found])
