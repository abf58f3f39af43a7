"""Volumes as counted: how much of a stated volume is fresh, so that with redials and repeats it matches.

An ACD counts every call. With `counted: all` the fresh share of each interval of the week is solved
once on the base scenario, as the fixed point f = 1 / (1 + returns / fresh at f), from a few short runs;
every variant then keeps those issues, so a better first-contact resolution really lowers the load.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import CLOSED, Journal
from ccsim.centre.simulate import simulate
from ccsim.demand.arrivals import Fresh
from ccsim.demand.grid import DAY, WEEK, Grid
from ccsim.demand.rates import volume_by_week_slot, weekly_volume
from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

PILOT = 1_000_000  # pilots have replication numbers of their own, far from anybody's
PILOT_CONTACTS = 60_000  # a round: enough for about one per cent an hour of the week
ROUNDS = 4
NEIGHBOURS = 3  # intervals on either side over which the ratio of returns is smoothed
LEAST = 0.05  # never less than this share fresh, however a centre drowns in redials


def counted_channels(scenario: Scenario) -> list[str]:
    """Channels whose volume is stated as counted, so that a fresh share has to be solved."""
    return [
        name
        for name, arrivals in scenario.arrivals.items()
        if arrivals.counted == "all"
        and arrivals.gaps is None
        and (arrivals.counts is None or arrivals.counts.mode == "rates")
    ]


def solve_volumes(scenario: Scenario, clock: str = "auto") -> Fresh:
    """Fresh share by channel and interval of the week; {} where every volume is fresh already."""
    channels = counted_channels(scenario)
    if not channels:
        return {}
    fresh: Fresh = {name: np.ones(WEEK // scenario.interval) for name in channels}
    volume = sum(weekly_volume(scenario, name) for name in channels)
    weeks = (scenario.end - scenario.begin) / WEEK
    pilots = int(np.clip(np.ceil(PILOT_CONTACTS / max(volume * weeks, 1.0)), 1, 8))
    for _ in range(ROUNDS):
        journals = [simulate(scenario, PILOT + k, clock, fresh) for k in range(pilots)]
        fresh = {name: _fresh_share(scenario, name, journals) for name in channels}
    return fresh


def fresh_share(scenario: Scenario, channel: str, fresh: Fresh) -> float:
    """The solved share of a channel's whole volume that is fresh."""
    volume = volume_by_week_slot(scenario, Grid(scenario, channel))
    return float((fresh[channel] * volume).sum() / volume.sum())


def _fresh_share(scenario: Scenario, channel: str, journals: list[Journal]) -> Floats:
    first = np.zeros(WEEK // scenario.interval)
    back = np.zeros_like(first)
    for journal in journals:
        number = journal.names.channels.index(channel)
        contacts = journal.contacts
        mine = journal.counted(contacts.arrived) & (contacts.channel == number) & (contacts.outcome != CLOSED)
        slot = _week_slot(scenario, contacts.arrived[mine])
        again = contacts.attempt[mine] > 0
        first += np.bincount(slot[~again], minlength=len(first))
        back += np.bincount(slot[again], minlength=len(back))
    ratio = _smooth(scenario, back) / np.maximum(_smooth(scenario, first), 1e-9)
    share: Floats = np.where(_smooth(scenario, first) > 0, 1.0 / (1.0 + ratio), 1.0)
    return np.maximum(share, LEAST)


def _week_slot(scenario: Scenario, times: Floats) -> npt.NDArray[np.int64]:
    from_monday = times + scenario.start.weekday() * DAY
    slot: npt.NDArray[np.int64] = (from_monday % WEEK // scenario.interval).astype(np.int64)
    return slot


def _smooth(scenario: Scenario, counts: Floats) -> Floats:
    """Running sums within each day over an interval and its neighbours."""
    days = counts.reshape(7, -1)
    kernel = np.ones(2 * NEIGHBOURS + 1)
    return np.concatenate([np.convolve(day, kernel, "same") for day in days])
