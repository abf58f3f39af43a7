"""The how-to pages: every command on them runs, and prints what is written there."""

from __future__ import annotations

from pathlib import Path

import pytest
from console_blocks import blocks, check, undrawn, with_scenarios

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("howto_*.md"))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_does_what_it_shows(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_scenarios(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    shown = blocks(page.read_text(encoding="utf-8"))
    assert shown
    for block in shown:
        check(block, f"docs/{page.name}")
