"""Volumes as counted: how much of a stated volume is fresh, so that with redials and repeats it matches.

An ACD counts every call. With `counted: all` the fresh share of each interval of the week is solved
once on the base scenario, as the fixed point f = 1 / (1 + returns / fresh at f), from a few short runs;
every variant then keeps those issues, so a better first-contact resolution really lowers the load.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import CLOSED, Journal
from ccsim.centre.simulate import choose_clock, simulate
from ccsim.demand.arrivals import Fresh
from ccsim.demand.grid import DAY, WEEK, Grid
from ccsim.demand.rates import volume_by_week_slot, weekly_volume
from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

PILOT = 1_000_000  # the pilot has a replication number of its own, far from anybody's
PILOT_CONTACTS = 30_000  # about as many contacts a round, in whole weeks after one of warm-up
ROUNDS = 3
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
    volume = sum(weekly_volume(scenario, name) for name in channels)
    weeks = int(np.clip(np.ceil(PILOT_CONTACTS / max(volume, 1.0)), 1, scenario.weeks))
    pilot = scenario.model_copy(update={"weeks": weeks, "warm_up": float(WEEK), "follow_up": 0.0})
    clock = choose_clock(clock, int(ROUNDS * volume * (weeks + 1)))
    fresh = {name: _first_guess(scenario) for name in channels}
    for _ in range(ROUNDS):
        journal = simulate(pilot, PILOT, clock, fresh)
        fresh = {name: _fresh_share(pilot, name, journal) for name in channels}
    return fresh


def _first_guess(scenario: Scenario) -> Floats:
    """The share if nobody abandoned: each unsolved contact comes back with the chance to repeat."""
    again = np.mean([(1.0 - intent.fcr) * intent.repeat.chance for intent in scenario.intents.values()])
    return np.full(WEEK // scenario.interval, max(1.0 - float(again), LEAST))


def fresh_share(scenario: Scenario, channel: str, fresh: Fresh) -> float:
    """The solved share of a channel's whole volume that is fresh."""
    volume = volume_by_week_slot(scenario, Grid(scenario, channel))
    return float((fresh[channel] * volume).sum() / volume.sum())


def _fresh_share(scenario: Scenario, channel: str, journal: Journal) -> Floats:
    """One round: fresh among all, from returns per fresh contact by weekday times by interval of the day.

    A pilot is too short to know each interval of the week by itself; the product of a day's and a time's
    ratio is known well, and does not mind that a pilot's days are busier or quieter than usual.
    """
    contacts = journal.contacts
    mine = (
        journal.counted(contacts.arrived)
        & (contacts.channel == journal.names.channels.index(channel))
        & (contacts.outcome != CLOSED)
    )
    slot = _week_slot(scenario, contacts.arrived[mine])
    again = contacts.attempt[mine] > 0
    size = WEEK // scenario.interval
    first = np.bincount(slot[~again], minlength=size).reshape(7, -1)
    back = np.bincount(slot[again], minlength=size).reshape(7, -1)
    day = back.sum(axis=1) / np.maximum(first.sum(axis=1), 1)
    time = back.sum(axis=0) / np.maximum((first * day[:, None]).sum(axis=0), 1e-9)
    share: Floats = 1.0 / (1.0 + day[:, None] * np.where(first.sum(axis=0) > 0, time, 0.0))
    return np.asarray(np.maximum(share.ravel(), LEAST))


def _week_slot(scenario: Scenario, times: Floats) -> npt.NDArray[np.int64]:
    from_monday = times + scenario.start.weekday() * DAY
    slot: npt.NDArray[np.int64] = (from_monday % WEEK // scenario.interval).astype(np.int64)
    return slot
