"""Common draws: the same customers under every staffing plan, so differences need few replications."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.centre.journal import HANDLED, Journal
from ccsim.centre.simulate import simulate
from ccsim.scenario import Scenario, loads

CENTRE = """
ccsim: 1
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon: 08:00-18:00}}
intents: {ask: {talk: 4min, fcr: 75%, repeat: {chance: 60%, after: 30min}}}
channels: {voice: {patience: 2min, redial: {chance: 50%, after: 10min}}}
arrivals: {voice: {contacts: 400/week, profile: two_peaks, counted: first, busyness: {cv: 20%}}}
agents: {team: {on_seat: 4, skills: [ask]}}
"""
DAYS = 60


def service_level(scenario: Scenario, replication: int) -> float:
    journal = simulate(scenario, replication, "simpy")
    first = journal.legs
    return float(((first["outcome"] == HANDLED) & (first["left"] - first["entered"] <= 20.0)).mean())


@pytest.fixture(scope="module")
def levels() -> dict[str, np.ndarray]:
    four = loads(CENTRE)
    five = four.with_changes({"agents.team.on_seat": "5"})
    other = five.with_changes({"seed": "77"})
    return {
        name: np.array([service_level(scenario, day) for day in range(DAYS)])
        for name, scenario in (("four", four), ("five", five), ("five, other draws", other))
    }


def test_the_same_draws_narrow_a_difference(levels: dict[str, np.ndarray]) -> None:
    common = (levels["five"] - levels["four"]).std(ddof=1)
    independent = (levels["five, other draws"] - levels["four"]).std(ddof=1)
    assert common < 0.55 * independent  # less than a third of the replications
    assert (levels["five"] - levels["four"]).mean() > 0.05


def test_other_draws_are_other_days(levels: dict[str, np.ndarray]) -> None:
    assert abs(np.corrcoef(levels["four"], levels["five, other draws"])[0, 1]) < 3.5 / np.sqrt(DAYS)
    assert np.corrcoef(levels["four"], levels["five"])[0, 1] > 0.7


def draws_of_contacts(journal: Journal) -> dict[tuple[int, int], float]:
    """Talk by issue key and attempt."""
    contacts = journal.contacts
    handled = contacts.outcome == HANDLED
    rows = journal.legs[contacts.last[handled]]
    keys = journal.issues["key"][contacts.issue[handled]].tolist()
    return dict(zip(zip(keys, contacts.attempt[handled].tolist(), strict=True), rows["talk"], strict=True))


def test_later_contacts_keep_their_draws_too() -> None:
    """A second attempt has the same talk under five agents as under four, though all else differs."""
    four = draws_of_contacts(simulate(loads(CENTRE), 0, "simpy"))
    five = draws_of_contacts(simulate(loads(CENTRE.replace("on_seat: 4", "on_seat: 5")), 0, "simpy"))
    shared = four.keys() & five.keys()
    later = [key for key in shared if key[1] > 0]
    assert len(later) > 20
    assert all(four[key] == five[key] for key in shared)
