"""Every command of the tutorial is run and prints what it shows; what the text says of it holds there."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from console_blocks import Block, blocks, check, undrawn
from doc_pages import DOCS

from ccsim.scenario import load
from ccsim.scenario.headcount import Headcount

PAGE = (DOCS / "tutorial.md").read_text(encoding="utf-8")


def printed(command: str) -> str:
    """What the page shows after the first command that begins so."""
    return next(
        block.text for block in blocks(PAGE) if block.commands and block.commands[0].startswith(command)
    )


@pytest.mark.slow
def test_every_block_does_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    for block in blocks(PAGE):
        check(block, "docs/tutorial.md")
    assert (tmp_path / "base" / "report.html").stat().st_size > 10_000
    assert (tmp_path / "early" / "figures.md").is_file()


def test_a_block_that_shows_something_else_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    [told] = [block for block in blocks(PAGE) if block.file == "clinic.yaml"]
    check(told, "docs/tutorial.md")
    with pytest.raises(AssertionError, match="stale"):
        check(Block("console", "$ ccsim check clinic.yaml\n  No faults.\n"), "docs/tutorial.md")


def test_the_verdicts_of_the_text_are_those_of_the_comparison() -> None:
    answers = dict(re.findall(r"Answer  `(\w+)` (.+)", printed("ccsim compare")))
    assert answers["two_more"].startswith("still misses the service target, and does not pay")
    assert answers["early"].startswith("reaches the service target, and saves money")
    assert answers["better_answers"].startswith("still misses the service target, and pays for itself")
    [needed] = re.findall(r"margin were (\d\.\d) times", printed("ccsim compare"))
    assert 2.0 < float(needed) < 3.0


def test_the_sweep_has_its_best_point_one_below_the_target() -> None:
    marked = {
        mark: int(count)
        for count, mark in re.findall(r"^ +(\d+) .+  (best|target)$", printed("ccsim sweep"), re.M)
    }
    assert marked["target"] == 12 == marked["best"] + 1


def test_the_plan_moves_hours_and_buys_none(tmp_path: Path) -> None:
    [told] = [block for block in blocks(PAGE) if block.file == "clinic.yaml"]
    place = tmp_path / "clinic.yaml"
    place.write_text(told.text, encoding="utf-8")
    base, early = (load(place, name).agents["desk"].on_seat for name in (None, "early"))
    assert base is not None and early is not None
    assert 0.97 * _hours(base) < _hours(early) <= _hours(base)


def _hours(on_seat: Headcount) -> float:
    """People times hours of a Monday between 8:00 and 18:00."""
    steps = [*on_seat.steps[0], (24 * 3600, 0)]
    spans = [
        (count, max(0, min(end, 18 * 3600) - max(start, 8 * 3600)))
        for (start, count), (end, _) in pairwise(steps)
    ]
    return sum(count * span for count, span in spans) / 3600


def test_half_hours_and_days_are_as_the_text_has_them() -> None:
    shares = {
        what: int(share)
        for what, share in re.findall(r"(days|half-hours) on target +(\d+) %", printed("ccsim run"))
    }
    assert shares["days"] <= 5 and 65 <= shares["half-hours"] <= 75
