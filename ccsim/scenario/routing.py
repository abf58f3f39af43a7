"""The section ``routing``: who is served first, and by whom."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.scenario.fields import Duration, MaybeNames, Names, Section, Whole
from ccsim.scenario.readers import choice, is_none, read_duration, read_whole
from ccsim.scenario.trouble import Trouble, as_table

AGENT_RULES = ("longest_idle", "most_skilled_for_intent", "least_skilled_first")


class Overflow(Section):
    """Groups ``to`` are second choice for a waiting contact until it has waited ``after`` s.

    Only where a group outside ``to`` has the skill too: for skills that only they have, they are
    first choice. ``skills`` None: for every skill.
    """

    after: Duration
    to: Names
    skills: MaybeNames = None


class Reserve(Section):
    """The last ``keep`` idle agents of a group serve only these ``skills``."""

    keep: Whole
    skills: Names


def _read_priority(value: Any) -> Any:
    trouble, numbers = Trouble(), {}
    for name, item in as_table(value, "{complaint: 1, billing: 2}").items():
        numbers[name] = trouble.take(read_whole, item, name)
    trouble.settle()
    return numbers


def _read_credit(value: Any) -> Any:
    trouble, credit = Trouble(), {}
    for name, item in as_table(value, "{members: 60s}").items():
        credit[name] = trouble.take(read_duration, item, name)
    trouble.settle()
    return credit


def _read_ladder(value: Any) -> Any:
    if is_none(value):
        return ()
    return (value,) if isinstance(value, dict) else value


_MAP = WithJsonSchema({"type": "object"})


class Routing(Section):
    """The rules of routing.

    ``priority`` by name of a channel, intent, skill or segment: 1 is served first, 1 is the
    default; where several names apply to a contact the smallest number counts.
    ``wait_credit``: seconds that a contact is taken to have waited on arrival, by the same names
    (also written ``members_ahead_by: 60s``); several apply: the largest counts. ``agent``: who
    takes an arriving contact. ``overflow``: the ladder, in order. ``reserved`` by group.
    """

    priority: Annotated[dict[str, int], BeforeValidator(_read_priority), _MAP] = Field(
        default_factory=dict)
    wait_credit: Annotated[dict[str, float], BeforeValidator(_read_credit), _MAP] = Field(
        default_factory=dict)
    agent: Annotated[
        Literal["longest_idle", "most_skilled_for_intent", "least_skilled_first"],
        BeforeValidator(choice(AGENT_RULES))] = "longest_idle"
    overflow: Annotated[tuple[Overflow, ...], BeforeValidator(_read_ladder),
                        WithJsonSchema({"type": ["object", "array"]})] = ()
    reserved: dict[str, Reserve] = Field(default_factory=dict)
