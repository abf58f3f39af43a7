"""The section ``variants``: named sets of overrides, with the reason and the one-off cost."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.scenario.fields import Money, Section
from ccsim.scenario.trouble import as_table


def _read_set(value: Any) -> Any:
    return as_table(value, "set: {agents.front.on_seat: +2}")


class Variant(Section):
    """Overrides by path, applied to the base; ``one_off`` is what the change costs at once."""

    why: str = ""
    set: Annotated[
        dict[str, Any],
        BeforeValidator(_read_set),
        WithJsonSchema({"type": "object", "description": "path: value, +4, -10% or x1.2"}),
    ] = Field(default_factory=dict)
    one_off: Money = 0.0
