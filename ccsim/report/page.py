"""What a report says, whatever it is written in: a page of sections with paragraphs, tables, pictures.

Texts are plain; what stands between back-quotes is a name in the scenario's own spelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Paragraph:
    """A few sentences; `lead` says in a word or two what they are about."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand to the right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True)
class Row:
    """The cells of a row, the first its name. tone: 'good', 'bad' (the last cell), 'strong' (a sum), ''."""

    cells: tuple[str, ...]
    tone: str = ""


@dataclass(frozen=True)
class Group:
    """Rows that belong together, under a head of their own (empty: none)."""

    rows: tuple[Row, ...]
    head: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption; `note` below it says how to read the columns."""

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart: its name in the folder of charts, what its title and note say, size in pixels, bytes."""

    name: str
    title: str
    note: str
    width: int
    height: int
    svg: bytes
    png: bytes


Block: TypeAlias = Paragraph | Table | Picture


@dataclass(frozen=True)
class Section:
    """A part of the page, with a heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Highlight:
    """A figure that the eye should meet first. tone: 'good', 'bad' or ''."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Page:
    """A whole report.

    title: the scenario's name, as its user wrote it; about: what of it, in our words (empty: all). kind:
    what it is a report of. facts: what was computed, in pairs of name and value. answer and
    certainty: paragraphs. sentences: each stands alone, ready to be pasted elsewhere.
    """

    title: str
    about: str
    kind: str
    question: str
    facts: tuple[tuple[str, str], ...]
    answer: tuple[Paragraph, ...]
    certainty: tuple[Paragraph, ...]
    highlights: tuple[Highlight, ...]
    sections: tuple[Section, ...]
    sentences: tuple[str, ...]


def numeric(*titles: str) -> tuple[Column, ...]:
    """Columns of numbers."""
    return tuple(Column(title, True) for title in titles)


def section(title: str, *blocks: Block | None) -> Section | None:
    """The section with those of its blocks that there are; None where there is none."""
    there = tuple(block for block in blocks if block is not None)
    return Section(title, there) if there else None


def said(lead: str, text: str) -> Paragraph | None:
    """A paragraph; None where there is nothing to say."""
    return Paragraph(text, lead) if text else None
