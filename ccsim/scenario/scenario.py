"""The whole scenario, frozen: everything parsed to seconds, shares 0..1, contacts a week, money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from ccsim.limits import MOST_REPLICATIONS
from ccsim.scenario.agents import Group, read_groups
from ccsim.scenario.arrivals import Arrivals
from ccsim.scenario.calendar import Calendar
from ccsim.scenario.channels import Channel
from ccsim.scenario.context import FIRST_MONDAY
from ccsim.scenario.customers import Segment
from ccsim.scenario.events import Event
from ccsim.scenario.fields import COUNT_SCHEMA, DATE_SCHEMA, DURATION_SCHEMA, Section, Word
from ccsim.scenario.intents import Intent
from ccsim.scenario.kinds import USUAL_KINDS, with_kinds
from ccsim.scenario.nodes import Node
from ccsim.scenario.outcomes import (
    Economics,
    Experience,
    Loyalty,
    split_economics,
    split_experience,
    split_loyalty,
)
from ccsim.scenario.proactive import Outreach
from ccsim.scenario.readers import scalar, show_seconds
from ccsim.scenario.routing import Routing
from ccsim.scenario.self_service import SelfService, with_bot_kinds
from ccsim.scenario.settling import settled
from ccsim.scenario.shifts import Shift
from ccsim.scenario.sites import Site
from ccsim.scenario.switch import read_switch, switch_schema
from ccsim.scenario.targets import Targets, split_targets
from ccsim.scenario.trouble import refuse
from ccsim.scenario.variants import Variant
from ccsim.scenario.workforce import Workforce
from ccsim.units import DAY, WEEK, parse_count, parse_date, parse_duration, parse_number

INTERVALS = (300, 600, 900, 1800, 3600)
FORMAT = 1


@dataclass(frozen=True, eq=False)
class Source:
    """Where a scenario came from: it says nothing of what the scenario is, so all are equal.

    ``tree`` is what was written, merged (extends, variant, ``--set``), before defaults are laid
    under; ``base`` the same without the variant, None where there is none; ``label`` names the
    file in messages.
    """

    path: Path | None = None
    label: str = ""
    variant: str | None = None
    sets: tuple[str, ...] = ()
    tree: Node | None = None
    base: Node | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source)

    def __hash__(self) -> int:
        return 0


def _read_format(value: Any) -> Any:
    if value not in ("1", 1):
        raise refuse("this ccsim reads format 1", "write `ccsim: 1`")
    return FORMAT


def _whole_days(value: Any) -> Any:
    seconds = _days_reader(value)
    if isinstance(seconds, int | float) and seconds % DAY:
        raise refuse(f"`{show_seconds(seconds)}` is not whole days", "write `7 days` or `1 week`")
    return float(seconds) if isinstance(seconds, int | float) else seconds


_days_reader = scalar(parse_duration, "1 week", low=0, high=104 * WEEK, show=show_seconds)


def _read_interval(value: Any) -> Any:
    seconds = scalar(parse_duration, "30min")(value)
    if seconds not in INTERVALS:
        raise refuse("intervals are 5, 10, 15, 30 or 60 minutes", "write `30min`")
    return int(seconds)


def _read_currency(value: Any) -> Any:
    if isinstance(value, str) and 0 < len(value) <= 3:
        return value
    raise refuse("a currency is needed here", "write its three letters: `EUR`")


def _name_skills(intents: dict[str, Intent]) -> dict[str, Intent]:
    """An intent that names no skill needs one of its own name."""
    if not intents:
        raise refuse("names no intent", "write `billing: {share: 100%, talk: 4min}`")
    return {
        name: intent if intent.skill else intent.model_copy(update={"skill": name})
        for name, intent in intents.items()
    }


def _no_fewer(value: dict[str, Group]) -> dict[str, Group]:
    if not value:
        raise refuse("names no group", "write `front: {on_seat: 12, skills: [billing]}`")
    return value


MaybeWorkforce = Annotated[
    Workforce | None,
    BeforeValidator(read_switch),
    switch_schema(
        attrition="30%/year",
        replace="{lead: 6 weeks}, or none",
        hiring="classes",
        training="of every hire: 3 weeks",
        cost="money a hire",
        strain="on",
    ),
]
Days = Annotated[float, BeforeValidator(_whole_days), DURATION_SCHEMA]


class Scenario(Section):
    """One centre, its customers and what is asked of it.

    Time is float seconds, 0 at local midnight of ``start``, the first counted day; warm-up is
    negative time. Weekday 0 is Monday.
    """

    ccsim: Annotated[int, BeforeValidator(_read_format), WithJsonSchema({"enum": [1, "1"]})] = FORMAT
    name: Word = "Scenario"
    start: Annotated[date, BeforeValidator(scalar(parse_date, "2026-01-05")), DATE_SCHEMA] = FIRST_MONDAY
    weeks: Annotated[int, BeforeValidator(scalar(parse_count, "4", low=1, high=520)), COUNT_SCHEMA] = 4
    warm_up: Days = WEEK
    follow_up: Days = WEEK
    interval: Annotated[
        int,
        BeforeValidator(_read_interval),
        WithJsonSchema({"enum": ["5min", "10min", "15min", "30min", "60min", "1h"]}),
    ] = 1800
    currency: Annotated[str, BeforeValidator(_read_currency), WithJsonSchema({"type": "string"})] = "EUR"
    seed: Annotated[
        int,
        BeforeValidator(scalar(lambda text: int(parse_number(text)), "1", low=0, high=2**53)),
        COUNT_SCHEMA,
    ] = 1
    replications: Annotated[
        int, BeforeValidator(scalar(parse_count, "20", low=1, high=MOST_REPLICATIONS)), COUNT_SCHEMA
    ] = 20
    calendar: Calendar = Field(default_factory=Calendar)
    customers: dict[str, Segment] = Field(default_factory=lambda: {"everyone": Segment()})
    intents: Annotated[dict[str, Intent], AfterValidator(_name_skills)]
    channels: Annotated[dict[str, Channel], BeforeValidator(with_kinds)] = Field(default_factory=dict)
    arrivals: Annotated[dict[str, Arrivals], AfterValidator(settled)]
    events: dict[str, Event] = Field(default_factory=dict)
    self_service: Annotated[dict[str, SelfService], BeforeValidator(with_bot_kinds)] = Field(
        default_factory=dict
    )
    proactive: dict[str, Outreach] = Field(default_factory=dict)
    shifts: dict[str, Shift] = Field(default_factory=dict)
    sites: dict[str, Site] = Field(default_factory=dict)
    agents: Annotated[dict[str, Group], BeforeValidator(read_groups), AfterValidator(_no_fewer)]
    workforce: MaybeWorkforce = None
    routing: Routing = Field(default_factory=Routing)
    targets: Annotated[Targets, BeforeValidator(split_targets)] = Field(default_factory=Targets)
    experience: Annotated[Experience, BeforeValidator(split_experience)] = Field(default_factory=Experience)
    loyalty: Annotated[Loyalty, BeforeValidator(split_loyalty)] = Field(default_factory=Loyalty)
    economics: Annotated[Economics, BeforeValidator(split_economics)] = Field(default_factory=Economics)
    variants: dict[str, Variant] = Field(default_factory=dict)
    source: Source = Field(default_factory=Source, exclude=True, repr=False)

    @model_validator(mode="after")
    def _channels_in_use(self) -> Scenario:
        """A channel with arrivals is there though nobody described it; voice where none is."""
        implied = [name for name in self.arrivals if name not in self.channels]
        found = {name: Channel(kind=USUAL_KINDS.get(name, "voice")) for name in implied}
        if found or not self.channels:
            object.__setattr__(self, "channels", {**self.channels, **found} or {"voice": Channel()})
        return self

    @property
    def begin(self) -> float:
        """The first simulated second (the warm-up is negative time)."""
        return -self.warm_up

    @property
    def counted_until(self) -> float:
        """The end of the counted weeks, in seconds."""
        return self.weeks * WEEK

    @property
    def end(self) -> float:
        """The last simulated second."""
        return self.counted_until + self.follow_up

    def self_service_of(self, channel: str) -> str | None:
        """The name of the self-service in front of a channel, None where there is none."""
        return next(
            (name for name, bot in self.self_service.items() if bot.enabled and channel in bot.channels), None
        )

    def mix(self, channel: str) -> dict[str, float]:
        """Shares of the intents among a channel's contacts, making 1."""
        stated = self.arrivals[channel].mix if channel in self.arrivals else None
        shares = {name: intent.share for name, intent in self.intents.items()}
        return _normalised(self.intents, stated or shares)

    def segment_shares(self, channel: str) -> dict[str, float]:
        """Shares of the segments among a channel's contacts, making 1; default by count."""
        stated = self.arrivals[channel].segments if channel in self.arrivals else None
        counts = {name: segment.count for name, segment in self.customers.items()}
        return _normalised(self.customers, stated or counts)

    def with_changes(self, changes: Mapping[str, Any]) -> Scenario:
        """A new scenario with values replaced by path, as ``--set`` does (``+2``, ``-10%``).

        Raises ScenarioError for an unknown path or a value that does not fit.
        """
        from ccsim.scenario.loading import changed

        return changed(self, changes)


def _normalised(names: Mapping[str, Any], shares: Mapping[str, float | None]) -> dict[str, float]:
    given = {name: shares.get(name) for name in names}
    total = sum(share or 0.0 for share in given.values())
    if not total:
        return {name: 1 / len(given) for name in given}
    return {name: (share or 0.0) / total for name, share in given.items()}
