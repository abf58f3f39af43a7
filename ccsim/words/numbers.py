"""Numbers as planners read them: `76.4 %`, `5,969`, `1.69 M`, `5:48`, and their intervals."""

from __future__ import annotations

import math
from collections.abc import Callable

UNKNOWN = "–"
_LONG = 600.0  # s: from here on minutes and seconds
_HOURS, _DAYS = 7200.0, 3 * 86_400.0  # s: from here on hours, days, of things that may take so long


def share(value: float, digits: int = 1) -> str:
    """`76.4 %` of 0.764."""
    return UNKNOWN if math.isnan(value) else f"{100 * value:.{digits}f} %"


def count(value: float) -> str:
    """`5,969`; small numbers keep two decimals."""
    if math.isnan(value):
        return UNKNOWN
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.2f}"


def seconds(value: float) -> str:
    """`15 s`, `4.2 s`, `12:30`."""
    if math.isnan(value):
        return UNKNOWN
    if abs(value) >= _LONG:
        return clock(value)
    return f"{value:.0f} s" if abs(value) >= 9.95 else f"{value:.1f} s"


def spell(value: float) -> str:
    """Of things that may take days: `12 s`, `14:57`, `12.0 h`, `3.4 d`."""
    for limit, unit, name in ((_DAYS, 86_400.0, "d"), (_HOURS, 3600.0, "h")):
        if abs(value) >= limit:
            return f"{value / unit:.1f} {name}"
    return seconds(value)


def clock(value: float) -> str:
    """Minutes and seconds, `5:48`; with hours from one hour on, `1:02:03`."""
    if math.isnan(value):
        return UNKNOWN
    sign, whole = "-" if value < 0 else "", round(abs(value))
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02d}:{left:02d}" if hours else f"{sign}{minutes}:{left:02d}"


def money(value: float) -> str:
    """`5.79`, `1,690 k`, `1.69 M`: three digits or so."""
    if math.isnan(value):
        return UNKNOWN
    scale, suffix = money_scale(value)
    digits = money_digits(value / scale, suffix)
    return _no_minus_zero(f"{value / scale:,.{digits}f}") + suffix


def money_scale(value: float) -> tuple[float, str]:
    """The divisor and suffix in which an amount is written."""
    size = abs(value)
    for limit, scale, suffix in ((1e9, 1e9, " bn"), (1e6, 1e6, " M"), (1e4, 1e3, " k")):
        if size >= limit * 0.99995:
            return scale, suffix
    return 1.0, ""


def score(value: float, digits: int = 1) -> str:
    """`5.3`."""
    return UNKNOWN if math.isnan(value) else f"{value:.{digits}f}"


def signed(text: str) -> str:
    """The text with its sign: `+38`."""
    return text if text.startswith(("-", "+", UNKNOWN)) else f"+{text}"


def nps(value: float) -> str:
    """`+38`."""
    return UNKNOWN if math.isnan(value) else signed(_no_minus_zero(f"{value:.0f}"))


def span(low: float, high: float, write: Callable[[float], str]) -> str:
    """`75.7–77.1`: both ends as `write` has them, without their unit; empty where unknown."""
    if math.isnan(low) or math.isnan(high):
        return ""
    ends = [write(low), write(high)]
    unit = ends[1].partition(" ")[2]
    if all(end.partition(" ")[2] == unit for end in ends):
        ends = [end.partition(" ")[0] for end in ends]
    dash = ".." if any(end.startswith(("-", "+")) for end in ends) else "–"
    return dash.join(ends)


def money_span(low: float, high: float) -> str:
    """`0.19–0.83 M`: both ends in the scale of the greater one."""
    if math.isnan(low) or math.isnan(high):
        return ""
    largest = max(abs(low), abs(high))
    scale, suffix = money_scale(largest)
    digits = money_digits(largest / scale, suffix)
    ends = [_no_minus_zero(f"{end / scale:,.{digits}f}") for end in (low, high)]
    dash = ".." if any(end.startswith("-") for end in ends) else "–"
    return dash.join(ends) + suffix


def money_digits(scaled: float, suffix: str) -> int:
    """Decimals of an amount divided by its scale: three digits in all, or so."""
    size = abs(scaled)
    if not suffix:
        return 2 if size < 1000 else 0
    return 2 if size < 10 else 1 if size < 100 else 0


def _no_minus_zero(text: str) -> str:
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text
