"""The section ``workforce``: who leaves, who is hired and when they are ready, and strain."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from ccsim.scenario.fields import (
    DATE_SCHEMA,
    Churn,
    Duration,
    MaybeDuration,
    MaybeMoney,
    Section,
    Whole,
    Word,
)
from ccsim.scenario.readers import is_none, optional, scalar
from ccsim.scenario.strain import MaybeStrain
from ccsim.scenario.switch import read_switch, switch_schema
from ccsim.scenario.trouble import as_list, refuse
from ccsim.units import WEEK, parse_date

USUAL_LEAD, USUAL_TRAINING = 6 * WEEK, 3 * WEEK
MaybeDate = Annotated[Any, BeforeValidator(optional(scalar(parse_date, "2026-03-02"))), DATE_SCHEMA]


class HiringClass(Section):
    """``agents`` more for a ``group`` (None: the only one that can change).

    They are called for on ``start`` (a date), or ``every`` so many seconds from the first counted
    day on; ``lead`` s later is their first day, and ``training`` s after that they take contacts.
    """

    agents: Whole
    group: Annotated[Word | None, WithJsonSchema({"type": "string"})] = None
    start: MaybeDate = None
    every: MaybeDuration = None
    lead: Duration = 0.0
    training: MaybeDuration = None

    @model_validator(mode="after")
    def _start_or_every(self) -> HiringClass:
        if (self.start is None) == (self.every is None):
            raise refuse(
                "says both `start` and `every`" if self.every is not None else "does not say when",
                "write `start: 2026-03-02` or `every: 13 weeks`",
            )
        if self.every is not None and self.every < WEEK:
            raise refuse("hires more than once a week", "write `every: 1 week` or more", "every")
        return self


class Replacement(Section):
    """Who leaves is replaced: the successor's first day is ``lead`` s after the last one."""

    lead: Duration = USUAL_LEAD


class Workforce(Section):
    """How a group's people change over the weeks.

    ``attrition``: share who leave a year (None: nobody; of employed groups the usual one).
    ``replace`` None: their places stay empty. ``hiring``: classes of new people.
    ``training`` s off the phones at the beginning of every hire, paid; ``cost``: money a hire,
    None where the usual one holds. ``strain`` None: occupancy harms nobody.
    """

    attrition: Churn = None
    replace: Annotated[
        Replacement | None,
        BeforeValidator(read_switch),
        switch_schema(lead="from the last day to the first: 6 weeks"),
    ] = Field(default_factory=Replacement)
    hiring: Annotated[
        tuple[HiringClass, ...],
        BeforeValidator(lambda value: () if value is None or is_none(value) else tuple(as_list(value))),
    ] = ()
    training: Duration = USUAL_TRAINING
    cost: MaybeMoney = None
    strain: MaybeStrain = None

    @property
    def moves(self) -> bool:
        """Whether anybody comes, goes or is strained."""
        return bool(self.attrition) or bool(self.hiring) or self.strain is not None

    @property
    def hires(self) -> bool:
        """Whether beginners come in."""
        return bool(self.hiring) or (bool(self.attrition) and self.replace is not None)
