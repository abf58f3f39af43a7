"""Volumes as counted: how much of a stated volume is fresh, so that with all that returns it matches.

A system that counts contacts counts every one that reaches its channel: redials, repeats, those who come
back after a bot that only seemed to help or from another channel, and those that self-service contains.
With `counted: all` the fresh share of each interval of the week is solved once on the base scenario, for
all channels together, from a few short runs. On its own channel a fresh contact brings returns in
proportion (g); from other channels as many come as their own fresh contacts bring (h), so that

    volume = fresh · (1 + g) + Σ other channels' fresh · h

Every variant then keeps those issues, so a better first-contact resolution really lowers the load.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ccsim.centre.simulate import choose_clock, simulate
from ccsim.demand.arrivals import Fresh
from ccsim.demand.cells import cells_of
from ccsim.demand.grid import WEEK, Grid
from ccsim.demand.outreach import left_over
from ccsim.demand.rates import Expected, volume_by_week_slot, weekly_volume
from ccsim.experiments.returning import Floats, Returns, returns_of
from ccsim.scenario import Scenario

PILOT = 1_000_000  # the pilot has a replication number of its own, far from anybody's
PILOT_CONTACTS = 30_000  # about as many contacts a round, in whole weeks after one of warm-up
PILOT_WEEKS = 4  # in the last round at least so many, however many contacts: busy weeks and quiet ones
ROUNDS = 3
LEAST = 0.05  # never less than this share fresh, however a centre drowns in redials
SETTLED = 1e-10


def counted_channels(scenario: Scenario) -> list[str]:
    """Channels whose volume is stated as counted, so that a fresh share has to be solved."""
    return [
        name
        for name, arrivals in scenario.arrivals.items()
        if arrivals.counted == "all" and arrivals.gaps is None and not arrivals.replayed
    ]


def solve_volumes(scenario: Scenario, clock: str = "auto") -> Fresh:
    """Fresh share by channel and interval of the week; {} where every volume is fresh already."""
    channels = counted_channels(scenario)
    if not channels:
        return {}
    volumes = {name: _coming_first(scenario, name, name in channels) for name in scenario.arrivals}
    weeks = _pilot_weeks(scenario, sum(float(volumes[name].sum()) for name in channels))
    length = sum(w + 1 for w in weeks) * sum(float(volume.sum()) for volume in volumes.values())
    clock = choose_clock(clock, int(length))
    reach = {name: _reaching(scenario, name) for name in channels}
    fresh = {name: _first_guess(scenario) / reach[name] for name in channels}
    for counted in weeks:
        pilot = _pilot(scenario, counted)
        found = returns_of(pilot, simulate(pilot, PILOT, clock, fresh))
        shares = fresh_shares(found, volumes, channels)
        fresh = {name: share / reach[name] for name, share in shares.items()}
    return fresh


def _pilot_weeks(scenario: Scenario, volume: float) -> list[int]:
    """Counted weeks of each round's pilot: as many as give enough contacts, in the last enough weeks too."""
    weeks = int(np.clip(np.ceil(PILOT_CONTACTS / max(volume, 1.0)), 1, scenario.weeks))
    return [*[weeks] * (ROUNDS - 1), max(weeks, min(PILOT_WEEKS, scenario.weeks))]


def _pilot(scenario: Scenario, weeks: int) -> Scenario:
    """A short run of an ordinary time: no backlog, no error of the forecast."""
    channels = {n: body.model_copy(update={"initial_backlog": 0}) for n, body in scenario.channels.items()}
    arrivals = {n: own.model_copy(update={"forecast_error": 0.0}) for n, own in scenario.arrivals.items()}
    short = {"weeks": weeks, "warm_up": float(WEEK), "follow_up": 0.0}
    return scenario.model_copy(update={**short, "channels": channels, "arrivals": arrivals})


def _coming_first(scenario: Scenario, channel: str, counted: bool) -> Floats:
    """The stated volume by interval of the week; where it is fresh altogether, what outreach leaves of it."""
    slots = WEEK // scenario.interval
    if scenario.arrivals[channel].gaps is not None:
        return np.full(slots, weekly_volume(scenario, channel) / slots)
    volume = volume_by_week_slot(scenario, Grid(scenario, channel))
    return volume if counted else volume * _reaching(scenario, channel)


def _reaching(scenario: Scenario, channel: str) -> float:
    """The share of a channel's issues that outreach leaves: more must be born for as many to come."""
    if not scenario.proactive:
        return 1.0
    expected = Expected(scenario)
    born = {cell: float(expected.rates(cell).sum()) for cell in cells_of(scenario, channel)}
    left = sum(n * left_over(scenario, cell) for cell, n in born.items())
    return max(left / max(sum(born.values()), 1e-9), LEAST)


def _first_guess(scenario: Scenario) -> Floats:
    """The share if nobody abandoned: each unsolved contact comes back with the chance to repeat."""
    again = np.mean([(1.0 - intent.fcr) * intent.repeat.chance for intent in scenario.intents.values()])
    return np.full(WEEK // scenario.interval, max(1.0 - float(again), LEAST))


def fresh_share(scenario: Scenario, channel: str, fresh: Fresh) -> float:
    """The solved share of a channel's whole volume that is fresh, outreach having done its work."""
    volume = volume_by_week_slot(scenario, Grid(scenario, channel))
    return float((fresh[channel] * volume).sum() / volume.sum()) * _reaching(scenario, channel)


def fresh_shares(found: Returns, volumes: Mapping[str, Floats], counted: list[str]) -> Fresh:
    """Shares that make fresh and returning contacts together the volumes, if returns go on as found.

    volumes: contacts by interval of the week, of every channel with arrivals, all of them fresh where
    they are not `counted`. Channels that feed each other are solved in turn until none moves.
    """
    links = {name: _Links.of(found, name, volumes) for name in counted}
    fresh: Fresh = {name: np.ones(len(volumes[name])) for name in counted}
    totals = {name: float(volume.sum()) for name, volume in volumes.items()}
    for _ in range(200):
        before = dict(totals)
        for name in counted:
            fresh[name] = links[name].share(volumes[name], totals)
            totals[name] = float((fresh[name] * volumes[name]).sum())
        if all(abs(totals[name] - before[name]) <= SETTLED * before[name] for name in counted):
            break
    return fresh


@dataclass(frozen=True, eq=False)
class _Links:
    """What comes to one channel for each fresh contact: of its own by interval, of the others' likewise."""

    many: Floats
    elsewhen: float
    others: dict[str, Floats]

    @classmethod
    def of(cls, found: Returns, channel: str, volumes: Mapping[str, Floats]) -> _Links:
        at = found.channels.index(channel)
        others = {
            other: found.from_others(at, k)
            for k, other in enumerate(found.channels)
            if other != channel and other in volumes
        }
        return cls(1.0 + found.own_ratio(at), found.own_elsewhen(at), others)

    def share(self, volume: Floats, totals: Mapping[str, float]) -> Floats:
        """Fresh among all in each interval; over the week right too, as far as the least share lets it."""
        coming = sum((totals[name] * each for name, each in self.others.items()), np.zeros(len(volume)))
        room = 1.0 - coming / np.where(volume > 0.0, volume, np.inf) if coming.any() else 1.0
        share = np.maximum(room / self.many, LEAST)
        own = float((share * volume * (self.many + self.elsewhen)).sum())
        over = own + float(coming.sum()) - float(volume.sum())
        if over > 1e-6 * own > 0.0:  # some come where there is no volume to make room in: other intervals do
            share = np.maximum(share * max(own - over, 0.0) / own, LEAST)
        return np.asarray(share)
