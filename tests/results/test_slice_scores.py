"""Scores of parts of the journeys, and recommendation just after an issue."""

from __future__ import annotations

import numpy as np
import pytest
from cases import PEOPLE
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import journeys_of, usual

from ccsim.parameters import outcome_parameters
from ccsim.results import draws as drawing
from ccsim.results import relation
from ccsim.results.calibration import calibrate
from ccsim.results.loyalty import Customers
from ccsim.results.outcome import assess
from ccsim.results.slice_scores import groups, moved, slice_scores

ONE = drawing.central(outcome_parameters())
MANY = drawing.sampled(outcome_parameters(), 30)
BASE = usual()
EVERY = [np.ones(len(BASE), np.bool_)]


@pytest.mark.parametrize("draws", [ONE, MANY], ids=["central", "drawn"])
def test_all_rows_together_are_the_outcome(draws):
    solved = calibrate(BASE, PEOPLE, draws)
    whole = assess(BASE, solved, PEOPLE, draws)
    found = slice_scores(BASE, EVERY, solved, whole.relation, draws)
    pairs = {"effort": "effort", "ces": "ces", "csat": "csat", "csat_top": "csat_top", "csat_mean": "csat_mean",
             "surveyed_csat": "csat_surveyed", "surveyed_csat_top": "csat_top_surveyed",
             "surveyed_csat_mean": "csat_mean_surveyed", "answered": "response"}  # fmt: skip
    for name, mine in pairs.items():
        assert getattr(found, mine)[0] == pytest.approx(getattr(whole.scores, name), abs=1e-12), name
    promoters, _, detractors = groups(whole.relation, PEOPLE.count, draws)
    assert 100 * (promoters - detractors) == pytest.approx(whole.scores.nps, abs=1e-10)


def test_in_the_steady_state_issues_move_the_relation_nowhere_on_average():
    """With no drift between issues (customers not counted) the steps up and down balance exactly."""
    crowd = Customers(("all",), np.array([np.nan]), np.array([np.nan]), np.array([np.nan]))
    solved = calibrate(BASE, crowd, MANY)
    own = assess(BASE, solved, crowd, MANY)
    from ccsim.results.lived import lived

    felt = lived(BASE, solved.intercept, MANY).felt
    steps = moved(own.relation[BASE.segment], felt, MANY) - own.relation[BASE.segment]
    assert BASE.count @ steps / BASE.issues == pytest.approx(np.zeros(MANY.size), abs=1e-10)
    found = slice_scores(BASE, EVERY, solved, own.relation, MANY)
    after = 100 * (found.promoters_after - found.detractors_after)[0]
    assert after == pytest.approx(own.scores.nps, abs=3.0)  # the same but for the bend of the logit


def test_the_step_is_that_of_the_relation_and_losses_weigh_more():
    up, down = moved(np.ones((2, 1)), np.array([[2.0], [0.0]]), ONE)[:, 0]
    assert (up, down) == pytest.approx((1.15, 0.70))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=6), st.floats(-1, 1))
def test_groups_are_shares_and_a_better_relation_recommends_more(levels, more):
    z = np.array(levels)[:, None]
    weight = np.arange(1.0, len(levels) + 1)
    found, higher = groups(z, weight, ONE), groups(z + abs(more), weight, ONE)
    assert sum(found) == pytest.approx(np.ones(1)) and all((part >= -1e-12).all() for part in found)
    assert (higher[0] >= found[0] - 1e-12).all() and (higher[2] <= found[2] + 1e-12).all()
    expected = relation.nps(z, weight, ONE)
    assert 100 * (found[0] - found[2]) == pytest.approx(expected, abs=1e-9)


def test_a_slice_without_issues_is_unknown():
    solved = calibrate(BASE, PEOPLE, ONE)
    steady = assess(BASE, solved, PEOPLE, ONE).relation
    found = slice_scores(BASE, [np.zeros(len(BASE), np.bool_)], solved, steady, ONE)
    assert all(np.isnan(value).all() for value in vars(found).values())


def test_worse_journeys_recommend_less_just_after():
    both = journeys_of([{}, {"resolved": 0, "contacts": 3, "retold": 2}])
    solved = calibrate(both, PEOPLE, ONE)
    steady = assess(both, solved, PEOPLE, ONE).relation
    good, bad = ([row == place for row in range(2)] for place in range(2))
    found = slice_scores(both, [np.array(good), np.array(bad)], solved, steady, ONE)
    assert found.promoters_after[0, 0] > found.promoters_after[1, 0]
    assert found.ces[0, 0] > found.ces[1, 0] and found.effort[0, 0] == 0.0
