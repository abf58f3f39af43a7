"""Run folders: whole or not at all, the same name for the same content, enough to run again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments import folder as folders
from ccsim.experiments.folder import free_folder
from ccsim.experiments.manifest import digest
from ccsim.experiments.roi import roi
from ccsim.experiments.roi_folder import save_roi
from ccsim.experiments.run import Run
from ccsim.experiments.stored_scenario import write_scenario


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_holds_what_it_promises(small_run: Run, here: Path) -> None:
    saved = small_run.save()
    assert saved.parent == Path("runs")
    assert saved.name.startswith("small-")
    names = {str(path.relative_to(saved)) for path in saved.rglob("*") if path.is_file()}
    assert {"scenario.yaml", "manifest.json", "summary.csv", "tallies/journeys.parquet"} <= names
    for by in (
        "whole",
        "by_interval",
        "by_queue",
        "by_site",
        "bad_days",
        "ledger",
        "loyalty",
        "economics_by_month",
    ):
        assert {f"measures/{by}.csv", f"measures/{by}.parquet"} <= names
    told = json.loads((saved / "manifest.json").read_text())
    assert told["seed"] == 1
    assert told["replications"] == 3
    assert told["clock"] == "simpy"
    assert told["versions"]["ccsim"] == ccsim.__version__
    assert told["parameters"]
    assert told["calibration"]["hazard"]
    assert len(told["fresh_share_by_interval_of_week"]["voice"]) == 336
    assert os.listdir("runs") == [saved.name]  # nothing half done is left


def test_csv_and_parquet_say_the_same(small_run: Run, here: Path) -> None:
    saved = small_run.save()
    table = pd.read_csv(saved / "measures" / "by_intent.csv")
    pd.testing.assert_frame_equal(
        table, pd.read_parquet(saved / "measures" / "by_intent.parquet"), check_dtype=False
    )


def test_the_same_content_has_the_same_name_and_is_replaced(small_run: Run, here: Path) -> None:
    first = small_run.save()
    (first / "stray.txt").write_text("old")
    assert small_run.save() == first
    assert not (first / "stray.txt").exists()
    other = Run(small_run.scenario, small_run.tallies[:2], small_run.fresh, "simpy").save()
    assert other != first


def test_the_resolved_scenario_runs_again(small_run: Run, here: Path) -> None:
    saved = small_run.save()
    again = ccsim.load(saved / "scenario.yaml")
    assert again == small_run.scenario
    assert digest(again) == digest(small_run.scenario)


def test_a_scenario_with_tables_takes_them_along(here: Path) -> None:
    bank = Path(__file__).parents[2] / "scenarios" / "anonymous_bank_1999.yaml"
    scenario = ccsim.load(bank)
    place = here / "x"
    place.mkdir()
    write_scenario(scenario, place)
    assert ccsim.load(place / "scenario.yaml") == scenario


def test_a_folder_of_something_else_is_refused(small_run: Run, here: Path) -> None:
    mine = here / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("three years")
    with pytest.raises(CcsimError, match="something else than a run"):
        small_run.save(mine)
    assert (mine / "thesis.txt").exists()
    with pytest.raises(CcsimError, match="is a file"):
        small_run.save(mine / "thesis.txt")


def test_an_earlier_run_is_replaced_whole(small_run: Run, here: Path) -> None:
    small_run.save("out")
    (Path("out") / "stray.txt").write_text("old")
    small_run.save("out")
    assert not (Path("out") / "stray.txt").exists()


def test_a_failure_leaves_nothing(small_run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_run.save("out")
    before = sorted(path.name for path in Path("out").iterdir())

    def fails(*_: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(folders, "_write_measures", fails)
    with pytest.raises(RuntimeError):
        small_run.save("out")
    assert sorted(path.name for path in Path("out").iterdir()) == before
    with pytest.raises(RuntimeError):
        small_run.save("new")
    assert os.listdir(".") == ["out"]


def test_a_place_that_cannot_be_written_is_a_message(small_run: Run, here: Path) -> None:
    Path("file").write_text("")
    with pytest.raises(CcsimError, match="cannot write"):
        small_run.save(Path("file") / "below")


def test_the_journal_is_kept_on_request(small_run: Run, here: Path) -> None:
    saved = folders.save_run(small_run, "out", journal=1)
    contacts = pd.read_parquet(saved / "journal" / "contacts.parquet")
    assert len(contacts) == small_run.tallies[1].contacts


def test_a_stored_base_is_found_and_is_the_base(small_run: Run, here: Path, small_file: Path) -> None:
    base = ccsim.load(small_file)
    assert folders.stored_base(base, 3) is None
    small_run.save()
    stored = folders.stored_base(base, 3)
    assert stored is not None
    assert folders.stored_base(base, 4) is None
    variant = ccsim.load(small_file, "two_more")
    with_stored = ccsim.run(variant, clock="simpy", base=stored)
    with_run = ccsim.run(variant, clock="simpy", base=small_run)
    pd.testing.assert_frame_equal(with_stored.summary(), with_run.summary())


def test_a_base_with_other_journeys_is_not_taken(small_run: Run, here: Path, small_file: Path) -> None:
    saved = small_run.save()
    path = saved / "tallies" / "journeys.parquet"
    pd.read_parquet(path).drop(columns="dead_ends").to_parquet(path, index=False)
    assert folders.stored_base(ccsim.load(small_file), 3) is None


def test_the_digest_is_the_same_in_any_process(small_file: Path) -> None:
    code = (
        "import ccsim; from ccsim.experiments.manifest import digest; "
        f"print(digest(ccsim.load({str(small_file)!r})))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {digest(ccsim.load(small_file)) + "\n"}


def test_the_digest_tells_scenarios_apart(small_file: Path) -> None:
    base = ccsim.load(small_file)
    assert digest(base) != digest(ccsim.load(small_file, sets=["seed=2"]))
    assert digest(base) != digest(ccsim.load(small_file, "two_more"))


def test_a_result_of_another_kind_is_never_replaced(tmp_path: Path, small_run: Run) -> None:
    folder = small_run.save(tmp_path / "mine")
    before = sorted(path.name for path in folder.rglob("*"))
    with pytest.raises(CcsimError, match="something else than a recomputation"):
        save_roi(roi(small_run, draws=5), folder)
    with pytest.raises(CcsimError, match="something else than a comparison"):
        free_folder(folder, "compare")
    assert sorted(path.name for path in folder.rglob("*")) == before
    again = save_roi(roi(small_run, draws=5), tmp_path / "again")
    with pytest.raises(CcsimError, match="something else than a run"):
        small_run.save(again)
    assert save_roi(roi(small_run, draws=6), again) == again  # its own kind is
