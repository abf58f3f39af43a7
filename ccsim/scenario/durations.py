"""Distributions as the scenario writes them.

A mapping chosen by its key (``{lognormal: {mean: 8min, cv: 1.1}}``), or a bare duration, which
takes the family that is usual for its place: exponential for patience and delays, lognormal with
cv 0.9 for talk, hold and wrap-up (Brown et al. 2005), with cv 0.5 for sessions in self-service.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from ccsim.distributions import (
    FAMILIES,
    Constant,
    Distribution,
    Exponential,
    Lognormal,
    Never,
)
from ccsim.scenario.context import context_of
from ccsim.scenario.families import read_family
from ccsim.scenario.readers import is_none, read_duration
from ccsim.scenario.trouble import refuse

TALK_CV, SESSION_CV = 0.9, 0.5


def spread_of(mean: float, cv: float = TALK_CV) -> Distribution:
    """The usual family of talk, hold and wrap-up; a mean of 0 is nothing at all."""
    return Lognormal(mean, cv) if mean > 0 else Constant(0.0)


def session_of(mean: float) -> Distribution:
    """The usual family of sessions in self-service: they differ less than talks."""
    return spread_of(mean, SESSION_CV)


def memoryless(mean: float) -> Distribution:
    """The usual family of patience and delays; a mean of 0 is at once."""
    return Exponential(mean) if mean > 0 else Constant(0.0)


def read_distribution(
    value: Any,
    info: Any,
    usual: Callable[[float], Distribution],
    never: bool,
) -> Distribution:
    """The distribution that a bare duration, ``never`` or a mapping stands for."""
    if isinstance(value, Distribution):
        return value
    if isinstance(value, dict):
        made = read_family(value, context_of(info))
        if not never and made.mean == float("inf"):
            raise refuse("has no finite mean", "let it end: give the last step a hazard")
        return made
    if isinstance(value, str) and value.lower() == "never":
        if never:
            return Never()
        raise refuse("`never` does not suit here", "write a duration, such as `4min`")
    return usual(float(read_duration(value)))


_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            {"type": ["string", "number"], "description": "a duration: 4min; or never"},
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": False,
                "properties": {name: {} for name in FAMILIES},
            },
        ],
    }
)


def _session(value: Any, info: ValidationInfo) -> Distribution:
    return read_distribution(value, info, session_of, never=False)


def _delay(value: Any, info: ValidationInfo) -> Distribution:
    return read_distribution(value, info, memoryless, never=False)


def _patience(value: Any, info: ValidationInfo) -> Distribution:
    return read_distribution(value, info, memoryless, never=True)


def _maybe_talk(value: Any, info: ValidationInfo) -> Distribution | None:
    if value is None or is_none(value):
        return None
    return read_distribution(value, info, spread_of, never=False)


def _maybe_delay(value: Any, info: ValidationInfo) -> Distribution | None:
    return None if value is None or is_none(value) else _delay(value, info)


def _maybe_patience(value: Any, info: ValidationInfo) -> Distribution | None:
    return None if value is None or is_none(value) else _patience(value, info)


SessionTime = Annotated[Distribution, PlainValidator(_session), _SCHEMA]
Delay = Annotated[Distribution, PlainValidator(_delay), _SCHEMA]
Patience = Annotated[Distribution, PlainValidator(_patience), _SCHEMA]
MaybeTalk = Annotated[Distribution | None, PlainValidator(_maybe_talk), _SCHEMA]
MaybeDelay = Annotated[Distribution | None, PlainValidator(_maybe_delay), _SCHEMA]
MaybePatience = Annotated[Distribution | None, PlainValidator(_maybe_patience), _SCHEMA]
