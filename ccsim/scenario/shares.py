"""Shares by name: of a whole that they split, or one for each name."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ccsim.scenario.readers import is_none, read_share, show_share
from ccsim.scenario.trouble import Trouble, as_table, refuse

OTHERS = "others"
TOLERANCE = 1e-9


def _by_name(value: Any, example: str) -> dict[str, Any]:
    trouble, shares = Trouble(), {}
    for name, item in as_table(value, example).items():
        shares[name] = trouble.take(read_share, item, name)
    trouble.settle()
    return shares


def _read_split(value: Any) -> Any:
    """Parts of one whole: together at most 100 %."""
    if is_none(value):
        return {}
    shares = _by_name(value, "{voice: 30%}")
    total = sum(shares.values())
    if total > 1 + TOLERANCE:
        raise refuse(
            f"the shares make {show_share(round(total, 6))}, more than 100%",
            f"take {show_share(round(total - 1, 6))} away somewhere",
        )
    return shares


def _read_each(value: Any) -> Any:
    """A share for each name, or one for all of them (kept under ``others``)."""
    if isinstance(value, str | int | float):
        return {OTHERS: read_share(value)}
    return _by_name(value, "35%` or `{billing: 35%, others: 10%}")


Shares = Annotated[
    dict[str, float],
    BeforeValidator(_read_split),
    WithJsonSchema({"type": ["object", "string"], "description": "{voice: 30%}; the rest stays"}),
]
SharesEach = Annotated[
    dict[str, float],
    BeforeValidator(_read_each),
    WithJsonSchema({"type": ["object", "string"], "description": "35%, or {billing: 35%, others: 10%}"}),
]
