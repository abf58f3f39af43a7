"""The JSON Schema accepts what ccsim accepts and catches the typos an editor should show."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from ccsim.scenario.nodes import plain
from ccsim.scenario.reader import read_text
from ccsim.scenario.schema import schema
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


@pytest.mark.parametrize(("old", "new"), [
    ("patience", "patients"), ("6000/week", "'18000'"), ("weeks: 4", "wekks: 4"),
    ("fcr: 78%", "fcr: '78'"), ("economics:", "chatbot: {}\neconomics:"),
    ("voice: {target", "voice: {sort"), ("ccsim: 1", "ccsim: 2"),
])
def test_typos_do_not_fit(validator: Any, old: str, new: str) -> None:
    text = template().replace(old, new, 1)
    assert list(validator.iter_errors(as_editors_read(text)))


def test_extends_needs_only_the_version(validator: Any) -> None:
    assert not list(validator.iter_errors({"ccsim": 1, "extends": "base.yaml"}))
    assert list(validator.iter_errors({"extends": "base.yaml"}))


def test_the_schema_describes_sections() -> None:
    made = schema()
    assert "Intent" in made["$defs"] and "defaults" in made["properties"]["agents"]["properties"]
    assert "source" not in made["properties"]
    assert json.dumps(schema()) == json.dumps(made)
