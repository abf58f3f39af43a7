"""Executors: where replications run. One interface: jobs go in, results come out as they are done.

A job is a pure function of its number, so that it does not matter who does it, when, or twice. Only
small things travel: the scenario and a number out, a tally back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Job(Generic[Result]):
    """One piece of work: `task(number)`. The task can be pickled, and depends on nothing else."""

    task: Callable[[int], Result]
    number: int

    def __call__(self) -> Result:
        """The result."""
        return self.task(self.number)


class Executor(AbstractContextManager["Executor"], Protocol):
    """Where jobs run; a context that gives back what it holds."""

    @property
    def workers(self) -> int:
        """How many jobs run at a time."""

    def prepare(self, once: Callable[[], object]) -> None:
        """Have something done once on each machine before its next job: `once` fills a cache there."""

    def run(self, jobs: Sequence[Job[Result]]) -> Iterator[tuple[int, Result]]:
        """The place of each job among `jobs` and its result, as soon as it is done, in any order."""


class Serial:
    """One after another, here."""

    workers = 1

    def prepare(self, once: Callable[[], object]) -> None:
        """See `Executor`."""
        once()

    def run(self, jobs: Sequence[Job[Result]]) -> Iterator[tuple[int, Result]]:
        """See `Executor`: in their order."""
        return ((place, job()) for place, job in enumerate(jobs))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass
