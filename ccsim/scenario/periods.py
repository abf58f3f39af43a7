"""Values that carry a period: churn a year, margin a month, wage an hour, growth."""

from __future__ import annotations

from ccsim.scenario.readers import scalar, show_share
from ccsim.units import UnitError, parse_rate, parse_share

_DAYS_IN = {"week": 7.0, "month": 365.25 / 12, "year": 365.25}


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


def _won(text: str) -> float:
    value, period = parse_rate(text, "12%/year")
    if period not in ("year", "month"):
        raise UnitError(f"`/{period}` does not suit here", "write customers won a year: `12%/year`")
    return value if period == "year" else 12 * value


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


def _per_week(text: str) -> float:
    if "/" not in text:
        return parse_share(text, "2%/week")
    value, period = parse_rate(text, "2%/week")
    if period not in _DAYS_IN:
        raise UnitError(f"`/{period}` does not suit here", "write a share a week: `2%/week`")
    return 1 - (1 - value) ** (7 / _DAYS_IN[period]) if value <= 1 else value


read_money_month = scalar(_per_month, "14.00/month", low=-1e9, high=1e9)
read_money_hour = scalar(_per_hour, "15.00/h", low=0, high=1e6)
read_churn = scalar(_per_year, "18%/year", low=0, high=0.999, show=show_share)
read_growth = scalar(_growth, "5%/year", low=-0.95, high=10, show=show_share)
read_won = scalar(_won, "12%/year", low=0, high=10, show=show_share)
read_gain_week = scalar(_per_week, "2%/week", low=0, high=1, show=show_share)
