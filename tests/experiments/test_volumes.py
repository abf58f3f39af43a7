"""Volumes as counted: with all that returns the stated volume comes out, on every channel."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.centre.simulate import simulate
from ccsim.demand.grid import Grid
from ccsim.demand.rates import volume_by_week_slot
from ccsim.experiments.replicate import replicate
from ccsim.experiments.returning import returns_of
from ccsim.experiments.volumes import counted_channels, fresh_share, solve_volumes
from ccsim.scenario import Scenario, loads

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
EVERYWHERE = """
ccsim: 1
name: Counted on every channel
weeks: 2
calendar: {hours: {mon-fri: 08:00-18:00}}
customers: {everyone: {count: 50000}}
intents:
  billing: {talk: 4min, fcr: 70%, share: 60%}
  status: {talk: 2min, fcr: 60%, share: 40%}
channels:
  voice: {patience: 2min, tries_later: 50%, messages: {chance: 80%, to: email}, switches: {email: 20%}}
  chat: {patience: 2min, switches: {voice: 30%}}
  email: {switches: {voice: 25%}, initial_backlog: 300}
arrivals:
  defaults: {busyness: none, forecast_error: 30%}
  voice: {contacts: 2000/week}
  chat: {contacts: 1200/week}
  email: {contacts: 800/week}
self_service:
  bot: {kind: bot, channels: [chat], contains: 40%, false_containment: 40%, comes_back: 90%,
        returns_on: {voice: 60%, email: 10%}}
proactive: {told: {intents: [status], reach: 50%, effect: 60%}}
agents: {front: {on_seat: 11, skills: [billing, status], handles: {voice: 1, chat: 2, email: 1}}}
"""
STATED = np.array([2000.0, 1200.0, 800.0])


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return loads(CENTRE.replace("COUNTED", "all"))


def arrived(scenario: Scenario, fresh: dict[str, np.ndarray], replications: int) -> np.ndarray:
    """Contacts a week that reach each channel, by replication."""
    found = (returns_of(scenario, simulate(scenario, r, "simpy", fresh)) for r in range(replications))
    return np.array([r.first.sum(axis=1) + r.back.sum(axis=(1, 2)) for r in found]) / scenario.weeks


def test_first_contacts_need_no_solving() -> None:
    assert solve_volumes(loads(CENTRE.replace("COUNTED", "first"))) == {}
    assert counted_channels(loads(CENTRE.replace("COUNTED", "first"))) == []


def test_stated_volume_comes_out(scenario: Scenario) -> None:
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


@pytest.mark.slow
def test_stated_volumes_come_out_on_every_channel_at_once() -> None:
    """Repeats on another channel, bounces of a bot, messages at night and outreach: all are in."""
    scenario = loads(EVERYWHERE)
    fresh = solve_volumes(scenario, "simpy")
    usual = scenario.with_changes({f"arrivals.{c}.forecast_error": "0%" for c in scenario.arrivals})
    weeks = arrived(usual.with_changes({"channels.email.initial_backlog": 0}), fresh, 5)
    assert np.abs(weeks.mean(axis=0) / STATED - 1.0).max() < 0.045  # 3.3 s.e. of pilot and runs on e-mail
    assert weeks.sum(axis=1).mean() == pytest.approx(STATED.sum(), rel=0.025)
    alone = {name: 1.0 / (1.0 + 0.35 * 0.75) for name in scenario.arrivals}  # what repeats alone would leave
    shares = {name: fresh_share(scenario, name, fresh) for name in scenario.arrivals}
    assert shares["voice"] < alone["voice"] - 0.1 and shares["email"] < alone["email"] - 0.1


def test_a_channel_of_first_contacts_stays_as_stated() -> None:
    scenario = loads(EVERYWHERE).with_changes({"arrivals.chat.counted": "first"})
    assert counted_channels(scenario) == ["voice", "email"]
    assert set(solve_volumes(scenario, "simpy")) == {"voice", "email"}


@pytest.mark.parametrize(
    "text", [CENTRE.replace("COUNTED", "all"), EVERYWHERE], ids=["voice", "every channel"]
)
def test_solving_is_the_same_on_either_clock(text: str) -> None:
    pytest.importorskip("numba")
    scenario = loads(text)
    simpy, compiled = (solve_volumes(scenario, clock) for clock in ("simpy", "compiled"))
    assert simpy.keys() == compiled.keys() == set(scenario.arrivals)
    assert all(np.array_equal(simpy[name], compiled[name]) for name in simpy)
