"""A command that could not end: what it says, what it leaves, and how it goes on."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from said import Call

from ccsim.cli import progress
from ccsim.experiments import folder

RUN = ("run", "small.yaml", "--no-charts", "--clock", "simpy")


def files(place: Path) -> list[str]:
    return sorted(path.name for path in place.rglob("*") if path.is_file())


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_leaves_no_half_folder_and_loses_nothing(
    call: Call, here: Path, ran: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(folder, "write_table", full)
        said = call(*RUN, "--out", "mine")
    assert said.code == 2
    assert "cannot write mine: No space left on device" in said.err
    assert "3 finished replications are kept" in said.err and "--resume" in said.err
    assert sorted(path.name for path in here.iterdir()) == ["runs", "small.yaml"]
    assert [path.name for path in (here / "runs").iterdir()] == [".unfinished"]
    assert ran == [0, 1, 2]
    again = call(*RUN, "--out", "mine", "--resume")
    assert (again.code, again.err) == (0, "")
    assert ran == [0, 1, 2]  # nothing ran again
    assert not (here / "runs").exists() or list((here / "runs").iterdir()) == []
    assert again.out == call(*RUN, "--out", "mine").out


def test_a_folder_of_something_else_is_refused_before_the_work(
    call: Call, here: Path, ran: list[int]
) -> None:
    (here / "mine").mkdir()
    (here / "mine" / "letter.txt").write_text("mine")
    said = call(*RUN, "--out", "mine")
    assert said.code == 2 and "Nothing was run" in said.err
    assert ran == [] and files(here / "mine") == ["letter.txt"]


def test_ctrl_c_is_told(call: Call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(folder, "write_table", interrupted)
        said = call(*RUN, "--replications", "1")
    assert said.code == 130
    assert said.err.split("\n")[1:3] == [
        "Interrupted. No folder was written.",
        "1 finished replication is kept: the same command with --resume goes on from there.",
    ]
    assert [path.name for path in (here / "runs").iterdir()] == [".unfinished"]


def test_resume_with_nothing_to_take_up_is_a_run(call: Call, ran: list[int]) -> None:
    assert call(*RUN, "--resume").code == 0
    assert ran == [0, 1, 2]


def test_jobs_are_of_this_machine(call: Call, ran: list[int]) -> None:
    said = call(*RUN, "--dask", "local", "--jobs", "2")
    assert said.code == 2 and "--jobs" in said.err and "--dask" in said.err
    assert ran == []


def test_an_address_that_is_none_says_what_is(call: Call, ran: list[int]) -> None:
    said = call(*RUN, "--dask", "somewhere")
    assert said.code == 2 and "tcp://HOST:PORT" in said.err and "somewhere" in said.err
    assert ran == []


def test_the_rate_does_not_count_what_was_there_before(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    rate = progress.Rate()
    assert rate.now(50_000) == 0.0  # taken up
    now[0] += 0.1
    assert rate.now(51_000) == 0.0  # too early
    now[0] += 1.9
    assert rate.now(54_000) == 2_000.0
