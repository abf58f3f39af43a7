"""The documentation names only what is there: keys, tests, scenarios, rules, states; every example runs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from doc_pages import (
    DOCS,
    Row,
    anchor,
    blocks,
    fits,
    in_schema,
    made,
    paths,
    rows,
    tables_of,
    titles,
)

from ccsim.centre import codes, tables
from ccsim.centre.simulate import simulate
from ccsim.scenario import loads
from ccsim.scenario.checks import warnings
from ccsim.scenario.routing import PLACEMENTS, SITE_RULES, AgentRule, ContactRule

ROOT = DOCS.parent
MOST_LINES = 5
BASE = """\
ccsim: 1
name: Under the examples
start: 2026-11-02
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon-fri: 09:00-17:00}}
customers:
  members: {count: 9000, margin: 9.50/month, churn: 22%/year}
  guests: {count: 30000, margin: 2.00/month, churn: 36%/year}
intents:
  billing: {share: 60%, talk: 4min, wrap_up: 30s, fcr: 78%}
  technical: {share: 40%, talk: 6min, wrap_up: 60s, fcr: 65%}
channels:
  voice: {target: 80% in 20s, patience: 2min}
  email: {target: 90% in 24h}
  tickets: {target: 90% in 48h}
arrivals:
  voice: {contacts: 100/week, counted: first}
  chat: {contacts: 60/week, counted: first}
  messaging: {contacts: 40/week, counted: first}
shifts:
  early: {days: mon-fri, hours: 08:55-13:00}
  late: {days: mon-fri, hours: 13:00-17:00}
agents:
  front:
    on_seat: 2
    skills: [billing, technical]
    handles: {voice: 1, chat: 2, messaging: 4, email: 1, tickets: 1}
  experts: {on_seat: 1, skills: [technical], wage: 21.00/h}
"""


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


ROWS = list(rows())
RULES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((DOCS / "routing").glob("[!R]*.md"))}
named = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def _written(text: str) -> list[tuple[str, ...]]:
    return list(paths(yaml.load(text, yaml.BaseLoader)))


@named
def test_keys_are_in_the_schema(row: Row) -> None:
    for key in row.keys:
        assert in_schema(key), key


@named
def test_tests_and_pages_exist(row: Row) -> None:
    assert row.tests
    for path in row.tests:
        assert path.startswith("tests/") and (ROOT / path).is_file(), path
    page, _, section = row.link.partition("#")
    assert not section or section in map(anchor, titles(_page(page))), row.link


@named
def test_the_example_has_the_keys(row: Row) -> None:
    page, _, section = row.link.partition("#")
    written = [path for block in blocks(_page(page), section) for path in _written(block)]
    for key in row.keys:
        assert any(fits(key, path) for path in written), key


@cache
def _scenario(name: str) -> list[tuple[str, ...]]:
    return _written((ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8"))


@named
def test_scenarios_show_every_key(row: Row) -> None:
    assert row.keys and row.scenarios
    for name in row.scenarios:
        assert any(fits(key, path) for key in row.keys for path in _scenario(name)), name
    for key in row.keys:
        assert any(fits(key, path) for name in row.scenarios for path in _scenario(name)), key


def test_every_family_is_there() -> None:
    families = re.findall(r"^## (.+)$", _page("capabilities.md"), re.MULTILINE)
    assert families == [
        "Chat", "Messaging", "E-mail and tickets", "Social", "Call-back", "Announced waits", "Self-service",
        "Proactive", "Journeys", "Routing", "People", "Demand", "Warnings before the run",
    ]  # fmt: skip
    assert len(ROWS) >= 60


def _examples() -> list[Any]:
    pages = {"examples.md": _page("examples.md"), **{f"routing/{name}.md": RULES[name] for name in RULES}}
    return [
        pytest.param(text, block, id=f"{page} {title}")
        for page, text in pages.items()
        for title in titles(text)
        for block in blocks(text, anchor(title))
    ]


@pytest.mark.parametrize(("page", "block"), _examples())
def test_every_example_runs(page: str, block: str, tmp_path: Path) -> None:
    assert len(block.splitlines()) <= MOST_LINES
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    for name, table in tables_of(page).items():
        (tmp_path / name).write_text(table, encoding="utf-8")
    scenario = loads(f"extends: base.yaml\n{block}", tmp_path, label="example.yaml")
    assert len(simulate(scenario, 0, "simpy").legs)


@pytest.mark.parametrize("section", ["nobody-reaches-nobody-serves", "load-against-capacity"])
def test_warnings_are_given(section: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    [block] = blocks(_page("examples.md"), section)
    before, after = (loads(f"extends: base.yaml\n{text}", tmp_path) for text in ("", block))
    assert len(warnings(after)) == len(warnings(before)) + 1


def test_every_rule_has_its_page() -> None:
    ruled = {*get_args(AgentRule), *get_args(ContactRule)}
    assert ruled <= set(RULES)
    whole = "\n".join(RULES.values())
    for name in {*PLACEMENTS, *SITE_RULES, *made()["$defs"]["Routing"]["properties"]}:
        assert re.search(rf"\b{name}\b", whole), name
    assert set(re.findall(r"\]\((\w+)\.md\)", _page("routing/README.md"))) == set(RULES)


def test_every_state_is_in_the_diagrams() -> None:
    drawn = " ".join(blocks(_page("centre.md"), kind="mermaid"))
    constants = list(vars(tables))
    statuses = constants[constants.index("FREE") + 1 : constants.index("AWAITING_TURN") + 1]
    for name in [
        *map(str.lower, statuses),
        *codes.OUTCOMES[1:],
        *codes.STATES,
        *codes.STATUSES,
        *codes.KINDS[1:],
    ]:
        assert re.search(rf"\b{name}\b", drawn), name


def test_links_lead_somewhere() -> None:
    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
