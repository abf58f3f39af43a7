"""Assist tools: what drafting and look-up by software change in an agent's work."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, model_validator

from ccsim.scenario.fields import WORD_SCHEMA, Factor, MaybeShare, MoneyMonth, Section
from ccsim.scenario.intents import parameter
from ccsim.scenario.readers import optional, read_factor
from ccsim.scenario.switch import read_switch, switch_schema
from ccsim.scenario.trouble import refuse

MaybeFactor = Annotated[float | None, BeforeValidator(optional(read_factor)), WORD_SCHEMA]


class Assist(Section):
    """A tool on the agents' screens.

    What it brings is said in one of three ways: ``output``, how many more contacts an hour;
    ``talk`` and ``wrap_up``, factors on those times (``-15%``); or ``drafting``, the share of the
    work that is drafting, and ``faster``, how many times faster that share gets (only that share:
    talk becomes 1 - s (1 - 1/k)). ``novices`` is the factor on talk for a beginner; it moves to
    the others' along the learning curve. ``fcr`` is a factor on the chance to resolve,
    ``licence`` money a month and agent. Usual: 15 % more contacts an hour, beginners 30 %
    (Brynjolfsson, Li, Raymond 2023).
    """

    output: MaybeShare = None
    talk: Factor = 1.0
    wrap_up: Factor = 1.0
    novices: MaybeFactor = None
    drafting: MaybeShare = None
    faster: Factor = 2.5
    fcr: Factor = 1.0
    licence: MoneyMonth = None

    @model_validator(mode="after")
    def _one_way(self) -> Assist:
        said = [key for key in ("output", "talk", "drafting") if key in self.model_fields_set]
        if len(said) > 1:
            raise refuse(f"says both `{said[0]}` and `{said[1]}`", "keep one of them", said[1])
        if not said and not self.model_fields_set & {"wrap_up", "fcr"}:
            object.__setattr__(self, "output", parameter("assist.output", 0.15))
        if self.drafting is not None:
            object.__setattr__(self, "talk", 1.0 - self.drafting * (1.0 - 1.0 / self.faster))
        if self.output is not None:
            object.__setattr__(self, "talk", 1.0 / (1.0 + self.output))
            if "wrap_up" not in self.model_fields_set:
                object.__setattr__(self, "wrap_up", self.talk)
            if "novices" not in self.model_fields_set:
                object.__setattr__(self, "novices", 1.0 / (1.0 + 2.0 * self.output))
        return self

    @property
    def for_novices(self) -> float:
        """What a beginner's talk is multiplied by, over and above ``talk``."""
        return 1.0 if self.novices is None else self.novices / self.talk


MaybeAssist = Annotated[
    Assist | None,
    BeforeValidator(read_switch),
    switch_schema(
        output="more contacts an hour: 15%",
        talk="-15%",
        wrap_up="-30%",
        novices="a beginner's talk: -25%",
        drafting="share of the work that is drafting: 30%",
        faster="that share: 2.5 times",
        fcr="+3%",
        licence="40.00/month",
    ),
]
