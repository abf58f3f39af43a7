"""Jobs on Dask: a cluster of this machine's processors, or one that is there already.

A task (with its scenario) goes to the scheduler once, as bytes, and from there to each worker that asks for
it; where a worker dies with it, the scheduler has it made again, and the jobs that died too. Jobs are handed
over a few ahead of the workers, so that a sweep of many points is never all in the scheduler's memory.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import islice
from typing import Any, Final, Self, TypeVar

from ccsim.errors import CcsimError
from ccsim.experiments import on_worker
from ccsim.experiments.executors import Job

Result = TypeVar("Result")

LOCAL: Final = "local"
ANSWERS: Final = 5  # s that a scheduler has to answer
FIRST_WORKER: Final = 60  # s until there is a worker: some clusters start them when there is work
AHEAD: Final = 4  # jobs handed over for each that runs
FEWEST_AHEAD: Final = 64  # in all: a cluster may grow
REMEMBERED: Final = 64  # tasks that are not sent again
_NEVER: Final = logging.CRITICAL + 1
_ENVIRONMENT: Final = "distributed.nanny.pre-spawn-environ"  # what Dask gives worker processes
_TRIM: Final = "MALLOC_TRIM_THRESHOLD_"
_UNWATCHED: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
}
_ADDRESS: Final = re.compile(r"tcp://(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):(\d{1,5})")


@contextmanager
def on_dask(where: str) -> Iterator[OnDask]:
    """An executor on Dask: `local`, or the scheduler at `tcp://HOST:PORT`; `local` ends with the context.

    CcsimError where Dask is not installed, the address is none, nobody answers there, there are no workers,
    or a worker has another version of ccsim, numpy or Python.
    """
    if where != LOCAL and not _ADDRESS.fullmatch(where):
        raise CcsimError(f"--dask {where}: say `{LOCAL}`, or where a scheduler is: tcp://HOST:PORT")
    _installed()
    with ExitStack() as held:
        held.enter_context(_silent())
        client = _local(held) if where == LOCAL else _connected(where, held)
        held.callback(client.close)
        _same_versions(client, where)
        yield OnDask(client, where)


class OnDask:
    """An executor (see `executors`) whose jobs run on the workers of a Dask cluster."""

    def __init__(self, client: Any, where: str) -> None:
        self._client, self._where = client, where
        self._tasks = _Tasks(client)
        self._first: tuple[bytes, ...] = ()
        self.workers: int = max(1, sum(client.ncores().values()))

    def prepare(self, once: Callable[[], object]) -> None:
        """See `Executor`: each worker does it before its first job, one after another on a machine."""
        import cloudpickle

        packed = cloudpickle.dumps(once)
        self._first = (*self._first, *([] if packed in self._first else [packed]))

    def run(self, jobs: Sequence[Job[Result]]) -> Iterator[tuple[int, Result]]:
        """See `Executor`. CcsimError where workers die again and again, or the cluster is gone."""
        from distributed import as_completed

        waiting, places = iter(enumerate(jobs)), dict[Any, int]()

        def handed_over(most: int) -> list[Any]:
            some = [*islice(waiting, most)]
            futures = self._submitted([job for _, job in some])
            places.update(zip(futures, (place for place, _ in some), strict=True))
            return futures

        ahead = max(AHEAD * self.workers, FEWEST_AHEAD)
        try:
            running = as_completed(handed_over(ahead), self._client.loop, with_results=True)
            for future, found in running:
                if isinstance(found, BaseException):  # a scheduler that is gone cancels, and raises nothing
                    raise found
                place = places.pop(future)
                if len(places) <= ahead // 2:  # many at a time: each time costs the scheduler as much
                    running.update(handed_over(ahead - len(places)))
                yield place, on_worker.result_in(found)
        except _lost_errors() as error:
            raise CcsimError(self._lost(error)) from error
        finally:
            self._client.cancel([*places])

    def _submitted(self, jobs: Sequence[Job[Any]]) -> list[Any]:
        tasks, numbers = [self._tasks.of(job.task) for job in jobs], [job.number for job in jobs]
        firsts = [self._first] * len(jobs)
        return list(self._client.map(on_worker.done, tasks, numbers, firsts, pure=False)) if jobs else []

    def _lost(self, error: BaseException) -> str:
        if type(error).__name__ == "KilledWorker":
            return (
                f"Dask workers ({self._where}) died again and again over the same replication. Most often "
                "memory runs out: fewer workers a machine, or a shorter scenario."
            )
        why = str(error) or type(error).__name__
        return f"the Dask cluster ({self._where}) was lost before all was done: {why}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class _Tasks:
    """Tasks that the scheduler has, as bytes; the latest are remembered, so that each goes there once."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._sent: dict[int, tuple[object, Any]] = {}  # the task itself too, lest its id be another's

    def of(self, task: object) -> Any:
        """The future of a task, on whatever worker it is."""
        import cloudpickle

        if id(task) not in self._sent:
            if len(self._sent) >= REMEMBERED:
                self._sent.pop(next(iter(self._sent)))
            sent, versions = cloudpickle.dumps(task), on_worker.decisive_versions()
            future = self._client.submit(on_worker.task_in, sent, versions, pure=False)
            self._sent[id(task)] = (task, future)
        return self._sent[id(task)][1]


