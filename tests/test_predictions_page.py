"""`docs/predictions.md`: its tables are the parameters', and every command of it runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from console_blocks import blocks, output, undrawn

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "predictions.md").read_text(encoding="utf-8")


def test_its_tables_are_those_of_the_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    sys.modules.pop("make_predictions_page", None)
    from make_predictions_page import page

    assert page() == PAGE, "stale: python docs/make_predictions_page.py"


@pytest.mark.slow
def test_every_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    shells = [block for block in blocks(PAGE) if block.kind == "sh"]
    assert shells
    for block in shells:
        for command in block.commands:
            code, said = output(command)
            assert code == 0, f"{command}\n{said}"
