"""Reports in folders and from the command: written whole or not at all, clear about what they cannot do."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ccsim
from ccsim.cli.app import start
from ccsim.errors import CcsimError
from ccsim.experiments.compare import Comparison
from ccsim.experiments.compare_folder import save_comparison
from ccsim.experiments.rollout import Rollout
from ccsim.experiments.rollout_folder import save_rollout
from ccsim.experiments.run import Run
from ccsim.experiments.sweep import Sweep
from ccsim.experiments.sweep_folder import save_sweep
from ccsim.report.writing import write_whole

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def ran(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            start([str(one) for one in arguments])
        seen = capsys.readouterr()
        return int(left.value.code or 0), seen.out, seen.err

    return ran


@pytest.fixture
def folder(run_folder: Path, tmp_path: Path) -> Path:
    """A run folder of one's own."""
    return Path(shutil.copytree(run_folder, tmp_path / "run"))


def test_a_stored_run_gives_the_page_that_was_written_with_it(folder: Path, call: Call) -> None:
    page = (folder / "report.html").read_bytes()
    (folder / "report.html").unlink()
    code, out, _ = call("report", folder)
    assert (code, out) == (0, f"Report  {folder / 'report.html'}\n")
    assert (folder / "report.html").read_bytes() == page


def test_every_kind_of_folder_has_its_page(
    small_comparison: Comparison, small_sweep: Sweep, small_rollout: Rollout, tmp_path: Path
) -> None:
    folders = [
        save_comparison(small_comparison, tmp_path / "compare"),
        save_sweep(small_sweep, tmp_path / "sweep"),
        save_rollout(small_rollout, tmp_path / "rollout"),
    ]
    for folder in folders:
        page = (folder / "report.html").read_bytes()
        assert b"<h1" in page and b"<img" not in page  # no charts were asked for
        (folder / "charts").mkdir()  # and none are there to be drawn
        assert ccsim.write_report(folder, tmp_path / "again.html") == [tmp_path / "again.html"]
        assert (tmp_path / "again.html").read_bytes() == page


def test_markdown_and_workbook_come_with_it(folder: Path, call: Call) -> None:
    code, out, _ = call("report", folder, "--format", "md", "--xlsx")
    names = ["report.md", "figures.md", "report.xlsx"]
    assert (code, out.split()[1::2]) == (0, [str(folder / name) for name in names])
    assert "](<charts/service_wait.png>)" in (folder / "report.md").read_text(encoding="utf-8")
    assert (folder / "report.xlsx").read_bytes().startswith(b"PK")


def test_another_place_is_linked_to_the_charts(folder: Path, tmp_path: Path, call: Call) -> None:
    code, *_ = call("report", folder, "--format", "md", "--out", tmp_path / "deep" / "mine.md")
    assert code == 0
    text = (tmp_path / "deep" / "mine.md").read_text(encoding="utf-8")
    assert "](<../run/charts/service_wait.png>)" in text
    assert (tmp_path / "deep" / "mine-figures.md").is_file()


@pytest.mark.usefixtures("few_charts")
def test_a_run_at_hand_is_reported_with_charts_of_its_own(small_run: Run, tmp_path: Path) -> None:
    files = ccsim.write_report(small_run, out=tmp_path / "mine.html")
    assert files == [tmp_path / "mine.html"]
    assert files[0].read_text(encoding="utf-8").count("<img ") == 3
    files = ccsim.write_report(small_run, out=tmp_path / "mine.md", format="md")
    assert files[:2] == [tmp_path / "mine.md", tmp_path / "mine-figures.md"]
    assert all(file.is_file() for file in files)
    assert {file.parent.name for file in files[2:]} == {"mine-charts"} and len(files[2:]) == 3


def test_json_names_the_files(folder: Path, call: Call) -> None:
    code, out, _ = call("report", folder, "--json")
    told = json.loads(out)
    assert (code, told["command"], told["files"]) == (0, "report", [str(folder / "report.html")])


def test_a_page_links_where_the_last_line_says(run_folder: Path) -> None:
    from ccsim.cli.run_page import ending

    line = "".join(text for text, _ in ending(run_folder)[1])
    assert "report.html" in line and (run_folder / "report.html").is_file()


@pytest.mark.parametrize("format_", ["pdf", ""])
def test_other_formats_are_refused(folder: Path, call: Call, format_: str) -> None:
    code, _, err = call("report", folder, "--format", format_)
    assert code == 2 and "html and md" in err
    with pytest.raises(ValueError, match="html, md"):
        ccsim.write_report(folder, format=format_)


def test_other_folders_are_refused(tmp_path: Path, folder: Path, call: Call) -> None:
    code, _, err = call("report", tmp_path / "nowhere")
    assert code == 2 and "there is no such folder" in err
    about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(about | {"kind": "roi"}), encoding="utf-8")
    (folder / "report.html").unlink()
    code, _, err = call("report", folder)
    assert code == 2 and "a recomputation" in err
    assert not (folder / "report.html").exists()
    with pytest.raises(TypeError, match="not of int"):
        ccsim.write_report(7)  # type: ignore[arg-type]


def test_a_folder_is_no_file(folder: Path, tmp_path: Path, call: Call) -> None:
    code, _, err = call("report", folder, "--out", tmp_path)
    assert code == 2 and "is a folder" in err


def test_without_the_library_nothing_is_written(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    code, _, err = call("report", folder, "--format", "md", "--xlsx")
    assert code == 2 and "ccsim[excel]" in err
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here first")
    (tmp_path / "old.md").write_text("old")
    with pytest.raises(CcsimError, match="cannot write"):
        write_whole({tmp_path / "old.md": b"new", tmp_path / "file" / "b.md": b"b"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "old.md"]
    assert (tmp_path / "old.md").read_text() == "old"
