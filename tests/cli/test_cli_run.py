"""`ccsim run`: the table, the story, the folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from console_blocks import undrawn
from said import Call

from ccsim.experiments.replicate import replicate
from ccsim.scenario import Scenario


def test_the_table_fits_and_says_what_was_asked(call: Call) -> None:
    said = call("run", "small.yaml", "--no-charts")
    assert said.code == 0
    assert max(map(len, said.lines)) <= 80
    for words in (
        "Small line · 1 week counted (+1 day warm-up, +1 follow-up)", "95 % interval", "bad day*",
        "service level (20 s)", "80 %", "abandoned", "max 90 % ok", "max 10 % MISS", "CSAT (4–5 of 5)",
        "model range**", "customers lost a year", "as stated", "cost a contact handled",
        "ROI against no service", "Where it hurts:", "Assumed, not given:", "What moves CSAT most:",
        "ccsim explain small.yaml", "ccsim compare small.yaml --variant two_more", "Run folder  runs/",
    ):  # fmt: skip
        assert words in said.out, words
    assert said.err == ""  # no terminal, no bars


def test_the_same_seed_says_the_same_and_another_does_not(call: Call) -> None:
    first = call("run", "small.yaml", "--no-charts", "--replications", "2")
    assert call("run", "small.yaml", "--no-charts", "--replications", "2").out == first.out
    other = call("run", "small.yaml", "--no-charts", "--replications", "2", "--seed", "5")
    assert "seed 5" in other.out
    assert other.out != first.out


def test_charts_and_journal_land_in_the_folder_asked_for(
    call: Call, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    said = call("run", "small.yaml", "--replications", "2", "--out", "mine", "--journal", "1")
    assert said.code == 0
    assert "13 charts" in said.out
    assert len(list((here / "mine" / "charts").glob("*.svg"))) == 13
    assert (here / "mine" / "journal" / "legs.parquet").exists()
    assert json.loads((here / "mine" / "manifest.json").read_text())["replications"] == 2


def test_a_variant_runs_its_base_first_and_takes_a_stored_one(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = []

    def spied(scenario: Scenario, *rest: Any) -> Any:
        ran.append(scenario.source.variant)
        return replicate(scenario, *rest)

    monkeypatch.setattr("ccsim.experiments.run.replicate", spied)
    first = call("run", "small.yaml", "--variant", "two_more", "--no-charts")
    assert ran == [None, "two_more"]
    assert "variant `two_more`" in first.out
    assert "Is waiting costing us customers" in first.out
    assert "as stated" not in first.out
    call("run", "small.yaml", "--no-charts")
    ran.clear()
    again = call("run", "small.yaml", "--variant", "two_more", "--no-charts")
    assert ran == ["two_more"]
    assert again.out == first.out


def test_changes_are_run(call: Call) -> None:
    said = call("run", "small.yaml", "--no-charts", "--set", "agents.generalists.on_seat=+3",
                "--set", "channels.voice.target=70% in 30s")  # fmt: skip
    assert "service level (30 s)" in said.out
    assert "70 % ok" in said.out


def test_without_customers_the_lines_to_add_are_named(call: Call, here: Path) -> None:
    text = (here / "small.yaml").read_text()
    poor = text.replace("{count: 6000, margin: 14.00/month, churn: 18%/year}", "{}")
    (here / "poor.yaml").write_text(poor)
    said = call("run", "poor.yaml", "--no-charts")
    assert said.code == 0
    assert "everyone: {count: 60000, margin: 14.00/month, churn: 18%/year}" in said.out
    assert "ROI" not in said.out.partition("ccsim compare")[0].partition("Money")[2].partition("*")[0]
    assert "nan" not in said.out.lower()
    assert "figures stay unknown" in said.err


def test_no_target_no_verdict(call: Call, here: Path) -> None:
    text = (here / "small.yaml").read_text()
    free = text.replace("target: 80% in 20s, ", "").replace("targets:", "#")
    (here / "free.yaml").write_text(free)
    said = call("run", "free.yaml", "--no-charts")
    assert said.code == 0
    assert "MISS" not in said.out
    assert " ok" not in said.out
    assert "days on target" not in said.out


def test_one_replication_has_no_intervals(call: Call) -> None:
    said = call("run", "small.yaml", "--no-charts", "--replications", "1")
    assert said.code == 0
    assert "one replication says nothing of chance" in said.out
    assert "nan" not in said.out.lower()


@pytest.mark.parametrize("clock", ["simpy", "auto"])
def test_clocks(call: Call, clock: str) -> None:
    assert call("run", "small.yaml", "--no-charts", "--replications", "1", "--clock", clock).code == 0
