"""The section ``routing``: who is served first, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.scenario.fields import Flag, Names, Section, Share, Whole
from ccsim.scenario.overflow import Overflow, read_ladder
from ccsim.scenario.readers import (
    choice,
    is_none,
    read_count,
    read_duration,
    read_whole,
    scalar,
)
from ccsim.scenario.trouble import Trouble, as_table
from ccsim.units import parse_number

AgentRule = Literal[
    "longest_idle",
    "most_skilled_for_intent",
    "least_skilled_first",
    "most_proficient",
    "least_occupied",
    "cheapest",
    "load_aware",
    "strain_aware",
]
AGENT_RULES: tuple[AgentRule, ...] = get_args(AgentRule)
ContactRule = Literal["longest_wait", "points", "due", "value"]
CONTACT_RULES: tuple[ContactRule, ...] = get_args(ContactRule)
PLACEMENTS = ("least_loaded", "most_loaded")
SITE_RULES = ("shared", "expected_wait")


class Reserve(Section):
    """The last ``keep`` idle agents of a group serve only these ``skills``."""

    keep: Whole
    skills: Names


def _by_name(read: Callable[[Any], Any], example: str) -> BeforeValidator:
    """A reader of one number for each name."""

    def mapping(value: Any) -> Any:
        if is_none(value):
            return {}
        trouble, numbers = Trouble(), {}
        for name, item in as_table(value, example).items():
            numbers[name] = trouble.take(read, item, name)
        trouble.settle()
        return numbers

    return BeforeValidator(mapping)


_MAP = WithJsonSchema({"type": ["object", "string"]})
_points = scalar(parse_number, "10", low=-1e6, high=1e6)
_points_a_minute = scalar(parse_number, "0.5", low=0, high=1e6)


class Points(Section):
    """What a waiting contact scores: ``start`` on arrival and ``a_minute`` of waiting.

    By name of a channel, intent, skill or segment; several apply to a contact: they add up. A
    contact that no name of ``a_minute`` applies to gains 1 point a minute. The highest is served.
    """

    start: Annotated[dict[str, float], _by_name(_points, "{complaint: 10}"), _MAP] = Field(
        default_factory=dict
    )
    a_minute: Annotated[dict[str, float], _by_name(_points_a_minute, "{members: 2}"), _MAP] = Field(
        default_factory=dict
    )

    def of(self, names: Iterable[str]) -> tuple[float, float]:
        """Points on arrival and points a minute of a contact that all these names apply to."""
        known = tuple(dict.fromkeys(names))
        rates = [self.a_minute[name] for name in known if name in self.a_minute]
        return sum(self.start.get(name, 0.0) for name in known), sum(rates) if rates else 1.0


class Routing(Section):
    """The rules of routing.

    ``priority`` by name of a channel, intent, skill or segment: 1 is served first, 1 is the
    default; where several names apply to a contact the smallest number counts.
    ``wait_credit``: seconds that a contact is taken to have waited on arrival, by the same names
    (also written ``members_ahead_by: 60s``); several apply: the largest counts.

    ``agent``: who takes an arriving contact; ``placement``: of agents with room for more, those
    with least or most in hand first; ``same_agent``: whoever dealt with the issue before is
    preferred; ``across_sites``: one queue for all sites, or one for each with a contact going
    where its expected wait is least.

    ``contact``: whom an agent takes among those waiting: by ``longest_wait``, ``points``, ``due``
    date or ``value`` of the customer; in all cases after priority. ``overflow``: the ladder, in
    order. ``reserved`` by group. ``blending`` by channel: its work is started only while more
    than so many of the crew stay idle. ``history``: share of returning contacts whose story is at
    hand, so that nothing is told again.
    """

    priority: Annotated[dict[str, int], _by_name(read_whole, "{complaint: 1, billing: 2}"), _MAP] = Field(
        default_factory=dict
    )
    wait_credit: Annotated[dict[str, float], _by_name(read_duration, "{members: 60s}"), _MAP] = Field(
        default_factory=dict
    )
    agent: Annotated[AgentRule, BeforeValidator(choice(AGENT_RULES))] = "longest_idle"
    contact: Annotated[ContactRule, BeforeValidator(choice(CONTACT_RULES))] = "longest_wait"
    points: Points = Field(default_factory=Points)
    placement: Annotated[Literal["least_loaded", "most_loaded"], BeforeValidator(choice(PLACEMENTS))] = (
        "least_loaded"
    )
    same_agent: Flag = False
    across_sites: Annotated[Literal["shared", "expected_wait"], BeforeValidator(choice(SITE_RULES))] = (
        "shared"
    )
    overflow: Annotated[
        tuple[Overflow, ...],
        BeforeValidator(read_ladder),
        WithJsonSchema({"type": ["object", "array", "string"]}),
    ] = ()
    reserved: dict[str, Reserve] = Field(default_factory=dict)
    blending: Annotated[dict[str, int], _by_name(read_count, "{email: 2}"), _MAP] = Field(
        default_factory=dict
    )
    history: Share = 0.0
