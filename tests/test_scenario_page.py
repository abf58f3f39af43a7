"""`docs/scenario.md` is what the models and the meanings of their keys give; its examples are accepted."""

from __future__ import annotations

import re
import sys

import pytest
from doc_pages import DOCS, anchor, titles

from ccsim.scenario.schema import schema

sys.path.insert(0, str(DOCS))

import make_scenario_page

PAGE = (DOCS / "scenario.md").read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    assert make_scenario_page.page() == PAGE, "stale: python docs/make_scenario_page.py"


def test_every_section_of_the_schema_has_a_heading() -> None:
    named = {re.split(r"\W", title.strip("`"))[0] for title in titles(PAGE)}
    made = schema()["properties"]
    sections = {name for name, body in made.items() if "$ref" in str(body) or "properties" in str(body)}
    assert sections <= named


def test_headings_can_be_linked_to_one_by_one() -> None:
    anchors = [anchor(title) for title in titles(PAGE)]
    assert len(set(anchors)) == len(anchors)


@pytest.mark.parametrize("cell", re.findall(r"^\| `(\w+)` \| `(\{\1: .+\})`", PAGE, re.MULTILINE))
def test_distributions_are_read(cell: tuple[str, str]) -> None:
    import yaml

    from ccsim.scenario.context import Context
    from ccsim.scenario.families import read_family

    name, text = cell
    if "from" not in text:
        assert type(read_family(yaml.load(text, yaml.BaseLoader), Context(None))).__name__.lower() == (
            name.replace("_", "")
        )
