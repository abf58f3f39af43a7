"""The section ``intents``: why people make contact, and what it takes to settle it."""

from __future__ import annotations

from functools import lru_cache
from math import exp, log, sqrt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from ccsim.distributions import Distribution, Lognormal, Mixture, Uniform
from ccsim.parameters import outcome_parameters
from ccsim.scenario.durations import Delay, MaybePatience, MaybeTalk
from ccsim.scenario.fields import MaybeCount, MaybeShare, MaybeWhole, Money, Section, Share, Word
from ccsim.scenario.readers import is_none, parse_ratio, scalar
from ccsim.scenario.talk_times import TALK, TALK_SCHEMA, read_talk, read_talk_on
from ccsim.units import DAY

NORMAL_95 = 1.6448536269514722
TEN_MINUTES = 600.0


@lru_cache(maxsize=64)
def parameter(name: str, otherwise: float) -> float:
    """The shipped default of an operational parameter."""
    found = outcome_parameters().get(name)
    return otherwise if found is None else found.number


@lru_cache(maxsize=1)
def usual_return() -> Distribution:
    """When an unresolved issue comes back: some within ten minutes, the rest over days.

    Lognormal with the median and 95th percentile of ``ops.repeat_later_*`` (Talkdesk: a quarter
    call again within 10 min, hardly any after a week).
    """
    soon = parameter("ops.repeat_within_10min", 0.25)
    median = parameter("ops.repeat_later_median", 1.5 * DAY)
    sigma = log(parameter("ops.repeat_later_p95", 7 * DAY) / median) / NORMAL_95
    later = Lognormal(median * exp(sigma**2 / 2), sqrt(exp(sigma**2) - 1))
    return Mixture(((soon, Uniform(0.0, TEN_MINUTES)), (1 - soon, later)))


class Repeat(Section):
    """What an unresolved issue does: comes back with ``chance`` after ``after``.

    ``cap`` is the most contacts an issue makes in all (None: no cap).
    """

    chance: Share = Field(default_factory=lambda: parameter("ops.repeat_prob", 0.75))
    after: Delay = Field(default_factory=usual_return)
    cap: MaybeWhole = None


def _usual_warm() -> float:
    return 1 - parameter("transfer.cold_share", 0.5)


class Transfer(Section):
    """A handling that ends in a transfer with ``chance``, to the intent named ``to``.

    The next leg uses that intent's skill, talk, wrap-up and fcr; ``warm``: share of transfers in
    which the customer need not tell the story again; ``priority`` in the next queue (None: as
    routing says).
    """

    chance: Share = Field(default_factory=lambda: parameter("transfer.rate", 0.15))
    to: Word
    warm: Share = Field(default_factory=_usual_warm)
    priority: MaybeWhole = None


class Escalate(Section):
    """A handling that does not solve the issue passes it on with ``chance`` to a higher tier.

    That tier is the intent named ``to``: its skill, talk, wrap-up and fcr hold in the next leg.
    ``warm`` and ``priority`` as for a transfer.
    """

    chance: Share
    to: Word
    warm: Share = Field(default_factory=_usual_warm)
    priority: MaybeWhole = None


class Upsell(Section):
    """A sale at a resolved contact with ``chance``, worth ``margin`` money."""

    chance: Share
    margin: Money


def _short_repeat(value: Any) -> Any:
    if is_none(value):
        return {"chance": "0"}
    return {"chance": value} if isinstance(value, str) else value


def _maybe(value: Any) -> Any:
    return None if is_none(value) else value


_REPEAT_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {"chance": {}, "after": {}, "cap": {}},
            },
        ]
    }
)


class Intent(Section):
    """A reason for contact.

    ``share`` of the contacts (where ``arrivals`` says no mix); ``skill`` needed (default: the
    intent's own name); ``talk``, ``hold``, ``wrap_up`` of a fully proficient agent, in seconds;
    ``talk_on``: talk by channel where it was written so (see `talk_time`); ``fcr``: chance that
    one such handling resolves the issue; ``complexity``: correlation rho of an issue's persistent
    difficulty with talk and resolution.
    """

    share: MaybeShare = None
    skill: Word = ""
    talk: Annotated[Distribution, PlainValidator(read_talk), TALK_SCHEMA]
    talk_on: Annotated[dict[str, Distribution], PlainValidator(read_talk_on), TALK_SCHEMA] = Field(
        default_factory=dict, validation_alias=TALK
    )
    hold: MaybeTalk = None
    wrap_up: MaybeTalk = None
    fcr: Share = Field(default_factory=lambda: parameter("ops.fcr", 0.7))
    complexity: Annotated[
        float,
        BeforeValidator(scalar(parse_ratio, "0.5", low=0, high=0.9)),
        WithJsonSchema({"type": ["number", "string"]}),
    ] = 0.5
    patience: MaybePatience = None
    repeat: Annotated[Repeat, BeforeValidator(_short_repeat), _REPEAT_SCHEMA] = Field(default_factory=Repeat)
    transfer: Annotated[Transfer | None, BeforeValidator(_maybe)] = None
    escalate: Annotated[Escalate | None, BeforeValidator(_maybe)] = None
    upsell: Annotated[Upsell | None, BeforeValidator(_maybe)] = None
    queue_limit: MaybeCount = None

    def talk_time(self, channel: str, factor: float = 1.0) -> Distribution:
        """Talk on a channel: its own if given, else the usual times the channel's ``factor``."""
        return self.talk_on[channel] if channel in self.talk_on else self.talk.scaled(factor)
