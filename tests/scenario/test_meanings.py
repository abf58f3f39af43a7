"""Every key that a file may have is explained once, with an example that the schema accepts."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from ccsim.scenario.fields import Section
from ccsim.scenario.meanings import about, meanings, sections
from ccsim.scenario.schema import schema
from ccsim.scenario.shape import keys_of

MADE_FROM_TABLES = {"Counts"}
MADE = schema()


def _models(of: type[Section] = Section) -> set[str]:
    below = {one for child in of.__subclasses__() for one in (*_models(child), child.__name__)}
    return below - MADE_FROM_TABLES


def test_every_section_is_met_on_the_way_down_from_the_file() -> None:
    assert {model.__name__ for _, model in sections()} == _models()


@pytest.mark.parametrize("model", [model for _, model in sections()], ids=lambda model: model.__name__)
def test_every_key_has_a_meaning_and_no_other(model: type[Section]) -> None:
    extends = {"extends"} if model.__name__ == "Scenario" else set()
    assert set(meanings(model.__name__)) == set(keys_of(model)) | extends
    assert about(model.__name__).endswith(".")


def test_the_deepest_places_are_found() -> None:
    places = {".".join(path) for path, _ in sections()}
    assert {"", "channels.NAME.callback", "workforce.hiring.NAME", "routing.overflow.NAME.when"} <= places


def _examples() -> list[Any]:
    return [
        pytest.param(model.__name__, key, told.example, id=f"{model.__name__}.{key}")
        for _, model in sections()
        for key, told in meanings(model.__name__).items()
    ]


@pytest.mark.parametrize(("model", "key", "example"), _examples())
def test_every_example_fits_the_schema(model: str, key: str, example: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    made = MADE
    body = made if model == "Scenario" else made["$defs"].get(model, {})
    there = body.get("properties", {}).get(key, {})
    written = json.loads(json.dumps(yaml.load(example, yaml.BaseLoader)))
    checked = {"$defs": made["$defs"], **there}
    errors = [error.message for error in jsonschema.Draft202012Validator(checked).iter_errors(written)]
    assert errors == []


def test_an_editor_is_told_what_a_key_says() -> None:
    weeks = schema()["properties"]["weeks"]["description"]
    assert meanings("Scenario")["weeks"].text in weeks
    lines = schema()["$defs"]["ChannelDefaults"]["properties"]["lines"]["description"]
    assert meanings("Channel")["lines"].text in lines
