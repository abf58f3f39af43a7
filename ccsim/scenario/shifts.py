"""The section ``shifts``: named working times with their breaks."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from ccsim.scenario.days import FULL_DAY, parse_days
from ccsim.scenario.fields import Section, Whole
from ccsim.scenario.trouble import Trouble, as_list, refuse
from ccsim.units import UnitError, format_time, parse_duration, parse_span, parse_time, quote

_EXAMPLE = "write `[10:00 15min, 12:30 30min]`"


def _read_days(value: Any) -> Any:
    if isinstance(value, list):
        trouble = Trouble()
        days = [trouble.take(parse_days, str(day), index) for index, day in enumerate(value)]
        trouble.settle()
        return frozenset().union(*(day for day in days if day))
    if isinstance(value, str):
        return parse_days(value)
    if isinstance(value, dict):
        raise refuse("days are needed here", "write `mon-fri`")
    return value


def _read_breaks(value: Any) -> Any:
    if isinstance(value, dict):
        raise refuse("a list of breaks is needed here", _EXAMPLE)
    if isinstance(value, str) and value.lower() == "none":
        return ()
    trouble, breaks = Trouble(), []
    for index, item in enumerate(as_list(value)):
        breaks.append(trouble.take(_break, item, index))
    trouble.settle()
    return tuple(pause for pause in breaks if pause is not None)


def _break(item: Any) -> tuple[int, int]:
    if isinstance(item, tuple):
        return item
    if not isinstance(item, str) or not item.strip():
        raise refuse("a break is needed here", _EXAMPLE)
    start, _, length = item.partition(" ")
    if not length:
        raise UnitError(f"{quote(item)} has no length", f"write `{item} 15min`")
    seconds = round(parse_duration(length, "15min"))
    if not 0 < seconds < FULL_DAY:
        raise UnitError(f"{quote(item)} is no break", _EXAMPLE)
    return parse_time(start), seconds


_SHAPE = WithJsonSchema({"type": ["string", "array"]})


class Shift(Section):
    """Work from ``start`` to ``end`` (seconds of the day) on ``days`` (weekdays, 0 is Monday).

    In the file ``hours: 07:55-16:00``. A night shift (``22:00-06:00``) ends on the next day:
    then ``end`` and breaks after midnight are past 86400. ``breaks``: (start, length) in seconds;
    not everybody goes at once: agents take them in ``waves`` that follow each other around the
    time named (``waves: 1``: all together).
    """

    days: Annotated[frozenset[int], BeforeValidator(_read_days), _SHAPE]
    hours: Annotated[
        tuple[int, int], BeforeValidator(lambda value: _read_hours(value)), WithJsonSchema({"type": "string"})
    ]
    breaks: Annotated[tuple[tuple[int, int], ...], BeforeValidator(_read_breaks), _SHAPE] = ()
    waves: Whole = 4

    @property
    def start(self) -> int:
        """Seconds of the day at which work starts."""
        return self.hours[0]

    @property
    def end(self) -> int:
        """Seconds from the midnight before the start at which work ends (maybe past 86400)."""
        return self.hours[1]

    def break_at(self, place: int, begin: int, length: int) -> int:
        """When agent number ``place`` of the shift takes the break at ``begin``, within the shift."""
        wave = place % self.waves - (self.waves - 1) / 2
        return max(self.start, min(begin + int(wave * length), self.end - length))

    @model_validator(mode="after")
    def _breaks_inside(self) -> Shift:
        object.__setattr__(self, "breaks", self._placed())
        return self

    def _placed(self) -> tuple[tuple[int, int], ...]:
        """Breaks in order, those of a night shift after midnight moved on a day."""
        trouble = Trouble()
        placed = []
        for index, (at, length) in enumerate(self.breaks):
            begin = at + FULL_DAY if at < self.start and self.end > FULL_DAY else at
            if begin < self.start or begin + length > self.end:
                trouble.add(
                    f"the break at {format_time(at)} is outside the shift",
                    f"the shift is {format_time(self.start)}-{format_time(self.end % FULL_DAY or FULL_DAY)}",
                    "breaks",
                    index,
                )
            placed.append((begin, length))
        placed.sort()
        for (first, length), (second, _) in pairwise(placed):
            if first + length > second:
                trouble.add(
                    f"the break at {format_time(second % FULL_DAY)} starts during another",
                    "let breaks follow each other",
                    "breaks",
                )
        trouble.settle()
        return tuple(placed)


def _read_hours(value: Any) -> Any:
    if not isinstance(value, str):
        if isinstance(value, dict | list):
            raise refuse("a span of hours is needed here", "write `07:55-16:00`")
        return value
    start, end = parse_span(value)
    if start == end:
        raise UnitError(f"{quote(value)} is no time at all", "write `07:55-16:00`")
    return start, end if end > start else end + FULL_DAY
