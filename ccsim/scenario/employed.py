"""``employed``: people with contracts, before leave, absence, attrition and everything else."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ccsim.scenario.fields import Count, Section
from ccsim.scenario.readers import is_none, scalar, show_seconds
from ccsim.scenario.rota import WeekHours
from ccsim.units import DAY, WEEK, YEAR, UnitError, parse_duration, quote

YEAR_WEEKS = YEAR / WEEK
USUAL_LEAVE = 5 * WEEK


def _weeks_a_year(text: str) -> float:
    bare = text.removesuffix("/year").strip()
    seconds = parse_duration(bare, "5 weeks")
    if seconds % WEEK and "week" not in bare:
        days = round(seconds / DAY)
        raise UnitError(
            f"{quote(text)} is not in weeks", f"write `{days / 5:g} weeks` for {days} working days"
        )
    return seconds


_read_leave = scalar(_weeks_a_year, "5 weeks", low=0, high=26 * WEEK, show=show_seconds)


def read_employed(value: Any) -> Any:
    """``60`` as ``{people: 60}``."""
    if value is None or is_none(value):
        return None
    return {"people": value} if isinstance(value, str | int | float) else value


class Employed(Section):
    """``people`` under contract for ``hours`` (s a week, or a share of the rota's hours; None:
    all of them), with ``leave`` (s a year), taken in whole weeks and paid."""

    people: Count
    hours: WeekHours | None = None
    leave: Annotated[
        float,
        BeforeValidator(_read_leave),
        WithJsonSchema({"type": "string", "description": "weeks a year: 5 weeks"}),
    ] = USUAL_LEAVE

    @property
    def on_leave(self) -> float:
        """Share of the weeks of a year that a person is on leave."""
        return self.leave / YEAR


MaybeEmployed = Annotated[
    Employed | None,
    BeforeValidator(read_employed),
    WithJsonSchema(
        {
            "type": ["object", "string", "integer"],
            "properties": {"people": {}, "hours": {}, "leave": {}},
            "additionalProperties": False,
        }
    ),
]
