"""The section ``agents``: groups, their numbers, skills, wage and shrinkage."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from ccsim.scenario.assist import MaybeAssist
from ccsim.scenario.durations import MaybeDelay
from ccsim.scenario.employed import MaybeEmployed
from ccsim.scenario.empowerment import MaybeEmpowerment
from ccsim.scenario.fields import MaybeShare, MoneyHour, MoneyMonth, Section, Share, Word
from ccsim.scenario.handles import AtMost, Handles
from ccsim.scenario.headcount import Headcount, read_on_seat, read_scheduled
from ccsim.scenario.individuals import Person, mean_wage, read_groups, skills_of, usual_of
from ccsim.scenario.intents import parameter
from ccsim.scenario.learning import MaybeLearning
from ccsim.scenario.readers import read_factor
from ccsim.scenario.rota import MaybePartTime, Rota
from ccsim.scenario.shrinkage import SHRINKAGE_KINDS, Shrinkage
from ccsim.scenario.skills import Proficiency, read_proficiency, read_skills
from ccsim.scenario.switch import read_switch
from ccsim.scenario.training import MaybeTraining
from ccsim.scenario.trouble import Trouble, refuse
from ccsim.scenario.workforce import Workforce
from ccsim.units import UnitError

_ROTA = "write `rota: [early, late]`: one week early, the next late"


def _read_overtime(value: Any) -> Any:
    factor = read_factor(value)
    if isinstance(factor, float) and factor < 1:
        raise UnitError("overtime is paid at less than the wage", "write `125%` or `+25%`")
    return factor


def _map(*keys: str) -> WithJsonSchema:
    properties: dict[str, Any] = {key: {} for key in keys}
    return WithJsonSchema({"type": ["object", "string", "integer"], "properties": properties})


def _people(value: Any) -> Any:
    """Filled from the section's table; in a file the word is one more way not to say how many."""
    if isinstance(value, tuple) and all(isinstance(each, Person) for each in value):
        return value
    raise refuse(
        "does not say which people",
        "write `on_seat: 12` (ready for work), `scheduled` (on the roster) or `employed` (contracts)",
    )


class Group(Section):
    """Agents who work under the same terms; alike, or one by one from a table (``people``).

    How many is said by exactly one of ``on_seat`` (ready for work; shrinkage only prices it),
    ``scheduled`` (on the roster, by shift or, with a ``rota``, as people; absence, breaks and
    adherence are simulated), ``employed`` (contracts; leave and attrition too) or the table.
    ``part_time`` says who of the people on a rota works less.

    ``handles``: by channel, how many at once fill an agent (each is that part of the agent);
    ``at_most``: limits a channel more. ``wage`` an hour, ``overtime`` its factor, ``on_cost``
    share on top, ``licence`` a month and agent: None where the outcome model's default holds.
    ``shrinkage``: shares by kind; ``adherence``: share of the time planned on seat. ``tenure``:
    time in the job (s) at the beginning; ``learning`` with it, None where nobody learns.
    ``workforce``: keys that replace those of the scenario's own section.
    """

    on_seat: Annotated[Headcount | None, PlainValidator(read_on_seat), _map()] = None
    scheduled: Annotated[dict[str, int] | int | None, BeforeValidator(read_scheduled), _map()] = None
    employed: MaybeEmployed = None
    rota: Rota = ()
    part_time: MaybePartTime = None
    people: Annotated[tuple[Person, ...], PlainValidator(_people), WithJsonSchema({})] = ()
    skills: Annotated[
        dict[str, Annotated[Proficiency, BeforeValidator(read_proficiency)]],
        BeforeValidator(read_skills),
        WithJsonSchema({"type": ["object", "array"]}),
    ]
    handles: Handles = Field(default_factory=lambda: {"voice": 1})
    at_most: AtMost = Field(default_factory=dict)
    wage: MoneyHour = None
    overtime: Annotated[
        float, BeforeValidator(_read_overtime), WithJsonSchema({"type": ["string", "number"]})
    ] = Field(default_factory=lambda: parameter("cost.overtime_factor", 1.25))
    on_cost: MaybeShare = None
    licence: MoneyMonth = None
    shrinkage: Shrinkage
    adherence: Share = 1.0
    site: Word = "main"
    tenure: MaybeDelay = None
    learning: MaybeLearning = None
    empowerment: MaybeEmpowerment = None
    assist: MaybeAssist = None
    training: MaybeTraining = None
    workforce: Annotated[Workforce | None, BeforeValidator(read_switch)] = None

    @property
    def rostered(self) -> bool:
        """Whether absence, breaks and adherence are simulated: all but groups on seat."""
        if self.people:
            return bool(self.people[0].rota)
        return self.scheduled is not None or self.employed is not None

    @property
    def heads(self) -> int | None:
        """People on the rota or in the table; None where seats or shifts are counted instead."""
        if self.people:
            return len(self.people)
        if self.employed is not None:
            return self.employed.people
        return self.scheduled if isinstance(self.scheduled, int) else None

    @property
    def strength(self) -> int:
        """How many they are: on seat at the peak, on all shifts together, or people."""
        if self.on_seat is not None:
            return self.on_seat.peak
        return sum(self.scheduled.values()) if isinstance(self.scheduled, dict) else self.heads or 0

    @model_validator(mode="after")
    def _of_the_table(self) -> Group:
        """What a table of people says of the whole group."""
        for key, value in usual_of(self.people).items() if self.people else ():
            if key not in self.model_fields_set:
                object.__setattr__(self, key, value)
        if self.people:
            object.__setattr__(self, "skills", skills_of(self.people, self.skills))
            object.__setattr__(self, "wage", mean_wage(self.people, self.wage))
        return self

    @model_validator(mode="after")
    def _usual_shrinkage(self) -> Group:
        """Where nothing is said: a price for seats, absence and adherence for rosters."""
        if "shrinkage" not in self.model_fields_set:
            usual = (
                {"absence": parameter("ops.absence", 0.06)}
                if self.rostered
                else {"other": parameter("ops.shrinkage", 0.32)}
            )
            object.__setattr__(self, "shrinkage", usual)
        if "adherence" not in self.model_fields_set and self.rostered:
            object.__setattr__(self, "adherence", parameter("ops.adherence", 0.92))
        return self

    @model_validator(mode="after")
    def _fits_together(self) -> Group:
        trouble = Trouble()
        counted = isinstance(self.scheduled, int) or self.employed is not None
        if counted and not self.rota:
            trouble.add(
                "does not say which shifts the people work",
                _ROTA,
                "employed" if self.employed is not None else "scheduled",
            )
        if self.rota and not counted:
            trouble.add(
                "is for people, not for places on shifts"
                if self.scheduled is not None
                else "is for people on a roster",
                "write `scheduled: 24` beside it",
                "rota",
                key=True,
            )
        if self.part_time is not None and not counted:
            trouble.add(
                "is for people on a rota",
                "write `scheduled: 24` and `rota: [early, late]`",
                "part_time",
                key=True,
            )
        for channel, most in self.at_most.items():
            if most > self.handles.get(channel, 0):
                trouble.add(
                    f"is more than the {self.handles.get(channel, 0)} that fill an agent",
                    "`at_most` only limits what `handles` allows",
                    "at_most",
                    channel,
                )
        trouble.settle()
        return self


__all__ = ["SHRINKAGE_KINDS", "Group", "Headcount", "Proficiency", "read_groups"]
