"""Values that carry a period: churn a year, margin a month, wage an hour, growth."""

from __future__ import annotations

from ccsim.scenario.readers import scalar, show_share
from ccsim.units import UnitError, parse_rate


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


read_money_month = scalar(_per_month, "14.00/month", low=-1e9, high=1e9)
read_money_hour = scalar(_per_hour, "15.00/h", low=0, high=1e6)
read_churn = scalar(_per_year, "18%/year", low=0, high=0.999, show=show_share)
read_growth = scalar(_growth, "5%/year", low=-0.95, high=10, show=show_share)
