"""The JSON Schema of scenario files, for editors that complete and check while one writes."""

from __future__ import annotations

from typing import Any

from ccsim.scenario.meanings import meanings
from ccsim.scenario.outcomes import POLARITIES, ROOMS
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.shape import WITH_DEFAULTS, left_out
from ccsim.scenario.targets import MEASURE_UNITS, presets

URL = "https://json-schema.org/draft/2020-12/schema"

NONE = {"type": "string", "pattern": "^(none|null|~)$"}  # leaves a section out


def schema() -> dict[str, Any]:
    """The schema as a JSON-ready dict (draft 2020-12)."""
    made = Scenario.model_json_schema(mode="validation", by_alias=True)
    properties = made["properties"]
    properties.pop("source", None)
    made["$defs"].pop("Source", None)
    made["$defs"]["Group"]["properties"].pop("people", None)
    _optional_texts(properties, made["$defs"])
    for name, body in {"Scenario": made, **made["$defs"]}.items():
        _told(name, body["properties"])
    for section in (name for name in WITH_DEFAULTS if name in properties):
        _with_defaults(properties[section], made["$defs"])
    properties["agents"]["properties"]["from"] = {
        "type": "string",
        "description": "a table of people: skills.csv",
    }
    properties["targets"] = _targets()
    for room, heads in ROOMS.items():
        properties[room] = _room(made["$defs"], room, heads)
    properties["experience"]["properties"]["ces"] = _ces()
    _routing(made["$defs"]["Routing"])
    for section in left_out():
        properties[section] = {"anyOf": [properties[section], NONE]}
    made["properties"] = {
        "ccsim": properties.pop("ccsim"),
        "extends": {"type": "string", "description": "another scenario file"},
        **properties,
    }
    made["required"] = ["ccsim"]
    return {
        "$schema": URL,
        "title": "ccsim scenario",
        **{key: value for key, value in made.items() if key not in ("title", "$schema")},
    }


def _optional_texts(properties: dict[str, Any], defs: dict[str, Any]) -> None:
    """Defaults are ours in seconds and shares, not as one writes them: leave them out."""
    for body in (*defs.values(), {"properties": properties}):
        for key in body.get("properties", {}).values():
            key.pop("default", None)
            key.pop("title", None)


def _told(model: str, properties: dict[str, Any]) -> None:
    """What each key says, before how it is written: what an editor shows while one types."""
    for name, told in meanings(model).items():
        key = properties.get(name, {})
        hint = key.get("description")
        key["description"] = f"{told.text} ({hint})" if hint else f"{told.text} ({told.example})"


def _with_defaults(section: dict[str, Any], defs: dict[str, Any]) -> None:
    """``defaults`` inside a section: the same keys, none of them required."""
    item = section.get("additionalProperties", {})
    name = str(item.get("$ref", "")).rsplit("/", 1)[-1]
    if name in defs:
        partial = {key: value for key, value in defs[name].items() if key != "required"}
        defs[f"{name}Defaults"] = partial
        defs[name] = {key: value for key, value in defs[name].items() if key != "required"}
        section["properties"] = {"defaults": {"$ref": f"#/$defs/{name}Defaults"}}


def _targets() -> dict[str, Any]:
    bands = {
        name: {"type": "string", "description": f"a {unit}: min or max", "pattern": "^(none|((min|max) .+))$"}
        for name, unit in MEASURE_UNITS.items()
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {"preset": {"enum": [*presets(), "none"]}, **bands},
    }


def _room(defs: dict[str, Any], room: str, heads: tuple[str, ...]) -> dict[str, Any]:
    own = defs.get(room.capitalize(), {}).get("properties", {})
    named = {key: value for key, value in own.items() if key not in ("overrides", "ces_polarity")}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**named, **{head: {"type": "object"} for head in heads}},
        "patternProperties": {rf"^({'|'.join(heads)})\.": {}},
    }


def _ces() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "polarity": {"enum": list(POLARITIES), "description": "how scores are shown: 7 easy, or 7 hard"}
        },
    }


def _routing(body: dict[str, Any]) -> None:
    body["patternProperties"] = {"_ahead_by$": {"type": "string", "description": "60s"}}
