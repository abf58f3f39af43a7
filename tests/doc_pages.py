"""What the pages of `docs/` say, taken apart: the table of capabilities, YAML blocks, paths of keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ccsim.scenario.schema import schema

DOCS = Path(__file__).parents[1] / "docs"


class Row(NamedTuple):
    """A line of the table of capabilities."""

    name: str
    link: str
    keys: tuple[str, ...]
    tests: tuple[str, ...]
    scenarios: tuple[str, ...]


def rows() -> Iterator[Row]:
    """Every capability of the table."""
    for line in (DOCS / "capabilities.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        head = re.fullmatch(r"\[(.+)\]\((.+)\)", cells[0])
        if line.startswith("|") and head:
            yield Row(head[1], head[2], *(tuple(re.findall(r"`([^`]+)`", cell)) for cell in cells[1:4]))


def titles(page: str) -> list[str]:
    """Headings of a page."""
    return re.findall(r"^#+ (.+)$", page, re.MULTILINE)


def anchor(title: str) -> str:
    """What a link to a heading says after `#`."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def blocks(page: str, section: str = "", kind: str = "yaml") -> list[str]:
    """The fenced blocks of a kind, of the whole page or of the section with this anchor."""
    parts = re.split(r"^#+ (.+)$", page, flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    texts = [text for title, text in pairs if not section or anchor(title) == section]
    fence = re.compile(rf"^```{kind}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [block for text in texts for block in fence.findall(text)]


def tables_of(page: str) -> dict[str, str]:
    """The CSV tables of a page by the file name above each."""
    found = re.findall(r"^`(\w+\.csv)`:\n\n```csv\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return dict(found)


def paths(node: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path of keys in a YAML tree, those a variant sets too; those to a value end with `=value`."""
    if above[:1] == ("variants",) and above[2:] == ("set",):
        for key, below in node.items():
            steps = tuple(key.split("."))
            yield from (steps[:at] for at in range(1, len(steps) + 1))
            yield from paths(below, steps)
    elif isinstance(node, dict):
        for key, below in node.items():
            yield (*above, key)
            yield from paths(below, (*above, key))
    elif isinstance(node, list):
        for item in node:
            yield from paths(item, above)
    else:
        yield (*above, f"={node}")


def fits(key: str, path: tuple[str, ...]) -> bool:
    """Whether a written path is the key: `*` stands for any name, `key=value` asks for that value."""
    name, is_value, value = key.partition("=")
    steps = [*name.split("."), *([f"={value}"] if is_value else [])]
    return len(steps) == len(path) and all(s in ("*", at) for s, at in zip(steps, path, strict=True))


@cache
def made() -> dict[str, Any]:
    """The JSON schema of scenarios."""
    return schema()


def in_schema(key: str) -> bool:
    """Whether the schema knows the key, and the value where one is asked for."""
    name, _, value = key.partition("=")
    found = _below(made(), tuple(name.split(".")))
    return any(value in str(each) for each in found)


def _below(node: dict[str, Any], steps: tuple[str, ...]) -> list[dict[str, Any]]:
    """Whatever the schema allows at the end of a path."""
    options = _options(node)
    if not steps:
        return options
    found = []
    for option in options:
        at = option.get("additionalProperties") if steps[0] == "*" else None
        at = option.get("properties", {}).get(steps[0], at)
        if isinstance(at, dict):
            found += _below(at, steps[1:])
    return found


def _options(node: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema and all that it refers to or leaves a choice of."""
    if "$ref" in node:
        return _options(made()["$defs"][node["$ref"].rsplit("/", 1)[1]])
    return [node, *(each for choice in node.get("anyOf", []) for each in _options(choice))]
