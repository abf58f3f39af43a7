"""Workers killed in the middle of a real run, and Ctrl-C: the bytes are those of one process, nothing stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from same import unlike

from ccsim.errors import CcsimError
from ccsim.experiments.executors import Executor, Job
from ccsim.experiments.processes import Processes
from ccsim.experiments.run import Run, run
from ccsim.scenario import Scenario, load

SOON = 30.0  # s, on a busy machine


def children(of: int) -> list[int]:
    """Processes of this user whose parent is this one."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == of:
            found.append(int(stat.parent.name))
    return found


def gone(process: int) -> bool:
    """Whether a process has ended (one that nobody has asked for its exit code counts as ended)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def eventually(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def own_place(number: int) -> int:
    return os.getpid()


def killing_one(executor: Executor) -> Callable[[int, int], None]:
    """Progress that kills a worker with SIGKILL once two replications are done."""
    place = dict(executor.run([Job(own_place, 0)]))[0]
    killed = []

    def progress(done: int, _: int) -> None:
        if done >= 2 and not killed:
            killed.append(place)
            os.kill(place, signal.SIGKILL)

    return progress


@pytest.fixture(scope="module")
def scenario(small_file: Path) -> Scenario:
    return load(small_file)


@pytest.fixture(scope="module")
def serial(scenario: Scenario) -> Run:
    return run(scenario, 12, clock="simpy", jobs=1)


@pytest.fixture
def processes() -> Iterator[Processes]:
    with Processes(2) as executor:
        yield executor


def test_a_killed_process_loses_no_replication(scenario: Scenario, serial: Run, processes: Processes) -> None:
    found = run(scenario, 12, clock="simpy", executor=processes, progress=killing_one(processes))
    assert not unlike(found.tallies, serial.tallies)


def raising(number: int) -> int:
    raise CcsimError(f"no {number}")


def test_an_error_in_a_job_is_raised_here_and_says_where(processes: Processes) -> None:
    with pytest.raises(CcsimError, match="no 7") as told:
        list(processes.run([Job(raising, 7)]))
    assert "in raising" in str(told.value.__cause__)
    assert dict(processes.run([Job(abs, -2)])) == {0: 2}  # and it goes on


def test_what_was_not_asked_for_to_the_end_is_stopped(processes: Processes) -> None:
    began = time.monotonic()
    results = processes.run([Job(time.sleep, number) for number in (0, 600)])
    assert next(results)[0] == 0
    results.close()
    assert time.monotonic() - began < 300
    assert dict(processes.run([Job(abs, -2)])) == {0: 2}


def test_a_process_ends_when_its_main_one_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "waits.py"
    script.write_text(
        "import time\n"
        "from ccsim.experiments.executors import Job\n"
        "from ccsim.experiments.processes import Processes\n"
        'if __name__ == "__main__":\n'
        "    with Processes(1) as place:\n"
        "        list(place.run([Job(abs, 1)]))\n"
        '        print("ready", flush=True)\n'
        "        time.sleep(600)\n"
    )
    main = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert main.stdout is not None and main.stdout.readline() == "ready\n"
    workers = children(main.pid)
    assert workers
    main.kill()
    main.communicate()
    assert eventually(lambda: all(map(gone, workers)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, small_file: Path) -> Path:
    """To work in, with the small centre."""
    place = tmp_path_factory.mktemp("interrupted")
    (place / "small.yaml").write_text(small_file.read_text())
    return place


MARKED = """
import sys
from pathlib import Path
from ccsim.cli import app, simulating
from ccsim.experiments import run as running

whole = running.replicate

def marked(*given):
    def progress(done, contacts):
        if done >= 3:
            Path("three").touch()
    given = [*given]
    given[5] = progress
    return whole(*given)

running.replicate = marked
app.start(sys.argv[1:])
"""


def ccsim(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command line in a group of its own, as a terminal has it; `three` appears with three done."""
    (folder / "three").unlink(missing_ok=True)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", MARKED, *arguments]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        command, cwd=folder, start_new_session=True, preexec_fn=hears_ctrl_c, **pipes
    )


def hears_ctrl_c() -> None:
    """As at a terminal: what runs in the background of a shell, as tests may do, is deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """Whatever happens, nothing of the process's group goes on."""
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize(
    "where", [("--jobs", "2"), pytest.param(("--dask", "local"), marks=pytest.mark.slow)], ids=" ".join
)
def test_ctrl_c_keeps_what_is_finished_and_resume_goes_on(folder: Path, where: tuple[str, str]) -> None:
    asked = ("run", "small.yaml", "--no-charts", "--clock", "simpy", "--out", f"out{where[1]}", *where)
    first = ccsim(folder, *asked, "--replications", "100000")
    with ended(first):
        assert eventually((folder / "three").exists)
        workers = children(first.pid)
        began = time.monotonic()
        os.killpg(first.pid, signal.SIGINT)  # every process of a terminal gets it
        out, told = first.communicate(timeout=60)
        assert time.monotonic() - began < SOON
        assert first.returncode == 130
        assert "Interrupted. No folder was written." in told and "Traceback" not in told
        assert eventually(lambda: all(map(gone, workers)))
    kept = int(told.split(" finished replication")[0].split()[-1])
    assert kept >= 3 and "--resume goes on from there" in told
    assert out == "" and not (folder / f"out{where[1]}").exists()

    again = ccsim(folder, *asked, "--replications", "4", "--resume")
    out, told = again.communicate(timeout=120)
    assert (again.returncode, told) == (0, "")
    assert not list(folder.glob("runs/.unfinished/*"))
    assert json.loads((folder / f"out{where[1]}" / "manifest.json").read_text())["replications"] == 4
