"""A call-back: who would wait long is offered to be called instead."""

from __future__ import annotations

from pydantic import Field, model_validator

from ccsim.distributions import Distribution
from ccsim.scenario.durations import Delay, memoryless
from ccsim.scenario.fields import (
    Count,
    Duration,
    Flag,
    MaybeCount,
    MaybeDuration,
    Section,
    Share,
    Whole,
)
from ccsim.scenario.intents import parameter
from ccsim.scenario.predictors import Predictor
from ccsim.scenario.trouble import refuse
from ccsim.units import MINUTE

USUAL_RETRY = 30 * MINUTE


def usual_retry() -> Distribution:
    """Exponential, half an hour on average."""
    return memoryless(USUAL_RETRY)


class Callback(Section):
    """The offer of a call-back on a voice channel.

    Made where the predicted wait is above ``offer_above`` seconds, or where so many wait already
    (``offer_if_waiting``): one of the two. ``accepts``: share of those asked. ``keeps_place``:
    the caller's turn comes as if still waiting on the line, else only when nobody does;
    ``keep_idle``: calls are made only while more than so many of the crew are idle. The agent
    rings for ``ring`` seconds; ``no_reply``: chance that nobody answers, then the next try comes
    after ``retry_after``; ``tries`` in all.
    """

    offer_above: MaybeDuration = None
    offer_if_waiting: MaybeCount = None
    predictor: Predictor = "last_to_enter_service"
    accepts: Share
    keeps_place: Flag = True
    keep_idle: Count = 0
    ring: Duration = 20.0
    no_reply: Share = Field(default_factory=lambda: parameter("callback.no_reply", 0.2))
    retry_after: Delay = Field(default_factory=usual_retry)
    tries: Whole = 3

    @model_validator(mode="after")
    def _one_condition(self) -> Callback:
        if self.offer_above is not None and self.offer_if_waiting is not None:
            raise refuse("says both `offer_above` and `offer_if_waiting`", "keep one of them")
        if self.offer_above is None and self.offer_if_waiting is None:
            raise refuse(
                "does not say when it is offered",
                "write `offer_above: 3min` (predicted wait) or `offer_if_waiting: 10`",
            )
        return self
