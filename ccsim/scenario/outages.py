"""Spans of calendar time: when something is out of order."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from ccsim.scenario.context import Context, context_of
from ccsim.scenario.readers import is_none, scalar
from ccsim.scenario.trouble import Trouble, as_list, as_table, nearest
from ccsim.units import DAY, parse_moment

Spans = tuple[tuple[float, float], ...]
_EXAMPLE = "{from: 2026-11-27 10:00, to: 2026-11-27 14:00}"


def read_start(value: Any, context: Context) -> Any:
    """Seconds from the scenario's start of a date or moment."""
    moment = scalar(parse_moment, "2026-11-27")(value)
    return _seconds(moment, context) if isinstance(moment, datetime) else moment


def read_end(value: Any, context: Context) -> Any:
    """The same for an end: a day named without a time is meant to its end."""
    moment = scalar(parse_moment, "2026-12-02")(value)
    if not isinstance(moment, datetime):
        return moment
    whole_day = isinstance(value, str) and ":" not in value
    return _seconds(moment, context) + (DAY if whole_day else 0.0)


def _seconds(moment: datetime, context: Context) -> float:
    start = datetime.combine(context.start, datetime.min.time())
    return (moment - start).total_seconds()


def _read_outages(value: Any, info: ValidationInfo) -> Any:
    if value is None or is_none(value):
        return ()
    trouble, spans = Trouble(), []
    for index, item in enumerate(as_list(value)):
        if isinstance(item, tuple):
            spans.append(item)
            continue
        span = trouble.take(partial(_read_span, context_of(info)), item, index)
        spans += [span] if span is not None else []
    for one, (start, end) in enumerate(spans):
        if any(start < other[1] and other[0] < end for other in spans[:one]):
            trouble.add("overlaps another", "write them as one", one)
    trouble.settle()
    return tuple(sorted(spans))


def _read_span(context: Context, item: Any) -> tuple[float, float]:
    table, trouble = as_table(item, _EXAMPLE), Trouble()
    for key in table:
        if key not in ("from", "to"):
            trouble.add("unknown key", nearest(key, ("from", "to")) or "it takes from, to", key, key=True)
    for key in ("from", "to"):
        if key not in table:
            trouble.add(f"needs `{key}`", f"write `{_EXAMPLE}`")
    trouble.settle()
    start = trouble.take(lambda text: read_start(text, context), table["from"], "from")
    end = trouble.take(lambda text: read_end(text, context), table["to"], "to")
    if start is not None and end is not None and end <= start:
        trouble.add("ends before it starts", "write the earlier moment under `from`")
    trouble.settle()
    return float(start or 0.0), float(end or 0.0)


Outages = Annotated[
    Spans,
    BeforeValidator(_read_outages),
    WithJsonSchema({"type": ["array", "object", "string"], "description": f"[{_EXAMPLE}]"}),
]
