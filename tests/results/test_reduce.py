"""From journal to tally: facts known by hand, and the same figures by another route."""

from __future__ import annotations

import dataclasses
import sys

import handmade
import made_up
import numpy as np
import pytest
from by_pandas import Route
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.centre.journal import ISSUE, LEG, PRESENCE
from ccsim.results.agent_time import seconds_by_interval
from ccsim.results.columns import Spans
from ccsim.results.facts import FACTS
from ccsim.results.grid import Grid, Thresholds
from ccsim.results.measures import MEASURES
from ccsim.results.over_time import met
from ccsim.results.reduce import reduce
from ccsim.results.tally import Tally

AXES = ("by_interval", "by_day", "by_cell", "by_queue", "by_group")
ENDS = ("handled", "abandoned", "balked", "blocked", "waiting", "in_hand")
SEEDS = st.integers(0, 10_000)


def thresholds(share: float) -> Thresholds:
    no = np.zeros(1, bool)
    return Thresholds(np.array([20.0]), np.array([share]), np.array([5.0]), no, np.array([np.nan]), no, ~no)


def two_weeks():
    scenario = handmade.scenario()
    scenario.weeks = 2
    return scenario


def size_of(tally: Tally) -> int:
    """Bytes of all arrays in a tally."""
    found = [tally.day_waits, tally.busy, tally.seated, *tally.waits.values()]
    found += [values for axis in AXES for values in getattr(tally, axis).values()]
    return sum(array.nbytes for array in found)


