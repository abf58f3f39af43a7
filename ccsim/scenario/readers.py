"""Readers: the text of one value becomes seconds, shares, counts or money, within its range.

Texts come from the YAML reader; values that are numbers already (a scenario built in Python) pass
through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ccsim.scenario.trouble import Trouble, as_list, nearest, refuse
from ccsim.units import (
    YEAR,
    UnitError,
    parse_count,
    parse_duration,
    parse_money,
    parse_number,
    parse_share,
    plain,
    quote,
)

T = TypeVar("T")
GENERAL_HINTS = tuple(f"write `{text}`" for text in ("1.5", "12", "4min", "80%", "12.50"))
NONE_WORDS = ("none", "null", "~")
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


def is_none(value: object) -> bool:
    """Whether the user wrote ``none``."""
    return isinstance(value, str) and value.lower() in NONE_WORDS


def scalar(
    parse: Callable[[str], T],
    example: str,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
    show: Callable[[float], str] = plain,
) -> Callable[[Any], Any]:
    """A reader of one text with its range; ``show`` writes the limits in the same unit."""

    def read(value: Any) -> Any:
        if isinstance(value, str):
            value = _parsed(parse, value, example)
        elif isinstance(value, dict | list | tuple):
            raise refuse(
                "one value is needed here, not a " + ("mapping" if isinstance(value, dict) else "list"),
                f"write `{example}`",
            )
        if isinstance(value, int | float):
            _in_range(value, low, high, above, show)
        return value

    return read


def _parsed(parse: Callable[[str], T], text: str, example: str) -> T:
    if not text:
        raise refuse("has no value", f"write `{example}`")
    try:
        return parse(text)
    except UnitError as error:
        hint = f"write `{example}`" if error.hint in GENERAL_HINTS else error.hint
        raise refuse(error.message, hint) from None


def _in_range(
    value: float, low: float | None, high: float | None, above: float | None, show: Callable[[float], str]
) -> None:
    if low is not None and value < low:
        raise refuse(f"`{show(value)}` is too small", f"the least is {show(low)}")
    if above is not None and value <= above:
        raise refuse(f"`{show(value)}` is too small", f"it must be more than {show(above)}")
    if high is not None and value > high:
        raise refuse(f"`{show(value)}` is too large", f"the most is {show(high)}")


def optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same reader where ``none`` is an answer too."""

    def read_or_none(value: Any) -> Any:
        return None if value is None or is_none(value) else read(value)

    return read_or_none


def read_flag(value: Any) -> Any:
    """true/false, yes/no, on/off."""
    if isinstance(value, str):
        if value.lower() in (*_TRUE, *_FALSE):
            return value.lower() in _TRUE
        raise refuse(f"{quote(value)} is neither yes nor no", "write `true` or `false`")
    if isinstance(value, dict | list):
        raise refuse("one value is needed here", "write `true` or `false`")
    return value


def choice(words: Iterable[str]) -> Callable[[Any], Any]:
    """One of a few words, spelt as they are."""
    known = tuple(words)

    def read(value: Any) -> Any:
        if isinstance(value, str) and value in known:
            return value
        shown = quote(value) if isinstance(value, str) else "this"
        raise refuse(
            f"{shown} is not known here", nearest(str(value)[:60], known) or f"one of: {', '.join(known)}"
        )

    return read


def read_names(value: Any) -> Any:
    """A list of names, or one name."""
    if isinstance(value, dict):
        raise refuse("a list is needed here", "write `[one, two]`")
    trouble = Trouble()
    for index, item in enumerate(as_list(value)):
        if not isinstance(item, str) or not item:
            trouble.add("a name is needed here", None, index)
    trouble.settle()
    return tuple(as_list(value))


def read_some_names(value: Any) -> Any:
    """The same, at least one."""
    names = read_names(value)
    if not names:
        raise refuse("names none", "write `[one, two]`")
    return names


def _factor(text: str) -> float:
    if text.startswith(("+", "-")) or text.endswith("%"):
        share = parse_share(text, "+40%")
        return 1 + share if text.startswith(("+", "-")) else share
    return parse_number(text.removeprefix("x"), "1.4")


def parse_ratio(text: str) -> float:
    """A coefficient of variation or a correlation: ``0.9`` or ``90%``."""
    return parse_share(text) if text.endswith("%") else parse_number(text, "0.9")


def show_seconds(value: float) -> str:
    """Seconds for a message: the shortest spelling."""
    from ccsim.units import format_duration

    return format_duration(value)


def show_share(value: float) -> str:
    """A share for a message."""
    return f"{plain(value * 100)}%"


HUNDRED_YEARS = 100 * YEAR
read_duration = scalar(parse_duration, "4min", low=0, high=HUNDRED_YEARS, show=show_seconds)
read_share = scalar(parse_share, "35%", low=0, high=1, show=show_share)
read_count = scalar(parse_count, "12", low=0, high=1_000_000)
read_whole = scalar(parse_count, "3", low=1, high=1_000_000)
read_money = scalar(parse_money, "12.50", low=0, high=1e12)
read_factor = scalar(_factor, "+40%", above=0, high=100)
read_cv = scalar(parse_ratio, "12%", low=0, high=3, show=show_share)
read_customers = scalar(parse_count, "60000", low=1, high=10_000_000_000)
