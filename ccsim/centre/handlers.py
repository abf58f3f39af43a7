"""Which handler serves which kind of event: the same list for both clocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ccsim.centre.agents import on_completion, on_plan, on_resume
from ccsim.centre.contacts import on_arrival, on_overflow, on_patience_end, on_return
from ccsim.centre.leaving import on_talk_end
from ccsim.centre.tables import (
    ARRIVAL,
    COMPLETION,
    OVERFLOW,
    PATIENCE_END,
    PLAN,
    RESUME,
    RETURN,
    TALK_END,
)

Handle = Callable[[Any, Any, int, float], None]

HANDLERS: dict[int, Handle] = {
    ARRIVAL: on_arrival,
    PATIENCE_END: on_patience_end,
    TALK_END: on_talk_end,
    COMPLETION: on_completion,
    RETURN: on_return,
    OVERFLOW: on_overflow,
    PLAN: on_plan,
    RESUME: on_resume,
}
