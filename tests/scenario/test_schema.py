"""The JSON Schema accepts what ccsim accepts and catches the typos an editor should show."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from scenario.omni import OMNI

from ccsim.scenario.nodes import plain
from ccsim.scenario.reader import read_text
from ccsim.scenario.schema import schema
from ccsim.scenario.shape import left_out
from ccsim.scenario.templates import template, template_names

jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture(scope="module")
def validator() -> Any:
    made = json.loads(json.dumps(schema()))
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


def as_editors_read(text: str) -> Any:
    """YAML 1.2 as language servers load it: numbers are numbers, times and dates stay text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


@pytest.mark.parametrize("name", template_names())
def test_packaged_scenarios_fit(validator: Any, name: str) -> None:
    for document in (plain(read_text(template(name), name)), as_editors_read(template(name))):
        assert [error.message for error in validator.iter_errors(document)] == []


def test_a_whole_centre_fits(validator: Any) -> None:
    for document in (plain(read_text(OMNI, "omni")), as_editors_read(OMNI)):
        assert [error.message for error in validator.iter_errors(document)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: messaging", "kind: phone"),
        ("accepts: 45%", "acceptance: 45%"),
        ("drops: 4%", "drops: 4min"),
        ("turns: 5", "turn: 5"),
        ("cost: 0.12/session", "cost: {session: 1}"),
        ("reach: 60%", "reach: [1]"),
        ("contact: points", "contact: loudest"),
        ("handover: {", "handoff: {"),
        ("agent: most_proficient", "agent: best"),
        ("history: 50%", "history: [1]"),
        ("pace: [100%, 83%, 67%]", "pace: {1: 100%}"),
        ("same_agent: true", "same_agent: 12"),
    ],
)
def test_typos_in_a_whole_centre_do_not_fit(validator: Any, old: str, new: str) -> None:
    assert old in OMNI
    assert list(validator.iter_errors(as_editors_read(OMNI.replace(old, new, 1))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("patience", "patients"),
        ("6000/week", "'18000'"),
        ("weeks: 4", "wekks: 4"),
        ("fcr: 78%", "fcr: '78'"),
        ("economics:", "chatbot: {}\neconomics:"),
        ("voice: {target", "voice: {sort"),
        ("ccsim: 1", "ccsim: 2"),
    ],
)
def test_typos_do_not_fit(validator: Any, old: str, new: str) -> None:
    text = template().replace(old, new, 1)
    assert list(validator.iter_errors(as_editors_read(text)))


def test_people_of_a_table_fit(validator: Any) -> None:
    text = OMNI.replace("agents:\n", "agents:\n  from: skills.csv\n")
    assert not list(validator.iter_errors(as_editors_read(text)))


def test_extends_needs_only_the_version(validator: Any) -> None:
    assert not list(validator.iter_errors({"ccsim": 1, "extends": "base.yaml"}))
    assert list(validator.iter_errors({"extends": "base.yaml"}))


def test_a_section_may_be_left_out_by_none(validator: Any) -> None:
    out = {"ccsim": 1, "extends": "base.yaml", **dict.fromkeys(left_out(), "none")}
    assert not list(validator.iter_errors(out))
    assert list(validator.iter_errors({**out, "events": "nothing"}))
    assert list(validator.iter_errors({**out, "intents": "none"}))


def test_the_schema_describes_sections() -> None:
    made = schema()
    assert "Intent" in made["$defs"] and "defaults" in made["properties"]["agents"]["properties"]
    assert "source" not in made["properties"]
    assert json.dumps(schema()) == json.dumps(made)
