"""Dask: the bytes of one process, a killed worker loses nothing, and every refusal says why."""

from __future__ import annotations

import io
import logging
import os
import signal
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from same import unlike

from ccsim.errors import CcsimError
from ccsim.experiments import manifest, on_dask, on_worker
from ccsim.experiments.executors import Job
from ccsim.experiments.on_dask import OnDask
from ccsim.experiments.run import run
from ccsim.scenario import Scenario, load

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[OnDask]:
    with on_dask.on_dask("local") as executor:
        yield executor


@pytest.fixture(scope="module")
def scenario(small_file: Path) -> Scenario:
    return load(small_file)


def square(number: int) -> int:
    return number * number


def raising(number: int) -> int:
    raise CcsimError(f"no {number}")


def own_place(number: int) -> int:
    return os.getpid()


def killing(number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def written(folder: str) -> None:
    """Leaves a mark of who was here."""
    (Path(folder) / str(os.getpid())).touch()


def test_more_jobs_than_are_handed_over_at_a_time(cluster: OnDask) -> None:
    numbers = range(3 * on_dask.FEWEST_AHEAD)
    jobs = [Job(square, number) for number in numbers]
    assert dict(cluster.run(jobs)) == {number: number * number for number in numbers}
    assert list(cluster.run([])) == []


def test_a_run_has_the_bytes_of_one_process_even_if_a_worker_is_killed(
    cluster: OnDask, scenario: Scenario
) -> None:
    place = dict(cluster.run([Job(own_place, 0)]))[0]
    killed = []

    def progress(done: int, _: int) -> None:
        if done >= 2 and not killed:
            killed.append(place)
            os.kill(place, signal.SIGKILL)

    found = run(scenario, 12, clock="simpy", executor=cluster, progress=progress)
    assert not unlike(found.tallies, run(scenario, 12, clock="simpy", jobs=1).tallies)


def test_an_error_in_a_job_is_raised_here_and_the_cluster_goes_on(cluster: OnDask) -> None:
    with pytest.raises(CcsimError, match="no 7"):
        list(cluster.run([Job(raising, 7), Job(square, 1)]))
    assert dict(cluster.run([Job(square, 3)])) == {0: 9}


@pytest.mark.slow
def test_a_job_that_always_kills_its_worker_is_told(cluster: OnDask) -> None:
    with pytest.raises(CcsimError, match="memory"):
        list(cluster.run([Job(killing, 0)]))


def test_what_comes_first_is_done_once_in_each_worker(cluster: OnDask, tmp_path: Path) -> None:
    cluster.prepare(partial(written, str(tmp_path)))
    workers = set(dict(cluster.run([Job(own_place, number) for number in range(20)])).values())
    assert {int(mark.name) for mark in tmp_path.iterdir()} == workers


def test_each_task_goes_out_once(cluster: OnDask, monkeypatch: pytest.MonkeyPatch) -> None:
    import cloudpickle

    dumped = []
    dumps = cloudpickle.dumps
    monkeypatch.setattr(cloudpickle, "dumps", lambda task: dumped.append(task) or dumps(task))
    one, other = partial(pow, 2), partial(pow, 3)
    found = dict(cluster.run([Job(task, number) for number in range(5) for task in (one, other)]))
    assert [found[place] for place in range(4)] == [1, 1, 2, 3]
    assert dumped == [one, other]


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@pytest.mark.parametrize(
    "where", ["", "here", "tcp://localhost", "tcp://:80", "localhost:8786", "tcp://a b:1"]
)
def test_an_address_that_is_none(where: str) -> None:
    with pytest.raises(CcsimError, match=r"`local`.*tcp://HOST:PORT"), on_dask.on_dask(where):
        pass


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_dask, "ANSWERS", 0.5)
    nobody = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(CcsimError, match="no Dask scheduler answers"), on_dask.on_dask(nobody):
        pass


def test_a_cluster_at_an_address_serves_and_stays(cluster: OnDask) -> None:
    address = cluster._client.scheduler.address
    for _ in range(2):
        with on_dask.on_dask(address) as executor:
            assert dict(executor.run([Job(square, 4)])) == {0: 16}


def test_dask_itself_says_nothing() -> None:
    written = io.StringIO()
    handler, log = logging.StreamHandler(written), logging.getLogger("distributed.client")
    log.addHandler(handler)
    try:
        with on_dask._silent():
            log.critical("the scheduler is gone")
        assert not written.getvalue()
        log.critical("as before")
        assert written.getvalue() == "as before\n"
    finally:
        log.removeHandler(handler)


def test_a_scheduler_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(on_dask, "FIRST_WORKER", 0.5)
    with (
        LocalCluster(n_workers=0, processes=True, dashboard_address="127.0.0.1:0") as empty,
        pytest.raises(CcsimError, match="no worker"),
        on_dask.on_dask(empty.scheduler_address),
    ):
        pass


def test_another_version_on_a_worker_is_refused(cluster: OnDask, monkeypatch: pytest.MonkeyPatch) -> None:
    here = manifest.versions()
    monkeypatch.setattr(manifest, "versions", lambda: here | {"ccsim": "99.0"})
    address = cluster._client.scheduler.address
    with pytest.raises(CcsimError, match=r"ccsim .*not 99\.0"), on_dask.on_dask(address):
        pass
    with pytest.raises(CcsimError, match=r"not 99\.0"):  # one that has come later
        list(cluster.run([Job(partial(pow, 5), 1)]))


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(CcsimError, match=r"pip install 'ccsim\[cluster\]'"), on_dask.on_dask("local"):
        pass


def test_versions_name_what_the_result_depends_on() -> None:
    assert set(on_worker.decisive_versions()) == {"ccsim", "numpy", "Python"}
    on_worker.same_versions(on_worker.decisive_versions())


def test_a_loss_without_words_is_named_by_its_kind() -> None:
    from concurrent.futures import CancelledError
    from types import SimpleNamespace

    from ccsim.experiments.on_dask import OnDask

    executor = OnDask(SimpleNamespace(ncores=dict), "tcp://there:1")
    assert executor._lost(CancelledError()).endswith(": CancelledError")


def test_futures_cancelled_by_a_lost_scheduler_are_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    import distributed
    from distributed.client import FutureCancelledError

    from ccsim.errors import CcsimError
    from ccsim.experiments.executors import Job
    from ccsim.experiments.on_dask import OnDask

    client = SimpleNamespace(
        ncores=dict,
        loop=None,
        cancel=lambda _: None,
        submit=lambda *_, **__: "sent",
        map=lambda *_, **__: ["one"],
    )
    gone = [("one", FutureCancelledError("one", "scheduler"))]
    monkeypatch.setattr(distributed, "as_completed", lambda *_, **__: iter(gone))
    with pytest.raises(CcsimError, match="was lost before all was done"):
        list(OnDask(client, "tcp://there:1").run([Job(abs, 1)]))
