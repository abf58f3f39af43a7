"""Days of the week as written (``mon-fri``, ``sat``, ``daily``) and hours of a day (``24h``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ccsim.scenario.trouble import Trouble, as_list, nearest, refuse
from ccsim.units import UnitError, format_time, parse_span, parse_time, quote

T = TypeVar("T")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_DAY = 86400
Hours = tuple[tuple[int, int], ...]
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALL = ("daily", "all", "every day", "mon-sun")


def parse_days(text: str) -> frozenset[int]:
    """Weekday numbers (0 is Monday) of ``mon-fri``, ``sat``, ``mon,wed``, ``daily``."""
    days: set[int] = set()
    if text.strip().lower() in _ALL:
        return frozenset(range(7))
    for part in text.lower().replace(" ", "").replace("–", "-").split(","):
        first, dash, last = part.partition("-")
        start = _day(first, text)
        end = _day(last, text) if dash else start
        days |= {day % 7 for day in range(start, end + 1 + (7 if end < start else 0))}
    return frozenset(days)


def looks_like_days(text: str) -> bool:
    """Whether a key names weekdays rather than something else."""
    try:
        parse_days(text)
    except UnitError:
        return False
    return True


def _day(word: str, text: str) -> int:
    for names in (DAYS, _LONG):
        if word in names:
            return names.index(word)
    hint = nearest(word, (*DAYS, *_LONG)) or "write `mon-fri`, `sat` or `daily`"
    raise UnitError(f"{quote(text)} is not a weekday", hint)


def read_weekdays(value: dict[str, Any], read: Callable[[Any], T], trouble: Trouble) -> dict[int, T]:
    """The value of each weekday named in a mapping.

    A narrower key wins over a wider one (``mon-fri: 08:00-18:00, fri: 08:00-16:00``); two keys
    of the same width for one day are a fault.
    """
    found: dict[int, tuple[int, str, T]] = {}
    for key, item in value.items():
        days = trouble.take(parse_days, key, key) or frozenset()
        result = trouble.take(read, item, key)
        for day in sorted(days):
            width, other, _ = found.get(day, (8, "", None))
            if width == len(days):
                trouble.add(
                    f"`{DAYS[day]}` is named twice (`{other}` too)", "name each day once", key, key=True
                )
                break
            if result is not None and len(days) < width:
                found[day] = (len(days), key, result)
    return {day: result for day, (_, _, result) in found.items()}


def read_hours(value: Any) -> Hours:
    """Opening hours of one day: ``08:00-18:00``, a list of spans, ``closed`` or ``24h``."""
    if isinstance(value, dict):
        raise refuse("hours are needed here", "write `08:00-18:00`")
    if isinstance(value, str) and value.lower() in ("closed", "none"):
        return ()
    if isinstance(value, str) and value.lower().replace(" ", "") in ("24h", "24hours"):
        return ((0, FULL_DAY),)
    parts = value.split(",") if isinstance(value, str) else as_list(value)
    trouble, spans = Trouble(), []
    for index, part in enumerate(parts):
        span = trouble.take(_span, part, *((index,) if len(parts) > 1 else ()))
        if span is not None:
            spans.append(span)
    trouble.settle()
    return _in_order(spans)


def _span(part: Any) -> tuple[int, int]:
    if not isinstance(part, str):
        raise refuse("hours are needed here", "write `08:00-18:00`")
    start, end = parse_span(part)
    if end <= start:
        late = f"`{format_time(start)}-24:00` and `00:00-{format_time(end)}` on the next day"
        raise refuse(
            f"{quote(part)} ends before it starts",
            f"write {late}" if 0 < end < start else "write the earlier time first",
        )
    return start, end


def _in_order(spans: list[tuple[int, int]]) -> Hours:
    spans = sorted(spans)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            raise refuse("these hours overlap", "write spans that follow each other")
        if merged and start == merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def read_steps(value: dict[str, Any], read: Callable[[Any], T]) -> tuple[tuple[int, T], ...]:
    """``{08:00: 4, 10:00: 6}`` as (seconds, value) in order of time."""
    trouble, steps = Trouble(), []
    for key, item in value.items():
        time = trouble.take(parse_time, key, key)
        result = trouble.take(read, item, key)
        if time is not None and result is not None:
            steps.append((time, result))
    trouble.settle()
    return tuple(sorted(steps, key=lambda step: step[0]))
