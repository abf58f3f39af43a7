"""Numbers with their units, read from text and written back.

Every number in a scenario carries its unit: ``4min``, ``1h30min``, ``80%``, ``6000/week``,
``14.00/month``, ``08:00``. Each ``parse_*`` takes the text and returns plain floats (seconds,
shares as 0..1, money in the scenario's currency) or raises ``UnitError``, a ``ValueError`` whose
text says what is wrong and what to write. A month is a twelfth of 365.25 days.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

SECOND, MINUTE, HOUR, DAY, WEEK = 1.0, 60.0, 3600.0, 86400.0, 604800.0
YEAR = 365.25 * DAY
MONTH = YEAR / 12

_UNITS: dict[str, float] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), SECOND),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
    **dict.fromkeys(("d", "day", "days"), DAY),
    **dict.fromkeys(("w", "week", "weeks"), WEEK),
    **dict.fromkeys(("month", "months"), MONTH),
    **dict.fromkeys(("y", "year", "years"), YEAR),
}
_PERIODS = {
    **dict.fromkeys(("s", "sec", "second"), "s"),
    **dict.fromkeys(("min", "minute"), "min"),
    **dict.fromkeys(("h", "hr", "hour"), "h"),
    **dict.fromkeys(("d", "day"), "day"),
    **dict.fromkeys(("w", "week"), "week"),
    "month": "month",
    **dict.fromkeys(("y", "yr", "year"), "year"),
}
PERIOD_SECONDS = {
    "s": SECOND,
    "min": MINUTE,
    "h": HOUR,
    "day": DAY,
    "week": WEEK,
    "month": MONTH,
    "year": YEAR,
}
_NUMBER = r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?"
_number = re.compile(_NUMBER)
_piece = re.compile(rf"({_NUMBER})\s*([A-Za-z]+)\s*")
_time = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")


class UnitError(ValueError):
    """A value that cannot be read: ``message`` says what is wrong, ``hint`` what to write."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message


def parse_number(text: str, example: str = "1.5") -> float:
    """A plain number: ``12``, ``0.5``. No exponents, no thousands separators."""
    text = text.strip()
    if _number.fullmatch(text):
        return float(text)
    raise UnitError(f"{quote(text)} is not a number", _plainer(text) or f"write `{example}`")


def parse_count(text: str, example: str = "12") -> int:
    """A whole number."""
    value = parse_number(text, example)
    if value != int(value):
        raise UnitError(f"{quote(text)} is not a whole number", f"write `{round(value)}`")
    return int(value)


def parse_duration(text: str, example: str = "4min") -> float:
    """Seconds of ``30s``, ``1h30min``, ``2 days``, ``1 week``, ``24 months``; ``0`` is 0."""
    text = text.strip()
    if _number.fullmatch(text):
        if float(text) == 0:
            return 0.0
        unit = example.lstrip("0123456789. ")
        other = "min" if unit == "s" else "s"
        raise UnitError(f"{quote(text)} has no unit", f"write `{text}{unit}` (or {text}{other})")
    seconds, at = 0.0, 0
    while piece := _piece.match(text, at):
        unit = piece[2] if piece[2] in _UNITS else piece[2].lower()
        if unit not in _UNITS:
            raise UnitError(
                f"`{piece[2]}` is not a unit of time", "units are s, min, h, day, week, month, year"
            )
        seconds, at = seconds + float(piece[1]) * _UNITS[unit], piece.end()
    if at == 0 or at < len(text):
        raise UnitError(
            f"{quote(text)} is not a duration",
            _clock_as_duration(text) or _plainer(text) or f"write `{example}`",
        )
    return seconds


def parse_share(text: str, example: str = "80%") -> float:
    """The number of a percentage: ``80%`` is 0.8; ``0`` is 0. No range is checked here."""
    text = text.strip()
    number = text.removesuffix("%").rstrip()
    if not _number.fullmatch(number):
        raise UnitError(f"{quote(text)} is not a percentage", f"write `{example}`")
    if text.endswith("%"):
        return float(number) / 100
    if float(number) == 0:
        return 0.0
    meant = float(number) * 100 if abs(float(number)) <= 1 else float(number)
    raise UnitError(f"{quote(text)} has no unit", f"write `{plain(meant)}%`")


def parse_money(text: str, example: str = "12.50") -> float:
    """An amount in the scenario's currency: ``12.50``."""
    text = text.strip()
    if _number.fullmatch(text):
        return float(text)
    bare = text.strip("€$£¥ ").removesuffix("EUR").removesuffix("USD").removesuffix("GBP").strip()
    if bare != text and _number.fullmatch(bare):
        raise UnitError(
            f"{quote(text)} names a currency", f"write `{bare}`; the currency stands once, in `currency:`"
        )
    raise UnitError(f"{quote(text)} is not an amount of money", _plainer(text) or f"write `{example}`")


