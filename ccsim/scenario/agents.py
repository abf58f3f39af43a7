"""The section ``agents``: groups, their numbers, skills, wage and shrinkage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from ccsim.scenario.context import context_of
from ccsim.scenario.csv_tables import open_sheet
from ccsim.scenario.days import FULL_DAY, looks_like_days, parse_days, read_steps, read_weekdays
from ccsim.scenario.fields import (
    MaybeShare,
    MoneyHour,
    MoneyMonth,
    Section,
    Share,
    Trouble,
    Whole,
    Word,
    as_table,
    is_none,
    nearest,
    read_count,
    read_factor,
    read_share,
    refuse,
    scalar,
    show_share,
)
from ccsim.scenario.intents import parameter
from ccsim.units import UnitError, parse_share, parse_time

SHRINKAGE_KINDS = ("absence", "leave", "meetings", "training", "coaching", "breaks", "other")
SIMULATED_KINDS = ("absence", "leave", "meetings", "training", "coaching", "other")
Steps = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Headcount:
    """Agents on seat by weekday and time: seven days of (seconds of the day, agents) steps."""

    steps: tuple[Steps, ...]

    def at(self, weekday: int, second: float) -> int:
        """Agents on seat; before a day's first step there are none."""
        agents = 0
        for time, number in self.steps[weekday]:
            if time > second:
                break
            agents = number
        return agents

    @property
    def constant(self) -> int | None:
        """The number if it is the same at all times, else None."""
        levels = {number for day in self.steps for _, number in day}
        same = len(levels) == 1 and all(day and day[0][0] == 0 for day in self.steps)
        return next(iter(levels)) if same else None

    @property
    def peak(self) -> int:
        """The most agents at any time."""
        return max((number for day in self.steps for _, number in day), default=0)


def steady(agents: int) -> Headcount:
    """The same number at all times."""
    return Headcount((((0, agents),),) * 7)


def _read_on_seat(value: Any, info: ValidationInfo) -> Any:
    if value is None or is_none(value):
        return None
    if isinstance(value, Headcount):
        return value
    if not isinstance(value, dict):
        return steady(read_count(value))
    if "from" in value:
        return _on_seat_table(value, info)
    if value and not any(looks_like_days(key) for key in value):
        return Headcount((read_steps(value, read_count),) * 7)
    trouble = Trouble()
    found = read_weekdays(as_table(value, "{mon-fri: {08:00: 4, 10:00: 6}}"), _day, trouble)
    trouble.settle()
    return Headcount(tuple(found.get(day, ()) for day in range(7)))


def _day(value: Any) -> Steps:
    if isinstance(value, dict):
        return read_steps(value, read_count)
    return ((0, int(read_count(value))),)


def _on_seat_table(value: dict[str, Any], info: ValidationInfo) -> Headcount:
    """Columns weekday, time, agents; a number holds until the day's next row."""
    if set(value) != {"from"} or not isinstance(value["from"], str):
        raise refuse("a table of agents is needed here", "write `{from: data/staff.csv}`")
    sheet = open_sheet(context_of(info), value["from"], ("weekday", "time", "agents"))
    days: list[dict[int, int]] = [{} for _ in range(7)]
    for row in sheet.rows:
        weekdays = sheet.cell(row, "weekday", parse_days)
        time = sheet.cell(row, "time", parse_time)
        agents = sheet.cell(row, "agents", read_count)
        for day in weekdays or ():
            if time in days[day]:
                sheet.fault(row, "time", "this time stands in the table already")
            days[day][time or 0] = int(agents or 0)
    sheet.trouble.settle()
    return Headcount(tuple(tuple(sorted(day.items())) for day in days))


class Proficiency(Section):
    """How well a group does a skill.

    Talk takes 1 / ``speed`` as long; the chance to resolve is multiplied by ``fcr``; ``rank`` 1
    is a main skill: taken first by the agent, and its agents are chosen first; then 2, 3...
    """

    speed: Annotated[float, BeforeValidator(
        scalar(parse_share, "90%", above=0, high=10, show=show_share)),
        WithJsonSchema({"type": "string"})] = 1.0
    fcr: Annotated[float, BeforeValidator(
        scalar(parse_share, "90%", low=0, high=10, show=show_share)),
        WithJsonSchema({"type": "string"})] = 1.0
    rank: Whole = 1


_one_figure = scalar(parse_share, "90%", above=0, high=10, show=show_share)


def _read_proficiency(value: Any) -> Any:
    """One percentage sets speed and fcr."""
    if isinstance(value, str):
        figure = _one_figure(value)
        return Proficiency(speed=figure, fcr=figure)
    return value


