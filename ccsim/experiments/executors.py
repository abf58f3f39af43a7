"""Executors: where replications run. One interface: jobs go in, results come out as they are done.

A job is a pure function of its number, so that it does not matter who does it, when, or twice. Only
small things travel: the scenario and a number out, a tally back.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from ccsim.errors import CcsimError

Result = TypeVar("Result")

DEATHS: Final = 3  # workers lost one after another without a result: it is no accident


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


class Processes:
    """So many processes of this machine, started at the first job; a lost one's jobs run again."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def prepare(self, once: Callable[[], object]) -> None:
        """See `Executor`: done here, for all processes of this machine."""
        once()

    def run(self, jobs: Sequence[Job[Result]]) -> Iterator[tuple[int, Result]]:
        """See `Executor`. CcsimError where workers die again and again."""
        left = dict(enumerate(jobs))
        deaths = 0
        while left:
            futures: dict[Future[Result], int] = {}
            try:
                futures = self._submitted(left)
                for future in as_completed(futures):
                    place = futures[future]
                    found = future.result()
                    del left[place]
                    deaths = 0
                    yield place, found
            except BrokenProcessPool:
                deaths += 1
                self._drop()
                if deaths >= DEATHS:
                    raise CcsimError(_DYING) from None
            finally:
                for future in futures:
                    future.cancel()

    def _submitted(self, jobs: Mapping[int, Job[Result]]) -> dict[Future[Result], int]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # the same everywhere, and safe with threads
            self._pool = ProcessPoolExecutor(self.workers, mp_context=context)
        found: dict[Future[Result], int] = {}
        for place, job in jobs.items():
            found[self._pool.submit(job)] = place
        return found

    def _drop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        self._drop()


_DYING: Final = (
    f"worker processes were killed {DEATHS} times without finishing anything. Most often memory runs out: "
    "try fewer of them (--jobs 1), or a shorter scenario."
)
