"""How fast people get good at it: longer talks at first, fading with the time in the job."""

from __future__ import annotations

from math import exp, inf
from typing import Annotated

from pydantic import BeforeValidator, Field

from ccsim.scenario.fields import Duration, Factor, Section
from ccsim.scenario.intents import parameter
from ccsim.scenario.switch import read_switch, switch_schema
from ccsim.units import MONTH


class Learning(Section):
    """Talk and wrap-up take ``1 + (talk - 1) exp(-tenure / tau)`` times as long.

    ``talk`` is the factor on the first day (1.4 or ``+40%``), ``tau`` the time (s) in which the
    gap shrinks to 37 %. ``fcr`` is the factor on the chance to resolve on the first day, fading
    in the same way. Talk times and fcr of the scenario are those of experienced people.
    Source of the form: Gans, Liu, Mandelbaum, Shen, Ye 2010.
    """

    talk: Factor = Field(default_factory=lambda: parameter("learning.kappa", 1.4))
    tau: Duration = Field(default_factory=lambda: parameter("learning.tau_months", 2.0) * MONTH)
    fcr: Factor = 1.0

    def novelty(self, tenure: float) -> float:
        """How much of a beginner is left after `tenure` s in the job: 1 on the first day, then less."""
        if tenure <= 0.0:
            return 1.0
        return 0.0 if self.tau <= 0.0 or tenure == inf else exp(-tenure / self.tau)


MaybeLearning = Annotated[
    Learning | None,
    BeforeValidator(read_switch),
    switch_schema(talk="factor on the first day: +40%", tau="2 months", fcr="on the first day: -10%"),
]
