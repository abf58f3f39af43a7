"""The section ``agents``: groups, their numbers, skills, wage and shrinkage."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from ccsim.scenario.fields import MaybeShare, MoneyHour, MoneyMonth, Section, Share, Word
from ccsim.scenario.headcount import Headcount, read_on_seat
from ccsim.scenario.intents import parameter
from ccsim.scenario.readers import is_none, read_count, read_factor, read_share
from ccsim.scenario.skills import Proficiency, read_proficiency, read_skills
from ccsim.scenario.trouble import Trouble, as_table, nearest, refuse
from ccsim.units import UnitError

SHRINKAGE_KINDS = ("absence", "leave", "meetings", "training", "coaching", "breaks", "other")


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


class Group(Section):
    """Agents who are alike.

    Exactly one of ``on_seat`` (ready for work; shrinkage only prices it) and ``scheduled`` (by
    shift, on the roster; absence, breaks and adherence are simulated). ``wage`` an hour,
    ``overtime`` its factor, ``on_cost`` share on top, ``licence`` a month and agent: None where
    the outcome model's default holds. ``shrinkage``: shares by kind; ``adherence``: share of
    the scheduled time in seat.
    """

    on_seat: Annotated[Headcount | None, PlainValidator(read_on_seat), _map()] = None
    scheduled: Annotated[dict[str, int] | None, BeforeValidator(_read_scheduled), _map()] = None
    skills: Annotated[
        dict[str, Annotated[Proficiency, BeforeValidator(read_proficiency)]],
        BeforeValidator(read_skills), WithJsonSchema({"type": ["object", "array"]})]
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


__all__ = ["SHRINKAGE_KINDS", "Group", "Headcount", "Proficiency"]
