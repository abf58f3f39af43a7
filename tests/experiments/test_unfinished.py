"""What an interrupted command has finished is kept, taken up once, and the result is the same."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from same import unlike

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments import stored_tallies, unfinished
from ccsim.experiments.run import Run, run
from ccsim.experiments.unfinished import PLACE, Unfinished
from ccsim.scenario import Scenario


class StoppedError(Exception):
    """Thrown from within a run."""


def stopping_after(many: int, error: type[BaseException] = StoppedError) -> Any:
    def progress(done: int, _: int) -> None:
        if done >= many:
            raise error

    return progress


def interrupted(
    scenario: Scenario, root: Path, after: int = 2, error: type[BaseException] = StoppedError
) -> str:
    """Leaves `after` replications of four behind; what the error says beside."""
    with pytest.raises(error) as told, Unfinished(root=root) as kept:
        run(scenario, 4, clock="simpy", progress=stopping_after(after, error), kept=kept)
    return " ".join(getattr(told.value, "__notes__", []))


@pytest.fixture(scope="module")
def scenario(small_file: Path) -> Scenario:
    return ccsim.load(small_file)


@pytest.fixture(scope="module")
def whole_run(scenario: Scenario) -> Run:
    return run(scenario, 4, clock="simpy")


@pytest.mark.parametrize("error", [StoppedError, KeyboardInterrupt])
def test_only_what_is_missing_runs_and_the_bytes_are_the_same(
    scenario: Scenario, whole_run: Run, tmp_path: Path, ran: list[int], error: type[BaseException]
) -> None:
    note = interrupted(scenario, tmp_path, 2, error)
    assert "2 finished replications are kept" in note and "--resume" in note
    ran.clear()
    with Unfinished(resume=True, root=tmp_path) as kept:
        found = run(scenario, 4, clock="simpy", kept=kept)
    assert ran == [2, 3]
    assert not unlike(found.tallies, whole_run.tallies)
    assert not (tmp_path / PLACE).exists()


def test_another_number_of_replications_takes_it_up_too(
    scenario: Scenario, tmp_path: Path, ran: list[int]
) -> None:
    interrupted(scenario, tmp_path, 3)
    ran.clear()
    with pytest.raises(StoppedError), Unfinished(resume=True, root=tmp_path) as kept:
        assert run(scenario, 2, clock="simpy", kept=kept).replications == 2
        assert ran == []
        run(scenario, 6, clock="simpy", kept=kept)
        assert ran == [3, 4, 5]
        raise StoppedError
    ran.clear()
    with Unfinished(resume=True, root=tmp_path) as kept:
        run(scenario, 6, clock="simpy", kept=kept)
    assert ran == []


def test_without_resume_all_of_it_runs(scenario: Scenario, tmp_path: Path, ran: list[int]) -> None:
    interrupted(scenario, tmp_path)
    ran.clear()
    with Unfinished(root=tmp_path) as kept:
        run(scenario, 3, clock="simpy", kept=kept)
    assert ran == [0, 1, 2]
    assert not (tmp_path / PLACE).exists()


def test_another_scenario_has_nothing_from_it(scenario: Scenario, tmp_path: Path, ran: list[int]) -> None:
    interrupted(scenario, tmp_path)
    ran.clear()
    with Unfinished(resume=True, root=tmp_path) as kept:
        run(scenario.model_copy(update={"seed": 77}), 1, clock="simpy", kept=kept)
    assert ran == [0]
    assert len(list((tmp_path / PLACE).iterdir())) == 1  # what the other left is still there


def test_a_variant_is_kept_with_its_base(small_file: Path, tmp_path: Path, ran: list[int]) -> None:
    variant = ccsim.load(small_file, "two_more")
    with pytest.raises(StoppedError), Unfinished(root=tmp_path) as kept:
        run(variant, 3, clock="simpy", progress=stopping_after(1), kept=kept)
    ran.clear()
    with Unfinished(resume=True, root=tmp_path) as kept:
        found = run(variant, 3, clock="simpy", kept=kept)
    assert ran == [1, 2]  # of the variant; the base is there
    assert not unlike(found.tallies, run(variant, 3, clock="simpy").tallies)


def test_a_killed_command_has_saved_from_time_to_time(
    scenario: Scenario, tmp_path: Path, ran: list[int]
) -> None:
    kept = Unfinished(root=tmp_path, every=0.0)
    with pytest.raises(StoppedError):  # killed: not used as a context, so that nothing is done at its end
        run(scenario, 4, clock="simpy", progress=stopping_after(3), kept=kept)
    ran.clear()
    with Unfinished(resume=True, root=tmp_path) as kept:
        run(scenario, 4, clock="simpy", kept=kept)
    assert ran == [3]


def test_a_disk_that_fills_costs_only_what_could_not_be_written(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(stored_tallies.parquet, "write", full)
    note = interrupted(scenario, tmp_path)
    assert "Not all that was finished could be kept" in note and "No space left on device" in note
    assert "--resume" not in note
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def only_part(root: Path) -> Path:
    (part,) = (root / PLACE).glob("*/part-*")
    return part


def test_another_version_is_told(scenario: Scenario, tmp_path: Path) -> None:
    interrupted(scenario, tmp_path)
    manifest = only_part(tmp_path) / "manifest.json"
    told = json.loads(manifest.read_text())
    told["versions"]["ccsim"] = "0.0.1"
    manifest.write_text(json.dumps(told))
    with pytest.raises(CcsimError, match=r"another version .*0\.0\.1"), Unfinished(True, tmp_path) as kept:
        run(scenario, 4, clock="simpy", kept=kept)
    assert manifest.exists()


@pytest.mark.parametrize("name", ["manifest.json", "tallies/replications.parquet", "tallies/waits.parquet"])
def test_what_is_torn_is_told(scenario: Scenario, tmp_path: Path, name: str) -> None:
    interrupted(scenario, tmp_path)
    torn = only_part(tmp_path) / name
    torn.write_bytes(torn.read_bytes()[:40])
    with pytest.raises(CcsimError, match="cannot be taken up"), Unfinished(True, tmp_path) as kept:
        run(scenario, 4, clock="simpy", kept=kept)


def test_the_key_is_of_all_that_decides_a_tally(scenario: Scenario, whole_run: Run) -> None:
    def rule(*_: float) -> float:
        return 0.0

    fresh = whole_run.fresh
    other = {name: share * 0.5 for name, share in fresh.items()}
    keys = [
        unfinished.key_of_tally(scenario, fresh, None),
        unfinished.key_of_tally(scenario, other, None),
        unfinished.key_of_tally(scenario, fresh, rule),
        unfinished.key_of_tally(scenario.model_copy(update={"seed": 9}), fresh, None),
    ]
    assert len(set(keys)) == len(keys)
    assert unfinished.key_of_tally(scenario, dict(fresh), None) == keys[0]
