"""The section ``channels``: how people reach the centre, live or deferred."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ccsim.distributions import Never
from ccsim.scenario.announce import Announce
from ccsim.scenario.callback import Callback
from ccsim.scenario.durations import Delay, Patience, memoryless
from ccsim.scenario.fields import (
    NUMBER_SCHEMA,
    Count,
    Duration,
    Factor,
    Flag,
    MaybeCount,
    MaybeDuration,
    MaybeWhole,
    Section,
    Share,
)
from ccsim.scenario.intents import parameter
from ccsim.scenario.kinds import KINDS, LIVE, Kind
from ccsim.scenario.messages import Messages
from ccsim.scenario.pace import Pace, Slowdown, pace_of
from ccsim.scenario.readers import choice, is_none, scalar
from ccsim.scenario.shares import Shares
from ccsim.scenario.trouble import Trouble
from ccsim.scenario.waiting import MaybeRedial, MaybeTarget, Redial, usual_patience
from ccsim.units import MINUTE, parse_number

USUAL_THINK = 10 * MINUTE
_ONLY_ON: tuple[tuple[str, tuple[Kind, ...], str], ...] = (
    ("callback", ("voice",), "only a telephone can ring back"),
    ("announce", LIVE, "nobody waits on the line here, so no wait is announced"),
    ("messages", LIVE, "this channel has no closed doors: whoever writes has left a message"),
    ("turns", ("messaging",), "only messaging goes to and fro"),
    ("think", ("messaging",), "only messaging goes to and fro"),
    ("silent", ("chat",), "only chats are left without a sign"),
    ("drops", ("voice", "chat", "messaging"), "nobody is there to leave in mid-session"),
    ("initial_backlog", ("messaging", "deferred"), "nothing waits overnight on a live channel"),
)


def _maybe(value: Any) -> Any:
    return None if is_none(value) else value


class Channel(Section):
    """A way to reach the centre, of one ``kind``: voice, chat, messaging or deferred.

    ``lines`` are trunks (None: as many as needed), ``queue_limit`` how many may wait in all;
    who gives up before ``short_abandon`` seconds counts apart; ``talk`` multiplies talk times;
    ``tries_later``: chance that who comes while closed comes again at the next opening;
    ``renew_patience``: a transferred customer waits with new patience; ``redial`` None: nobody
    tries again. ``switches``: shares of those coming back who take another channel.

    Several in hand: ``pace`` is the speed of each by number in hand, else it follows
    ``slowdown`` (see `pace_at`). ``drops``: chance that a customer leaves in mid-session.
    ``silent``: share of those giving up a chat who stay in the queue without being there, each
    costing an agent ``silent_time``. Messaging takes ``turns`` answers on average (geometric),
    with ``think`` before the customer's next.

    Deferred work: ``initial_backlog`` issues wait at the beginning; each is ``due`` so many
    seconds after arrival; ``interruptible`` work is laid aside for a live contact.
    """

    kind: Annotated[Kind, BeforeValidator(choice(KINDS))] = "voice"
    target: MaybeTarget = None
    patience: Patience = Field(default_factory=usual_patience)
    lines: MaybeWhole = None
    queue_limit: MaybeCount = None
    short_abandon: Duration = 5.0
    redial: MaybeRedial = Field(default_factory=Redial)
    talk: Factor = 1.0
    tries_later: Share = 0.0
    renew_patience: Flag = True
    pace: Pace = None
    slowdown: Slowdown = Field(default_factory=lambda: parameter("ops.chat_slowdown", 0.18))
    drops: Share = 0.0
    silent: Share = 0.0
    silent_time: Duration = 60.0
    turns: Annotated[float, BeforeValidator(scalar(parse_number, "4", low=1, high=1000)), NUMBER_SCHEMA] = 4.0
    think: Delay = Field(default_factory=lambda: memoryless(USUAL_THINK))
    initial_backlog: Count = 0
    due: MaybeDuration = None
    interruptible: Flag = False
    callback: Annotated[Callback | None, BeforeValidator(_maybe)] = None
    announce: Annotated[Announce | None, BeforeValidator(_maybe)] = None
    messages: Annotated[Messages | None, BeforeValidator(_maybe)] = None
    switches: Shares = Field(default_factory=dict)

    @property
    def live(self) -> bool:
        """Whether the customer waits on the line: voice and chat."""
        return self.kind in LIVE

    @property
    def deferred(self) -> bool:
        """Whether work stays in the queue when the doors close: e-mail, tickets, messaging."""
        return not self.live

    def pace_at(self, load: int) -> float:
        """Speed of each contact while its agent has ``load`` in hand; 1 for one alone."""
        return pace_of(self.pace, self.slowdown, load)

    @model_validator(mode="after")
    def _usual_of_kind(self) -> Channel:
        """What nobody said is as usual for this kind of channel."""
        usual: dict[str, Any] = {"due": self.target.within if self.target else None}
        if self.kind == "chat":
            usual["patience"] = usual_patience("chat")
        elif not self.live:
            usual |= {"patience": Never(), "redial": None, "interruptible": self.kind == "deferred"}
        for name, value in usual.items():
            if name not in self.model_fields_set:
                object.__setattr__(self, name, value)
        return self

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Channel:
        trouble = Trouble()
        for name, kinds, why in _ONLY_ON:
            stated = name in self.model_fields_set and bool(getattr(self, name))
            if stated and self.kind not in kinds:
                trouble.add(f"does not suit a {self.kind} channel", why, name, key=True)
        trouble.settle()
        return self
