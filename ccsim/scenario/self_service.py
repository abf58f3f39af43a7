"""The section ``self_service``: bots, telephone menus and pages that answer before people do."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from ccsim.scenario.durations import Delay, SessionTime, session_of
from ccsim.scenario.fields import Duration, Flag, MaybeWhole, Section, Share, SomeNames
from ccsim.scenario.intents import parameter, usual_return
from ccsim.scenario.outages import Outages
from ccsim.scenario.periods import read_gain_week
from ccsim.scenario.readers import (
    choice,
    is_none,
    optional,
    parse_ratio,
    read_money,
    scalar,
    show_share,
)
from ccsim.scenario.shares import OTHERS, Shares, SharesEach
from ccsim.scenario.trouble import Trouble, as_list, refuse

BotKind = Literal["bot", "ivr", "knowledge_base"]
BOT_KINDS: tuple[BotKind, ...] = ("bot", "ivr", "knowledge_base")
USUAL_SESSION = 90.0
_TELLTALES: tuple[tuple[str, BotKind], ...] = (
    ("ivr", "ivr"),
    ("menu", "ivr"),
    ("knowledge", "knowledge_base"),
    ("help", "knowledge_base"),
    ("faq", "knowledge_base"),
    ("portal", "knowledge_base"),
)


def kind_of(name: str) -> BotKind:
    """What a self-service is by its name: a bot unless it sounds like something else."""
    return next((kind for part, kind in _TELLTALES if part in name.lower()), "bot")


def with_bot_kinds(value: Any) -> Any:
    """The section ``self_service`` with every kind filled in that nobody said."""
    if not isinstance(value, dict):
        return value
    return {
        name: {"kind": kind_of(name), **item} if isinstance(item, dict) else item
        for name, item in value.items()
    }


class Handover(Section):
    """What passes to people: ``context`` is the share of contacts that need not tell their
    story again; that ``saves`` so many seconds of talk."""

    context: Share = 0.5
    saves: Duration = Field(default_factory=lambda: parameter("handover.context_saves", 45.0))


class Cost(NamedTuple):
    """Money for each session and for each contained one (as sellers count resolutions)."""

    session: float = 0.0
    resolution: float = 0.0


def _read_cost(value: Any) -> Any:
    """``0.12/session``, ``0.99/resolution``, or both in a list."""
    if isinstance(value, Cost) or value is None:
        return value
    if is_none(value):
        return Cost()
    trouble, found = Trouble(), {}
    for index, item in enumerate(as_list(value)):
        at = (index,) if isinstance(value, list) else ()
        amount, _, per = (part.strip() for part in str(item).partition("/"))
        if not isinstance(item, str) or per not in Cost._fields or per in found:
            trouble.add(
                "a price a session or a resolution is needed here",
                "write `0.12/session` or `0.99/resolution`",
                *at,
            )
        else:
            found[per] = trouble.take(read_money, amount, *at) or 0.0
    trouble.settle()
    return Cost(**found)


def _maybe_handover(value: Any) -> Any:
    if is_none(value):
        return {"context": "0"}
    return {"context": value} if isinstance(value, str) else value


class SelfService(Section):
    """Answers without people, before the queue of its ``channels``.

    ``enters`` is the share of contacts that come by it, for a ``session`` of so many seconds.
    ``contains``: by intent, the share that leaves as if served; of these ``false_containment``
    is not: ``comes_back`` of them return ``after`` a while, on other channels by ``returns_on``.
    Of the rest the share ``gives_up`` leaves unserved and the share ``asks`` demands a person,
    both at a uniform moment; all others are passed on at the end of the session (``handover``).
    ``complexity``: how far containment follows the issue's difficulty (None: the intent's own
    figure).

    ``capacity`` sessions at once and ``outages`` (spans, s): more go straight to people. ``cost``
    a session and a contained one. ``improves``: share of what is not yet contained that is
    gained each week.
    """

    kind: Annotated[BotKind, BeforeValidator(choice(BOT_KINDS))] = "bot"
    enabled: Flag = True
    channels: SomeNames
    enters: Share = 1.0
    session: SessionTime = Field(default_factory=lambda: session_of(USUAL_SESSION))
    contains: SharesEach = Field(default_factory=lambda: {OTHERS: parameter("bot.containment_simple", 0.55)})
    false_containment: Share = Field(default_factory=lambda: parameter("bot.false_containment", 0.2))
    comes_back: Share = Field(default_factory=lambda: parameter("bot.comes_back", 0.7))
    after: Delay = Field(default_factory=usual_return)
    returns_on: Shares = Field(default_factory=dict)
    asks: Share = 0.0
    gives_up: Share = 0.0
    complexity: Annotated[
        float | None,
        BeforeValidator(optional(scalar(parse_ratio, "0.5", low=0, high=0.9))),
        WithJsonSchema({"type": ["number", "string"]}),
    ] = None
    handover: Annotated[
        Handover,
        BeforeValidator(_maybe_handover),
        WithJsonSchema({"type": ["object", "string"], "description": "{context: 80%, saves: 45s}"}),
    ] = Field(default_factory=Handover)
    capacity: MaybeWhole = None
    outages: Outages = ()
    cost: Annotated[
        Cost,
        PlainValidator(_read_cost),
        WithJsonSchema({"type": ["string", "array"], "description": "0.12/session or 0.99/resolution"}),
    ] = Cost()
    improves: Annotated[
        float,
        BeforeValidator(read_gain_week),
        WithJsonSchema({"type": "string", "description": "a share a week: 2%/week"}),
    ] = 0.0

    @model_validator(mode="after")
    def _shares_of_the_rest(self) -> SelfService:
        total = self.asks + self.gives_up
        if total > 1.0:
            raise refuse(
                f"with `gives_up` makes {show_share(round(total, 6))} of those not contained, more than 100%",
                "lower one of them",
                "asks",
            )
        return self

    @model_validator(mode="after")
    def _usual_cost(self) -> SelfService:
        """A bot of which nobody said the price costs as the published lists say."""
        if "cost" not in self.model_fields_set and self.kind == "bot":
            usual = Cost(resolution=parameter("bot.cost_per_resolution", 0.99))
            object.__setattr__(self, "cost", usual)
        return self

    @property
    def cost_session(self) -> float:
        """Money for each session."""
        return self.cost.session

    @property
    def cost_resolution(self) -> float:
        """Money for each contained session."""
        return self.cost.resolution

    def containment(self, intent: str, week: float = 0.0) -> float:
        """The share of an intent's sessions that is contained, so many weeks from the start.

        p_w = 1 - (1 - p)(1 - g)^w with the weekly gain g; before the start it is p. What it does
        not contain at all it does not learn.
        """
        first: float = self.contains.get(intent, self.contains.get(OTHERS, 0.0))
        if first == 0.0 or self.improves == 0.0:
            return first
        return 1.0 - (1.0 - first) * float((1.0 - self.improves) ** max(week, 0.0))
