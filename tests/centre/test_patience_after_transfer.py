"""Patience that continues after a transfer is that of the intent the customer came with, at every attempt."""

from __future__ import annotations

import numpy as np

from ccsim.centre.simulate import simulate
from ccsim.results.tables import to_frames
from ccsim.scenario import loads

CENTRE = """
ccsim: 1
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon-sun: 00:00-24:00}}
intents:
  desk: {share: 100%, talk: {constant: 1min}, patience: {constant: 10min}, fcr: 0%, complexity: 0,
         transfer: {chance: 100%, to: expert}, repeat: {chance: 100%, after: {constant: 1h}, cap: 3}}
  expert: {share: 0%, talk: {constant: 30min}, patience: {constant: 1min}, fcr: 0%, complexity: 0}
channels: {voice: {renew_patience: RENEW, redial: none}}
arrivals: {voice: {contacts: 500/week, counted: first, profile: flat, busyness: none}}
agents: {front: {on_seat: 20, skills: [desk]}, back: {on_seat: 1, skills: [expert]}}
"""


def longest_waits(renew: str) -> set[float]:
    scenario = loads(CENTRE.replace("RENEW", renew))
    frames = to_frames(simulate(scenario, 0, "simpy"), scenario.start)
    legs = frames["legs"].merge(frames["contacts"][["contact", "attempt"]], on="contact")
    lost = legs[(legs.leg == 1) & (legs.outcome == "abandoned")]
    assert set(lost.attempt) == {0, 1, 2}
    return set(np.round(lost.wait, 3))


def test_it_continues_as_the_patience_of_the_intent_they_came_with():
    assert longest_waits("no") == {600.0}


def test_it_is_renewed_as_that_of_the_intent_they_are_passed_to():
    assert longest_waits("yes") == {60.0}
