"""Volumes as counted: with redials and repeats the stated volume comes out, interval by interval."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.demand.grid import Grid
from ccsim.demand.rates import volume_by_week_slot
from ccsim.experiments.replicate import replicate
from ccsim.experiments.volumes import counted_channels, fresh_share, solve_volumes
from ccsim.scenario import loads

CENTRE = """
ccsim: 1
name: Counted
weeks: 2
calendar: {hours: {mon-fri: 08:00-16:00}}
customers: {everyone: {count: 20000}}
intents: {billing: {talk: 4min, fcr: 70%}}
channels: {voice: {patience: 2min}}
arrivals:
  voice: {contacts: 4000/week, profile: two_peaks, busyness: none, counted: COUNTED}
agents: {front: {on_seat: 9, skills: [billing]}}
"""


@pytest.fixture(scope="module")
def scenario():
    return loads(CENTRE.replace("COUNTED", "all"))


def test_first_contacts_need_no_solving():
    assert solve_volumes(loads(CENTRE.replace("COUNTED", "first"))) == {}
    assert counted_channels(loads(CENTRE.replace("COUNTED", "first"))) == []


def test_stated_volume_comes_out(scenario):
    fresh = solve_volumes(scenario, "simpy")
    assert 0.5 < fresh_share(scenario, "voice", fresh) < 0.9
    tallies = replicate(scenario, 8, jobs=1, clock="simpy", fresh=fresh)
    offered = np.array([tally.by_interval["offered"] for tally in tallies]) / scenario.weeks
    stated = volume_by_week_slot(scenario, Grid(scenario, "voice"))
    total = offered.sum(axis=1)
    assert total.mean() == pytest.approx(stated.sum(), rel=0.03)
    hour = offered.mean(axis=0).reshape(7, 24, 2).sum(axis=(0, 2))
    wanted = stated.reshape(7, 24, 2).sum(axis=(0, 2))
    assert np.allclose(hour, wanted, rtol=0.08)


def test_solving_is_the_same_on_either_clock(scenario):
    pytest.importorskip("numba")
    simpy = solve_volumes(scenario, "simpy")["voice"]
    assert np.array_equal(simpy, solve_volumes(scenario, "compiled")["voice"])
