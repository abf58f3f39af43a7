"""Calling the command line in this process, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import Call, Said
from small import write_small

from ccsim.cli.app import start


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with the small centre in it as small.yaml."""
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    write_small(tmp_path)
    return tmp_path


@pytest.fixture
def call(here: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as left:
            start([str(one) for one in arguments])
        seen = capsys.readouterr()
        return Said(int(left.value.code or 0), seen.out, seen.err)

    return run
