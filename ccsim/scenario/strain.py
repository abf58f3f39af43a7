"""Strain: what months of too much work do to people. Off unless the scenario turns it on."""

from __future__ import annotations

from math import exp
from typing import Annotated

from pydantic import BeforeValidator, Field

from ccsim.scenario.fields import Duration, Factor, Section, Share
from ccsim.scenario.intents import parameter
from ccsim.scenario.switch import read_switch, switch_schema
from ccsim.units import WEEK


class Strain(Section):
    """An agent's strain is 0 when rested and nears 1 after months of 100 % occupancy.

    Each week it recovers by exp(-week / ``recovery``) and takes up how far the week's occupancy
    lay between ``threshold`` and 1. The other keys are factors at full strain (at strain s: the
    factor to the power s): ``absence`` and ``attrition`` on those rates, ``talk`` on talk and
    wrap-up, ``fcr`` on the chance to resolve.
    """

    threshold: Share = Field(default_factory=lambda: parameter("strain.occupancy_threshold", 0.85))
    recovery: Duration = 4 * WEEK
    absence: Factor = 2.0
    attrition: Factor = 2.0
    talk: Factor = 1.05
    fcr: Factor = 0.95

    def after(self, strain: float, occupancy: float) -> float:
        """Strain at the end of a week that began with `strain` and had this occupancy."""
        kept = exp(-WEEK / self.recovery) if self.recovery > 0.0 else 0.0
        room = 1.0 - self.threshold
        load = max(0.0, min(1.0, occupancy) - self.threshold) / room if room > 0.0 else 0.0
        return kept * strain + (1.0 - kept) * load


MaybeStrain = Annotated[
    Strain | None,
    BeforeValidator(read_switch),
    switch_schema(
        threshold="occupancy: 85%",
        recovery="4 weeks",
        absence="at full strain: +100%",
        attrition="at full strain: +100%",
        talk="at full strain: +5%",
        fcr="at full strain: -5%",
    ),
]
