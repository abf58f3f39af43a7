"""The section ``customers``: segments, their number, worth and loyalty.

Count, margin and churn are never defaulted: without them money stays unknown, and reports say so.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.scenario.fields import (
    Churn,
    Customers,
    MaybeDuration,
    MaybeMoney,
    MoneyMonth,
    Section,
    Won,
)
from ccsim.scenario.trouble import as_table, refuse


def _read_attributes(value: Any) -> Any:
    table = as_table(value, "{status: gold}")
    for key, item in table.items():
        if not isinstance(item, str):
            raise refuse("a word is needed here", "write `status: gold`", key)
    return table


class Segment(Section):
    """Customers of one kind.

    ``count`` customers; ``margin`` money a month each; ``churn`` share lost a year; ``growth``
    customers won in a year, as a share of ``count``, whatever the service is like. ``acquisition``
    money to win one; ``tenure`` mean seconds as a customer; ``value`` money a customer is worth:
    these three are kept with the scenario, no figure stands on them yet.
    """

    count: Customers = None
    margin: MoneyMonth = None
    churn: Churn = None
    growth: Won = 0.0
    acquisition: MaybeMoney = None
    tenure: MaybeDuration = None
    value: MaybeMoney = None
    attributes: Annotated[
        dict[str, str], BeforeValidator(_read_attributes), WithJsonSchema({"type": "object"})
    ] = Field(default_factory=dict)
