"""Errors: a message, exit 2, nothing written, never a traceback without --debug."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from said import Call

from ccsim.errors import ScenarioError

COMMANDS = ("run", "compare", "check", "show", "explain", "staff")


@pytest.mark.parametrize("command", COMMANDS)
def test_three_mistakes_are_three_faults(call: Call, here: Path, command: str) -> None:
    text = (here / "small.yaml").read_text()
    broken = (
        text.replace("patience: 3min", "patients: 3min")
        .replace("600/week", "600")
        .replace("technical: 90%", "technical: 90%, refunds: 100%")
    )
    (here / "broken.yaml").write_text(broken)
    before = sorted(os.listdir(here))
    said = call(command, "broken.yaml")
    assert said.code == 2
    assert said.out == ""
    for words in ("did you mean `patience`?", "write `600/week`", "refunds", "3 faults. Nothing was"):
        assert words in said.err
    assert "broken.yaml:16:" in said.err
    assert "Traceback" not in said.err
    assert max(map(len, said.err.splitlines())) <= 80
    assert sorted(os.listdir(here)) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "nowhere.yaml"), "nowhere.yaml"),
        (("run", "small.yaml", "--variant", "two_mor"), "did you mean `two_more`?"),
        (("run", "small.yaml", "--set", "agents.nobody.on_seat=3"), "nobody"),
        (("run", "small.yaml", "--clock", "sundial"), "choose auto, simpy, compiled"),
        (("run", "small.yaml", "--out", "busy"), "something else than a run"),
        (("run", "small.yaml", "--replications", "0"), "--replications"),
        (("compare", "small.yaml", "--variant", "x"), "no such variant"),
        (("new", "small.yaml"), "exists already"),
        (("new", "other.yaml", "--from", "retial"), "did you mean `retail`?"),
        (("erlang", "--calls", "200", "--aht", "4min"), "write `200/30min`"),
        (("erlang", "--calls", "200/h", "--aht", "4"), "has no unit"),
        (("erlang", "--calls", "200/h", "--aht", "4min", "--target", "120% in 20s"), "--target"),
        (("staff", "small.yaml", "--csv", "small.yaml"), "exists already"),
        (("fly",), "fly"),
    ],
)
def test_mistakes_on_the_command_line(call: Call, here: Path, arguments: tuple[str, ...], words: str) -> None:
    (here / "busy").mkdir()
    (here / "busy" / "thesis.txt").write_text("three years")
    before = sorted(os.listdir(here))
    said = call(*arguments)
    assert said.code == 2
    assert words in said.err
    assert "Traceback" not in said.err
    assert sorted(os.listdir(here)) == before


def _breaks(error: BaseException) -> Callable[..., None]:
    def run(*_: object, **__: object) -> None:
        raise error

    return run


def test_an_interruption_is_quiet(call: Call, monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    monkeypatch.setattr("ccsim.experiments.run.replicate", _breaks(KeyboardInterrupt()))
    said = call("run", "small.yaml")
    assert said.code == 130
    assert "Interrupted" in said.err
    assert "Traceback" not in said.err
    assert not (here / "runs").exists()


def test_a_fault_of_ours_is_one_line(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ccsim.experiments.run.replicate", _breaks(ZeroDivisionError("oh")))
    said = call("run", "small.yaml")
    assert said.code == 70
    assert "ZeroDivisionError: oh" in said.err
    assert "Traceback" not in said.err


def test_too_little_memory_is_no_fault_of_ours(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ccsim.experiments.run.replicate", _breaks(MemoryError("745 GiB")))
    said = call("run", "small.yaml")
    assert said.code == 2
    assert "too little memory" in said.err and "broke" not in said.err


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    from ccsim.cli.app import start

    with pytest.raises(ScenarioError):
        start(["run", "nowhere.yaml", "--debug"])
    monkeypatch.setattr("ccsim.experiments.run.replicate", _breaks(ZeroDivisionError("oh")))
    with pytest.raises(ZeroDivisionError):
        start(["run", "small.yaml", "--debug"])
    with pytest.raises(SystemExit):  # and it is forgotten afterwards
        start(["run", "nowhere.yaml"])
