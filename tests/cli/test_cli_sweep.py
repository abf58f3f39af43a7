"""`ccsim sweep` from the command line: points, sentences, folder, mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from console_blocks import undrawn
from said import Call
from small import SMALL

SEATS = "agents.generalists.on_seat"
QUICK = ("--replications", "2", "--clock", "simpy", "--draws", "5", "--no-charts")


def test_points_answer_and_folder(call: Call, here: Path) -> None:
    said = call("sweep", "small.yaml", "--vary", f"{SEATS}=2:5:1", *QUICK, "--out", "kept")
    assert said.code == 0, said.err
    assert all(len(line) <= 80 for line in said.lines if not line.startswith("  ccsim "))
    for words in (
        "Small line: `on_seat` at 4 points", "every combination · same contacts, same draws · 2 replications each",
        "Answer", "Net gain is largest at on_seat 2", "That is an end of the range of on_seat",
        "The service target (80 % service level (20 s)) is first reached at on_seat", "Break-even",
        f"ccsim run small.yaml --set {SEATS}=2", "Run folder  kept/   report.html  responses.csv",
    ):  # fmt: skip
        assert words in " ".join(said.out.split()) or words in said.out, words
    marks = [line.split()[-1] for line in said.lines if re.match(r" +[2-5] .*(best|base|target)$", line)]
    assert marks[:2] == ["best", "base"]
    frame = pd.read_csv(here / "kept" / "responses.csv")
    shown = next(line for line in said.lines if re.match(r" +5 ", line))
    level = frame.query("point == 3 and measure == 'service_level'")["value"].item()
    assert f"{100 * level:.1f} %" in shown
    names = {path.name for path in (here / "kept").iterdir()}
    assert {
        "points.parquet",
        "knees.csv",
        "break_even.csv",
        "indices.csv",
        "scenario.yaml",
        "manifest.json",
    } <= names


def test_json_is_one_document(call: Call, here: Path) -> None:
    said = call("sweep", "small.yaml", "--vary", f"{SEATS}=2,4", *QUICK, "--json")
    found = json.loads(said.out)
    assert (found["command"], len(found["points"])) == ("sweep", 2)
    assert {row["measure"] for row in found["responses"]} >= {"service_level", "csat", "net_gain", "roi"}
    assert found["answer"][0]["about"] == "Answer"
    assert Path(found["folder"]).is_dir()


def test_opened_again_it_says_the_same(call: Call, here: Path) -> None:
    first = call("sweep", "small.yaml", "--vary", f"{SEATS}=2,4", *QUICK, "--out", "kept")
    again = call("open", "kept")
    assert again.out == first.out
    assert (
        call("sweep", "small.yaml", "--vary", f"{SEATS}=2,3", *QUICK, "--out", "kept").code == 0
    )  # replaced whole
    assert call("run", "small.yaml", "--out", "kept", *QUICK[:4]).code == 2


@pytest.mark.parametrize("design", ["lhs", "sobol", "one"])
def test_other_designs(call: Call, here: Path, design: str) -> None:
    points = () if design == "one" else ("--points", "4")
    vary = ("--vary", f"{SEATS}=2:6", "--vary", "intents.billing.fcr=60%:90%")
    said = call("sweep", "small.yaml", *vary, "--design", design, *points, *QUICK[:-2], "0", "--no-charts",
                "--set", "targets=none")  # fmt: skip
    assert said.code == 0, said.err
    assert all(len(line) <= 80 for line in said.lines if not line.startswith("  ccsim "))
    told = " ".join(said.out.split())
    assert "No draws of the outcome model were made" in told
    wanted = {
        "lhs": "4 points a Latin",
        "sobol": "Total Sobol' indices",
        "one": "5 points one lever at a time",
    }
    assert wanted[design] in told


def test_from_a_variant_with_sets(call: Call, here: Path) -> None:
    vary = ("--vary", "customers.everyone.margin=5/month:305/month:150/month")
    said = call("sweep", "small.yaml", "--variant", "two_more", "--set", "seed=4", *vary, *QUICK)
    told = " ".join(said.out.split())
    assert "from `two_more`" in told
    assert "seed 4" in told
    assert "margin says what the world is like: base and point have it alike." in told
    assert re.search(r"Net gain crosses zero at margin [\d.]+/month .+: above it, it gains", told)


def test_worth_unknown(call: Call, here: Path) -> None:
    bare = SMALL.replace("  everyone: {count: 6000, margin: 14.00/month, churn: 18%/year}", "  everyone: {}")
    (here / "bare.yaml").write_text(bare, encoding="utf-8")
    said = call("sweep", "bare.yaml", "--vary", f"{SEATS}=2:4:1", *QUICK)
    assert said.code == 0, said.err
    told = " ".join(said.out.split())
    assert "What the points are worth is unknown: add customers.everyone" in told
    assert "The service level is highest at on_seat 4" in told
    assert "net gain" not in told.split("Answer")[0]


def test_charts(call: Call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    vary = ("--vary", f"{SEATS}=2:4:1", "--vary", "intents.billing.fcr=70%:80%:5%")
    said = call("sweep", "small.yaml", *vary, *QUICK[:-1], "--out", "kept")
    assert said.code == 0, said.err
    drawn = {path.stem for path in (here / "kept" / "charts").glob("*.png")}
    assert drawn == {"response_on_seat", "response_fcr", "gain_on_seat", "gain_fcr", "map", "sensitivity"}
    for name in drawn:
        assert len(pd.read_csv(here / "kept" / "charts" / f"{name}.csv"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "nothing is varied"),
        (("--vary", f"{SEATS}=5:2:1", "--vary", "intents.biling.fcr=1%:2%:1%"), "did you mean `billing`"),
        (("--vary", f"{SEATS}=2:4:1", "--design", "cube"), "--design cube is none"),
        (("--vary", f"{SEATS}=2:4:1", "--points", "9"), "--points is for lhs and sobol"),
        (("--vary", f"{SEATS}=2:4:1", "--draws", "1"), "two draws"),
        (("--vary", f"{SEATS}=2:4:1", "--draws", "100000000000"), "less than or equal to 10000"),
        (("--vary", f"{SEATS}=1:500:1"), "more than 400: take larger steps"),
        (("--vary", f"{SEATS}=2:4:1", "--dask", "local", "--jobs", "2"), "--jobs"),
    ],
)
def test_mistakes(call: Call, here: Path, arguments: tuple[str, ...], told: str) -> None:
    said = call("sweep", "small.yaml", *arguments)
    assert said.code == 2
    assert told in " ".join(said.err.split())
    assert not (here / "runs").exists()
