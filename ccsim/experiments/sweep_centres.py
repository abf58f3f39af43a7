"""What a sweep simulates: each centre once, all of its replications handed to one executor.

Points whose centres run the same (they differ in prices, customers or the outcome model) share one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from ccsim.experiments.base import fresh_of
from ccsim.experiments.executors import Job
from ccsim.experiments.replicate import executor_for, one_tally, run_length

if TYPE_CHECKING:
    from ccsim.demand.arrivals import Fresh
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.sweep_points import Point, Side
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario

Progress = Callable[[int, int], None]  # (replications done, contacts simulated so far)
Key = tuple[str, str]  # of a base's centre, and of one that has its volumes


@dataclass(eq=False)
class Centre:
    """Something to simulate, with the volumes of its base; tallies come in by number."""

    key: Key
    scenario: Scenario
    fresh: Fresh
    tallies: dict[int, Tally] = field(default_factory=dict)

    @property
    def in_order(self) -> list[Tally]:
        """The tallies, by replication."""
        return [self.tallies[number] for number in sorted(self.tallies)]


def centre_of(base: Side, side: Side) -> Key:
    """Where a scenario is simulated that has the volumes of this base."""
    return (base.centre, side.centre)


def centres_of(points: Sequence[Point], clock: str) -> list[Centre]:
    """What is to be simulated: bases first, then each point's centre once; bases solve their volumes here."""
    found: dict[Key, Centre] = {}
    for point in points:
        key = centre_of(point.base, point.base)
        if key not in found:
            found[key] = Centre(key, point.base.scenario, fresh_of(point.base.scenario, clock))
    for point in points:
        key = centre_of(point.base, point.side)
        if key not in found:
            fresh = found[centre_of(point.base, point.base)].fresh
            found[key] = Centre(key, point.side.scenario, fresh)
    return list(found.values())


def simulated(
    centres: Sequence[Centre],
    replications: int,
    jobs: int | None,
    clock: str,
    progress: Progress | None = None,
    executor: Executor | None = None,
    kept: Unfinished | None = None,
) -> Iterator[Centre]:
    """Each centre when its replications are done, in any order; clock: 'simpy' or 'compiled'."""
    done = _Done(progress)
    left: list[tuple[Centre, int]] = []
    for centre in centres:
        missing = _taken_up(centre, replications, kept, done)
        left += [(centre, number) for number in missing]
        if not missing:
            yield centre
    if not left:
        return
    tasks = {centre.key: partial(one_tally, centre.scenario, clock, centre.fresh, None) for centre in centres}
    contacts = sum(run_length(centre.scenario) for centre, _ in left)
    with executor_for(contacts, clock, len(left), jobs, None, executor) as place:
        for at, tally in place.run([Job(tasks[centre.key], number) for centre, number in left]):
            centre = left[at][0]
            centre.tallies[tally.replication] = tally
            if kept is not None:
                kept.of(centre.scenario, centre.fresh).add(tally)
            done.add(tally)
            if len(centre.tallies) == replications:
                yield centre


def _taken_up(centre: Centre, replications: int, kept: Unfinished | None, done: _Done) -> list[int]:
    """Put in what an earlier command has left, and return the replications still missing."""
    known: Mapping[int, Tally] = {} if kept is None else kept.of(centre.scenario, centre.fresh).known()
    for number, tally in known.items():
        if number < replications:
            centre.tallies[number] = tally
            done.add(tally)
    return [number for number in range(replications) if number not in centre.tallies]


class _Done:
    """Counts replications and contacts, and tells how far it is."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._count = self._contacts = 0

    def add(self, tally: Tally) -> None:
        self._count += 1
        self._contacts += tally.contacts
        if self._progress is not None:
            self._progress(self._count, self._contacts)
