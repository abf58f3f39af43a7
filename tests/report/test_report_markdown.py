"""The page as Markdown, and its sentences: the same figures, and nothing of a user's is markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim.experiments.compare import Comparison
from ccsim.experiments.run import Run
from ccsim.report import markdown
from ccsim.report.page import Page, Table
from ccsim.words import cells

BARE = re.compile(r"(?<!\\)[*_<>\[\]#|~!$]")


@pytest.mark.parametrize("name", ["run", "every channel", "comparison", "sweep", "rollout"])
def test_tables_have_as_many_cells_in_each_row(pages: dict[str, Page], name: str) -> None:
    text = markdown.written(pages[name], {})
    tables = re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE)
    there = [
        block for section in pages[name].sections for block in section.blocks if isinstance(block, Table)
    ]
    assert len(tables) == len(there) > 3
    for lines in tables:
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in lines.splitlines()}
        assert len(counts) == 1, lines


def test_headings_and_answer_are_there(pages: dict[str, Page]) -> None:
    text = markdown.written(pages["run"], {})
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads[0] == "# Small line"
    assert heads[1:3] == ["## The answer", "### How certain that is"]
    assert "## Assumptions" in heads and "## How it was computed" in heads
    assert markdown.text(pages["run"].answer[0].text) in text


def test_pictures_are_linked_where_they_are(pages: dict[str, Page], run_folder: object) -> None:
    from pathlib import Path

    from ccsim.experiments.store import open_run
    from ccsim.report import of_run
    from ccsim.report.pictures import found

    assert isinstance(run_folder, Path)
    album = found(run_folder / "charts")
    page = of_run.page(open_run(run_folder), album)
    links = {name: f"charts/{name}.png" for name in album.pictures}
    text = markdown.written(page, links)
    assert re.findall(r"\]\(<(.*?)>\)", text) and set(re.findall(r"\]\(<(.*?)>\)", text)) == set(
        links.values()
    )


def test_each_known_figure_has_a_sentence_with_its_interval(small_run: Run, pages: dict[str, Page]) -> None:
    told = pages["run"].sentences
    known = [row for row in small_run.headlines if row.value == row.value]
    assert len(told) == len(known)
    for text, row in zip(told, known, strict=True):
        assert cells.writer(row.unit, row.measure)(row.value) in text
        assert text.endswith(".") and text[0] == text[0].upper()
        if row.low == row.low:
            assert f"95 % interval {cells.interval(row.unit, row.measure, row.low, row.high)}" in text
        assert ("is missed" in text) == (row.verdict == "MISS")


def test_a_comparison_has_a_sentence_a_figure_of_each_variant(
    small_comparison: Comparison, pages: dict[str, Page]
) -> None:
    for name, rows in small_comparison.rows.items():
        told = [text for text in pages["comparison"].sentences if text.startswith(f"Under `{name}`")]
        assert len(told) == sum(row.found.difference == row.found.difference for row in rows)


@given(st.text(max_size=60))
def test_any_text_becomes_one_line_without_markup(text: str) -> None:
    told = markdown.text(text)
    assert "\n" not in told
    assert not BARE.search(re.sub(r"`[^`]+`", "", told))
    assert not re.match(r"([-+]|\d+[.)]) ", told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("a & b", "a &amp; b"),
        ("a | b", r"a \| b"),
        ("`two_more` | x_y", r"`two_more` \| x\_y"),
        ("- 5 %", r"\- 5 %"),
        ("1. first", r"1\. first"),
        ("-5 %", "-5 %"),
        ("a\n# b", r"a \# b"),
    ],
)
def test_markup_is_escaped(text: str, told: str) -> None:
    assert markdown.text(text) == told
