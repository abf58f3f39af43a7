"""Announced waits: what customers are told, who leaves at once, and how long the others stay."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from ccsim.scenario.durations import MaybePatience
from ccsim.scenario.fields import WORD_SCHEMA, Section
from ccsim.scenario.predictors import Predictor
from ccsim.scenario.readers import optional, read_duration, read_factor, read_share
from ccsim.scenario.trouble import Trouble, as_table, refuse

Steps = tuple[tuple[float, float], ...]


def _read_balk(value: Any) -> Any:
    """Steps of (predicted wait from, s; share that leaves), by rising wait."""
    if isinstance(value, tuple):
        return value
    trouble, steps = Trouble(), {}
    for wait, share in as_table(value, "{60s: 5%, 3min: 20%}").items():
        start = trouble.take(read_duration, wait, wait)
        if start is not None and start in steps:
            trouble.add("this wait stands here already", None, wait)
        steps[start or 0.0] = trouble.take(read_share, share, wait) or 0.0
    trouble.settle()
    return tuple(sorted(steps.items()))


class Announce(Section):
    """Who comes to wait is told how long, as ``predictor`` foretells it.

    ``balk``: share that leaves at once by the wait announced, in steps of (from seconds, share).
    Who stays waits with the ``patience`` given here, or with the usual one times
    ``patience_factor``.
    """

    predictor: Predictor = "last_to_enter_service"
    balk: Annotated[
        Steps,
        BeforeValidator(_read_balk),
        WithJsonSchema({"type": "object", "description": "{60s: 5%, 3min: 20%}"}),
    ] = ()
    patience: MaybePatience = None
    patience_factor: Annotated[float | None, BeforeValidator(optional(read_factor)), WORD_SCHEMA] = None

    def balking(self, wait: float) -> float:
        """The share that leaves at once on hearing of a wait of so many seconds."""
        share = 0.0
        for start, leaves in self.balk:
            if start > wait:
                break
            share = leaves
        return share

    @model_validator(mode="after")
    def _one_patience(self) -> Announce:
        if self.patience is not None and self.patience_factor is not None:
            raise refuse("says both `patience` and `patience_factor`", "keep one of them")
        return self
