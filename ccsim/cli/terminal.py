"""What reaches the terminal: lines in pieces with a style each, in ASCII where nothing else fits."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80
Piece = tuple[str, str]  # text and style; "" is plain
Line = Sequence[Piece]

BAD, GOOD, HEAD, DIM = "bold red", "green", "bold", "dim"

_ASCII = str.maketrans({
    "–": "-", "—": "-", "−": "-", "·": "-", "±": "+-", "×": "x", "≤": "<=", "≥": ">=", "→": "->",
    "…": "...", "━": "=", "•": "*", "’": "'", "“": '"', "”": '"', "Δ": "d", "µ": "u", "\u00a0": " ",
})  # fmt: skip


def plain_line(text: str, style: str = "") -> Line:
    """A line of one piece."""
    return ((text, style),)


def paragraph(lead: str, text: str, indent: int = 2) -> list[Line]:
    """`lead` in bold and the text, folded at the width with a hanging indent."""
    folded = wrap(
        f"{lead} {text}".strip(),
        WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    first = folded[0].removeprefix(lead)
    return [((lead, HEAD), (first, "")), *(plain_line(line) for line in folded[1:])]


def advice(lead: str, command: str) -> list[Line]:
    """A lead and a command to type: never folded, on a line of its own where it is long."""
    if len(lead) + len(command) + 3 <= WIDTH:
        return [((f"{lead}   ", HEAD), (command, ""))]
    return [plain_line(lead, HEAD), plain_line(f"  {command}")]


def show(lines: Iterable[Line], error: bool = False) -> None:
    """Print lines on stdout (or stderr): never folded, coloured only where that is wanted."""
    from rich.text import Text

    target = console(error)
    for line in lines:
        pieces = [(fit(text, target.encoding), style) for text, style in line]
        target.print(Text.assemble(*pieces), soft_wrap=True)


def say(text: str, error: bool = False, style: str = "") -> None:
    """Print plain text, line by line."""
    show((plain_line(line, style) for line in text.splitlines()), error)


def fit(text: str, encoding: str | None) -> str:
    """The text as the encoding can carry it: plain ASCII letters for what it cannot."""
    try:
        text.encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        text = text.translate(_ASCII).encode("ascii", "replace").decode()
    return text


def console(error: bool = False) -> Console:
    """The terminal on stdout or stderr as it is now (tests change them)."""
    return _console(sys.stderr if error else sys.stdout)


@lru_cache(maxsize=4)
def _console(file: TextIO) -> Console:
    from rich.console import Console

    return Console(file=file, highlight=False, markup=False, emoji=False)
