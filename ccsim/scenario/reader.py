"""YAML without its traps: texts with their places, nothing resolved, nothing executed.

PyYAML's SafeLoader only splits the file into events; no scalar is ever interpreted (``NO`` stays
text, ``12:30`` is not 750). Tags, doubled keys, deep or huge files are refused with a message.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario.nodes import Entry, Items, Mark, Node, Scalar, Table
from ccsim.scenario.yaml_words import reworded

MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_TEXT = 1_000_000, 50, 100_000, 1_000


def read_file(path: Path, label: str) -> Node:
    """The node tree of a YAML file; ``label`` is how messages name it.

    Raises ScenarioError for a file that is missing, too big, not UTF-8 text or not YAML.
    """
    try:
        if not path.is_file():
            raise _refuse(label, "no such file", _nearby(path))
        if path.stat().st_size > MAX_BYTES:
            raise _refuse(
                label,
                "the file is larger than 1 MB",
                "a scenario is a few hundred lines; keep long tables in CSV files",
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a name of a file"
        raise _refuse(label, f"cannot be read: {reason}", None) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        fault = Fault(label, line, column, "", "not UTF-8 text", "save the file as UTF-8")
        raise ScenarioError([fault]) from None
    return read_text(text, label)


def read_text(text: str, label: str, one_value: bool = False) -> Node:
    """The node tree of YAML text.

    ``one_value`` is for the right-hand side of ``--set``: the place is the label alone.
    Raises ScenarioError naming line and column.
    """
    if len(text) > MAX_BYTES:
        raise _refuse(label, "the text is larger than 1 MB", None)
    try:
        return _Composer(text, label, one_value).document()
    except yaml.YAMLError as error:
        raise ScenarioError([reworded(error, text, label, one_value)]) from None


class _Composer:
    """Builds nodes from PyYAML's events, counting as it goes so that it can stop early."""

    def __init__(self, text: str, label: str, one_value: bool) -> None:
        self._loader = yaml.SafeLoader(text)
        self._label = label
        self._one_value = one_value
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._count = 0

    def document(self) -> Node:
        self._next()  # the start of the stream
        event = self._next()
        if isinstance(event, StreamEndEvent):
            raise _refuse(self._label, "the file is empty", "start with `ccsim: 1`")
        node, _ = self._node(self._next(), 0)
        self._next()  # the end of the document
        event = self._next()
        if isinstance(event, DocumentStartEvent):
            raise self._fault(event, "a second document starts here", "one scenario a file")
        return node

    def _next(self) -> Event:
        event: Event = self._loader.get_event()  # type: ignore[no-untyped-call]
        return event

    def _node(self, event: Event, depth: int) -> tuple[Node, int]:
        """The node that starts with this event, and its own depth."""
        if isinstance(event, AliasEvent):
            return self._alias(event, depth)
        self._tally(event, 1, depth)
        before = self._count
        if (tag := getattr(event, "tag", None)) is not None:
            raise self._fault(
                event,
                f"tags such as `{str(tag)[:30]}` are not used here",
                "a scenario holds plain texts, lists and mappings",
            )
        node: Node
        if isinstance(event, ScalarEvent):
            node, height = self._scalar(event), 0
        elif isinstance(event, MappingStartEvent):
            node, height = self._table(event, depth)
        else:
            node, height = self._items(event, depth)
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            self._anchors[anchor] = (node, self._count - before + 1, height)
        return node, height

    def _alias(self, event: AliasEvent, depth: int) -> tuple[Node, int]:
        if event.anchor not in self._anchors:
            raise self._fault(
                event, f"nothing above is marked `&{str(event.anchor)[:30]}`", "write the value itself"
            )
        node, size, height = self._anchors[event.anchor]
        self._tally(event, size, depth + height)
        return node, height

    def _tally(self, event: Event, nodes: int, depth: int) -> None:
        self._count += nodes
        if depth > MAX_DEPTH:
            raise self._fault(event, f"nested deeper than {MAX_DEPTH} levels", None)
        if self._count > MAX_NODES:
            raise self._fault(event, f"more than {MAX_NODES} values", "keep long tables in CSV files")

    def _scalar(self, event: ScalarEvent) -> Scalar:
        text = str(event.value).strip()
        if len(text) > MAX_TEXT:
            raise self._fault(event, f"a text of more than {MAX_TEXT} characters", None)
        return Scalar(text, self._mark(event))

    def _items(self, start: Event, depth: int) -> tuple[Items, int]:
        nodes, height = [], 0
        while not isinstance(event := self._next(), SequenceEndEvent):
            node, below = self._node(event, depth + 1)
            nodes.append(node)
            height = max(height, below + 1)
        return Items(tuple(nodes), self._mark(start)), height

    def _table(self, start: Event, depth: int) -> tuple[Table, int]:
        entries: dict[str, Entry] = {}
        height, doubled = 0, []
        while not isinstance(event := self._next(), MappingEndEvent):
            if isinstance(event, CollectionStartEvent):
                raise self._fault(event, "a key must be a plain word", "write `key: value`, one a line")
            key, _ = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._fault(event, "a key must be a plain word", None)
            node, below = self._node(self._next(), depth + 1)
            height = max(height, below + 1)
            if key.text in entries:
                doubled.append(self._doubled(key.text, key.mark, entries[key.text].mark))
            entries[key.text] = Entry(key.mark, node)
        if doubled:
            raise ScenarioError(doubled)
        return Table(entries, self._mark(start)), height

    def _doubled(self, key: str, mark: Mark, first: Mark) -> Fault:
        return Fault(
            mark.file,
            mark.line,
            mark.column,
            key[:60],
            "is written twice",
            f"it stands in line {first.line} already; keep one",
        )

    def _mark(self, event: Event) -> Mark:
        mark = event.start_mark
        if self._one_value or mark is None:
            return Mark(self._label)
        return Mark(self._label, mark.line + 1, mark.column + 1)

    def _fault(self, event: Event, message: str, hint: str | None) -> ScenarioError:
        mark = self._mark(event)
        return ScenarioError([Fault(mark.file, mark.line, mark.column, "", message, hint)])


def _refuse(label: str, message: str, hint: str | None) -> ScenarioError:
    return ScenarioError([Fault(label, 0, 0, "", message, hint)])


def _nearby(path: Path) -> str | None:
    try:
        names = sorted(p.name for p in path.parent.iterdir() if p.suffix in (".yaml", ".yml"))
    except OSError:
        return None
    return f"scenarios there: {', '.join(names[:8])}" if names else None
