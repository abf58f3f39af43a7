"""What is promised to those who wait, and what those do who gave up: targets and redials."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.distributions import Distribution, Exponential
from ccsim.scenario.durations import Delay, memoryless
from ccsim.scenario.fields import Duration, MaybeWhole, Section, Share
from ccsim.scenario.intents import parameter
from ccsim.scenario.readers import is_none, read_duration, read_share
from ccsim.scenario.trouble import refuse
from ccsim.units import quote


class Target(Section):
    """A service agreement: a ``share`` of contacts answered ``within`` seconds."""

    share: Share
    within: Duration


def usual_redial_delay() -> Distribution:
    """Exponential with the mean of ``ops.redial_delay``."""
    return memoryless(parameter("ops.redial_delay", 900.0))


class Redial(Section):
    """Who gives up waiting or is turned away tries again with ``chance`` after ``after``.

    ``cap`` is the most attempts of one contact in all (None: no cap).
    """

    chance: Share = Field(default_factory=lambda: parameter("ops.redial_prob", 0.55))
    after: Delay = Field(default_factory=usual_redial_delay)
    cap: MaybeWhole = 4


def usual_patience(kind: str = "voice") -> Distribution:
    """Exponential with the mean of ``ops.patience_mean_voice`` (Ofcom 2016) or ``_chat``."""
    usual = {"voice": 1500.0, "chat": 300.0}[kind]
    return Exponential(parameter(f"ops.patience_mean_{kind}", usual))


def _read_target(value: Any) -> Any:
    if value is None or is_none(value):
        return None
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\S+)\s+(?:in|within)\s+(.+)", value)
    if not match:
        raise refuse(f"{quote(value)} is not a target", "write `80% in 20s`")
    return {"share": read_share(match[1]), "within": read_duration(match[2])}


def _read_redial(value: Any) -> Any:
    if value is None or is_none(value):
        return None
    return {"chance": value} if isinstance(value, str) else value


def _has_schema(example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "object"], "description": example})


MaybeTarget = Annotated[Target | None, BeforeValidator(_read_target), _has_schema("80% in 20s")]
MaybeRedial = Annotated[
    Redial | None, BeforeValidator(_read_redial), _has_schema("{chance: 55%, after: 15min, cap: 4}, or none")
]
