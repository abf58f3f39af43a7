"""A page as Markdown, and its sentences as a page of their own; what users wrote is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ccsim.report.page import Block, Page, Picture, Table

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~!$])")
_CODE: Final = re.compile(r"`([^`]+)`")


def written(page: Page, pictures: Mapping[str, str]) -> str:
    """The whole page. pictures: where each picture is, by its name; those that are nowhere are left out."""
    return "\n\n".join([*_head(page), *_body(page, pictures)]) + "\n"


def sentences(page: Page) -> str:
    """The sentences, one a line of a list, under the page's title."""
    lines = (f"- {text(one)}" for one in page.sentences)
    return "\n".join([f"# {_title(page)}: figures", "", *lines]) + "\n"


def text(written_: str) -> str:
    """Text with all that Markdown would take for markup escaped, but for names between back-quotes."""
    parts = _CODE.split(_one_line(written_))
    told = (f"`{part}`" if place % 2 else _escaped(part, not place) for place, part in enumerate(parts))
    return "".join(told)


def plain(written_: str) -> str:
    """Text with all that Markdown would take for markup escaped."""
    return _escaped(_one_line(written_), True)


def _one_line(written_: str) -> str:
    """Blanks at which no line breaks are kept, all others become one."""
    return re.sub(r"[^\S\u00a0]+", " ", written_).strip()


def _escaped(part: str, first: bool) -> str:
    """`first`: the part begins a line, where a dash or a number with a dot would begin a list."""
    told = _MARKUP.sub(r"\\\1", part.replace("&", "&amp;"))
    return re.sub(r"^([-+](?= )|\d+(?=[.)] ))", _listed, told) if first else told


def _listed(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if match[0] in "-+" else f"{match[0]}\\"


def _title(page: Page) -> str:
    return plain(page.title) + (f": {text(page.about)}" if page.about else "")


def _head(page: Page) -> Iterator[str]:
    yield f"# {_title(page)}"
    yield f"{page.kind}. {text(page.question)}"
    yield "\n".join(f"- {name}: {text(value)}" for name, value in page.facts)
    yield "## The answer"
    yield from (_block(one, {}) for one in page.answer)
    if page.certainty:
        yield "### How certain that is"
        yield from (_block(one, {}) for one in page.certainty)


def _body(page: Page, pictures: Mapping[str, str]) -> Iterator[str]:
    for part in page.sections:
        told = [one for block in part.blocks if (one := _block(block, pictures))]
        if told:
            yield f"## {text(part.title)}"
            yield from told


def _block(block: Block, pictures: Mapping[str, str]) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Picture):
        return f"![{plain(block.title)}](<{pictures[block.name]}>)" if block.name in pictures else ""
    return f"**{text(block.lead)}** {text(block.text)}" if block.lead else text(block.text)


def _table(table: Table) -> str:
    rule = ["--:" if column.numeric else "---" for column in table.columns]
    lines = [_row([column.title for column in table.columns]), f"| {' | '.join(rule)} |"]
    for group in table.groups:
        if group.head:
            lines.append(f"| **{_cell(group.head)}** |" + " |" * (len(table.columns) - 1))
        lines += [_row(row.cells) for row in group.rows]
    note = f"\n\n{text(table.note)}" if table.note else ""
    return f"**{text(table.caption)}**\n\n" + "\n".join(lines) + note


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(_cell(one) for one in cells)} |"


def _cell(cell: str) -> str:
    """A bar ends a cell even within code."""
    return re.sub(r"(?<!\\)\|", r"\\|", text(cell))
