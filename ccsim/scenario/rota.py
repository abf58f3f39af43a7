"""People on a rota: which shifts in which week, and who works only part of the time."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ccsim.scenario.fields import Section, Share
from ccsim.scenario.readers import is_none, read_share, scalar, show_seconds
from ccsim.scenario.switch import switch_schema
from ccsim.scenario.trouble import Trouble, as_list, refuse
from ccsim.units import HOUR, WEEK, parse_duration

Weeks = tuple[tuple[str, ...], ...]
OFF = "off"
_EXAMPLE = "write `[early, late]`: one week early, the next late"

_week_hours = scalar(parse_duration, "35h", low=HOUR, high=WEEK, show=show_seconds)


def read_rota(value: Any) -> Any:
    """Weeks of a rota: ``early``, ``[early, late]``, ``[[early, saturday], late, off]``."""
    if value is None or is_none(value):
        return ()
    if isinstance(value, dict):
        raise refuse("a list of weeks is needed here", _EXAMPLE)
    trouble = Trouble()
    weeks = [trouble.take(read_week, item, index) for index, item in enumerate(as_list(value))]
    trouble.settle()
    if not any(weeks):
        raise refuse("nobody ever works on this rota", _EXAMPLE)
    return tuple(weeks)


def read_week(value: Any) -> tuple[str, ...]:
    """The shifts of one week: ``early``, ``early+saturday``, a list, or ``off``."""
    parts = value.split("+") if isinstance(value, str) else as_list(value)
    names = [part.strip() if isinstance(part, str) else "" for part in parts]
    if not all(names) or isinstance(value, dict):
        raise refuse("the name of a shift is needed here", _EXAMPLE)
    for name in names:
        if names.count(name) > 1:
            raise refuse(f"`{name[:40]}` is named twice in one week", "once is enough")
    return () if names == [OFF] else tuple(names)


def read_hours(value: Any) -> Any:
    """Hours of a week: seconds of ``20h`` or ``20h/week``, a share of full time of ``50%``."""
    if isinstance(value, str):
        text = value.strip()
        return read_share(text) if text.endswith("%") else _week_hours(text.removesuffix("/week").strip())
    if isinstance(value, dict | list):
        raise refuse("hours a week are needed here", "write `20h` or `50%`")
    return value


Rota = Annotated[Weeks, BeforeValidator(read_rota), WithJsonSchema({"type": ["string", "array"]})]
WeekHours = Annotated[
    float,
    BeforeValidator(read_hours),
    WithJsonSchema({"type": "string", "description": "hours a week, or a share of full time: 20h, 50%"}),
]


class PartTime(Section):
    """``share`` of the people work only ``hours``: a share of full time up to 1, else s a week.

    They work fewer days of the rota, spread evenly, never shorter days.
    """

    share: Share
    hours: WeekHours


def _read_part_time(value: Any) -> Any:
    return None if value is None or is_none(value) else value


MaybePartTime = Annotated[
    PartTime | None,
    BeforeValidator(_read_part_time),
    switch_schema(share="of the people: 30%", hours="50% or 20h"),
]
