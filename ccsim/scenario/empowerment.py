"""Empowerment: agents may settle a problem themselves, with a gesture where it needs one."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from ccsim.scenario.fields import Factor, Money, Section, Share
from ccsim.scenario.switch import read_switch, switch_schema


class Empowerment(Section):
    """``fcr`` multiplies the chance to resolve; of the contacts resolved, a share of ``chance``
    costs a ``gesture`` (money)."""

    fcr: Factor = 1.0
    gesture: Money = 0.0
    chance: Share = 1.0

    @property
    def cost(self) -> float:
        """Money for gestures, expected for each contact resolved."""
        return self.gesture * self.chance


MaybeEmpowerment = Annotated[
    Empowerment | None,
    BeforeValidator(read_switch),
    switch_schema(fcr="+8%", gesture="40.00", chance="of the contacts resolved: 10%"),
]
