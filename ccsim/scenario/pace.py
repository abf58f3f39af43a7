"""Concurrency: how fast each contact goes while its agent has several in hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ccsim.scenario.readers import is_none, parse_ratio, scalar, show_share
from ccsim.scenario.trouble import Trouble, refuse
from ccsim.units import parse_share

MOST_IN_HAND = 100
_read_speed = scalar(parse_share, "83%", above=0, high=1, show=show_share)


def _read_pace(value: Any) -> Any:
    """Speeds by number in hand: the first 100 %, none above the one before."""
    if value is None or is_none(value):
        return None
    if isinstance(value, tuple):
        return value
    if not isinstance(value, list) or not 0 < len(value) <= MOST_IN_HAND:
        raise refuse("speeds by number in hand are needed here", "write `[100%, 83%, 67%]`")
    trouble = Trouble()
    speeds = [trouble.take(_read_speed, item, index) for index, item in enumerate(value)]
    if not trouble.spots and speeds[0] != 1.0:
        trouble.add("one contact alone goes at full speed", "let the first be `100%`", 0)
    trouble.settle()
    for index, (before, after) in enumerate(pairwise(float(speed or 0.0) for speed in speeds)):
        if after > before:
            trouble.add("is faster than with fewer in hand", "let the speeds fall", index + 1)
    trouble.settle()
    return tuple(speeds)


def pace_of(table: tuple[float, ...] | None, slowdown: float, load: int) -> float:
    """Speed of each of ``load`` contacts in hand, 1 for one alone; the table's last goes on.

    Without a table 1 / (1 + slowdown (load - 1)).
    """
    if table is not None:
        return table[min(max(load, 1), len(table)) - 1]
    return 1.0 / (1.0 + slowdown * max(load - 1, 0))


Pace = Annotated[
    tuple[float, ...] | None,
    BeforeValidator(_read_pace),
    WithJsonSchema(
        {"type": ["array", "string"], "description": "[100%, 83%, 67%]", "items": {"type": "string"}}
    ),
]
Slowdown = Annotated[
    float,
    BeforeValidator(scalar(parse_ratio, "0.18", low=0, high=10)),
    WithJsonSchema({"type": ["number", "string"]}),
]
