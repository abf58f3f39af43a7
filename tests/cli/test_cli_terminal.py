"""What any terminal gets: quick help, ASCII where it must be, colour never alone, spawned processes."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from small import write_small

from ccsim.cli.terminal import fit


def ccsim(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own."""
    command = [sys.executable, "-c", "from ccsim.cli import main; main()", *arguments]
    cleared = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(command, capture_output=True, env={**cleared, **environment}, check=False)


def test_help_takes_less_than_half_a_second() -> None:
    ccsim("--help")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = ccsim("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert done.returncode == 0
    assert used < 0.5  # of the processor: what else the machine does is not our help's fault
    for name in (b"run", b"compare", b"check", b"demo", b"erlang"):
        assert name in done.stdout


def test_version() -> None:
    assert re.fullmatch(rb"ccsim \d+\.\d+\.\d+\s*", ccsim("--version").stdout)


def test_plain_ascii_where_the_terminal_can_print_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_small(tmp_path)
    done = ccsim(
        "run", str(path), "--no-charts", "--replications", "2", "--out", "small-out",
        PYTHONIOENCODING="ascii", PYTHONUTF8="0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    done.stdout.decode("ascii")
    done.stderr.decode("ascii")
    lines = done.stdout.decode().splitlines()
    assert max(len(line) for line in lines if "small" not in line) <= 80
    assert "?" not in "".join(line for line in lines if "compare" not in line)


def test_no_color_and_colour_never_alone(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    arguments = ("run", str(path), "--no-charts", "--replications", "1", "--out",
                 str(tmp_path / "out"))  # fmt: skip
    coloured = ccsim(*arguments, FORCE_COLOR="1", TERM="xterm-256color").stdout.decode()
    assert re.search("\x1b\\[[0-9;]*3[0-9]mMISS", coloured)
    plain = ccsim(*arguments, FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color").stdout.decode()
    assert not re.search("\x1b\\[[0-9;]*3[0-9]m", plain)
    assert "MISS" in plain


def test_processes_are_spawned(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    done = ccsim("run", str(path), "--no-charts", "--jobs", "2", "--replications", "2", "--out",
                 str(tmp_path / "out"), "--clock", "simpy")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")  # no bars where there is no terminal


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [("75–77 ±0.3", "utf-8", "75–77 ±0.3"), ("75–77 ±0.3", "ascii", "75-77 +-0.3"),
     ("Überfahrt", "ascii", "?berfahrt"), ("5 – 6", "no such encoding", "5 - 6")],
)  # fmt: skip
def test_fit(text: str, encoding: str, shown: str) -> None:
    assert fit(text, encoding) == shown


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    import importlib.util

    docs = Path(__file__).parents[2] / "docs"
    found = importlib.util.spec_from_file_location("make_cli_page", docs / "make_cli_page.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    assert (docs / "cli.md").read_text(encoding="utf-8") == module.page()
