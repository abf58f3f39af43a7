"""Folders of an older format: read as if written today where that is honest, refused in words where not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments import manifest, migrations
from ccsim.experiments.compare import Comparison
from ccsim.experiments.compare_folder import save_comparison
from ccsim.experiments.migrations import STEPS, migrated
from ccsim.experiments.roi_folder import open_roi, save_roi
from ccsim.experiments.run import Run


def as_format_2(folder: Path) -> Path:
    """The folder as ccsim wrote it while the format was 2: `called` was not there, nor were a roi's runs."""
    for path in folder.rglob("manifest.json"):
        told = json.loads(path.read_text())
        del told["called"]
        if told["kind"] == "roi":
            del told["of"]
        path.write_text(manifest.written({**told, "format": 2}))
    return folder


def changed(folder: Path, **keys: Any) -> Path:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **keys}))
    return folder


def test_a_run_of_format_2_gives_the_same_figures(small_run: Run, tmp_path: Path) -> None:
    folder = as_format_2(small_run.save(tmp_path / "out"))
    opened = ccsim.open_run(folder)
    pd.testing.assert_frame_equal(opened.summary(), small_run.summary(), check_exact=True)
    assert manifest.read(folder, "run")["called"] == "small.yaml"
    assert json.loads((folder / "manifest.json").read_text())["format"] == 2  # read, not rewritten


def test_a_comparison_of_format_2_too(small_comparison: Comparison, tmp_path: Path) -> None:
    folder = as_format_2(save_comparison(small_comparison, tmp_path / "out"))
    opened = ccsim.open_comparison(folder)
    pd.testing.assert_frame_equal(opened.differences(), small_comparison.differences(), check_exact=True)


def test_a_recomputation_of_format_2_kept_no_runs(small_run: Run, tmp_path: Path) -> None:
    found = ccsim.roi(small_run, draws=20)
    save_roi(found, tmp_path / "out")
    assert open_roi(tmp_path / "out").run.summary().equals(found.run.summary())
    with pytest.raises(CcsimError, match="keeps its tables, not its runs"):
        open_roi(as_format_2(tmp_path / "out"))


@pytest.mark.parametrize("format_", [1, 4, None, "3", True])
def test_there_is_no_way_from_other_formats(small_run: Run, tmp_path: Path, format_: object) -> None:
    folder = changed(small_run.save(tmp_path / "out"), format=format_)
    with pytest.raises(
        CcsimError, match=r"another version of ccsim .folders .*Run it again: ccsim run .*scenario.yaml"
    ):
        ccsim.open_run(folder)


def test_every_step_leads_to_the_format_of_today() -> None:
    assert sorted(STEPS) == list(range(min(STEPS), manifest.FORMAT))
    assert migrated({"format": 2, "kind": "run", "file": "a.yaml"}, 3) == {
        "format": 3, "kind": "run", "file": "a.yaml", "called": "a.yaml",
    }  # fmt: skip


def test_another_version_is_opened_only_where_its_figures_are_known_to_be_the_same(
    small_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_run.save(tmp_path / "out")
    ours = manifest.ccsim_version()
    monkeypatch.setattr(manifest, "ccsim_version", lambda: "9.9.9")
    with pytest.raises(CcsimError, match=f"ccsim {ours}, here 9.9.9"):
        ccsim.open_run(folder)
    monkeypatch.setattr(migrations, "SAME_FIGURES", {"9.9.9": frozenset({ours})})
    assert ccsim.open_run(folder).summary().equals(small_run.summary())
    changed(folder, parameters="0")
    with pytest.raises(CcsimError, match="outcome parameters 0"):
        ccsim.open_run(folder)
