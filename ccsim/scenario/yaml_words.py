"""YAML's syntax errors in a planner's words."""

from __future__ import annotations

import yaml

from ccsim.errors import Fault

_WORDS = (
    ("scanning a directive", "a line may not start with `%`", "write the number first: `80%`"),
    (
        "mapping values are not allowed here",
        "a `:` too many here, or a line out of step",
        "put texts that contain `: ` in quotes; indent sister keys alike",
    ),
    ("found character '\\t'", "a tab character", "indent with spaces"),
    ("found unexpected end of stream", "a quote is opened and never closed", "close the quote"),
    ("could not find expected ':'", "a key without `:`", "write `key: value`"),
    ("expected ',' or '}'", "`{` is not closed, or a comma is missing", "write `{key: value, key: value}`"),
    ("expected ',' or ']'", "`[` is not closed, or a comma is missing", "write `[one, two]`"),
    (
        "expected <block end>",
        "this line is indented differently from its sisters",
        "start sister keys in the same column",
    ),
    ("sequence entries are not allowed", "a `-` that starts no list", "start the list on a new line"),
    ("found character '%'", "a value may not start with `%`", "write the number first: `80%`"),
    ("found character '@'", "a value may not start with `@`", "put it in quotes"),
    ("found character '`'", "a value may not start with a backquote", "leave the backquote out"),
    ("found undefined alias", "`*` refers to nothing above", "put texts with `*` in quotes"),
    ("found duplicate anchor", "an `&name` is used twice", "write the value itself"),
    (
        "special characters are not allowed",
        "a character that does not belong in a text file",
        "save the file as plain UTF-8 text",
    ),
    (
        "expected alphabetic or numeric character",
        "`*` and `&` have a meaning of their own in YAML",
        "put the text in quotes",
    ),
)


def reworded(error: yaml.YAMLError, text: str, label: str, one_value: bool) -> Fault:
    """The fault for PyYAML's error, at its line and column."""
    problem = " ".join(str(getattr(error, part, None) or "") for part in ("context", "problem"))
    problem = f"{problem} {getattr(error, 'reason', '')}".strip()
    message, hint = _reworded(problem)
    if one_value:
        return Fault(label, 0, 0, "", message, hint)
    line, column = _place(error, text)
    return Fault(label, line, column, "", message, hint)


def _reworded(problem: str) -> tuple[str, str | None]:
    for words, message, hint in _WORDS:
        if words in problem:
            return message, hint
    return f"YAML cannot be read here ({problem[:80] or 'unknown'})", "compare with `ccsim new`"


def _place(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return mark.line + 1, mark.column + 1
    position = getattr(error, "position", 0)
    before = text[: position if isinstance(position, int) else 0]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
