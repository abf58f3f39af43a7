"""The same replication under old and new rules: simulated, reduced and paired where it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.centre.crews import build_crews
from ccsim.centre.journal import Journal
from ccsim.centre.simulate import simulate
from ccsim.experiments.executors import Job
from ccsim.experiments.replicate import executor_for, run_length
from ccsim.results.both_rules import BothRules, both_rules
from ccsim.results.reduce import reduce
from ccsim.results.work_done import Mastery

if TYPE_CHECKING:
    from ccsim.demand.arrivals import Fresh
    from ccsim.experiments.executors import Executor
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario
    from ccsim.scenario.skills import Proficiency

NOTICED_LIVE: Final = 10.0  # s: a wait on the line that is so much shorter or longer is noticed
NOTICED_DEFERRED: Final = 900.0  # s: the same of mail and messages


@dataclass(frozen=True, eq=False)
class Pair:
    """One replication: the tally of each side, and what pairs them."""

    before: Tally
    after: Tally
    both: BothRules


@dataclass(frozen=True, eq=False)
class PairTask:
    """Simulates one replication of two scenarios with the same contacts; `task(number)` is its `Pair`."""

    before: Scenario
    after: Scenario
    clock: str
    fresh: Fresh

    def __call__(self, number: int) -> Pair:
        sides = (self.before, self.after)
        old, new = (simulate(side, number, self.clock, self.fresh) for side in sides)
        mastery = (mastery_of(self.before, old), mastery_of(self.after, new))
        both = both_rules(old, new, mastery, self.before.start.weekday(), noticed(self.before))
        return Pair(reduce(old, self.before), reduce(new, self.after), both)


def paired(
    task: PairTask,
    replications: int,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    executor: Executor | None = None,
    known: dict[int, Pair] | None = None,
    keep: Callable[[int, Pair], None] | None = None,
) -> list[Pair]:
    """The pairs of all replications in order; arguments as of `replicate`."""
    pairs = {number: pair for number, pair in (known or {}).items() if number < replications}
    missing = [number for number in range(replications) if number not in pairs]
    contacts = 2 * len(missing) * run_length(task.before)
    done = sum(map(_contacts, pairs.values()))
    with executor_for(contacts, task.clock, len(missing), jobs, None, executor) as place:
        for at, pair in place.run([Job(task, number) for number in missing]):
            pairs[missing[at]] = pair
            done += _contacts(pair)
            if keep is not None:
                keep(missing[at], pair)
            if progress is not None:
                progress(len(pairs), done)
    return [pairs[number] for number in range(replications)]


def _contacts(pair: Pair) -> int:
    return pair.before.contacts + pair.after.contacts


def noticed(scenario: Scenario) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """By channel, the seconds from which a wait counts as less or more."""
    rules = scenario.channels.values()
    return np.array([NOTICED_LIVE if rule.live else NOTICED_DEFERRED for rule in rules])


def mastery_of(scenario: Scenario, journal: Journal) -> Mastery:
    """How well each agent of a journal does each skill: skill alone, without tools, training and time."""
    skills, agents = journal.names.skills, journal.names.agents
    shape = (len(agents), len(skills))
    rank = np.zeros(shape, np.int64)
    speed, fcr = np.zeros(shape), np.zeros(shape)
    for agent, known in zip(range(len(agents)), _skills(scenario, journal), strict=False):
        for number, skill in enumerate(skills):
            if skill in known:
                found = known[skill]
                rank[agent, number] = found.rank
                speed[agent, number], fcr[agent, number] = found.speed, found.fcr
    return Mastery(rank, speed, fcr)


def _skills(scenario: Scenario, journal: Journal) -> Iterator[dict[str, Proficiency]]:
    """The skills of each agent, in the journal's order."""
    sizes = np.bincount(journal.names.agents, minlength=len(journal.names.groups))
    for number, (name, members) in enumerate(members_of(scenario).items()):
        group, size = scenario.agents[name], int(sizes[number])
        mine = [dict(group.people[k].skills) for k in members] if members else []
        yield from (mine[k] if k < len(mine) else dict(group.skills) for k in range(size))


def members_of(scenario: Scenario) -> dict[str, list[int]]:
    """By group, whose rows of its table of individuals its agents are, in the journal's order."""
    found: dict[str, list[int]] = {name: [] for name in scenario.agents}
    names = list(scenario.agents)
    for crew in build_crews(scenario):
        found[names[crew.group]] += crew.members
    return found
