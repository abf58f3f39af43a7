"""How a centre foretells a wait, for offers of a call-back and for announcements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from ccsim.scenario.readers import choice

PREDICTORS = ("last_to_enter_service", "head_of_line", "queue_length")
Predictor = Annotated[
    Literal["last_to_enter_service", "head_of_line", "queue_length"], BeforeValidator(choice(PREDICTORS))
]
