"""The section ``arrivals``: how many contacts, when, and why.

Exactly one of ``contacts`` (a volume spread over weekdays and the day), ``counts`` (a table, as
rates or replayed), ``log`` (single contacts, replayed) or ``gaps`` (times between arrivals, for tests).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, WithJsonSchema

from ccsim.scenario.call_log import CallLog, read_log
from ccsim.scenario.contact_rates import read_contacts
from ccsim.scenario.context import context_of
from ccsim.scenario.counts import CountRow, Counts, read_counts
from ccsim.scenario.csv_tables import open_sheet
from ccsim.scenario.days import read_steps, read_weekdays
from ccsim.scenario.durations import MaybeDelay
from ccsim.scenario.fields import RATIO_SCHEMA, Correlation, Growth, Section, Spread
from ccsim.scenario.intents import parameter
from ccsim.scenario.profiles import PROFILES
from ccsim.scenario.readers import choice, is_none, read_cv, read_share, scalar
from ccsim.scenario.trouble import Trouble, as_table, refuse
from ccsim.units import parse_number, parse_share, parse_time


class Busyness(Section):
    """Days are busier or quieter than planned as a whole.

    A gamma factor a day with mean 1 and coefficient of variation ``cv``, correlated from day to
    day by ``day_correlation``; ``interval_cv`` adds noise to single intervals. Switched on by
    default (``arrivals.busyness_*``); ``busyness: none`` gives plain Poisson arrivals.
    """

    cv: Spread = Field(default_factory=lambda: parameter("arrivals.busyness_cv_day", 0.1))
    day_correlation: Correlation = Field(default_factory=lambda: parameter("arrivals.busyness_ar1", 0.5))
    interval_cv: Spread = 0.0


def _read_busyness(value: Any) -> Any:
    if value is None or is_none(value):
        return None
    return {"cv": value} if isinstance(value, str) else value


def _weight(value: Any) -> float:
    if isinstance(value, str) and value.endswith("%"):
        return float(scalar(parse_share, "100%", low=0, high=1000)(value))
    return float(scalar(parse_number, "1.25", low=0, high=1e9)(value))


def _read_weekdays(value: Any) -> Any:
    if value is None or isinstance(value, tuple):
        return value
    trouble = Trouble()
    found = read_weekdays(as_table(value, "{mon: 1.25, tue-fri: 1.00}"), _weight, trouble)
    if not trouble.spots and found and not any(found.values()):
        trouble.add("all weekdays are 0", "give some day a weight above 0")
    trouble.settle()
    return tuple(found.get(day, 1.0) for day in range(7))


Steps = tuple[tuple[int, float], ...]


def _read_profile(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str):
        return choice(PROFILES)(value)
    if isinstance(value, tuple):
        return value
    table = as_table(value, "profile: two_peaks` or `{08:00: 2, 12:00: 1}")
    if set(table) == {"from"} and isinstance(table["from"], str):
        sheet = open_sheet(context_of(info), table["from"], ("time", "weight"))
        pairs = [
            (sheet.cell(row, "time", parse_time), sheet.cell(row, "weight", _weight)) for row in sheet.rows
        ]
        sheet.trouble.settle()
        steps = tuple(sorted((time or 0, weight or 0.0) for time, weight in pairs))
    else:
        steps = read_steps(table, _weight)
    if not any(weight for _, weight in steps):
        raise refuse("all weights are 0", "give some time of day a weight above 0")
    return steps


def _read_shares(value: Any) -> Any:
    """Shares by name; they must make 100 % (to half a percent)."""
    if value is None or is_none(value):
        return None
    trouble, shares = Trouble(), {}
    for name, item in as_table(value, "{billing: 60%, technical: 40%}").items():
        shares[name] = trouble.take(read_share, item, name)
    trouble.settle()
    check_sum(shares)
    return shares


def check_sum(shares: dict[str, Any]) -> None:
    """Refuse shares that do not make 100 %."""
    total = sum(share or 0.0 for share in shares.values())
    if abs(total - 1) > 0.005:
        gap = round((1 - total) * 100, 2)
        fix = f"add {gap:g}%" if gap > 0 else f"take {-gap:g}% away"
        raise refuse(f"the shares make {round(total * 100, 2):g}%, not 100%", f"{fix} somewhere")


_MAP_SCHEMA = WithJsonSchema({"type": ["object", "string"]})
_CONTACTS_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            {"type": ["string", "number"], "pattern": r"^(none|[0-9]+(\.[0-9]+)?( ?/ ?[a-z]+){1,2})$"},
            {"type": "object"},
        ],
        "description": "6000/week, 0.3/customer/month, or these by segment",
    }
)


def _read_forecast_error(value: Any) -> Any:
    return 0.0 if is_none(value) else read_cv(value)


class Arrivals(Section):
    """Arrivals on one channel.

    ``contacts`` a week (None where ``counts``, ``log`` or ``gaps`` say it); ``weekdays``: weights
    Monday to Sunday (None: in proportion to hours of opening); ``profile``: a name, or (seconds of
    day, weight) steps; ``mix`` and ``segments``: shares by name; ``growth`` a year, from the start;
    ``forecast_error``: how far the volume as a whole may be off, the coefficient of variation of one
    gamma factor a replication; ``counted``: ``all`` (as an ACD counts: what comes by this channel,
    redials, repeats and what self-service contains are in) or ``first``.

    On a deferred channel customers write at all hours of all days: profile is ``flat`` unless stated,
    and weekdays without hours count like the others. See `settling` for what a scenario makes of
    rates by day, customer or segment.
    """

    # a `Rates` while only this section is known; `settled` makes it contacts a week
    contacts: Annotated[float | None, PlainValidator(read_contacts), _CONTACTS_SCHEMA] = None
    weekdays: Annotated[tuple[float, ...] | None, BeforeValidator(_read_weekdays), _MAP_SCHEMA] = None
    profile: Annotated[
        str | Steps,
        PlainValidator(_read_profile),
        WithJsonSchema(
            {"type": ["string", "object"], "description": f"{', '.join(PROFILES)}, or {{08:00: 2, 12:00: 1}}"}
        ),
    ] = "two_peaks"
    mix: Annotated[dict[str, float] | None, BeforeValidator(_read_shares), _MAP_SCHEMA] = None
    segments: Annotated[dict[str, float] | None, BeforeValidator(_read_shares), _MAP_SCHEMA] = None
    counts: Annotated[Counts | None, PlainValidator(read_counts), _MAP_SCHEMA] = None
    log: Annotated[CallLog | None, PlainValidator(read_log), _MAP_SCHEMA] = None
    gaps: MaybeDelay = None
    busyness: Annotated[
        Busyness | None, BeforeValidator(_read_busyness), WithJsonSchema({"type": ["object", "string"]})
    ] = Field(default_factory=Busyness)
    forecast_error: Annotated[float, BeforeValidator(_read_forecast_error), RATIO_SCHEMA] = 0.0
    growth: Growth = 0.0
    counted: Annotated[Literal["all", "first"], BeforeValidator(choice(("all", "first")))] = "all"

    @property
    def replayed(self) -> bool:
        """Whether contacts come as they once came, whatever the volume, the growth and the events."""
        return self.log is not None or (self.counts is not None and self.counts.mode == "replay")


__all__ = ["Arrivals", "Busyness", "CountRow", "Counts"]
