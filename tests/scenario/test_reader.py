"""YAML stays text with places; its traps and bombs are refused with a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario.nodes import Scalar, Table, find, place, plain
from ccsim.scenario.reader import read_file, read_text


def fault(text: str) -> Fault:
    with pytest.raises(ScenarioError) as refused:
        read_text(text, "x.yaml")
    return refused.value.faults[0]


@pytest.mark.parametrize(
    "text", ["NO", "010", "12:30", "1e3", "null", "true", "2026-11-02", "+4", "0x1f", "1_000", ".5", "~"]
)
def test_nothing_is_resolved(text: str) -> None:
    assert plain(read_text(f"a: {text}", "x.yaml")) == {"a": text}


def test_places_count_from_one() -> None:
    tree = read_text("a:\n  b: {c: 4min}\n  d: [1, 2]\n", "x.yaml")
    found = find(tree, ("a", "b", "c"))
    assert isinstance(found, Scalar) and (found.mark.line, found.mark.column) == (2, 10)
    assert (place(tree, ("a", "b", "c"), at_key=True)).column == 7
    assert (place(tree, ("a", "d", "1"))).column == 10
    assert place(tree, ("a", "nowhere")).line == 1


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("a: 1\nb: 2\na: 3", 3, "is written twice", "line 1 already"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags such as", None),
        ("a: !x 1", 1, "tags such as `!x` are not used", None),
        ("%80: a", 1, "may not start with `%`", None),
        ("a: 1\n---\nb: 2", 2, "a second document", "one scenario a file"),
        ("a: *b", 1, "nothing above is marked `&b`", None),
        ("? [a, b]\n: c", 1, "a key must be a plain word", None),
        ("a: {b: 1\nc: 2", 2, "`{` is not closed", None),
        ("a: [1, 2\nb: 3", 2, "`[` is not closed", None),
        ("a:\n\tb: 1", 2, "a tab character", "spaces"),
        ("a: 'x\nb: 1", 2, "a quote is opened and never closed", "close the quote"),
        ("a: b: c", 1, "a `:` too many", "in quotes"),
        ("a:\n  b: 1\n c: 2", 3, "indented differently", "same column"),
        ("a: @x", 1, "may not start with `@`", None),
        ("a: %80", 1, "may not start with `%`", "80%"),
        ("a: \x07", 1, "does not belong in a text file", None),
        ("a: " + "[" * 60 + "]" * 60, 1, "nested deeper than 50", None),
        ("a: " + "x" * 1001, 1, "more than 1000 characters", None),
        ("", 0, "the file is empty", "ccsim: 1"),
        ("# nothing\n", 0, "the file is empty", None),
    ],
)
def test_refusals(text: str, line: int, message: str, hint: str | None) -> None:
    found = fault(text)
    assert found.line == line and message in found.message
    assert hint is None or (found.hint and hint in found.hint)


def test_all_doubled_keys_of_a_mapping_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        read_text("a: 1\nb: 1\na: 2\nb: 2", "x.yaml")
    assert [f.line for f in refused.value.faults] == [3, 4]


def test_aliases_are_copies_and_bombs_are_defused() -> None:
    assert plain(read_text("a: &x {k: 1}\nb: *x", "x.yaml")) == {"a": {"k": "1"}, "b": {"k": "1"}}
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    assert "more than 100000 values" in fault("\n".join(lines)).message
    deep = "a0: &a0 [" * 1 + "1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 60))
    assert "nested deeper" in fault(deep).message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def refused(path: Path) -> Fault:
        with pytest.raises(ScenarioError) as error:
            read_file(path, path.name)
        return error.value.faults[0]

    (tmp_path / "mine.yaml").write_text("ccsim: 1")
    missing = refused(tmp_path / "mien.yaml")
    assert missing.message == "no such file" and "mine.yaml" in str(missing.hint)
    assert refused(tmp_path).message == "no such file"
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: 1\nb: é".encode("latin-1"))
    assert (refused(latin).line, refused(latin).message) == (2, "not UTF-8 text")
    big = tmp_path / "big.yaml"
    big.write_text("a" * 1_000_001)
    assert "larger than 1 MB" in refused(big).message
    assert refused(tmp_path / "\0").line == 0
    bom = tmp_path / "bom.yaml"
    bom.write_bytes(b"\xef\xbb\xbfa: 1")
    assert isinstance(read_file(bom, "bom.yaml"), Table)
