"""The other commands: compare, check, show, explain, new, demo, staff, erlang, schema."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from said import Call

import ccsim
from ccsim.scenario import loads


def test_compare_one_variant(call: Call, here: Path) -> None:
    said = call("compare", "small.yaml", "--variant", "two_more", "--no-charts", "--replications", "8")
    assert said.code == 0
    assert max(map(len, said.lines)) <= 80
    for words in ("Small line: `two_more` against `base`", "same customers, same draws · 8 pairs",
                  "verdict", "better", "12 months, EUR", "80 % model range", "net gain",
                  "incremental ROI", "chance that net gain > 0", "Answer", "Through less of `", "Doubt",
                  "Run folder  runs/compare-"):  # fmt: skip
        assert words in said.out, words
    folder = next((here / "runs").glob("compare-*"))
    assert len(pd.read_csv(folder / "differences.csv")) == 8


def test_compare_with_an_equal_variant_is_exactly_zero(call: Call) -> None:
    said = call("compare", "small.yaml", "--variant", "same", "--no-charts")
    assert said.code == 0
    verdicts = [line for line in said.lines if line.endswith("no change")]
    assert len(verdicts) == 8
    assert all(" 0.0" in line for line in verdicts)
    assert "not defined: it costs the same as the base" in said.out
    assert "money stays exactly" in said.out


def test_compare_with_a_cheaper_variant_has_no_roi(call: Call) -> None:
    said = call("compare", "small.yaml", "--variant", "cheaper", "--no-charts")
    assert "not defined: it costs less than the base" in said.out
    assert "pays back" not in said.out


def test_compare_all_variants_side_by_side(call: Call) -> None:
    said = call("compare", "small.yaml", "--no-charts", "--replications", "2")
    assert said.code == 0
    assert max(map(len, said.lines)) <= 80
    assert "base" in said.out
    head = next(line for line in said.lines if line.strip().startswith("base "))
    assert head.split() == ["base", "two_more", "same", "cheaper"]
    assert "net gain, 12 months, EUR" in said.out


def test_compare_needs_variants(call: Call, here: Path) -> None:
    text = (here / "small.yaml").read_text().partition("variants:")[0]
    (here / "none.yaml").write_text(text)
    said = call("compare", "none.yaml")
    assert said.code == 2
    assert "has no variants" in said.err


def test_check_show_explain_schema(call: Call) -> None:
    assert "No faults" in call("check", "small.yaml").out
    shown = call("show", "small.yaml", "--variant", "two_more").out
    assert loads(shown).agents["generalists"].on_seat.peak == 5  # type: ignore[union-attr]
    few, every = call("explain", "small.yaml").out, call("explain", "small.yaml", "--all").out
    assert "Assumed, not given" in few
    assert len(every) > len(few)
    assert json.loads(call("schema").out)["title"] == "ccsim scenario"


@pytest.mark.parametrize(
    "start", ["quickstart", "retail", "anonymous_bank_1999", "old_after_sales_vs_modern"]
)
def test_new_writes_a_start_that_checks(call: Call, here: Path, start: str) -> None:
    said = call("new", "own/mine.yaml", "--from", start)
    assert said.code == 0
    assert "ccsim run own/mine.yaml" in said.out
    assert ccsim.load(here / "own" / "mine.yaml").name
    assert call("check", "own/mine.yaml").code == 0


@pytest.mark.slow  # CI runs the demo besides
def test_demo_runs_the_bank(call: Call, here: Path) -> None:
    said = call("demo", "--replications", "1", "--no-charts", "--out", "bank")
    assert said.code == 0
    assert "Anonymous Bank, February 1999" in said.out
    assert "ccsim new mine.yaml" in said.out
    assert ccsim.load(here / "bank" / "scenario.yaml").name == "Anonymous Bank, February 1999"


def test_staff_says_what_it_ignores_and_simulates(call: Call, here: Path) -> None:
    said = call("staff", "small.yaml", "--csv", "agents.csv")
    assert said.code == 0
    assert max(map(len, said.lines)) <= 80
    for words in ("agents by Erlang A for 80 % in 20 s", "Ignored by the formula: skills",
                  "formula, simulated", "agent hours a week"):  # fmt: skip
        assert words in said.out
    assert pd.read_csv(here / "agents.csv")["agents"].min() > 0


def test_erlang_marks_the_fewest_that_suffice(call: Call) -> None:
    said = call("erlang", "--calls", "200/30min", "--aht", "4min", "--agents", "30",
                "--patience", "2min", "--target", "80% in 20s")  # fmt: skip
    assert said.code == 0
    marked = [line for line in said.lines if line.endswith("<")]
    assert [line.split()[0] for line in marked] == ["28"]
    endless = call("erlang", "--calls", "400/h", "--aht", "4min").out
    assert "Erlang C: nobody hangs up" in endless
    hopeless = call("erlang", "--calls", "400/h", "--aht", "4min", "--agents", "3").out
    assert "can keep up" in hopeless
