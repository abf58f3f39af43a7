"""The section ``calendar``: when the lines are open.

Hours are given for all channels or for each (``others``: all not named); holidays are closed
days, from the country (through the ``holidays`` package) or as dates.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema

from ccsim.scenario.context import context_of
from ccsim.scenario.csv_tables import open_sheet
from ccsim.scenario.days import DAYS, Hours, looks_like_days, read_hours, read_weekdays
from ccsim.scenario.fields import Section
from ccsim.scenario.readers import optional
from ccsim.scenario.shares import OTHERS
from ccsim.scenario.trouble import Trouble, as_list, as_table, nearest, refuse
from ccsim.units import parse_date, quote

Week = tuple[Hours, ...]
ALL_CHANNELS = "all"
USUAL_WEEK: Week = (((8 * 3600, 18 * 3600),),) * 5 + ((), ())


def _read_week(value: Any) -> Week:
    """Seven days of hours, from one text for every day or a mapping by weekday."""
    if not isinstance(value, dict):
        return (read_hours(value),) * 7
    trouble = Trouble()
    found = read_weekdays(value, read_hours, trouble)
    trouble.settle()
    return tuple(found.get(day, ()) for day in range(7))


def _read_all_hours(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, dict) and value and not any(looks_like_days(key) for key in value):
        return _by_channel(value, (*context_of(info).channels, OTHERS))
    if isinstance(value, dict) and not value:
        raise refuse("names no day", "write `{mon-fri: 08:00-18:00}`")
    if isinstance(value, tuple):
        return value
    return {ALL_CHANNELS: _read_week(value)}


def _by_channel(value: dict[str, Any], channels: tuple[str, ...]) -> dict[str, Week]:
    if all(isinstance(week, tuple) for week in value.values()):
        return value
    trouble, weeks = Trouble(), {}
    for key, item in value.items():
        if key not in channels:
            hint = nearest(key, (*DAYS, *channels)) or "write `mon-fri: 08:00-18:00`"
            trouble.add(f"{quote(key)} is neither a weekday nor a channel", hint, key, key=True)
        else:
            weeks[key] = trouble.take(_read_week, item, key)
    trouble.settle()
    return {ALL_CHANNELS if key == OTHERS else key: week for key, week in weeks.items() if week is not None}


def _read_holidays(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, dict):
        table = as_table(value, "{from: data/holidays.csv}")
        if set(table) != {"from"} or not isinstance(table["from"], str):
            raise refuse("dates are needed here", "write `[2026-12-25]` or `{from: days.csv}`")
        sheet = open_sheet(context_of(info), table["from"], ("date",), ("name",))
        days = [sheet.cell(row, "date", parse_date) for row in sheet.rows]
        sheet.trouble.settle()
        return tuple(sorted({day for day in days if day}))
    trouble, dates = Trouble(), []
    for index, item in enumerate(as_list(value)):
        dates.append(trouble.take(_date, item, index))
    trouble.settle()
    return tuple(sorted({day for day in dates if day}))


def _date(item: Any) -> date:
    if isinstance(item, str):
        return parse_date(item)
    if isinstance(item, date):
        return item
    raise refuse("a date is needed here", "write `2026-12-25`")


def _read_country(value: Any) -> Any:
    if not isinstance(value, str) or len(value) > 20:
        raise refuse("a country is needed here", "write its two-letter code: `FR`")
    code = value.upper()
    if code not in _countries():
        raise refuse(
            f"{quote(value)} is not a country with known holidays",
            "write its two-letter code: `FR`, `GB`, `US`",
        )
    return code


@lru_cache(maxsize=1)
def _countries() -> dict[str, list[str]]:
    import holidays  # slow to import, and most scenarios name no country

    return dict(holidays.list_supported_countries(include_aliases=True))


@lru_cache(maxsize=256)
def _public_holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays(country, subdiv=region, years=year))


_WEEK_SCHEMA = WithJsonSchema(
    {
        "type": ["object", "string"],
        "description": "{mon-fri: 08:00-18:00, sat: closed}, 24h, or a mapping of these by channel",
    }
)
_DATES_SCHEMA = WithJsonSchema({"type": ["array", "string", "object"]})
_TEXT_SCHEMA = WithJsonSchema({"type": "string"})


class Calendar(Section):
    """Opening hours (by channel, or under ``all``), country and region, holidays."""

    hours: Annotated[dict[str, Week], BeforeValidator(_read_all_hours), _WEEK_SCHEMA] = Field(
        default_factory=lambda: {ALL_CHANNELS: USUAL_WEEK}
    )
    country: Annotated[str | None, BeforeValidator(optional(_read_country)), _TEXT_SCHEMA] = None
    region: Annotated[str | None, _TEXT_SCHEMA] = None
    holidays: Annotated[tuple[date, ...], BeforeValidator(_read_holidays), _DATES_SCHEMA] = ()

    def week(self, channel: str) -> Week:
        """The hours of Monday to Sunday, holidays apart."""
        return self.hours.get(channel) or self.hours.get(ALL_CHANNELS) or USUAL_WEEK

    def opening(self, channel: str, day: date) -> Hours:
        """The spans (open, close) of a day in seconds since its midnight; none on a holiday."""
        return () if self.is_holiday(day) else self.week(channel)[day.weekday()]

    def is_holiday(self, day: date) -> bool:
        """Whether the day is closed as a holiday."""
        if day in self.holidays:
            return True
        return self.country is not None and day in _public_holidays(self.country, self.region, day.year)

    def open_days(self, channel: str) -> int:
        """Weekdays with any opening, of seven."""
        return sum(1 for hours in self.week(channel) if hours)

    def open_seconds(self, channel: str) -> float:
        """Seconds of opening in a week without holidays."""
        return float(sum(end - start for hours in self.week(channel) for start, end in hours))


def regions_of(country: str) -> list[str]:
    """The regions whose holidays are known, for checks."""
    return list(_countries().get(country, []))
