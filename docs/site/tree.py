"""The site's tree, read from the tables of the README pages: what a table links to first, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

ROOTS = ("docs/README", "docs/routing/README")
_PAGE = re.compile(r"\[([^]]+)\]\(([^)#:]+\.(?:md|ipynb))\)")


def branches(page: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each heading of a README page with the title and path of every page that its tables list."""
    parts = re.split(r"^#+ (.+)$", page, flags=re.MULTILINE)
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        rows = [line for line in text.splitlines() if line.startswith("|")]
        listed = [found.groups() for row in rows for found in _PAGE.finditer(row)]
        if listed:
            yield heading, listed


def toctree(caption: str, pages: list[tuple[str, str]]) -> str:
    """A branch as Sphinx wants it, not shown on the page itself: the table is there already."""
    entries = "\n".join(f"{title} <{path.rpartition('.')[0]}>" for title, path in pages)
    return f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{entries}\n```\n"


def _grow(app: Any, docname: str, source: list[str]) -> None:
    if docname in ROOTS:
        source[0] += "".join(toctree(heading, pages) for heading, pages in branches(source[0]))


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("source-read", _grow)
    return {"parallel_read_safe": True}
