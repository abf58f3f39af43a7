"""Executors: the same results wherever jobs run, and a lost worker loses nothing."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from ccsim.errors import CcsimError
from ccsim.experiments.executors import Job, Serial
from ccsim.experiments.processes import Processes


def square(number: int) -> int:
    return number * number


def killed_once(marks: str, number: int) -> int:
    """Kills its own process the first time that it comes to 3."""
    mark = Path(marks) / "killed"
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number)


def killed(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("executor", [Serial(), Processes(2)], ids=["serial", "processes"])
def test_every_job_is_done_once(executor):
    with executor as place:
        found = list(place.run([Job(square, number) for number in (5, 3, 8)]))
    assert sorted(found) == [(0, 25), (1, 9), (2, 64)]


def test_processes_serve_several_times():
    with Processes(2) as place:
        first, second = (dict(place.run([Job(square, n) for n in some])) for some in ((1, 2), (3,)))
    assert (first, second) == ({0: 1, 1: 4}, {0: 9})


def test_a_killed_worker_loses_nothing(tmp_path):
    with Processes(2) as place:
        found = dict(place.run([Job(partial(killed_once, str(tmp_path)), number) for number in range(8)]))
    assert (tmp_path / "killed").exists()
    assert found == {number: number * number for number in range(8)}


def test_workers_that_cannot_start_are_told(monkeypatch):
    def refuse(_: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    with Processes(2) as place, pytest.raises(CcsimError, match=r"cannot start.*no more processes.*--jobs 1"):
        list(place.run([Job(square, number) for number in range(3)]))


def test_workers_that_always_die_are_told():
    with Processes(2) as place, pytest.raises(CcsimError, match="memory"):
        list(place.run([Job(killed, 0)]))
