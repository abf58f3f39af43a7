"""The documentation is one tree, and makes a site without a warning that needs nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from doc_pages import DOCS

sys.path.insert(0, str(DOCS / "site"))

from tree import ROOTS, branches, toctree

ROOT = DOCS.parent


def listed() -> list[Path]:
    """Every page that the tables of the README pages list."""
    found = []
    for root in ROOTS:
        page = ROOT / f"{root}.md"
        for _, pages in branches(page.read_text(encoding="utf-8")):
            found += [(page.parent / path).resolve() for _, path in pages]
    return found


def written() -> set[Path]:
    """Every page that there is."""
    pages = [path for path in DOCS.rglob("*.md") if not path.name.endswith(".template.md")]
    roots = {ROOT / f"{ROOTS[0]}.md"}
    return {*pages, *(ROOT / "notebooks").glob("*.ipynb"), ROOT / "benchmarks" / "README.md"} - roots


def test_every_page_is_listed_once() -> None:
    pages = listed()
    assert set(pages) == written()
    assert len(set(pages)) == len(pages)


def test_the_branches_are_those_of_a_documentation() -> None:
    page = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [name for name, _ in branches(page)] == [
        "Tutorial", "How to", "Reference", "Explanation", "Validation"]  # fmt: skip


def test_a_branch_is_what_its_tables_list() -> None:
    page = "# Top\n\nSee [x](x.md).\n\n## Part\n\n| a |\n|---|\n| [Y y](sub/y.md) | [site](https://x.org/z.md) |\n"
    [(name, pages)] = branches(page)
    assert (name, pages) == ("Part", [("Y y", "sub/y.md")])
    assert "Y y <sub/y>" in toctree(name, pages) and ":caption: Part" in toctree(name, pages)


def test_state_diagrams_become_tables() -> None:
    pytest.importorskip("sphinx")
    from diagrams import arrows

    drawn = "stateDiagram-v2\n    [*] --> open: born\n    open --> [*]\n"
    assert arrows(drawn) == [("begin", "open", "born"), ("open", "end", "")]


class Fetched(HTMLParser):
    """What a browser loads with a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what scripts, styles and pictures come from."""
        at = dict(attrs)
        if tag in ("script", "img", "iframe", "source"):
            self.found.append(at.get("src") or "")
        elif tag == "link" and at.get("rel") != "canonical":
            self.found.append(at.get("href") or "")


@pytest.mark.slow
def test_the_site_is_made_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("myst_nb")
    pytest.importorskip("furo")
    asked = ["-m", "sphinx", "-q", "-W", "--keep-going", "-c", "docs", ".", str(tmp_path)]
    done = subprocess.run([sys.executable, *asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for page in (*written(), DOCS / "README.md"):
        place = (tmp_path / page.relative_to(ROOT)).with_suffix(".html")
        text = place.read_text(encoding="utf-8")
        parser = Fetched()
        parser.feed(text)
        assert not [one for one in parser.found if re.match(r"(https?:)?//", one)], page
    assert (tmp_path / "index.html").is_file()
