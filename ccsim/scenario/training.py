"""A training programme for a group: hours off the phones, what it costs and what it brings."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from ccsim.scenario.fields import Duration, Factor, Money, Section
from ccsim.scenario.switch import read_switch, switch_schema
from ccsim.units import WEEK


class Training(Section):
    """Each agent is ``hours`` (s) in training, in equal parts on the working days of the first
    ``over`` (s) counted; ``cost`` is money an agent, once, beside the time.

    ``fcr`` multiplies the chance to resolve, ``speed`` divides talk and wrap-up. What is learnt
    is in force throughout the run, so the run shows the time it takes and the trained centre.
    """

    hours: Duration = 0.0
    over: Duration = 4 * WEEK
    cost: Money = 0.0
    fcr: Factor = 1.0
    speed: Factor = 1.0


MaybeTraining = Annotated[
    Training | None,
    BeforeValidator(read_switch),
    switch_schema(
        hours="an agent: 16h", over="spread over: 4 weeks", cost="an agent: 900", fcr="+6%", speed="+5%"
    ),
]
