"""What holds in every centre, at any moment: nothing is lost, nobody is in two places."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from random_centres import centres

from ccsim.centre.journal import (
    ABANDONED,
    BALKED,
    BLOCKED,
    CLOSED,
    HANDLED,
    IN_HAND,
    OPEN,
    RESOLVED,
    SEATED,
    TRANSFERRED,
    WAITING,
)
from ccsim.centre.simulate import simulate

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
TINY = 1e-6  # s


def handled(legs):
    """Legs that an agent took, with the time the agent was done with each."""
    mine = legs[np.isin(legs["outcome"], (HANDLED, TRANSFERRED, IN_HAND))]
    return mine, mine["left"] + mine["talk"] + mine["hold"] + mine["wrap"]


@QUICK
@given(scenario=centres())
def test_every_contact_has_one_end(scenario):
    journal = simulate(scenario, 0, "simpy")
    contacts = journal.contacts
    ends = (HANDLED, ABANDONED, BALKED, BLOCKED, CLOSED, WAITING, IN_HAND, TRANSFERRED)
    assert np.isin(contacts.outcome, ends).all()
    # a contact last seen as passed on is one whose agent still writes up while the customer waits elsewhere
    assert len(contacts) == sum(int((contacts.outcome == end).sum()) for end in ends)
    assert np.bincount(contacts.issue, minlength=len(journal.issues)).min(initial=1) >= 1
    first = contacts.attempt == 0
    assert np.array_equal(np.sort(contacts.issue[first]), np.arange(len(journal.issues)))
    assert np.array_equal(contacts.arrived[first][np.argsort(contacts.issue[first])], journal.issues["born"])


@QUICK
@given(scenario=centres())
def test_nobody_is_served_before_arriving_or_by_a_stranger(scenario):
    journal = simulate(scenario, 0, "simpy")
    legs = journal.legs
    seen = ~np.isnan(legs["left"])
    assert np.all(legs["left"][seen] >= legs["entered"][seen])
    assert np.all(np.isnan(legs["left"]) == (legs["outcome"] == WAITING))
    mine, _ = handled(legs)
    assert np.array_equal(journal.names.agents[mine["agent"]], mine["group"])
    groups = list(scenario.agents.values())
    skills = [intent.skill for intent in scenario.intents.values()]
    for group, intent in set(zip(mine["group"].tolist(), mine["intent"].tolist(), strict=True)):
        assert skills[intent] in groups[group].skills
    assert np.all(legs["agent"][~np.isin(legs["outcome"], (HANDLED, TRANSFERRED, IN_HAND))] == -1)


@QUICK
@given(scenario=centres())
def test_an_agent_has_one_contact_at_a_time_and_is_seated_for_it(scenario):
    journal = simulate(scenario, 0, "simpy")
    mine, done = handled(journal.legs)
    order = np.lexsort((mine["left"], mine["agent"]))
    mine, done = mine[order], np.minimum(done[order], journal.end)
    same = mine["agent"][1:] == mine["agent"][:-1]
    assert np.all(mine["left"][1:][same] >= done[:-1][same] - TINY)
    spells = journal.presence[journal.presence["state"] == SEATED]
    for agent in range(len(journal.names.agents)):
        own = np.sort(spells[spells["agent"] == agent], order="start")
        assert np.all(own["start"][1:] >= own["end"][:-1] - TINY)
        calls = mine["agent"] == agent
        k = np.searchsorted(own["start"], mine["left"][calls] + TINY) - 1
        assert np.all(k >= 0)
        assert np.all(own["end"][k] >= done[calls] - TINY)


@QUICK
@given(scenario=centres())
def test_limits_hold(scenario):
    journal = simulate(scenario, 0, "simpy")
    legs = journal.legs
    voice = scenario.channels["voice"]
    left = np.where(np.isnan(legs["left"]), journal.end, legs["left"])
    if voice.queue_limit is not None:
        assert most_at_once(legs["entered"], left) <= voice.queue_limit
    for number, intent in enumerate(scenario.intents.values()):
        mine = legs["intent"] == number
        if intent.queue_limit is not None:
            assert most_at_once(legs["entered"][mine], left[mine]) <= intent.queue_limit
    if voice.lines is not None:
        contacts = journal.contacts
        held = ~np.isin(contacts.outcome, (CLOSED,))
        ended = np.where(np.isnan(contacts.ended), journal.end, contacts.ended)
        assert most_at_once(contacts.arrived[held], ended[held]) <= voice.lines


def most_at_once(start, end):
    """Most spells of positive length under way at one time."""
    real = end > start + TINY
    times = np.concatenate([start[real] + TINY / 4, end[real] - TINY / 4])
    steps = np.repeat([1, -1], real.sum())
    return int(np.cumsum(steps[np.argsort(times, kind="stable")]).max(initial=0))


@QUICK
@given(scenario=centres())
def test_issues_end_as_their_contacts_say(scenario):
    journal = simulate(scenario, 0, "simpy")
    issues, legs, contacts = journal.issues, journal.legs, journal.contacts
    solved = np.zeros(len(issues), bool)
    solved[legs["issue"][legs["resolved"] == 1]] = True
    talked = legs["resolved"] == 1
    over = legs["left"][talked] + legs["talk"][talked] + legs["hold"][talked] < journal.end
    assert np.array_equal(np.sort(legs["issue"][talked][over]), np.flatnonzero(issues["status"] == RESOLVED))
    assert np.bincount(legs["issue"][talked], minlength=1).max(initial=0) <= 1  # solved once at most
    assert np.all(np.isnan(issues["ended"]) == (issues["status"] == OPEN))
    caps = max(scenario.channels["voice"].redial.cap, *(i.repeat.cap for i in scenario.intents.values()))
    assert contacts.attempt.max(initial=0) < max(caps, 2) + (scenario.channels["voice"].tries_later > 0) * 99


@QUICK
@given(scenario=centres())
def test_presence_balances(scenario):
    journal = simulate(scenario, 0, "simpy")
    presence = journal.presence
    assert np.all(presence["end"] > presence["start"])
    spells = journal.spells()
    for agent in set(presence["agent"].tolist()):
        own = presence[presence["agent"] == agent]
        mine = spells.agent == agent
        on_duty = (own["end"] - own["start"]).sum()
        listed = (spells.end[mine] - spells.start[mine])[spells.state[mine] != 0].sum()
        assert np.isclose(on_duty, listed)
