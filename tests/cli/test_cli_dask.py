"""Commands on a Dask cluster: the folder they write has the bytes of the one written by this process alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from said import Call

pytest.importorskip("distributed")
from ccsim.experiments import on_dask

COMMANDS = {
    "compare": ("small.yaml", "--variant", "two_more"),
    "sweep": ("small.yaml", "--vary", "agents.generalists.on_seat=2:4:1", "--draws", "5"),
    "rollout": ("small.yaml", "--to", "two_more"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the scheduler of a cluster of this machine is."""
    with on_dask.on_dask("local") as executor:
        yield executor._client.scheduler.address


@pytest.mark.parametrize("command", COMMANDS)
def test_the_bytes_of_one_process(call: Call, here: Path, address: str, command: str) -> None:
    usual = (command, *COMMANDS[command], "--replications", "3", "--clock", "simpy", "--no-charts")
    said = [call(*usual, *where, "--out", out) for out, where in
            (("alone", ("--jobs", "1")), ("cluster", ("--dask", address)))]  # fmt: skip
    assert [one.code for one in said] == [0, 0], said[1].err
    assert said[1].out.replace("cluster/", "alone/") == said[0].out
    names = [sorted(p.relative_to(here / out) for p in (here / out).rglob("*") if p.is_file())
             for out in ("alone", "cluster")]  # fmt: skip
    assert names[0] == names[1] and len(names[0]) > 10
    for name in names[0]:
        assert (here / "alone" / name).read_bytes() == (here / "cluster" / name).read_bytes(), name
