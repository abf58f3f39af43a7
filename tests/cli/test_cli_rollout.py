"""`ccsim rollout`: the page, the folder, JSON, and what is refused before anything runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest
from said import Call

sys.path.insert(0, str(Path(__file__).parents[1] / "experiments"))

from rollouts import ROUTED

FAST = ("--clock", "simpy", "--replications", "2", "--jobs", "1")


@pytest.fixture
def file(here: Path) -> Path:
    path = here / "routed.yaml"
    path.write_text(ROUTED, encoding="utf-8")
    return path


def test_the_page_and_the_folder(call: Call, file: Path) -> None:
    said = call("rollout", file.name, "--to", "cross_trained", *FAST, "--share", "50%", "--out", "out")
    assert said.code == 0, said.err
    assert max(map(len, said.lines)) <= 80
    text = " ".join(said.out.split())
    order = ["Go or no-go", "Who waits", "First contacts a week", "Load by group", "Part of the agents", "Answer",
             "Worst", "Growth", "Doubt", "Which skill to teach", "Whether it pays", "Run folder"]  # fmt: skip
    assert [text.find(word) for word in order] == sorted(text.find(word) for word in order)
    assert -1 not in [text.find(word) for word in order]
    assert "ccsim compare routed.yaml --variant cross_trained" in text
    drawn = {path.stem for path in Path("out/charts").glob("*.png")}
    assert drawn == {f"rollout_{name}" for name in ("waits", "flips", "load", "week", "targets")}
    told = json.loads(Path("out/manifest.json").read_text())
    assert (told["kind"], told["from"], told["to"]) == ("rollout", "base", "cross_trained")
    assert set(pd.read_csv("out/stages.csv")["share"]) == {0.5}
    assert "front: front 1" not in said.out
    again = call("open", "out")
    assert again.out == said.out


def test_json_is_one_document(call: Call, file: Path) -> None:
    said = call("rollout", file.name, "--to", "same", *FAST, "--no-charts", "--json", "--individuals")
    told = json.loads(said.out)
    assert told["command"] == "rollout"
    assert told["verdict"] == ""
    assert {row["note"] for row in told["targets"]} == {"no difference"}
    assert all(row["change"] in (0.0, None) for row in told["load"])
    assert {row["group"] for row in told["individuals"]} == {"front", "experts"}
    assert Path(told["folder"]).is_dir()


def test_lessons_and_names_only_where_asked_for(call: Call, file: Path) -> None:
    said = call("rollout", file.name, "--to", "open_queue", *FAST, "--no-charts", "--teach", "--individuals")
    assert "front: technical (4)" in said.out
    assert "front: front 1" in said.out
    assert "Part of the agents first" not in said.out  # a rule of the whole centre cannot be staged
    assert "Which skill to teach" not in said.out


def test_one_pair_says_nothing_of_chance(call: Call, file: Path) -> None:
    said = call("rollout", file.name, "--to", "cross_trained", "--clock", "simpy", "--replications", "1",
                "--no-charts")  # fmt: skip
    assert said.code == 0
    assert "One pair says nothing of chance" in " ".join(said.out.split())
    assert "nan" not in said.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--to is missing"),
        (("--to", "crossed"), "did you mean `cross_trained`"),
        (("--to", "cross_trained", "--from", "many"), "no such variant"),
        (("--to", "same", "--from", "same"), "--from and --to are both `same`"),
        (("--to", "base"), "--from and --to are both `base`"),
        (("--to", "more_intents"), "have other `intents`"),
        (("--to", "open_queue", "--share", "25%"), "rules of the whole centre"),
        (("--to", "cross_trained", "--share", "25"), "--share 25"),
        (("--to", "cross_trained", "--share", "0%"), "--share 0%"),
        (("--to", "cross_trained", "--share", "25%,120%"), "--share 25%,120%"),
        (("--to", "cross_trained", "--jobs", "2", "--dask", "local"), "--jobs"),
    ],
)
def test_mistakes(call: Call, file: Path, options: tuple[str, ...], said: str) -> None:
    told = call("rollout", file.name, *options)
    assert told.code == 2
    assert said in " ".join(told.err.split())
    assert not Path("runs").exists()


def test_a_folder_of_another_kind_is_not_replaced(call: Call, file: Path) -> None:
    call("run", "small.yaml", "--clock", "simpy", "--replications", "1", "--no-charts", "--out", "kept")
    before = sorted(path.name for path in Path("kept").iterdir())
    said = call("rollout", file.name, "--to", "cross_trained", *FAST, "--out", "kept")
    assert said.code == 2
    assert "Nothing was run" in said.err
    assert sorted(path.name for path in Path("kept").iterdir()) == before
