"""The scenario as written: a tree of texts, each with the place it came from.

Scalars stay text (units parse them later); a node is immutable, so a merged tree shares what it
did not change and every value keeps its origin (a file, a variant, ``--set``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A place: file as the user named it, line and column from 1 (line 0: no line)."""

    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Items:
    """A list of nodes."""

    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key: value`` of a mapping; ``mark`` is the place of the key."""

    mark: Mark
    node: Node


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping of keys to nodes, in the order written."""

    entries: dict[str, Entry]
    mark: Mark

    def get(self, key: str) -> Node | None:
        """The node under a key, None if it is not there."""
        entry = self.entries.get(key)
        return entry.node if entry else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys with their nodes, in the order written."""
        return ((key, entry.node) for key, entry in self.entries.items())


Node = Scalar | Items | Table
Path = tuple[str, ...]


def plain(node: Node) -> Any:
    """The tree as dicts, lists and texts, for pydantic."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [plain(item) for item in node.nodes]
    return {key: plain(value) for key, value in node.items()}


def from_plain(value: Any, mark: Mark) -> Node:
    """Nodes of Python values (text, numbers, booleans, None, lists, dicts), all at one mark."""
    if isinstance(value, dict):
        return Table({str(k): Entry(mark, from_plain(v, mark)) for k, v in value.items()}, mark)
    if isinstance(value, list | tuple | set | frozenset):
        return Items(tuple(from_plain(item, mark) for item in value), mark)
    if value is None:
        return Scalar("none", mark)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", mark)
    return Scalar(str(value), mark)


def find(node: Node, path: Path) -> Node | None:
    """The node at a path, None if there is none. List positions are digits from 0."""
    for step in path:
        if isinstance(node, Table):
            entry = node.entries.get(step)
            if entry is None:
                return None
            node = entry.node
        elif isinstance(node, Items) and step.isdecimal() and int(step) < len(node.nodes):
            node = node.nodes[int(step)]
        else:
            return None
    return node


def place(node: Node, path: Path, at_key: bool = False) -> Mark:
    """Where a path stands: its value (or its key), or else the deepest part of it that exists."""
    mark, inherited = node.mark, node.mark
    for step in path:
        if isinstance(node, Table) and step in node.entries:
            entry = node.entries[step]
            mark, inherited, node = entry.mark, entry.node.mark, entry.node
        elif isinstance(node, Items) and step.isdecimal() and int(step) < len(node.nodes):
            node = node.nodes[int(step)]
            mark = inherited = node.mark
        else:
            return mark
    return mark if at_key else inherited


def put(node: Node | None, path: Path, value: Node, mark: Mark) -> Node:
    """A new tree with ``value`` at ``path``; missing mappings on the way are made, at ``mark``.

    Raises KeyError with the part of the path that leads through a text or past a list's end.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    if node is None:
        node = Table({}, mark)
    if isinstance(node, Table):
        old = node.entries.get(step)
        new = Entry(old.mark if old else mark, put(old.node if old else None, rest, value, mark))
        return Table({**node.entries, step: new}, node.mark)
    if isinstance(node, Items) and step.isdecimal() and int(step) < len(node.nodes):
        index = int(step)
        changed = put(node.nodes[index], rest, value, mark)
        return Items((*node.nodes[:index], changed, *node.nodes[index + 1 :]), node.mark)
    raise KeyError(step)


def without(node: Node, path: Path) -> Node:
    """The tree without the entry at a path of mappings that exists."""
    assert isinstance(node, Table)
    step, rest = path[0], path[1:]
    entries = dict(node.entries)
    if rest:
        entries[step] = Entry(entries[step].mark, without(entries[step].node, rest))
    else:
        del entries[step]
    return Table(entries, node.mark)


def scalars(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Every text of the tree with its path, in the order written."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Items):
        for index, item in enumerate(node.nodes):
            yield from scalars(item, (*path, str(index)))
    else:
        for key, child in node.items():
            yield from scalars(child, (*path, key))
