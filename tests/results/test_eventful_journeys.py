"""Journeys over every channel: what each way of being served means to the customer."""

from __future__ import annotations

import handmade_channels as made
import numpy as np
import pytest
from journals import journal, journeys_of, leg, names

from ccsim.centre import journal as j
from ccsim.parameters import outcome_parameters
from ccsim.results import draws as drawing
from ccsim.results import experience
from ccsim.results.eventful_journeys import Eventful, is_eventful
from ccsim.results.journeys import compress
from ccsim.results.plain_journeys import Plain

ONE = drawing.central(outcome_parameters())


@pytest.fixture(scope="module")
def issues():
    """What was found of each issue of the journal by hand."""
    every = np.arange(len(made.ISSUES))
    return Eventful.of(made.journal(), made.scenario(), every)


# contacts, transfers, switches, retold, abandons, dead ends
@pytest.mark.parametrize(
    ("issue", "what", "expected"),
    [
        (0, "contained, truly", (1, 0, 0, 0, 0, 0)),
        (1, "contained, falsely, then by voice", (2, 0, 1, 1, 0, 1)),
        (2, "handed over with context", (1, 0, 0, 0, 0, 0)),
        (3, "asked for a person, told again", (1, 0, 0, 1, 0, 1)),
        (4, "gave up in self-service", (1, 0, 0, 0, 1, 1)),
        (5, "dropped in session", (1, 0, 0, 0, 1, 0)),
        (6, "left without a sign", (1, 0, 0, 0, 1, 0)),
        (7, "called back at the second try", (1, 0, 0, 0, 0, 0)),
        (8, "interrupted", (1, 0, 0, 0, 0, 0)),
        (9, "a message, answered", (1, 0, 0, 0, 0, 0)),
        (11, "two turns", (1, 0, 0, 0, 0, 0)),
        (12, "hung up, called again, passed to a higher tier", (2, 1, 0, 1, 1, 0)),
    ],
)
def test_what_an_issue_went_through(issues, issue, what, expected):
    columns = ("contacts", "transfers", "switches", "retold", "abandons", "dead_ends")
    assert tuple(int(issues.columns[name][issue]) for name in columns) == expected, what


@pytest.mark.parametrize(
    ("issue", "seconds"),
    [(2, 10.0), (3, 100.0), (7, 0.0), (8, 60.0 * 4500 / 86400), (11, 60.0 * 43650 / 86400), (12, 45.0)],
)
def test_what_an_issue_waited(issues, issue, seconds):
    """Neither with the chatbot nor on the call-back list; where nobody sits and waits, by the promise."""
    assert issues.wait[issue] == pytest.approx(seconds)


def test_compressed_it_is_the_same(issues):
    rows = compress(made.journal(), made.scenario())
    counted = np.arange(len(made.ISSUES)) != 15  # born after the counted weeks
    assert rows.issues == counted.sum()
    for name in ("contacts", "transfers", "switches", "retold", "abandons", "dead_ends"):
        assert (rows.count * getattr(rows, name)).sum() == issues.columns[name][counted].sum(), name
    assert (rows.count * rows.ln_wait).sum() == pytest.approx(np.log1p(issues.wait[counted] / 60.0).sum())


def plain_journal(seed, size=300):
    """A telephone's journal: contacts, transfers, some of them warm."""
    rng = np.random.default_rng(seed)
    issues, legs, contact = [], [], 0
    for issue in range(size):
        for _ in range(rng.geometric(0.6)):
            outcome = int(rng.choice([1, 1, 1, 2, 3, 4, 5]))
            legs.append(
                leg(contact, issue, outcome, wait=float(rng.exponential(60.0)), entered=10.0 * contact)
            )
            if outcome == j.TRANSFERRED:
                more = {"leg": 1, "context": int(rng.integers(2)), "entered": 10.0 * contact + 70.0}
                legs.append(leg(contact, issue, int(rng.choice([1, 3])), **more))
            contact += 1
        issues.append((0, float(issue), int(rng.integers(3))))
    return journal(issues, legs, labels=names())


