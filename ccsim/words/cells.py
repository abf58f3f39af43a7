"""Cells of the tables: one figure, its interval and its target, by unit."""

from __future__ import annotations

import math
from collections.abc import Callable

from ccsim.units import plain
from ccsim.words import numbers

Writer = Callable[[float], str]
LONG_SPELLS = ("aht", "talk", "hold", "wrap_up")  # written as minutes and seconds
DAYS_LONG = ("first_response", "first_response_p95", "backlog_age", "callback_delay", "resolution_time")
COARSE = ("days_on_target", "intervals_on_target")  # whole per cents


def writer(unit: str, measure: str = "") -> Writer:
    """How values of a unit are written."""
    if unit == "share":
        digits = 0 if measure in COARSE else 1
        return lambda value: numbers.share(value, digits)
    if unit == "s":
        return numbers.spell if measure in DAYS_LONG else _spoken(measure)
    if unit == "points":
        return numbers.nps
    if unit == "month":
        return lambda value: f"{value:.0f}"
    if unit == "percent":
        return lambda value: numbers.share(value / 100, 0)
    if unit == "number" or unit.startswith(("contacts", "hours", "agents")):
        return numbers.count if measure not in ("ces", "csat_mean") else numbers.score
    return numbers.money


def _spoken(measure: str) -> Writer:
    return numbers.clock if measure in LONG_SPELLS else numbers.seconds


def interval(unit: str, measure: str, low: float, high: float) -> str:
    """`75.7–77.1`; empty where unknown, and where nothing moves a percentage of money or a month."""
    if unit in ("percent", "month") and high - low < 0.5:
        return ""
    if unit == "share":
        return numbers.span(low, high, lambda value: numbers.share(value, 1))
    write = writer(unit, measure)
    if write is numbers.money:
        return numbers.money_span(low, high)
    return numbers.span(low, high, write)


def target(unit: str, measure: str, low: float, high: float) -> str:
    """`80 %` for at least, `max 6 %` for at most, `70–85 %` for both; empty where none was set."""
    if math.isnan(low) and math.isnan(high):
        return ""
    if math.isnan(high):
        return _short(unit, measure, low)
    if math.isnan(low):
        return f"max {_short(unit, measure, high)}"
    first = _short(unit, measure, low).removesuffix(" %")
    return f"{first}–{_short(unit, measure, high)}"


def _short(unit: str, measure: str, value: float) -> str:
    if unit == "share":
        return f"{plain(round(100 * value, 2))} %"
    if unit in ("number", "points"):
        return plain(value)
    return writer(unit, measure)(value)
