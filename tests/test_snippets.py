"""Snippets of pages that have no test of their own run here; no page has any that nothing runs."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from console_blocks import blocks, check, undrawn
from doc_pages import DOCS
from small import write_small

HOWTO = {path.name for path in DOCS.glob("howto_*.md")}
RUN_BY = {
    "test_attribution_page.py": {"attribution.md"},
    "test_experience_page.py": {"experience.md"},
    "test_predictions_page.py": {"predictions.md"},
    "test_tutorial.py": {"tutorial.md"},
    "test_howto_pages.py": HOWTO,
    "experiments/test_run_folder_page.py": {"run_folder.md"},
    "test_snippets.py": {"cluster.md", "json.md", "report.md"},
}


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_no_page_has_snippets_that_nothing_runs() -> None:
    found = {
        path.name
        for path in DOCS.rglob("*.md")
        if re.search(r"^```(sh|console|python|sql)$", path.read_text(), re.M)
    }
    run = {name for names in RUN_BY.values() for name in names}
    assert {name for name in found if not name.endswith(".template.md")} == run


@pytest.mark.parametrize("test", sorted(RUN_BY))
def test_the_tests_that_run_them_name_the_pages(test: str) -> None:
    text = (Path(__file__).parent / test).read_text(encoding="utf-8")
    for page in RUN_BY[test] - HOWTO:
        assert page in text or page.removesuffix(".md") in text, page


@pytest.mark.slow
def test_the_report_in_python_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(DOCS.parent / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    for block in blocks(_page("report.md")):
        check(block, "report.md")
    assert (tmp_path / "board.html").stat().st_size > 10_000


def test_a_script_reads_the_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_small(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    [script] = [block for block in blocks(_page("json.md")) if block.kind == "python"]
    there: dict[str, object] = {}
    exec(compile(script.text, "json.md", "exec"), there)
    figures = there["figures"]
    assert isinstance(figures, dict) and 0 < figures["service_level"] < 1


def test_the_commands_of_a_cluster_have_the_options_written(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    from distributed.cli import dask_scheduler, dask_worker
    from typer.main import get_command

    from ccsim.cli.app import app

    known = {
        "dask scheduler": dask_scheduler.main,
        "dask worker": dask_worker.main,
        "ccsim sweep": get_command(app).commands["sweep"],  # type: ignore[attr-defined]
    }
    [written] = [block for block in blocks(_page("cluster.md")) if block.kind == "sh"]
    for line in written.commands:
        command = " ".join(line.split()[:2])
        options = {name for one in known.pop(command).params for name in (*one.opts, *one.secondary_opts)}
        assert set(re.findall(r"(?<= )--[\w-]+", line.partition(" #")[0])) <= options, line
    assert not known
