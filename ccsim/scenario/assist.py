"""Assist tools: what drafting and look-up by software change in an agent's work."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, model_validator

from ccsim.scenario.fields import Factor, MaybeShare, MoneyMonth, Section
from ccsim.scenario.intents import parameter
from ccsim.scenario.readers import optional, read_factor
from ccsim.scenario.switch import read_switch, switch_schema
from ccsim.scenario.trouble import refuse

MaybeFactor = Annotated[float | None, BeforeValidator(optional(read_factor)), switch_schema()]


class Assist(Section):
    """A tool on the agents' screens.

    ``talk`` and ``wrap_up`` are factors on those times (``-15%``), ``novices`` the factor on talk
    for a beginner; it moves to ``talk`` along the learning curve. Instead of ``talk``:
    ``drafting``, the share of the work that is drafting, and ``faster``, how many times faster
    that share gets (only that share: talk becomes 1 - s (1 - 1/k)). ``fcr`` a factor on the
    chance to resolve, ``licence`` money a month and agent. Usual: 15 % more contacts an hour,
    beginners 30 % (Brynjolfsson, Li, Raymond 2023).
    """

    talk: Factor = 1.0
    wrap_up: Factor = 1.0
    novices: MaybeFactor = None
    drafting: MaybeShare = None
    faster: Factor = 2.5
    fcr: Factor = 1.0
    licence: MoneyMonth = None

    @model_validator(mode="after")
    def _usual_gain(self) -> Assist:
        if self.drafting is not None:
            if "talk" in self.model_fields_set:
                raise refuse("says both `talk` and `drafting`", "keep one of them", "drafting")
            object.__setattr__(self, "talk", 1.0 - self.drafting * (1.0 - 1.0 / self.faster))
        elif not self.model_fields_set & {"talk", "wrap_up", "fcr"}:
            gain = parameter("assist.output", 0.15)
            object.__setattr__(self, "talk", 1.0 / (1.0 + gain))
            object.__setattr__(self, "wrap_up", 1.0 / (1.0 + gain))
            if "novices" not in self.model_fields_set:
                object.__setattr__(self, "novices", 1.0 / (1.0 + 2.0 * gain))
        return self

    @property
    def for_novices(self) -> float:
        """What a beginner's talk is multiplied by, over and above ``talk``."""
        return 1.0 if self.novices is None else self.novices / self.talk


MaybeAssist = Annotated[
    Assist | None, BeforeValidator(read_switch),
    switch_schema(talk="-15%", wrap_up="-30%", novices="a beginner's talk: -25%",
                  drafting="share of the work that is drafting: 30%", faster="that share: 2.5 times",
                  fcr="+3%", licence="40.00/month")]
