"""Numbers with units: read, written, refused with the fix."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim import units
from ccsim.units import UnitError


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30s", 30),
        ("4min", 240),
        ("4 min", 240),
        ("1h30min", 5400),
        ("1h 30min", 5400),
        ("2 days", 172800),
        ("1 week", 604800),
        ("0", 0),
        ("0s", 0),
        ("0.5h", 1800),
        ("24 months", 24 * units.MONTH),
        ("1 year", 12 * units.MONTH),
        ("90 seconds", 90),
    ],
)
def test_durations(text: str, seconds: float) -> None:
    assert units.parse_duration(text) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("80%", 0.8),
        ("0%", 0.0),
        ("0", 0.0),
        ("12.5 %", 0.125),
        ("100%", 1.0),
        ("-10%", -0.1),
    ],
)
def test_shares(text: str, share: float) -> None:
    assert units.parse_share(text) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("6000/week", (6000.0, "week")),
        ("14.00/month", (14.0, "month")),
        ("15/h", (15.0, "h")),
        ("18%/year", (0.18, "year")),
        ("10 / day", (10.0, "day")),
        ("0", (0.0, "week")),
        ("3/minute", (3.0, "min")),
    ],
)
def test_rates(text: str, rate: tuple[float, str]) -> None:
    value, period = units.parse_rate(text)
    assert (pytest.approx(value), period) == rate


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (units.parse_duration, "4", "`4` has no unit: write `4min` (or 4s)"),
        (units.parse_duration, "12:30", "`12:30` is not a duration: write `12h30min` or `12min30s`"),
        (units.parse_duration, "4 parsecs", "`parsecs` is not a unit of time"),
        (units.parse_duration, "1,5min", "`1,5min` is not a duration: write `1.5min`"),
        (units.parse_duration, "", "nothing is not a duration"),
        (units.parse_share, "0.8", "`0.8` has no unit: write `80%`"),
        (units.parse_share, "80", "`80` has no unit: write `80%`"),
        (units.parse_share, "most", "`most` is not a percentage"),
        (units.parse_money, "12 EUR", "`12 EUR` names a currency: write `12`"),
        (units.parse_money, "€14", "`€14` names a currency: write `14`"),
        (units.parse_number, "18,000", "`18,000` is not a number: write `18000`"),
        (units.parse_number, "1e9", "`1e9` is not a number"),
        (units.parse_number, "٣", "`٣` is not a number"),
        (units.parse_count, "2.5", "`2.5` is not a whole number: write `2`"),
        (units.parse_rate, "18000", "`18000` has no unit: write `18000/week` (or /day, /month)"),
        (units.parse_rate, "5/fortnight", "`/fortnight` is not a period"),
        (units.parse_time, "25:00", "`25:00` is not a time of day"),
        (units.parse_time, "8am", "`8am` is not a time of day"),
        (units.parse_span, "08:00", "`08:00` is not a span of hours"),
        (units.parse_date, "27/11/2026", "`27/11/2026` is not a date: write `2026-11-27`"),
        (units.parse_date, "3026-01-01", "`3026-01-01` is no year to simulate"),
    ],
)
def test_refusals_show_the_fix(read: Callable[[str], Any], text: str, message: str) -> None:
    with pytest.raises(UnitError) as refused:
        read(text)
    assert str(refused.value).startswith(message)
    assert isinstance(refused.value, ValueError)


def test_times_and_dates() -> None:
    assert units.parse_time("08:00") == 28800
    assert units.parse_time("24:00") == 86400
    assert units.parse_span("07:55-16:00") == (28500, 57600)
    assert units.parse_date("2026-11-27") == date(2026, 11, 27)
    assert units.parse_moment("2026-11-27 14:30") == datetime(2026, 11, 27, 14, 30)
    assert units.parse_moment("2026-11-27") == datetime(2026, 11, 27)


@given(st.integers(0, 10**9))
def test_durations_come_back(seconds: int) -> None:
    assert units.parse_duration(units.format_duration(seconds)) == pytest.approx(seconds)


@given(st.floats(0, 1e6, allow_nan=False).map(lambda x: round(x, 4)))
def test_numbers_and_shares_come_back(value: float) -> None:
    assert float(units.plain(value)) == pytest.approx(value)
    assert units.parse_share(f"{units.plain(value)}%") == pytest.approx(value / 100)
    assert units.parse_rate(f"{units.plain(value)}/week")[0] == pytest.approx(value)


@given(st.integers(0, 86400))
def test_times_come_back(seconds: int) -> None:
    assert units.parse_time(units.format_time(seconds)) == seconds


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_a_unit_error(text: str) -> None:
    for read in (
        units.parse_duration,
        units.parse_share,
        units.parse_money,
        units.parse_rate,
        units.parse_number,
        units.parse_count,
        units.parse_time,
        units.parse_span,
        units.parse_date,
        units.parse_moment,
    ):
        try:
            read(text)
        except UnitError as error:
            assert error.message


def test_formats() -> None:
    assert units.format_duration(90) == "1min30s"
    assert units.format_duration(604800) == "1 week"
    assert units.format_duration(2 * 86400) == "2 days"
    assert units.format_duration(float("inf")) == "never"
    assert units.plain(1e-7) == "0.0000001"
    assert units.quote("a" * 60) == f"`{'a' * 37}...`"
