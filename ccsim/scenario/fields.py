"""Field types: how the text of one value becomes seconds, shares, counts or money.

Texts come from the YAML reader; values that are numbers already (a scenario built in Python) pass
through. A validator reports faults with ``Trouble``: as many as it finds, each at its own place
below the field, with the fix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from ccsim.scenario.nodes import Mark
from ccsim.units import (
    YEAR,
    UnitError,
    parse_count,
    parse_date,
    parse_duration,
    parse_money,
    parse_number,
    parse_rate,
    parse_share,
    plain,
    quote,
)

T = TypeVar("T")
GENERAL_HINTS = tuple(f"write `{text}`" for text in ("1.5", "12", "4min", "80%", "12.50"))
NONE_WORDS = ("none", "null", "~")
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


class Section(BaseModel):
    """A part of the scenario: frozen, and unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


@dataclass(frozen=True)
class Spot:
    """A fault below a field: the rest of its path, and a place of its own if it is elsewhere."""

    at: tuple[str, ...]
    message: str
    hint: str | None = None
    mark: Mark | None = None
    at_key: bool = False


@dataclass
class Trouble:
    """Collects the faults of one validator, so that all are reported at once."""

    spots: list[Spot] = field(default_factory=list)

    def add(self, message: str, hint: str | None = None, *at: str | int, key: bool = False) -> None:
        """Note a fault; ``at`` is its path below the field, ``key``: point at the key."""
        self.spots.append(Spot(tuple(str(step) for step in at), message, hint, None, key))

    def take(self, read: Callable[[Any], T], value: Any, *at: str | int) -> T | None:
        """``read(value)``, or None when that is at fault (noted at ``at``)."""
        try:
            return read(value)
        except UnitError as error:
            self.add(error.message, error.hint, *at)
        except PydanticCustomError as error:
            prefix = tuple(str(step) for step in at)
            self.spots += [Spot(prefix + s.at, s.message, s.hint, s.mark, s.at_key)
                           for s in spots_of(error.context)]
        return None

    def settle(self) -> None:
        """Raise what was noted, if anything."""
        if self.spots:
            raise PydanticCustomError("fault", "fault", {"spots": tuple(self.spots)})


def spots_of(context: dict[str, Any] | None) -> tuple[Spot, ...]:
    """The faults inside an error that ``Trouble`` raised."""
    return tuple((context or {}).get("spots", ()))


def refuse(message: str, hint: str | None = None, *at: str | int,
           key: bool = False) -> PydanticCustomError:
    """The error for one fault, to be raised by a validator."""
    spot = Spot(tuple(str(step) for step in at), message, hint, None, key)
    return PydanticCustomError("fault", "fault", {"spots": (spot,)})


def is_none(value: object) -> bool:
    """Whether the user wrote ``none``."""
    return isinstance(value, str) and value.lower() in NONE_WORDS


def scalar(
    parse: Callable[[str], T], example: str, low: float | None = None, high: float | None = None,
    above: float | None = None, show: Callable[[float], str] = plain,
) -> Callable[[Any], Any]:
    """A reader of one text with its range; ``show`` writes the limits in the same unit."""

    def read(value: Any) -> Any:
        if isinstance(value, str):
            value = _parsed(parse, value, example)
        elif isinstance(value, dict | list | tuple):
            raise refuse("one value is needed here, not a " +
                         ("mapping" if isinstance(value, dict) else "list"), f"write `{example}`")
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


def _in_range(value: float, low: float | None, high: float | None, above: float | None,
              show: Callable[[float], str]) -> None:
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
        raise refuse(f"{shown} is not known here", nearest(str(value)[:60], known) or
                     f"one of: {', '.join(known)}")

    return read


