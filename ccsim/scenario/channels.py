"""The section ``channels``: how people reach the centre. This version simulates voice."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.distributions import Distribution
from ccsim.scenario.durations import Delay, Patience, memoryless
from ccsim.scenario.fields import Duration, Factor, Flag, MaybeCount, MaybeWhole, Section, Share
from ccsim.scenario.intents import parameter, usual_patience
from ccsim.scenario.readers import is_none, read_duration, read_share
from ccsim.scenario.trouble import refuse
from ccsim.units import quote


class Target(Section):
    """A service agreement: a ``share`` of contacts answered ``within`` seconds."""

    share: Share
    within: Duration


class Redial(Section):
    """Who hangs up or hears the busy tone calls again with ``chance`` after ``after``.

    ``cap`` is the most attempts of one contact in all (None: no cap).
    """

    chance: Share = Field(default_factory=lambda: parameter("ops.redial_prob", 0.55))
    after: Delay = Field(default_factory=lambda: usual_redial_delay())
    cap: MaybeWhole = 4


def usual_redial_delay() -> Distribution:
    """Exponential with the mean of ``ops.redial_delay``."""
    return memoryless(parameter("ops.redial_delay", 900.0))


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


class Voice(Section):
    """The telephone.

    ``lines`` are trunks (None: as many as needed), ``queue_limit`` how many may wait in all;
    who hangs up before ``short_abandon`` seconds counts apart; ``talk`` multiplies talk times;
    ``tries_later``: chance that who calls while closed calls at the next opening;
    ``renew_patience``: a transferred customer waits with new patience. ``redial`` None: nobody
    calls again.
    """

    target: Annotated[Target | None, BeforeValidator(_read_target),
                      _has_schema("80% in 20s")] = None
    patience: Patience = Field(default_factory=usual_patience)
    lines: MaybeWhole = None
    queue_limit: MaybeCount = None
    short_abandon: Duration = 5.0
    redial: Annotated[Redial | None, BeforeValidator(_read_redial),
                      _has_schema("{chance: 55%, after: 15min, cap: 4}, or none")] = Field(
        default_factory=Redial)
    talk: Factor = 1.0
    tries_later: Share = 0.0
    renew_patience: Flag = True
