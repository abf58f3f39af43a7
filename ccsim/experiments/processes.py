"""Jobs in processes of this machine: each is looked after by a thread here that hands it one job at a time.

A process that dies loses its one job, which another does again. Ctrl-C is for the main process alone: it
stops the others, in the middle of their jobs. A process whose main one was killed ends with its job.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from traceback import format_exc
from typing import Any, Final, Self, TypeVar

from ccsim.errors import CcsimError
from ccsim.experiments.executors import Job

Result = TypeVar("Result")
Waiting = deque[tuple[int, Job[Any]]]

DEATHS: Final = 3  # processes lost one after another without a result: it is no accident
PATIENCE: Final = 2.0  # s that an idle process has to end by itself
_LOST: Final = (EOFError, OSError)  # of a pipe whose other end is gone


class Processes:
    """So many processes, started with the first jobs; a lost one's job runs again."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._open: list[_Worker] = []

    def prepare(self, once: Callable[[], object]) -> None:
        """See `Executor`: done here, for all processes of this machine."""
        once()

    def run(self, jobs: Sequence[Job[Result]]) -> Iterator[tuple[int, Result]]:
        """See `Executor`. CcsimError where processes die again and again, or cannot start."""
        self._open += [_Worker() for _ in range(min(self.workers, len(jobs)) - len(self._open))]
        waiting: Waiting = deque(enumerate(jobs))
        answers: SimpleQueue[_Answer] = SimpleQueue()
        threads = [Thread(target=each.serve, args=(waiting, answers), daemon=True) for each in self._open]
        for thread in threads:
            thread.start()
        try:
            yield from _found(answers, len(jobs))
        finally:
            waiting.clear()
            for worker, thread in zip(self._open, threads, strict=True):
                worker.stop_if_busy()
                thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        for worker in self._open:
            worker.end()
        self._open.clear()


class _Answer:
    """What came of a job: its result, the error it raised, or (place -1) how its process ended."""

    def __init__(self, place: int, found: Any = None, error: BaseException | None = None) -> None:
        self.place, self.found, self.error = place, found, error


class _DeathError(Exception):
    """A process that has ended by itself, with this exit code (negative: the signal that ended it)."""


class _WhereError(Exception):
    """Where in its process a job raised: the traceback as text."""


def _found(answers: SimpleQueue[_Answer], left: int) -> Iterator[tuple[int, Any]]:
    deaths = 0
    while left:
        answer = answers.get()
        if isinstance(answer.error, _DeathError):
            deaths += 1
            if deaths >= DEATHS:
                raise CcsimError(_CANNOT_START if answer.error.args[0] > 0 else _KILLED)
        elif answer.error is not None:
            raise answer.error
        else:
            left, deaths = left - 1, 0
            yield answer.place, answer.found


class _Worker:
    """One process and the pipe to it, started when there is a job and again when it has died."""

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Any = None
        self._task: object = None  # what the process has: it is not sent twice
        self._busy = self._stopped = False

    def serve(self, waiting: Waiting, answers: SimpleQueue[_Answer]) -> None:
        """Hand over one job after another until none waits; meant for a thread of its own."""
        if hasattr(signal, "pthread_sigmask"):  # inherited by the process: no Ctrl-C even while it starts
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        self._stopped = False
        while waiting and not self._stopped:
            try:
                place, job = waiting.popleft()
            except IndexError:  # another thread was faster
                return
            self._busy = True
            try:
                answers.put(_Answer(place, *self._answer(job)))
            except _LOST:
                code = self._ended()
                if not self._stopped:
                    waiting.appendleft((place, job))
                    answers.put(_Answer(-1, error=_DeathError(code)))
            except Exception as error:  # a task that cannot be pickled, say
                answers.put(_Answer(place, error=error))
            self._busy = False

    def _answer(self, job: Job[Any]) -> tuple[Any, BaseException | None]:
        if self._process is None:
            self._start()
        sent = None if job.task is self._task else pickle.dumps(job.task)
        self._pipe.send((sent, job.number))
        self._task = job.task
        found, error, where = self._pipe.recv()
        if error is not None:
            error.__cause__ = _WhereError(where)
        return found, error

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # the same everywhere, and safe with threads
        try:
            self._pipe, there = context.Pipe()
            process = context.Process(target=_work, args=(there,), daemon=True)
            process.start()
        except OSError as error:  # no more files or processes are allowed, say
            told = f"a worker process cannot start ({error}): try fewer of them (--jobs 1)"
            raise CcsimError(told) from None
        self._process = process
        there.close()  # so that the pipe ends with the process
        self._task = None
        if self._stopped:  # meanwhile: there was nothing to kill yet
            self._process.kill()

    def _ended(self) -> int:
        """The exit code of a process that is gone."""
        self._process.join()
        code, self._process = self._process.exitcode, None
        self._pipe.close()
        return int(code)

    def stop_if_busy(self) -> None:
        """Kill the process if it is in the middle of a job that nobody waits for any more."""
        self._stopped = True
        if self._busy and self._process is not None:
            self._process.kill()

    def end(self) -> None:
        """End an idle process."""
        if self._process is None:
            return
        self._pipe.close()
        self._process.join(PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process = None


def _work(pipe: Connection) -> None:
    """What a process does: jobs as they come, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    task: Any = None
    try:
        while True:
            sent, number = pipe.recv()
            task = task if sent is None else pickle.loads(sent)
            pipe.send(_outcome(task, number))
    except _LOST:
        pass


def _outcome(task: Callable[[int], Any], number: int) -> tuple[Any, BaseException | None, str]:
    try:
        return task(number), None, ""
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:  # some errors do not travel
            error = RuntimeError(f"{type(error).__name__}: {error}")
        return None, error, format_exc()


_KILLED: Final = (
    f"worker processes were killed {DEATHS} times without finishing anything. Most often memory runs out: "
    "try fewer of them (--jobs 1), or a shorter scenario."
)
_CANNOT_START: Final = (
    "worker processes cannot start (why is told above). They import the program that starts them: it has to "
    'be a file, with what it does under `if __name__ == "__main__":`. Or use one process (jobs=1).'
)