@pytest.mark.parametrize("seed", range(4))
def test_a_telephones_journeys_are_the_same_either_way(seed):
    made_up = plain_journal(seed)
    every = np.arange(len(made_up.issues))
    plain, eventful = Plain.of(made_up, every), Eventful.of(made_up, None, every)
    assert not is_eventful(made_up, None)
    for name, values in plain.features(plain.columns).items():
        assert values.tolist() == eventful.columns[name].tolist(), name
    assert plain.wait == pytest.approx(eventful.wait)


def test_who_knows_the_story_need_not_hear_it_again():
    legs = [leg(0, 0, j.HANDLED), leg(1, 0, j.HANDLED, entered=900.0, context=1)]
    assert compress(journal([(0, 10.0, j.RESOLVED)], legs)).retold.tolist() == [0]
    legs[1] = leg(1, 0, j.HANDLED, entered=900.0)
    assert compress(journal([(0, 10.0, j.RESOLVED)], legs)).retold.tolist() == [1]


def test_crowded_hands_are_felt_above_two_only():
    """Four chats at once of one agent, 100 s each, one more alone; and one at two."""
    labels = names()
    from types import SimpleNamespace

    import handmade

    scenario = SimpleNamespace(
        channels={"voice": handmade.channel("chat")},
        agents={"front": handmade.group(True, {}, voice=4)},
        **handmade.rooms(),
    )
    legs = [leg(n, n, j.HANDLED, entered=100.0, talk=100.0) for n in range(4)]
    legs += [leg(4, 4, j.HANDLED, entered=1000.0, talk=100.0)]
    legs += [leg(n, n, j.HANDLED, entered=2000.0, talk=100.0) for n in (5, 6)]
    made_up = journal([(0, float(n), j.RESOLVED) for n in range(7)], legs, labels=labels)
    assert is_eventful(made_up, scenario)
    crowd = Eventful.of(made_up, scenario, np.arange(7)).columns["crowd"]
    assert crowd.tolist() == [8, 8, 8, 8, 0, 0, 0]  # two more than two, in quarters


def test_beginners_are_felt_while_they_are():
    from ccsim.centre.people import PEOPLE
    from ccsim.scenario import loads

    month = 30.4375 * 86_400.0
    scenario = loads(
        "ccsim: 1\nintents: {billing: {talk: 4min}}\narrivals: {voice: {contacts: 100/week}}\n"
        "agents: {front: {on_seat: 1, skills: [billing], tenure: {constant: 1 month}}}\n"
    )
    legs = [leg(0, 0, j.HANDLED), leg(1, 1, j.HANDLED, entered=5000.0)]
    made_up = journal([(0, 10.0, j.RESOLVED), (0, 20.0, j.RESOLVED)], legs)
    nan = float("nan")
    for tenure, expected in ((month, [1, 1]), (6 * month, [0, 0])):
        people = np.array([(0, nan, nan, nan, tenure)], PEOPLE)
        found = Eventful.of(replaced(made_up, people), scenario, np.arange(2)).columns["novice"]
        assert found.tolist() == expected
    people = np.array([(0, nan, nan, 1000.0, nan), (0, 2000.0, 2000.0, nan, 0.0)], PEOPLE)
    found = Eventful.of(replaced(made_up, people), scenario, np.arange(2)).columns["novice"]
    assert found.tolist() == [0, 1]  # the successor is new


def replaced(made_up, people):
    import dataclasses

    return dataclasses.replace(made_up, people=people)


def test_dead_ends_crowds_and_beginners_take_satisfaction_away():
    def felt(**row):
        journeys = journeys_of([row])
        spent = experience.effort(journeys, ONE)
        return experience.satisfaction(journeys, spent, ONE, ONE["csat.intercept"])[0, 0], spent[0, 0]

    best, none = felt()
    assert none == 0.0
    dead, effort = felt(dead_ends=1)
    assert effort == pytest.approx(0.4) and dead == pytest.approx(best - 0.4)
    assert felt(novice=1)[0] == pytest.approx(best - 0.21)
    assert felt(crowd=8)[0] == pytest.approx(best - 0.15 * 2)
