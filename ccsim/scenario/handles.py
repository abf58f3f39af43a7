"""What an agent has in hand at once: one call, or three chats, or two chats and an e-mail."""

from __future__ import annotations

from math import lcm
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ccsim.scenario.readers import is_none, read_count
from ccsim.scenario.trouble import Trouble, as_table

MOST_AT_ONCE = 20


def read_handles(value: Any) -> Any:
    """By channel, how many at once fill an agent; 0 is the same as leaving the channel out."""
    trouble, handles = Trouble(), {}
    for channel, item in as_table(value, "{voice: 1, chat: 3}").items():
        handles[channel] = trouble.take(read_count, item, channel)
        if channel == "voice" and handles[channel] not in (0, 1, None):
            trouble.add("an agent handles one call at a time", "write `voice: 1`", channel)
        elif (handles[channel] or 0) > MOST_AT_ONCE:
            trouble.add(f"nobody handles more than {MOST_AT_ONCE} at once", "write `chat: 3`", channel)
    trouble.settle()
    return handles


def read_at_most(value: Any) -> Any:
    """By channel, the most at once whatever else is in hand."""
    if value is None or is_none(value):
        return {}
    trouble, limits = Trouble(), {}
    for channel, item in as_table(value, "{email: 1}").items():
        limits[channel] = trouble.take(read_count, item, channel)
        if limits[channel] == 0:
            trouble.add(
                "none at once is not handling it", f"leave `{channel[:40]}` out of `handles`", channel
            )
    trouble.settle()
    return limits


def capacity(handles: dict[str, int]) -> int:
    """Units of an agent such that one contact of any channel takes a whole number of them."""
    return lcm(*(number for number in handles.values() if number))


def needs(handles: dict[str, int]) -> dict[str, int]:
    """By channel, the units that one contact takes of its agent's `capacity`."""
    whole = capacity(handles)
    return {channel: whole // number for channel, number in handles.items() if number}


def _shape(text: str) -> WithJsonSchema:
    return WithJsonSchema(
        {
            "type": "object",
            "description": text,
            "properties": {"voice": {}},
            "additionalProperties": {"type": ["integer", "string"]},
        }
    )


Handles = Annotated[dict[str, int], BeforeValidator(read_handles), _shape("{voice: 1, chat: 3}")]
AtMost = Annotated[dict[str, int], BeforeValidator(read_at_most), _shape("{email: 1}")]
