"""Every command and figure of the README is run here; CI runs the four commands that it leads with."""

from __future__ import annotations

from pathlib import Path

import pytest
from console_blocks import blocks, check, undrawn, with_scenarios

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LEADING = ("make demo", "make test", "pipx install .", "ccsim demo")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("readme")
    with_scenarios(place)
    return place


def test_it_leads_with_the_two_commands() -> None:
    first = [line.strip() for line in README.splitlines() if line.startswith("    ")]
    assert [line.partition("  ")[0] for line in first[:4]] == list(LEADING)
    for words in ("make demo", "make test"):
        assert f"\n{words.partition(' ')[2]}:" in (ROOT / "Makefile").read_text()
        assert words in (ROOT / ".ci" / "run").read_text()


@pytest.mark.slow
def test_every_block_does_what_it_shows(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here)
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    for block in blocks(README):
        check(block, "README.md")


def test_links_lead_somewhere() -> None:
    import re

    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
