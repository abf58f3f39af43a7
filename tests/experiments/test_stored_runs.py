"""`stored_runs`: what lies under `runs/`, whatever state it is in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small import SMALL

import ccsim
from ccsim.experiments.compare import Comparison
from ccsim.experiments.compare_folder import save_comparison
from ccsim.experiments.run import Run
from ccsim.experiments.stored_runs import COLUMNS, UNFINISHED, stored_runs, unfinished_runs
from ccsim.scenario import loads


@pytest.fixture
def root(small_run: Run, small_comparison: Comparison, tmp_path: Path) -> Path:
    for age, (name, save) in enumerate({
        "one": lambda place: small_run.save(place),
        "two": lambda place: small_comparison.variants["two_more"].save(place),
        "three": lambda place: save_comparison(small_comparison, place),
    }.items()):  # fmt: skip
        save(tmp_path / name)
        os.utime(tmp_path / name / "manifest.json", (1_700_000_000 + age,) * 2)
    return tmp_path


def test_each_folder_is_a_row_newest_first(root: Path) -> None:
    found = stored_runs(root)
    assert tuple(found.columns) == COLUMNS
    assert [Path(folder).name for folder in found["folder"]] == ["three", "two", "one"]
    assert found["kind"].tolist() == ["compare", "run", "run"]
    assert found["variant"].tolist() == [None, "two_more", None]
    assert found["replications"].tolist() == [6, 6, 3] and set(found["seed"]) == {1}
    assert found["opens"].all() and not found["why_not"].any()
    assert found["written"].iloc[-1].timestamp() == 1_700_000_000
    sizes = [
        sum(p.stat().st_size for p in (root / name).rglob("*") if p.is_file())
        for name in ("three", "two", "one")
    ]
    assert found["bytes"].tolist() == sizes
    for folder in found.query("kind == 'run'")["folder"]:
        assert ccsim.open_run(folder).replications > 0  # what is said to open does


def test_whatever_is_broken_is_marked(root: Path) -> None:
    (root / ".half-written").mkdir()
    (root / "file.txt").write_text("no folder")
    for name, text in {
        "a": "",
        "b": "{",
        "c": "[1]",
        "d": '{"kind": ["run"], "name": [1], "seed": true}',
        "e": '{"kind": "run"}',
    }.items():
        (root / name).mkdir()
        (root / name / "manifest.json").write_text(text)
    found = stored_runs(root).set_index("folder").rename(index=lambda folder: Path(folder).name)
    assert set(found.index) == {"one", "two", "three", "a", "b", "c", "d", "e"}
    for name in "abcd":
        assert (
            found.loc[name, "kind"] == "broken"
            and not found.loc[name, "opens"]
            and found.loc[name, "why_not"]
        ), name
    assert found.loc["d", "name"] is None
    assert found.loc["e", "kind"] == "run" and found.loc["e", "why_not"].startswith(
        "another version of ccsim"
    )


def test_nothing_there_is_an_empty_frame(tmp_path: Path) -> None:
    assert stored_runs(tmp_path / "none").empty and tuple(stored_runs(tmp_path).columns) == COLUMNS
    assert unfinished_runs(tmp_path).empty and tuple(unfinished_runs(tmp_path).columns) == UNFINISHED


def test_a_sweep_that_lacks_what_it_stands_on_does_not_open(tmp_path: Path) -> None:
    scenario = loads(SMALL)
    sweep = ccsim.sweep(
        scenario, {"agents.generalists.on_seat": [2, 3]}, replications=2, clock="simpy", draws=0
    )
    sweep.save(tmp_path / "swept")
    assert stored_runs(tmp_path)["opens"].all()
    (tmp_path / "swept" / "pairs.parquet").unlink()
    [row] = stored_runs(tmp_path).to_dict("records")
    assert (row["kind"], row["opens"], row["why_not"]) == ("sweep", False, "pairs.parquet missing")