def _read_skills(value: Any) -> Any:
    if isinstance(value, str) and value:
        value = [value]
    if not isinstance(value, list):
        return as_table(value, "skills: {billing: 100%}` or `[billing]")
    trouble, skills = Trouble(), {}
    for index, item in enumerate(value):
        if not isinstance(item, str) or not item:
            trouble.add("a skill's name is needed here", "write `[billing, technical]`", index)
        elif item in skills:
            trouble.add(f"`{item}` is named twice", None, index)
        else:
            skills[item] = "100%"
    trouble.settle()
    return skills


def _read_scheduled(value: Any) -> Any:
    if value is None or is_none(value):
        return None
    trouble, numbers = Trouble(), {}
    for shift, item in as_table(value, "{early: 12, late: 8}").items():
        numbers[shift] = trouble.take(read_count, item, shift)
    trouble.settle()
    return numbers


def _read_handles(value: Any) -> Any:
    trouble, handles = Trouble(), {}
    for channel, item in as_table(value, "{voice: 1}").items():
        handles[channel] = trouble.take(read_count, item, channel)
        if channel == "voice" and handles[channel] not in (0, 1, None):
            trouble.add("an agent handles one call at a time", "write `voice: 1`", channel)
    trouble.settle()
    return handles


def _read_shrinkage(value: Any) -> Any:
    if value is None or is_none(value):
        return {} if is_none(value) else None
    if isinstance(value, str):
        value = {"other": value}
    trouble, kinds = Trouble(), {}
    for kind, item in as_table(value, "{absence: 6%, meetings: 5%}").items():
        if kind not in SHRINKAGE_KINDS:
            hint = nearest(kind, SHRINKAGE_KINDS) or f"kinds: {', '.join(SHRINKAGE_KINDS)}"
            trouble.add("unknown kind of shrinkage", hint, kind, key=True)
            continue
        kinds[kind] = trouble.take(read_share, item, kind)
    trouble.settle()
    if sum(share or 0 for share in kinds.values()) > 0.95:
        raise refuse("shrinkage takes more than 95% of the time", "someone must be left to work")
    return kinds


def _read_overtime(value: Any) -> Any:
    factor = read_factor(value)
    if isinstance(factor, float) and factor < 1:
        raise UnitError("overtime is paid at less than the wage", "write `125%` or `+25%`")
    return factor


def _map(*keys: str) -> WithJsonSchema:
    properties: dict[str, Any] = {key: {} for key in keys}
    return WithJsonSchema({"type": ["object", "string", "integer"], "properties": properties})


Validator = Callable[[Any], Any]


class Group(Section):
    """Agents who are alike.

    Exactly one of ``on_seat`` (ready for work; shrinkage only prices it) and ``scheduled`` (by
    shift, on the roster; absence, breaks and adherence are simulated). ``wage`` an hour,
    ``overtime`` its factor, ``on_cost`` share on top, ``licence`` a month and agent: None where
    the outcome model's default holds. ``shrinkage``: shares by kind; ``adherence``: share of
    the scheduled time in seat.
    """

    on_seat: Annotated[Headcount | None, PlainValidator(_read_on_seat), _map()] = None
    scheduled: Annotated[dict[str, int] | None, BeforeValidator(_read_scheduled), _map()] = None
    skills: Annotated[
        dict[str, Annotated[Proficiency, BeforeValidator(_read_proficiency)]],
        BeforeValidator(_read_skills), WithJsonSchema({"type": ["object", "array"]})]
    handles: Annotated[dict[str, int], BeforeValidator(_read_handles), _map("voice")] = Field(
        default_factory=lambda: {"voice": 1})
    wage: MoneyHour = None
    overtime: Annotated[float, BeforeValidator(_read_overtime),
                        WithJsonSchema({"type": ["string", "number"]})] = Field(
        default_factory=lambda: parameter("cost.overtime_factor", 1.25))
    on_cost: MaybeShare = None
    licence: MoneyMonth = None
    shrinkage: Annotated[dict[str, float], BeforeValidator(_read_shrinkage),
                         _map(*SHRINKAGE_KINDS)] = Field(default_factory=dict)
    adherence: Share = 1.0
    site: Word = "main"

    @model_validator(mode="after")
    def _usual_shrinkage(self) -> Group:
        """Where nothing is said: a price for seats, absence and adherence for rosters."""
        if "shrinkage" not in self.model_fields_set:
            usual = {"absence": parameter("ops.absence", 0.06)} if self.scheduled is not None else {
                "other": parameter("ops.shrinkage", 0.32)}
            object.__setattr__(self, "shrinkage", usual)
        if "adherence" not in self.model_fields_set and self.scheduled is not None:
            object.__setattr__(self, "adherence", parameter("ops.adherence", 0.92))
        return self


__all__ = ["FULL_DAY", "SHRINKAGE_KINDS", "Group", "Headcount", "Proficiency", "steady"]
