"""The section ``events``: what makes some days unlike others (a campaign, an outage, bills)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from ccsim.scenario.context import context_of
from ccsim.scenario.fields import DATE_SCHEMA, Factor, MaybeNames, Section
from ccsim.scenario.outages import read_end, read_start
from ccsim.scenario.readers import scalar
from ccsim.scenario.trouble import refuse
from ccsim.units import parse_number


def _read_from(value: Any, info: ValidationInfo) -> Any:
    return read_start(value, context_of(info))


def _read_to(value: Any, info: ValidationInfo) -> Any:
    return read_end(value, context_of(info))


class Event(Section):
    """Arrivals multiplied by ``factor`` and raised by ``contacts`` in all, from start to end.

    Added contacts are split among the channels, intents and intervals it touches as contacts usually
    come there, and are counted as those are (``counted``). Replays and gaps are left alone.

    ``from`` and ``to`` (start and end, seconds from the scenario's start) are dates, both
    included, or moments (``2026-11-27 14:00``); ``channels`` and ``intents`` None: all of them.
    """

    start: Annotated[float, BeforeValidator(_read_from), DATE_SCHEMA] = Field(validation_alias="from")
    end: Annotated[float, BeforeValidator(_read_to), DATE_SCHEMA] = Field(validation_alias="to")
    factor: Factor = 1.0
    contacts: Annotated[
        float,
        BeforeValidator(scalar(parse_number, "500", low=0, high=1e8)),
        WithJsonSchema({"type": ["number", "string"]}),
    ] = 0.0
    channels: MaybeNames = None
    intents: MaybeNames = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Event:
        if self.end <= self.start:
            raise refuse("ends before it starts", "write the earlier date under `from`")
        return self
