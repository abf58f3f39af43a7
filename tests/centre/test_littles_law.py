"""Little's law, L = λW, in every queue and with every agent, and what follows for occupancy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from random_centres import centres

from ccsim.centre.journal import ABANDONED, HANDLED, HANDLING, IN_HAND, READY, TRANSFERRED, Journal
from ccsim.centre.simulate import simulate
from ccsim.scenario import Scenario, loads

QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def average_inside(start: np.ndarray, end: np.ndarray, begin: float, stop: float) -> float:
    """Number inside, averaged over time, by walking from event to event."""
    real = end > start
    times = np.concatenate([start[real], end[real]])
    order = np.argsort(times, kind="stable")
    steps = np.repeat([1.0, -1.0], real.sum())[order]
    inside = np.cumsum(steps)
    spans = np.diff(np.append(times[order], stop)) if len(order) else np.zeros(0)
    return float((inside * spans).sum() / (stop - begin))


def check_queue_length_is_rate_times_wait(journal: Journal) -> None:
    legs = journal.legs
    length = journal.end - journal.begin
    left = np.where(np.isnan(legs["left"]), journal.end, legs["left"])
    for queue in range(len(journal.names.queues)):
        mine = legs["queue"] == queue
        if not mine.any():
            continue
        waits = left[mine] - legs["entered"][mine]
        rate = mine.sum() / length
        inside = average_inside(legs["entered"][mine], left[mine], journal.begin, journal.end)
        assert inside == pytest.approx(rate * waits.mean(), abs=1e-9)


def check_agents_busy_is_rate_times_handling(journal: Journal) -> None:
    """Spells of handling, made from presence, hold the very time that legs say was worked."""
    legs = journal.legs
    taken = legs[np.isin(legs["outcome"], (HANDLED, TRANSFERRED, IN_HAND))]
    done = np.minimum(taken["left"] + taken["talk"] + taken["hold"] + taken["wrap"], journal.end)
    spells = journal.spells()
    busy = spells.state == HANDLING
    assert (spells.end - spells.start)[busy].sum() == pytest.approx((done - taken["left"]).sum(), abs=0.01)
    assert spells.load[busy].max(initial=1) == 1
    assert np.all(spells.load[spells.state == READY] == 0)


@QUICK
@given(scenario=centres())
def test_whatever_the_centre(scenario: Scenario) -> None:
    journal = simulate(scenario, 0, "simpy")
    check_queue_length_is_rate_times_wait(journal)
    check_agents_busy_is_rate_times_handling(journal)


CENTRE = """
ccsim: 1
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {daily: 24h}}
intents: {ask: {talk: 3min, wrap_up: 30s, fcr: 100%, complexity: 0, repeat: none}}
channels: {voice: {patience: 2min, redial: none}}
arrivals: {voice: {contacts: 40000/week, profile: flat, busyness: none, counted: first}}
agents: {team: {on_seat: 14, skills: [ask]}}
"""


def test_occupancy_and_abandonment_follow() -> None:
    """Work in = work done; and with exponential patience as many hang up as θ times the queue says."""
    legs = simulate(loads(CENTRE), 0, "simpy").legs
    week = 604_800.0
    handled = legs[legs["outcome"] == HANDLED]
    lost = (legs["outcome"] == ABANDONED).sum()
    handling = handled["talk"] + handled["wrap"]
    offered = len(legs) / week * handling.mean()
    assert handling.sum() / week / 14 == pytest.approx(offered * (1 - lost / len(legs)) / 14, rel=1e-3)
    left = np.where(np.isnan(legs["left"]), week, legs["left"])
    queue = (left - legs["entered"]).sum() / week
    assert lost / week == pytest.approx(queue / 120.0, rel=3.5 / np.sqrt(lost))
