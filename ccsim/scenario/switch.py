"""Options with parts: ``on`` takes every part as usual, ``none`` leaves the option out."""

from __future__ import annotations

from typing import Any

from pydantic import WithJsonSchema

from ccsim.scenario.readers import is_none

ON, OFF = ("true", "yes", "on"), ("false", "no", "off")


def read_switch(value: Any) -> Any:
    """``on`` as an empty mapping, ``none`` or ``off`` as None, a mapping as it is."""
    if value is True or (isinstance(value, str) and value.lower() in ON):
        return {}
    if value is None or value is False or is_none(value):
        return None
    return None if isinstance(value, str) and value.lower() in OFF else value


def switch_schema(**keys: str) -> WithJsonSchema:
    """What an editor should accept: on, none, or a mapping of these keys with their meaning."""
    properties = {key: {"description": text} for key, text in keys.items()}
    return WithJsonSchema(
        {"type": ["object", "string", "boolean"], "properties": properties, "additionalProperties": False}
    )
