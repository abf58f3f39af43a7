"""Facts of people who join and are trained, and of customers whom outreach reached before they made contact."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import handmade
import numpy as np
import pytest

from ccsim.centre.people import PEOPLE
from ccsim.centre.simulate import simulate
from ccsim.results.measures import MEASURES, measures_frame
from ccsim.results.reduce import reduce
from ccsim.scenario import loads

NAN = float("nan")


def with_people(*rows):
    return dataclasses.replace(handmade.journal(), people=np.array(list(rows), PEOPLE))


def taught(scenario):
    """The hand-made scenario where nobody learns: what hires need not be asked of it."""
    for group in scenario.agents.values():
        group.model_fields_set = {"learning"}
        group.learning = None
    return scenario


def test_who_joined_in_the_counted_weeks():
    journal = with_people(
        (0, NAN, NAN, 100_000.0, NAN), (0, 200_000.0, 300_000.0, NAN, 0.0),
        (1, -1000.0, -1000.0, NAN, 0.0), (2, 700_000.0, 800_000.0, NAN, 0.0),
    )  # fmt: skip
    tally = reduce(journal, taught(handmade.scenario()))
    assert tally.by_group["hired"].tolist() == [1, 0]


def test_training_is_no_lack_of_adherence(hand_tally):
    """Agent 2 is away from 29500 to 30600: for a hire in training that is the plan."""
    new = with_people((2, 29_000.0, 40_000.0, NAN, 0.0))
    tally = reduce(new, taught(handmade.scenario()))
    before, after = (MEASURES["adherence"].values(t, "group")[1] for t in (hand_tally, tally))
    assert before == pytest.approx(1300 / 1800) and after == 1.0
    scenario = handmade.scenario()
    scenario.agents["experts"].training = SimpleNamespace(hours=300.0, over=604_800.0)
    programme = reduce(handmade.journal(), scenario)
    assert MEASURES["adherence"].values(programme, "group")[1] == pytest.approx(1300 / 1500)


def test_legs_that_may_have_cost_a_gesture(hand_tally):
    assert "solved" not in hand_tally.by_group
    scenario = handmade.scenario()
    scenario.agents["front"].empowerment = SimpleNamespace(cost=3.0)
    tally = reduce(handmade.journal(), scenario)
    assert tally.by_group["solved"].tolist() == [3, 2]


OUTREACH = """
ccsim: 1
weeks: 1
warm_up: 1 day
follow_up: 1 day
calendar: {hours: {mon-fri: 09:00-17:00}}
intents: {parcel: {talk: 2min, share: 60%}, bill: {talk: 4min, share: 40%}}
arrivals: {voice: {contacts: 1000/week, counted: first}}
proactive: {notice: {intents: parcel, reach: 40%, effect: 50%, cost: 0.05}}
agents: {front: {on_seat: 6, skills: [parcel, bill], wage: 15.00/h}}
"""


def test_reached_and_prevented():
    scenario = loads(OUTREACH)
    journal = simulate(scenario, 0, "simpy")
    tally = reduce(journal, scenario)
    frame = measures_frame([tally], scenario, "intent").set_index(["measure", "intent"])["value"]
    assert frame["reached", "bill"] == frame["prevented", "bill"] == 0
    reached, prevented = frame["reached", "parcel"], frame["prevented", "parcel"]
    born = tally.by_cell["issues"][0] + prevented
    assert abs(reached - 0.4 * born) < 3.3 * np.sqrt(0.24 * born)
    assert abs(prevented - 0.2 * born) < 3.3 * np.sqrt(0.16 * born)
    assert measures_frame([tally], scenario, "channel").set_index("measure")["value"]["reached"] == reached
    assert tally.reached_by.tolist() == [reached]


def test_outreach_is_in_the_ledger():
    from ccsim.results.ledger import ledger, operations_of
    from ccsim.results.prices import prices_of

    scenario = loads(OUTREACH)
    tally = reduce(simulate(scenario, 0, "simpy"), scenario)
    book = ledger(operations_of(tally), prices_of(scenario))
    assert book.shared["outreach"] == pytest.approx(0.05 * tally.reached_by[0] * 365.25 / 7)