def parse_rate(text: str, example: str = "6000/week") -> tuple[float, str]:
    """``(6000.0, 'week')`` of ``6000/week``; ``18%/year`` gives ``(0.18, 'year')``."""
    text = text.strip()
    number, slash, period = (part.strip() for part in text.partition("/"))
    _, _, usual = example.partition("/")
    others = ", ".join(f"/{p}" for p in _neighbours(usual))
    if not slash:
        value = parse_share(number) if number.endswith("%") else parse_number(number, example)
        if value == 0:
            return 0.0, usual
        raise UnitError(f"{quote(text)} has no unit", f"write `{number}/{usual}` (or {others})")
    period = period if period in _PERIODS else period.lower()
    if period not in _PERIODS:
        raise UnitError(f"`/{period}` is not a period", f"write `{number}/{usual}` (or {others})")
    value = parse_share(number) if number.endswith("%") else parse_number(number, example)
    return value, _PERIODS[period]


def parse_time(text: str) -> int:
    """Seconds since midnight of ``08:00`` or ``24:00``."""
    match = _time.fullmatch(text.strip())
    if match:
        hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
        total = hours * 3600 + minutes * 60 + seconds
        if minutes < 60 and seconds < 60 and total <= DAY:
            return total
    raise UnitError(f"{quote(text)} is not a time of day", "write `08:00` (24-hour clock)")


def parse_span(text: str) -> tuple[int, int]:
    """``(28800, 64800)`` of ``08:00-18:00``; the end may be before the start (past midnight)."""
    parts = re.split(r"\s*[-–]\s*", text.strip())
    if len(parts) != 2:
        raise UnitError(f"{quote(text)} is not a span of hours", "write `08:00-18:00`")
    return parse_time(parts[0]), parse_time(parts[1])


def parse_date(text: str) -> date:
    """An ISO date, 1900 to 2200."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UnitError(f"{quote(text)} is not a date", "write `2026-11-27`") from None
    if not 1900 <= day.year <= 2200:
        raise UnitError(f"{quote(text)} is no year to simulate", "write a year from 1900 to 2200")
    return day


def parse_moment(text: str) -> datetime:
    """Midnight of ``2026-11-27``, or the moment of ``2026-11-27 14:30``."""
    day, _, clock = text.strip().replace("T", " ", 1).partition(" ")
    seconds = parse_time(clock) if clock.strip() else 0
    midnight = datetime.combine(parse_date(day), datetime.min.time())
    return midnight + timedelta(seconds=seconds)


def format_duration(seconds: float) -> str:
    """The shortest exact spelling that ``parse_duration`` reads back: ``1h30min``, ``45s``."""
    if seconds != seconds or seconds in (float("inf"), float("-inf")):
        return "never"
    sign, left = ("-", -seconds) if seconds < 0 else ("", seconds)
    for unit, size in ((" week", WEEK), (" day", DAY)):
        if left >= size and left % size == 0:
            return f"{sign}{plain(left / size)}{unit}{'s' if left != size else ''}"
    parts = []
    for unit, size in (("h", HOUR), ("min", MINUTE)):
        whole, left = divmod(left, size)
        if whole:
            parts.append(f"{plain(whole)}{unit}")
    if left or not parts:
        parts.append(f"{plain(left)}s")
    return sign + "".join(parts)


def format_time(seconds: float) -> str:
    """``08:00`` of 28800."""
    minutes, second = divmod(round(seconds), 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{second:02d}" if second else text


def plain(value: float) -> str:
    """A number without exponent and without trailing zeros, to 12 significant digits."""
    text = f"{float(f'{value:.12g}'):.12f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def quote(text: str) -> str:
    """The text as messages show it: in backquotes, one line, at most 40 characters."""
    flat = " ".join(text.split())
    return f"`{flat if len(flat) <= 40 else flat[:37] + '...'}`" if flat else "nothing"


def _plainer(text: str) -> str | None:
    bare = re.sub(r"(?<=[0-9])[ ,_'](?=[0-9]{3}(?![0-9]))", "", text)
    if bare != text and _number.match(bare):
        return f"write `{bare}`"
    dotted = re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text)
    return f"write `{dotted}`" if dotted != text and _number.match(dotted) else None


def _clock_as_duration(text: str) -> str | None:
    match = _time.fullmatch(text)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    return f"write `{first}h{second}min` or `{first}min{second}s`"


def _neighbours(period: str) -> list[str]:
    nearby = {
        "week": ["day", "month"],
        "month": ["year"],
        "year": ["month"],
        "h": ["month"],
        "min": ["s", "h"],
        "s": ["min", "h"],
    }
    return nearby.get(period, ["day", "week"])