def nearest(word: str, known: Iterable[str]) -> str | None:
    """``did you mean `x`?`` for the nearest spelling, None when nothing is near."""
    from difflib import get_close_matches

    close = get_close_matches(word[:60].lower().replace("-", "_"), list(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else None


def as_table(value: Any, example: str) -> dict[str, Any]:
    """The value if it is a mapping, else a fault that shows one."""
    if isinstance(value, dict):
        return value
    raise refuse("a mapping is needed here", f"write `{example}`")


def as_list(value: Any) -> list[Any]:
    """A list as it is, one value as a list of one."""
    return list(value) if isinstance(value, list | tuple) else [value]


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


def _per_year(text: str) -> float:
    value, period = parse_rate(text, "18%/year")
    if period == "month" and 0 <= value <= 1:
        return 1 - (1 - value) ** 12
    if period != "year":
        raise UnitError(f"`/{period}` does not suit here", "write a share a year: `18%/year`")
    return value


def _growth(text: str) -> float:
    value, period = parse_rate(text, "5%/year")
    if period not in ("year", "month"):
        raise UnitError(f"`/{period}` does not suit here", "write growth a year: `5%/year`")
    return value if period == "year" else (1 + value) ** 12 - 1


def _per_month(text: str) -> float:
    value, period = parse_rate(text, "14.00/month")
    if period not in ("month", "year"):
        raise UnitError(f"`/{period}` does not suit here", "write money a month: `14.00/month`")
    return value if period == "month" else value / 12


def _per_hour(text: str) -> float:
    value, period = parse_rate(text, "15.00/h")
    if period != "h":
        raise UnitError(f"`/{period}` does not suit here", "write money an hour: `15.00/h`")
    return value


def _factor(text: str) -> float:
    if text.startswith(("+", "-")) or text.endswith("%"):
        share = parse_share(text, "+40%")
        return 1 + share if text.startswith(("+", "-")) else share
    return parse_number(text, "1.4")


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


_N = r"[0-9]+(\.[0-9]+)?"
_TIME_UNITS = r"(s|sec|min|h|hours?|d|days?|weeks?|months?|years?)"


def written(pattern: str, description: str) -> WithJsonSchema:
    """What an editor should accept: a text of this pattern, or a bare number or word."""
    return WithJsonSchema({"type": ["string", "number"], "pattern": f"^{pattern}$",
                           "description": description})


DURATION_SCHEMA = written(rf"(0|none|({_N} ?{_TIME_UNITS} ?)+)", "a duration: 30s, 4min, 1h30min")
RATIO_SCHEMA = written(rf"{_N} ?%?", "a ratio: 0.9 or 90%")
SHARE_SCHEMA = written(rf"(0|none|-?{_N} ?%)", "a share: 35%")
COUNT_SCHEMA = WithJsonSchema({"type": ["integer", "string"], "pattern": "^([0-9]+|none)$"})
NUMBER_SCHEMA = WithJsonSchema({"type": ["number", "string"]})
WORD_SCHEMA = WithJsonSchema({"type": ["string", "number"]})
DATE_SCHEMA = WithJsonSchema({"type": "string", "description": "an ISO date: 2026-11-27"})
MONEY_SCHEMA = written(rf"-?{_N}|none", "money, in the scenario's currency: 12.50")


def _rate_schema(example: str) -> WithJsonSchema:
    return written(rf"(0|none|-?{_N} ?%? ?/ ?[a-z]+)", f"with its period: {example}")


HUNDRED_YEARS = 100 * YEAR
read_duration = scalar(parse_duration, "4min", low=0, high=HUNDRED_YEARS, show=show_seconds)
read_share = scalar(parse_share, "35%", low=0, high=1, show=show_share)
read_count = scalar(parse_count, "12", low=0, high=1_000_000)
read_whole = scalar(parse_count, "3", low=1, high=1_000_000)
read_money = scalar(parse_money, "12.50", low=0, high=1e12)
read_money_month = scalar(_per_month, "14.00/month", low=-1e9, high=1e9)
read_money_hour = scalar(_per_hour, "15.00/h", low=0, high=1e6)
read_churn = scalar(_per_year, "18%/year", low=0, high=0.999, show=show_share)
read_growth = scalar(_growth, "5%/year", low=-0.95, high=10, show=show_share)
read_factor = scalar(_factor, "+40%", above=0, high=100)
read_cv = scalar(parse_ratio, "12%", low=0, high=3, show=show_share)
read_customers = scalar(parse_count, "60000", low=1, high=10_000_000_000)

Duration = Annotated[float, BeforeValidator(read_duration), DURATION_SCHEMA]
MaybeDuration = Annotated[float | None, BeforeValidator(optional(read_duration)), DURATION_SCHEMA]
Share = Annotated[float, BeforeValidator(read_share), SHARE_SCHEMA]
MaybeShare = Annotated[float | None, BeforeValidator(optional(read_share)), SHARE_SCHEMA]
Spread = Annotated[float, BeforeValidator(read_cv), RATIO_SCHEMA]
Count = Annotated[int, BeforeValidator(read_count), COUNT_SCHEMA]
MaybeCount = Annotated[int | None, BeforeValidator(optional(read_count)), COUNT_SCHEMA]
Whole = Annotated[int, BeforeValidator(read_whole), COUNT_SCHEMA]
MaybeWhole = Annotated[int | None, BeforeValidator(optional(read_whole)), COUNT_SCHEMA]
Customers = Annotated[int | None, BeforeValidator(optional(read_customers)), COUNT_SCHEMA]
Money = Annotated[float, BeforeValidator(read_money), MONEY_SCHEMA]
MaybeMoney = Annotated[float | None, BeforeValidator(optional(read_money)), MONEY_SCHEMA]
MoneyMonth = Annotated[float | None, BeforeValidator(optional(read_money_month)),
                       _rate_schema("14.00/month")]
MoneyHour = Annotated[float | None, BeforeValidator(optional(read_money_hour)),
                      _rate_schema("15.00/h")]
Churn = Annotated[float | None, BeforeValidator(optional(read_churn)), _rate_schema("18%/year")]
Growth = Annotated[float, BeforeValidator(read_growth), _rate_schema("5%/year")]
Factor = Annotated[float, BeforeValidator(read_factor), WORD_SCHEMA]
Flag = Annotated[bool, BeforeValidator(read_flag), WithJsonSchema({"type": "boolean"})]
Names = Annotated[tuple[str, ...], BeforeValidator(read_names),
                  WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}})]
MaybeNames = Annotated[tuple[str, ...] | None, BeforeValidator(optional(read_names)),
                       WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}})]
Correlation = Annotated[float, BeforeValidator(scalar(parse_ratio, "0.5", low=0, high=0.99)),
                        NUMBER_SCHEMA]
Word = Annotated[str, BeforeValidator(scalar(str, "a word")), WORD_SCHEMA]
IsoDate = Annotated[Any, BeforeValidator(scalar(parse_date, "2026-11-27")), DATE_SCHEMA]