@pytest.mark.parametrize(
    ("fact", "by_cell", "by_day"),
    [
        ("handled", [4, 1, 1, 0], [4, 1, 1, 0, 0, 0, 0]),
        ("abandoned", [0, 2, 0, 1], [3, 0, 0, 0, 0, 0, 0]),
        ("balked", [0, 0, 1, 0], [1, 0, 0, 0, 0, 0, 0]),
        ("blocked", [0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0]),
        ("closed", [0, 1, 0, 0], [0, 0, 0, 0, 0, 0, 1]),
        ("offered", [4, 3, 2, 2], [9, 1, 1, 0, 0, 0, 0]),
        ("answered", [4, 1, 1, 0], [4, 1, 1, 0, 0, 0, 0]),
        ("in_time", [4, 1, 0, 0], [3, 1, 1, 0, 0, 0, 0]),
        ("short", [0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0]),
        ("early", [0, 1, 0, 1], [2, 0, 0, 0, 0, 0, 0]),
        ("wait", [40, 10, 30, 0], [60, 5, 15, 0, 0, 0, 0]),
        ("talk", [950, 100, 400, 0], [1000, 300, 150, 0, 0, 0, 0]),
        ("hold", [20, 0, 0, 0], [20, 0, 0, 0, 0, 0, 0]),
        ("wrap", [180, 0, 60, 0], [130, 60, 50, 0, 0, 0, 0]),
        ("transferred", [1, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0]),
        ("redials", [0, 1, 0, 0], [1, 0, 0, 0, 0, 0, 0]),
        ("repeats", [1, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0]),
        ("issues", [3, 3, 2, 2], [8, 1, 0, 0, 0, 0, 1]),
        ("issue_contacts", [4, 4, 2, 2], [10, 1, 0, 0, 0, 0, 1]),
        ("resolved", [3, 1, 1, 0], [4, 1, 0, 0, 0, 0, 0]),
        ("fcr_issues", [3, 1, 1, 0], [4, 1, 0, 0, 0, 0, 0]),
        ("fcr_resolved", [2, 1, 1, 0], [3, 1, 0, 0, 0, 0, 0]),
        ("seen_issues", [3, 1, 1, 0], [4, 1, 0, 0, 0, 0, 0]),
        ("seen_resolved", [1, 1, 0, 0], [2, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_facts_of_contacts_and_issues_by_hand(hand_tally, fact, by_cell, by_day):
    assert hand_tally.by_cell[fact].tolist() == by_cell
    assert hand_tally.by_day[fact].tolist() == by_day
    assert hand_tally.total(fact) == sum(by_cell)


@pytest.mark.parametrize(
    ("fact", "billing", "technical"),
    [
        ("offered", 7, 5), ("handled", 5, 2), ("abandoned", 2, 1), ("answered", 5, 2),
        ("in_time", 5, 0), ("wait", 50, 80), ("talk", 810, 640), ("wrap", 120, 120),
        ("transferred", 1, 0), ("balked", 0, 1), ("blocked", 0, 1), ("closed", 1, 0),
    ],
)  # fmt: skip
def test_a_queue_counts_legs(hand_tally, fact, billing, technical):
    assert hand_tally.by_queue[fact].tolist() == [billing, technical]


@pytest.mark.parametrize(
    ("fact", "front", "experts"),
    [
        ("handled", 5, 2), ("wait", 50, 80), ("busy", 950, 760), ("seated", 7480, 1300),
        ("overtime", 80, 0), ("in_plan", 7400, 1300), ("away", 0, 1100), ("on_break", 100, 0),
        ("paid", 7500 / 0.8 + 80, 2400),
    ],
)  # fmt: skip
def test_a_group_counts_the_legs_it_answers_and_its_time(hand_tally, fact, front, experts):
    assert hand_tally.by_group[fact] == pytest.approx([front, experts])


def test_days_and_intervals_on_target_by_hand(hand_tally):
    assert hand_tally.by_day["days_met"].tolist() == [0, 1, 1, 0, 0, 0, 0]
    assert hand_tally.total("intervals") == 4
    assert hand_tally.total("intervals_met") == 2


def test_without_a_target_nothing_is_on_or_off_target(hand_journal):
    scenario = handmade.scenario()
    scenario.channels["voice"].target = None
    tally = reduce(hand_journal, scenario)
    assert np.isnan(tally.total("days_met"))
    assert tally.total("in_time") == 5  # the usual 20 s


def test_every_fact_is_documented(hand_tally):
    known = {name for axis in AXES for name in getattr(hand_tally, axis)}
    assert known <= set(FACTS)


def test_the_order_of_legs_means_nothing(hand_tally, hand_scenario):
    order = list(np.random.default_rng(1).permutation(len(handmade.LEGS)))
    again = reduce(handmade.journal(order), hand_scenario)
    for axis in AXES:
        for name, values in getattr(hand_tally, axis).items():
            assert np.array_equal(values, getattr(again, axis)[name]), (axis, name)


def test_a_run_without_contacts_counts_nothing(hand_journal, hand_scenario):
    nothing = dataclasses.replace(
        hand_journal,
        issues=np.zeros(0, ISSUE),
        legs=np.zeros(0, LEG),
        presence=np.zeros(0, PRESENCE),
    )
    tally = reduce(nothing, hand_scenario)
    assert tally.total("offered") == 0
    assert np.isnan(MEASURES["asa"].values(tally)).all()
    assert np.isnan(MEASURES["wait_p80"].values(tally)).all()
    assert np.isnan(MEASURES["occupancy"].values(tally)).all()


def assert_slices_add_up(tally: Tally) -> None:
    for name in set(tally.by_cell) & set(tally.by_day):
        total = tally.by_cell[name].sum()
        assert tally.by_day[name].sum() == pytest.approx(total), name
        assert tally.by_interval[name].sum() == pytest.approx(total), name
    for name in ("handled", "wait", "talk", "hold", "wrap", "answered", "in_time", "transferred"):
        assert tally.by_group[name].sum() == pytest.approx(tally.by_queue[name].sum()), name
    assert np.array_equal(tally.waits["intent"].sum(0), tally.waits["segment"].sum(0))
    assert tally.offered is not None and tally.offered.sum() == tally.total("offered")
    assert sum(tally.by_cell[name].sum() for name in ENDS) == tally.total("offered")
    assert sum(tally.by_queue[name].sum() for name in ENDS) == tally.by_queue["offered"].sum()


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_slices_add_up_to_totals_in_random_journals(seed):
    journal = made_up.journal(seed)
    tally = reduce(journal, two_weeks())
    assert_slices_add_up(tally)
    assert tally.total("offered") + tally.total("closed") == journal.counted_contacts.sum()
    assert tally.total("issues") == journal.counted_issues.sum()


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_the_same_figures_by_pandas_in_random_journals(seed):
    journal = made_up.journal(seed)
    assert_same_by_pandas(reduce(journal, two_weeks()), Route(journal))


def assert_same_by_pandas(tally: Tally, route: Route) -> None:
    for name, value in (route.service(route.contacts) | route.fcr()).items():
        assert_close(name, MEASURES[name].values(tally)[0], value)
    for number, queue in enumerate(tally.names.queues):
        expected = route.service(route.legs[route.legs.queue == queue])
        for name, value in expected.items():
            assert_close(name, MEASURES[name].values(tally, "queue")[number], value)
    for number, intent in enumerate(tally.names.intents):
        expected = route.service(route.contacts[route.contacts.intent == intent])
        for name, value in expected.items():
            assert_close(name, MEASURES[name].values(tally, "intent")[number], value)


def assert_close(name: str, found: float, expected: float) -> None:
    # Quantiles come from histograms whose bins are 0.1 s or 1 % wide.
    slack = 0.011 * abs(expected) + 0.11 if name.startswith("wait_") else 1e-9
    assert found == pytest.approx(expected, rel=1e-9, abs=slack, nan_ok=True), name


def test_a_real_journal_adds_up_and_agrees_with_pandas(real_tallies, real_journals, real_scenario):
    tally, journal = real_tallies[0], real_journals[0]
    voice = real_scenario.channels["voice"]
    route = Route(journal, voice.target.within, voice.short_abandon)
    assert_slices_add_up(tally)
    assert_same_by_pandas(tally, route)
    occupancy = MEASURES["occupancy"].values(tally)[0]
    assert occupancy == pytest.approx(route.occupancy(journal), rel=1e-9)


def test_real_contacts_are_in_order_of_arrival_and_issues_of_birth(real_journals):
    for journal in real_journals:
        assert (np.diff(journal.contacts.arrived) >= 0).all()
        assert (np.diff(journal.issues["born"]) >= 0).all()


def test_exactly_on_target_is_on_target():
    asked = np.arange(1.0, 1001.0)
    for per_cent in range(1, 101):
        whole = asked[(per_cent * asked) % 100 == 0]
        facts = {"offered": whole, "short": 0 * whole, "in_time": per_cent * whole / 100}
        limits = thresholds(float(f"{per_cent}e-2"))
        days = met({name: values[None] for name, values in facts.items()}, limits, "days")
        assert days["days_met"].all(), per_cent


def test_agents_are_never_busy_without_a_seat(real_tallies):
    for tally in real_tallies:
        assert (tally.busy <= tally.seated).all()
        assert (MEASURES["occupancy"].values(tally, "interval")[tally.busy.sum(0) > 0] <= 1).all()


def test_agent_time_equals_a_plain_sum_over_spans():
    random = np.random.default_rng(5)
    grid = Grid(3600, 1)
    start = random.uniform(-50_000, 650_000, 400)
    spans = Spans(random.integers(0, 3, 400).astype(np.int32), start, start + random.exponential(9000, 400))
    found = seconds_by_interval(spans, 3, grid)
    for group in range(3):
        for k in range(grid.size):
            low, high = grid.edges[k], grid.edges[k + 1]
            inside = np.minimum(spans.end, high) - np.maximum(spans.start, low)
            expected = np.maximum(inside, 0.0)[spans.group == group].sum()
            assert found[group, k] == pytest.approx(expected, abs=1e-6)


def test_a_tally_is_small_and_pools(real_tallies, real_journals):
    one, two = real_tallies
    assert size_of(one) < 0.5e6
    assert sys.getsizeof(one) < 1000
    pooled = one.add([two])
    assert pooled.replications == 2
    assert pooled.contacts == len(real_journals[0].contacts) + len(real_journals[1].contacts)
    assert pooled.total("offered") == one.total("offered") + two.total("offered")
    assert size_of(pooled) <= 2 * size_of(one)
    rate = MEASURES["offered"].values(pooled)[0]
    both = [MEASURES["offered"].values(tally)[0] for tally in real_tallies]
    assert rate == pytest.approx(np.mean(both))
