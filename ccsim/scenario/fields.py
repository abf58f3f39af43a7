"""Field types of the models: what a key accepts, and what an editor should know of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from ccsim.scenario.periods import (
    read_churn,
    read_growth,
    read_money_hour,
    read_money_month,
    read_won,
)
from ccsim.scenario.readers import (
    optional,
    parse_ratio,
    read_count,
    read_customers,
    read_cv,
    read_duration,
    read_factor,
    read_flag,
    read_money,
    read_names,
    read_share,
    read_some_names,
    read_whole,
    scalar,
)
from ccsim.units import parse_date


class Section(BaseModel):
    """A part of the scenario: frozen, and unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


_N = r"[0-9]+(\.[0-9]+)?"
_TIME_UNITS = r"(s|sec|min|h|hours?|d|days?|weeks?|months?|years?)"


def written(pattern: str, description: str) -> WithJsonSchema:
    """What an editor should accept: a text of this pattern, or a bare number or word."""
    return WithJsonSchema(
        {"type": ["string", "number"], "pattern": f"^{pattern}$", "description": description}
    )


DURATION_SCHEMA = written(rf"(0|none|({_N} ?{_TIME_UNITS} ?)+)", "a duration: 30s, 4min, 1h30min")
RATIO_SCHEMA = written(rf"{_N} ?%?", "a ratio: 0.9 or 90%")
SHARE_SCHEMA = written(rf"(0|none|-?{_N} ?%)", "a share: 35%")
COUNT_SCHEMA = WithJsonSchema({"type": ["integer", "string"], "pattern": "^([0-9]+|none)$"})
NUMBER_SCHEMA = WithJsonSchema({"type": ["number", "string"]})
WORD_SCHEMA = WithJsonSchema({"type": ["string", "number"]})
DATE_SCHEMA = WithJsonSchema({"type": "string", "description": "an ISO date: 2026-11-27"})
MONEY_SCHEMA = written(rf"-?{_N}|none", "money, in the scenario's currency: 12.50")


def _rate_schema(example: str) -> WithJsonSchema:
    return written(rf"(0|none|[-+]?{_N} ?%? ?/ ?[a-z]+)", f"with its period: {example}")


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
MoneyMonth = Annotated[float | None, BeforeValidator(optional(read_money_month)), _rate_schema("14.00/month")]
MoneyHour = Annotated[float | None, BeforeValidator(optional(read_money_hour)), _rate_schema("15.00/h")]
Churn = Annotated[float | None, BeforeValidator(optional(read_churn)), _rate_schema("18%/year")]
Won = Annotated[float, BeforeValidator(read_won), _rate_schema("12%/year")]
Growth = Annotated[float, BeforeValidator(read_growth), _rate_schema("5%/year")]
Factor = Annotated[float, BeforeValidator(read_factor), WORD_SCHEMA]
Flag = Annotated[
    bool,
    BeforeValidator(read_flag),
    WithJsonSchema({"enum": [True, False, "true", "false", "yes", "no", "on", "off"]}),
]
Names = Annotated[
    tuple[str, ...],
    BeforeValidator(read_names),
    WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}}),
]
SomeNames = Annotated[
    tuple[str, ...],
    BeforeValidator(read_some_names),
    WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}, "minItems": 1}),
]
MaybeNames = Annotated[
    tuple[str, ...] | None,
    BeforeValidator(optional(read_names)),
    WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}}),
]
Correlation = Annotated[float, BeforeValidator(scalar(parse_ratio, "0.5", low=0, high=0.99)), NUMBER_SCHEMA]
Word = Annotated[str, BeforeValidator(scalar(str, "a word")), WORD_SCHEMA]
IsoDate = Annotated[Any, BeforeValidator(scalar(parse_date, "2026-11-27")), DATE_SCHEMA]
