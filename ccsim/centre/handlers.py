"""Which handler serves which kind of event: the same list for both clocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ccsim.centre.agents import on_completion, on_due
from ccsim.centre.contacts import on_arrival, on_return
from ccsim.centre.leaving import on_call_again, on_talk_end, on_turn
from ccsim.centre.sessions import on_session_end
from ccsim.centre.shifts import on_plan, on_resume
from ccsim.centre.tables import (
    ARRIVAL,
    CALL_AGAIN,
    COMPLETION,
    DUE,
    OVERFLOW,
    PATIENCE_END,
    PLAN,
    RESUME,
    RETURN,
    SESSION_END,
    TALK_END,
    TURN,
)
from ccsim.centre.waiting import on_overflow, on_patience_end

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
    DUE: on_due,
    SESSION_END: on_session_end,
    CALL_AGAIN: on_call_again,
    TURN: on_turn,
}
