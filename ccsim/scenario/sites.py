"""The section ``sites``: where groups work, in-house or at a partner who sends invoices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from ccsim.scenario.fields import Flag, MaybeShare, Section, written
from ccsim.scenario.readers import optional, scalar
from ccsim.scenario.trouble import Trouble
from ccsim.units import UnitError, parse_money, quote

FEES = ("fee_contact", "fee_hour", "fee_minute")


def _fee(unit: str, example: str) -> Callable[[Any], Any]:
    """Money for each of something: ``4.20/contact``; the unit may be left out."""

    def parse(text: str) -> float:
        amount, slash, per = (part.strip() for part in text.partition("/"))
        if slash and per.rstrip("s") not in (unit, {"hour": "h", "minute": "min"}.get(unit, unit)):
            raise UnitError(f"{quote(text)} is not an amount per {unit}", f"write `{example}`")
        return parse_money(amount, example)

    return optional(scalar(parse, example, low=0, high=1e9))


def _fee_schema(example: str) -> Any:
    return written(r"[0-9]+(\.[0-9]+)? ?(/ ?[a-z]+)?|none", f"money: {example}")


FeeContact = Annotated[
    float | None, BeforeValidator(_fee("contact", "4.20/contact")), _fee_schema("4.20/contact")
]
FeeHour = Annotated[float | None, BeforeValidator(_fee("hour", "24.00/h")), _fee_schema("24.00/h")]
FeeMinute = Annotated[float | None, BeforeValidator(_fee("minute", "0.55/min")), _fee_schema("0.55/min")]


class Site(Section):
    """A place of work; groups name it by ``site``.

    A ``partner`` sends invoices instead of costing wages: ``fee_contact`` a contact handled,
    ``fee_hour`` an hour on the roster, ``fee_minute`` a minute handling; several add up.
    ``overhead``: share of direct labour (or of the fees), None where the usual one holds.
    """

    partner: Flag = False
    fee_contact: FeeContact = None
    fee_hour: FeeHour = None
    fee_minute: FeeMinute = None
    overhead: MaybeShare = None

    @model_validator(mode="after")
    def _fees_of_partners(self) -> Site:
        trouble = Trouble()
        stated = [name for name in FEES if getattr(self, name) is not None]
        for name in stated if not self.partner else ():
            trouble.add("only a partner sends invoices", "write `partner: true` beside it", name, key=True)
        if self.partner and not stated:
            trouble.add(
                "this partner works for nothing",
                "write `fee_contact: 4.20/contact`, `fee_hour` or `fee_minute`",
                "partner",
            )
        trouble.settle()
        return self
