"""Which figures of a run are headlines: by channel, of self-service and of agents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccsim.experiments.labels import band_of
from ccsim.results import deferred
from ccsim.results.automation import SELF_SERVICE
from ccsim.results.grid import within_of
from ccsim.results.measures import MEASURES
from ccsim.scenario.terms import workforce_of

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario

LIVE = (
    "offered", "service_level", "days_on_target", "intervals_on_target", "abandonment", "asa",
    "wait_p95",
)  # fmt: skip
DEFERRED = (
    "offered", "service_level", "days_on_target", "first_response", "first_response_p95", "backlog_day_end",
    "backlog_age",
)  # fmt: skip
SEVERAL = ("load_per_agent", "capacity_in_use")  # shown where agents have several in hand
SESSIONS = ("sessions", "containment", "bot_resolution", "bounce_back", "context_kept")
OUTREACH = ("prevented", "reached")
# Shown where there are any.
ON_LIVE = (
    "blocked", "balked", "silent", "dropped", "callbacks", "callback_delay", "transfer_rate",
    "escalation_rate", "closed", "messages",
)  # fmt: skip
ON_DEFERRED = ("transfer_rate", "escalation_rate", "turns", "interruptions")
ON_BOTS = ("asked_for_person", "self_service_quit")
ELSEWHERE = ("fcr", "fcr_observed", "switched_issues", "cost_per_contact", "cost_per_resolution")
OF_BOTS = tuple(measure.name for measure in SELF_SERVICE)
OF_DEFERRED = (*(measure.name for measure in deferred.DEFERRED), "aht", "talk", "hold", "wrap_up")
NO_BAD_DAY = (
    "offered", "closed", "messages", "days_on_target", "intervals_on_target", "aht", "turns",
    "callback_delay",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Block:
    """Figures that stand together: a section, and the channel or self-service it is of.

    frame: holds them. usual: always shown; some: where they are above 0; asked: by a target. alone:
    the only channel, whose block is that of the whole centre.
    """

    section: str
    part: str
    frame: pd.DataFrame
    usual: tuple[str, ...]
    some: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    alone: bool = False

    def measures(self, found: Mapping[Any, Mapping[Any, Any]]) -> list[str]:
        """The measures shown, given the figures of the block."""
        some = [name for name in self.some if found[name]["value"] > 0]
        return list(dict.fromkeys([*self.usual, *some, *self.asked]))


def blocks(run: Run) -> Iterator[Block]:
    """Service by channel, self-service, outreach, agents; one block where one channel is all there is."""
    channels = channels_of(run)
    if len(channels) == 1 and not run.scenario.self_service:
        yield _only(run, channels[0])
        return
    for channel in channels:
        yield _channel(run, channel)
    yield from _self_service(run)
    if run.scenario.proactive:
        yield Block("outreach", "", run.measures(), OUTREACH)
    asked = tuple(name for name in _asked(run.scenario) if "channel" not in MEASURES[name].slices)
    yield Block("agents", "", run.measures(), _hands(run.scenario), (), asked)


def channels_of(run: Run) -> list[str]:
    """The channels on which anybody came, in the scenario's order; those with arrivals in any case."""
    seen = sum(tally.by_channel_day["offered"].sum(axis=1) for tally in run.tallies)
    names = run.tallies[0].names.channels
    return [name for name, count in zip(names, seen, strict=True) if count or name in run.scenario.arrivals]


def _only(run: Run, channel: str) -> Block:
    """The one block of a centre with one channel: service and agents together."""
    usual, some = _usual(run.scenario, channel)
    usual = (*usual, *_hands(run.scenario), "aht")
    return Block("service", channel, run.measures(), usual, some, _asked(run.scenario), alone=True)


def _channel(run: Run, channel: str) -> Block:
    usual, some = _usual(run.scenario, channel)
    asked = [name for name in _asked(run.scenario) if "channel" in MEASURES[name].slices]
    if run.scenario.channels[channel].live:
        asked = [name for name in asked if name not in OF_BOTS and name not in OF_DEFERRED[:-4]]
    else:
        asked = [name for name in asked if name in OF_DEFERRED]
    return Block("service", channel, run.measures(channel=channel), (*usual, "aht"), some, tuple(asked))


def _usual(scenario: Scenario, channel: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The usual measures of a channel, and those shown where there are any."""
    rules = scenario.channels[channel]
    usual: tuple[str, ...] = LIVE if rules.live else DEFERRED
    some = ON_LIVE if rules.live else ON_DEFERRED
    if not rules.live and rules.due is not None and rules.due != within_of(rules):
        usual = (*usual, "due_hit_rate")
    if band_of(scenario, "service_level", channel) is None:
        usual = tuple(name for name in usual if name not in ("days_on_target", "intervals_on_target"))
    return usual, some


def _hands(scenario: Scenario) -> tuple[str, ...]:
    several = any(max(group.handles.values(), default=1) > 1 for group in scenario.agents.values())
    strained = any(workforce_of(scenario, name).strain is not None for name in scenario.agents)
    return ("occupancy", *(SEVERAL if several else ()), *(("strain",) if strained else ()))


def _asked(scenario: Scenario) -> tuple[str, ...]:
    """Measures for which the user or a preset set a target, and that stand in no other section."""
    return tuple(n for n in scenario.targets.bands if n in MEASURES and n not in ELSEWHERE)


def _self_service(run: Run) -> Iterator[Block]:
    """A block for each self-service in use."""
    frame = run.measures("self_service")
    asked = tuple(name for name in _asked(run.scenario) if name in OF_BOTS)
    for name in run.tallies[0].names.bots:
        mine = frame[frame["self_service"] == name]
        yield Block("self_service", name, mine, SESSIONS, ON_BOTS, asked)
