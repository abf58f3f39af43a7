"""Volumes as written: ``6000/week``, ``1000/day``, ``0.3/customer/month``, or these by segment.

A day is an open day of the channel, an hour or minute one of its opening; so what a volume comes to
in a week is known once the calendar, the channels and the customers are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ccsim.scenario.readers import is_none, scalar
from ccsim.scenario.trouble import Trouble, refuse
from ccsim.units import UnitError, parse_number, parse_rate, quote

WEEKS_IN = {"week": 1.0, "month": 365.25 / 12 / 7, "year": 365.25 / 7}
SECONDS_IN = {"s": 1.0, "min": 60.0, "h": 3600.0}
MAX_A_WEEK, MAX_A_CUSTOMER = 1e8, 1e4
EXAMPLE = "6000/week"
_A_CUSTOMER = re.compile(r"/\s*customers?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rate:
    """Contacts in a period, of all customers together or of each one."""

    amount: float
    period: str
    a_customer: bool = False

    def a_week(self, open_days: float, open_seconds: float) -> float:
        """Contacts in a week with so many open days and seconds."""
        if self.period in WEEKS_IN:
            return self.amount / WEEKS_IN[self.period]
        if self.period == "day":
            return self.amount * open_days
        return self.amount * open_seconds / SECONDS_IN[self.period]


@dataclass(frozen=True)
class Rates:
    """A volume that needs other sections to be known: one for all, or some by segment."""

    whole: Rate | None
    by_segment: tuple[tuple[str, Rate], ...] = ()

    def a_week(
        self, open_days: float, open_seconds: float, counts: Mapping[str, int | None]
    ) -> tuple[float, dict[str, float] | None]:
        """Contacts a week in all, and by segment where that is known (else None).

        Raises a fault where a segment is unknown, or its count is needed and not stated.
        """
        if self.whole is not None and not self.whole.a_customer:
            return self.whole.a_week(open_days, open_seconds), None
        each = dict(self.by_segment) if self.whole is None else dict.fromkeys(counts, self.whole)
        trouble, found = Trouble(), {}
        for name, rate in each.items():
            at = (name,) if self.whole is None else ()
            customers = _customers(name, rate, counts, trouble, at)
            found[name] = rate.a_week(open_days, open_seconds) * customers
        trouble.settle()
        return sum(found.values()), found


def _customers(
    name: str, rate: Rate, counts: Mapping[str, int | None], trouble: Trouble, at: tuple[str, ...]
) -> float:
    if name not in counts:
        trouble.add(f"there is no segment {quote(name)}", f"segments: {', '.join(counts)}", *at, key=True)
        return 0.0
    if not rate.a_customer:
        return 1.0
    count = counts[name]
    if count is None:
        trouble.add(
            f"is by customer, and nobody says how many `{name}` there are",
            f"write `count: 60000` under `customers.{name}`",
            *at,
        )
    return float(count or 0)


def read_contacts(value: Any) -> Any:
    """Contacts a week; a `Rates` where calendar or customers must be asked; None for none."""
    if value is None or is_none(value) or isinstance(value, Rates):
        return None if isinstance(value, str) else value
    if isinstance(value, dict):
        return _by_segment(value)
    if not isinstance(value, str):
        return _in_range(value, MAX_A_WEEK)
    rate = _rate(value)
    if rate.period in WEEKS_IN and not rate.a_customer:
        return _in_range(rate.a_week(7, 0), MAX_A_WEEK)
    return Rates(rate)


def _by_segment(table: dict[str, Any]) -> Rates:
    trouble = Trouble()
    if not table:
        raise refuse("names no segment", f"write `{EXAMPLE}` or `{{members: 0.3/customer/month}}`")
    rates = {name: trouble.take(_rate, item, name) for name, item in table.items()}
    trouble.settle()
    return Rates(None, tuple((name, rate) for name, rate in rates.items() if rate))


def _rate(value: Any) -> Rate:
    if not isinstance(value, str):
        return Rate(_in_range(value, MAX_A_WEEK), "week")
    text, a_customer = _A_CUSTOMER.subn("", value, count=1)
    example = "0.3/customer/month" if a_customer else EXAMPLE
    if a_customer and "/" not in text:
        raise UnitError(f"{quote(value)} has no period", f"write `{value.strip()}/month`")
    if text.split("/")[0].strip().endswith("%"):
        raise UnitError(f"`{value}` is a share, not a number of contacts", f"write `{example}`")
    amount, period = parse_rate(text)
    return Rate(_in_range(amount, MAX_A_CUSTOMER if a_customer else MAX_A_WEEK), period, bool(a_customer))


def _in_range(value: Any, high: float) -> Any:
    return scalar(parse_number, EXAMPLE, low=0, high=high)(value)
