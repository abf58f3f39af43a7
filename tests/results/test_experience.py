"""Effort, ease, satisfaction, surveys and recommendation: forms, limits and known figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import journeys_of, usual
from scipy.special import expit

from ccsim.parameters import outcome_parameters, with_overrides
from ccsim.results import draws as drawing
from ccsim.results import experience, relation

ONE = drawing.central(outcome_parameters())
STILL = drawing.central(with_overrides({"csat.sd_agent": 0.0, "csat.sd_customer": 0.0}))


def answers(rows, draws=ONE):
    journeys = journeys_of(rows)
    spent = experience.effort(journeys, draws)
    felt = experience.satisfaction(journeys, spent, draws, draws["csat.intercept"])
    return experience.csat_answers(felt, journeys.count, draws)[:, 0]


def test_effort_is_the_weighted_sum():
    row = {"contacts": 3, "transfers": 1, "switches": 1, "retold": 2, "abandons": 1, "wait": 60.0}
    spent = experience.effort(journeys_of([row]), ONE)
    expected = 0.3 * 2 + 0.1 + 0.7 + 0.43 * 2 + 0.4 + 0.25 * np.log(2.0)
    assert spent[0, 0] == pytest.approx(expected)


def test_csat_is_the_ordered_logit_at_the_published_cuts():
    shares = answers([{}], STILL)
    upto = expit(np.array([-1.895, -1.769, -1.548, -0.819]) - 1.54)
    assert np.cumsum(shares)[:4] == pytest.approx(upto)
    assert shares.sum() == pytest.approx(1.0)


def test_satisfaction_of_zero_is_the_survey_the_cuts_come_from():
    draws = drawing.central(
        with_overrides({"csat.intercept": 0.0, "csat.sd_agent": 0.0, "csat.sd_customer": 0.0})
    )
    shares = answers([{}], draws)
    mean = experience.mean_answer(shares[:, None])[0]
    spread = np.sqrt(np.arange(1, 6) ** 2 @ shares - mean**2)
    assert (mean, spread) == pytest.approx((4.242, 1.379), abs=1e-3)


def test_the_mixture_over_agents_and_customers_is_close_to_the_integral():
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    sd = np.sqrt(0.2**2 + 0.6**2)
    for row in ({}, {"resolved": 0, "contacts": 3, "retold": 2, "wait": 300.0}):
        journeys = journeys_of([row])
        spent = experience.effort(journeys, ONE)
        felt = experience.satisfaction(journeys, spent, ONE, ONE["csat.intercept"])[0, 0]
        exact = weights @ expit(felt + sd * nodes + 1.548) / weights.sum()
        assert answers([row])[3:].sum() == pytest.approx(exact, abs=0.003)


def test_sqm_figures_come_out_near():
    """SQM: 89 % top box in one contact, resolved; 33 points lower when not (joint fit)."""
    one = answers([{"wait": 30.0}])[4]
    assert one == pytest.approx(0.89, abs=0.02)
    gap = one - answers([{"wait": 30.0, "resolved": 0, "contacts": 2, "retold": 1}])[4]
    assert gap == pytest.approx(0.33, abs=0.06)


def test_ces_holds_the_published_cuts_at_the_reference_effort():
    draws = drawing.central(with_overrides({"ces.reference": 0.0}))
    shares = experience.ces_answers(journeys_of([{}]), np.zeros((1, 1)), np.ones(1), draws)[:, 0]
    low, moderate, high = shares[5:].sum(), shares[3:5].sum(), shares[:3].sum()
    assert (low, moderate, high) == pytest.approx((0.41, 0.29, 0.30), abs=0.005)


def test_nps_40_at_the_reference_relation():
    found = relation.nps(np.array([[1.0]]), np.ones(1), ONE)
    assert found[0] == pytest.approx(40.0, abs=0.2)


def test_surveys_without_extremity_or_bias_are_unbiased():
    draws = drawing.central(with_overrides({"survey.extremity": 0.0}))
    true = np.array([[0.05], [0.05], [0.1], [0.3], [0.5]])
    seen, rate = experience.surveyed(true, experience.survey_offset(true, draws), draws)
    assert seen == pytest.approx(true) and rate == pytest.approx(0.15)


def test_surveys_answer_at_the_stated_rate_and_show_more_extremes():
    true = np.array([[0.05], [0.05], [0.1], [0.3], [0.5]])
    seen, rate = experience.surveyed(true, experience.survey_offset(true, ONE), ONE)
    assert rate == pytest.approx(0.15, abs=1e-10) and seen.sum() == pytest.approx(1.0)
    assert seen[0] > true[0] and seen[4] > true[4] and seen[2] < true[2]


def test_relation_balances_the_pulls_of_a_month():
    journeys = usual()
    felt = experience.satisfaction(journeys, experience.effort(journeys, ONE), ONE, ONE["csat.intercept"])
    anchor = relation.segment_means(journeys, felt)
    z = relation.steady_relation(journeys, felt, np.array([0.4]), anchor, ONE)[0, 0]
    share = journeys.count / journeys.count.sum()
    gap = felt[:, 0] - z
    drift = np.log(2.0) / 12.0
    pulls = 0.15 * np.maximum(gap, 0) - 0.30 * np.maximum(-gap, 0)
    assert drift * (anchor[0, 0] - z) + 0.4 * share @ pulls == pytest.approx(0.0, abs=1e-12)
    assert z < anchor[0, 0]  # losses weigh more


def test_relation_simulated_customer_by_customer():
    """The steady form is the long-run mean of the recursion up to its curvature."""
    journeys = journeys_of([{"count": 8.0}, {"resolved": 0, "count": 2.0}])
    felt = experience.satisfaction(journeys, experience.effort(journeys, ONE), ONE, ONE["csat.intercept"])
    anchor = relation.segment_means(journeys, felt)
    steady = relation.steady_relation(journeys, felt, np.array([0.5]), anchor, ONE)[0, 0]
    rng = np.random.default_rng(7)
    z = np.full(4000, anchor[0, 0])
    for _ in range(240):
        issues = rng.random(z.size) < 0.5
        s = np.where(rng.random(z.size) < 0.8, felt[0, 0], felt[1, 0])
        z += issues * np.where(s > z, 0.15, 0.30) * (s - z)
        z += (anchor[0, 0] - z) * (1 - 0.5 ** (1 / 12))
    assert z.mean() == pytest.approx(steady, abs=0.05)


def test_scores_of_nothing_are_not_a_number():
    nothing = usual().where(np.zeros(10, bool))
    empty = np.zeros((0, 1))
    answers = experience.csat_answers(empty, nothing.count, ONE)
    found = experience.scores(nothing, empty, answers, np.zeros(1), np.full(1, np.nan), ONE)
    assert np.isnan([found.csat, found.ces, found.effort, found.surveyed_csat]).all()


@settings(max_examples=50, deadline=None)
@given(st.floats(-30, 30), st.floats(0.0, 2.0), st.integers(0, 2**31))
def test_answers_are_probabilities_however_extreme(level, sd, seed):
    draws = drawing.central(with_overrides({"csat.sd_customer": sd}))
    felt = level + np.random.default_rng(seed).normal(0, 30, (5, 1))
    shares = experience.csat_answers(felt, np.ones(5), draws)
    assert (shares >= -1e-15).all() and shares.sum() == pytest.approx(1.0)
