"""An HTML page as a reader meets it: elements in order, texts, tables as rows of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "img", "wbr", "br", "link", "input"}


@dataclass
class Reading(HTMLParser):
    """What is on a page. elements: tag and attributes, in order; tables: by caption, rows of texts."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._caption = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in VOID:
            return
        self.open.append(tag)
        self._pieces.append([])
        if tag == "table":
            self._rows = []
        if tag == "tr":
            self._rows.append([])

    def handle_data(self, data: str) -> None:
        for pieces in self._pieces:
            pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()
        text = " ".join("".join(self._pieces.pop()).split())
        self.texts.setdefault(tag, []).append(text)
        if tag in ("td", "th"):
            self._rows[-1].append(text)
        if tag == "caption":
            self._caption = text
        if tag == "table":
            self.tables[self._caption] = self._rows


def read(page: str) -> Reading:
    """The page; AssertionError where its elements do not nest."""
    found = Reading()
    found.feed(page)
    found.close()
    assert found.open == []
    return found
