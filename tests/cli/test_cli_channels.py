"""The tables of a centre with every channel: a block each, within the width, coloured where targets are."""

from __future__ import annotations

from pathlib import Path

import pytest
from every_channel import EVERY_CHANNEL
from said import Call

from ccsim.cli.run_story import story
from ccsim.cli.run_table import run_table
from ccsim.experiments.run import Run
from ccsim.words.numbers import spell


@pytest.fixture
def every_file(here: Path) -> str:
    (here / "every.yaml").write_text(EVERY_CHANNEL, encoding="utf-8")
    return "every.yaml"


def text_of(lines) -> list[str]:  # type: ignore[no-untyped-def]
    return ["".join(piece for piece, _ in line) for line in lines]


def test_the_table_has_a_block_for_each_channel(every_run: Run) -> None:
    lines = text_of(run_table(every_run))
    assert max(map(len, lines)) <= 80
    heads = [line.split("  ")[0] for line in lines if line and not line.startswith(" ")]
    assert heads == [
        "Service, voice", "Service, chat", "Service, messaging", "Service, email",
        "Self-service, chatbot", "Agents", "Customers", "Money, a year",
    ]  # fmt: skip
    told = "\n".join(lines)
    for words in (
        "service level (20 s)", "service level (1 min)", "taken up within 1 h", "taken up within 1 day",
        "first response, mean", "backlog at the day's end", "oldest at the day's end", "took a call-back",
        "dropped in session", "left without a sign", "turns per conversation", "interruptions per contact",
        "contained (claimed)", "truly resolved", "bounced back", "spares a year, less its cost",
        "contacts in hand while busy", "issues that changed channel", "– email",
    ):  # fmt: skip
        assert words in told, words
    assert "nan" not in told.lower()


def test_only_what_has_a_target_is_coloured(every_run: Run) -> None:
    judged = [
        text.strip() for line in run_table(every_run)
        for text, style in line[-1:] if style in ("bold red", "green")
    ]  # fmt: skip
    assert len(judged) == sum(bool(row.verdict) for row in every_run.headlines)
    rows = {(row.measure, row.part): row for row in every_run.headlines}
    for channel in ("voice", "chat"):
        assert rows["abandonment", channel].target_max == 0.1
    for channel, share in (("voice", 0.8), ("chat", 0.8), ("messaging", 0.8), ("email", 0.9)):
        assert rows["service_level", channel].target_min == share
    assert rows["occupancy", ""].target_max == 0.9
    assert rows["containment", "chatbot"].target_min == 0.3
    assert rows["asa", "chat"].verdict == ""


def test_where_it_hurts_names_the_channel(every_run: Run) -> None:
    told = " ".join(text_of(story(every_run, "every.yaml")))
    assert "Where it hurts: `voice` " in told
    assert "`email` leaves" in told and "`messaging` leaves" in told
    assert "of what `chatbot` contains comes back" in told
    assert "% of voice" in told and "% of chat" in told  # what is fresh of each volume


def test_run_and_compare_from_the_command_line(call: Call, every_file: str) -> None:
    said = call("run", every_file, "--replications", "1", "--no-charts", "--journal", "0")
    assert said.code == 0 and max(map(len, said.lines)) <= 80
    said = call("compare", every_file, "--variant", "no_bot", "--replications", "2", "--no-charts")
    assert said.code == 0 and max(map(len, said.lines)) <= 80
    for words in ("service level, voice", "abandoned, chat", "backlog, email", "truly resolved", "occupancy"):
        assert words in said.out, words


def test_long_spells_are_told_in_hours_and_days() -> None:
    assert [spell(s) for s in (12.0, 897.0, 43_200.0, 300_000.0)] == ["12 s", "14:57", "12.0 h", "3.5 d"]