def _installed() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise CcsimError("--dask needs Dask: pip install 'ccsim[cluster]'") from None


@contextmanager
def _silent() -> Iterator[None]:
    """Dask's own log goes nowhere: what a user has to know, ccsim says in one message."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "distributed"]
    levels = {handler: handler.level for name in names for handler in logging.getLogger(name).handlers}
    for handler in levels:
        handler.setLevel(_NEVER)
    try:
        yield
    finally:
        for handler, level in levels.items():
            handler.setLevel(level)


def _local(held: ExitStack) -> Any:
    """A cluster of this machine: a process a processor, nothing said, nothing open to others."""
    import os

    from distributed import Client, LocalCluster

    held.enter_context(_lean())
    cluster = LocalCluster(
        n_workers=os.cpu_count() or 1,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # any free port: one is opened even without a dashboard
        scheduler_kwargs={"dashboard": False},
        memory_limit=None,
        silence_logs=_NEVER,
    )
    held.callback(cluster.close)
    client = Client(cluster, set_as_default=False)
    client.register_plugin(_without_interrupts())
    return client


def _lean() -> AbstractContextManager[object]:
    """Workers that start in this context only work: they do not watch themselves, and keep freed memory.

    By Dask's wish every freed array goes back to the system at once, and the next replication has its memory
    mapped anew, page by page: half as long again as the replication itself. A look at the stack every 10 ms,
    and at the event loop every 20 ms in each of Dask's parts here, take another tenth.
    """
    import dask

    environment = {name: to for name, to in dask.config.get(_ENVIRONMENT).items() if name != _TRIM}
    return dask.config.set({_ENVIRONMENT: environment, **_UNWATCHED})


def _connected(where: str, held: ExitStack) -> Any:
    from distributed import Client

    try:
        return Client(where, timeout=ANSWERS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CcsimError(f"--dask {where}: no Dask scheduler answers there ({error})") from None


def _same_versions(client: Any, where: str) -> None:
    """CcsimError unless the workers there have the versions of here; those that come later are asked, too."""
    from distributed import TimeoutError as TookTooLong

    try:
        client.submit(on_worker.same_versions, on_worker.decisive_versions(), pure=False).result(FIRST_WORKER)
    except TookTooLong:
        raise CcsimError(f"--dask {where}: no worker is there after {FIRST_WORKER} s") from None
    except ImportError as error:
        raise CcsimError(f"--dask {where}: a worker there lacks something: {error}") from None
    client.run(on_worker.same_versions, on_worker.decisive_versions())


def _without_interrupts() -> Any:
    """Ctrl-C at a terminal reaches every process there: it is for the main one to stop the others."""
    from distributed import WorkerPlugin

    class WithoutInterrupts(WorkerPlugin):  # type: ignore[misc]
        def setup(self, worker: Any) -> None:
            import signal

            signal.signal(signal.SIGINT, signal.SIG_IGN)

    return WithoutInterrupts()


def _lost_errors() -> tuple[type[BaseException], ...]:
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    return KilledWorker, CommClosedError, CancelledError
