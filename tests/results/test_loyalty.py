"""Churn, survival, value: mixtures, identities, and the figures of the source documents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import journeys_of, usual
from scipy.stats import poisson

from ccsim.parameters import outcome_parameters, with_overrides
from ccsim.results import draws as drawing
from ccsim.results import clv, experience, loyalty
from ccsim.results.calibration import Calibration, calibrate
from ccsim.results.loyalty import Customers
from ccsim.results.outcome import assess

ONE = drawing.central(outcome_parameters())
MANY = drawing.sampled(outcome_parameters(), 60)
PEOPLE = Customers(("all",), np.array([30_000.0]), np.array([14.0]), np.array([0.18]))
RATIOS = np.array([1.0, 3.0, 3.0, 3.0])[:, None]


def mixture(bad):
    """Shares of the classes where a given share has had a bad episode."""
    return np.array([1.0 - bad, bad, 0.0, 0.0])[:, None]


def churn(hazard, bad):
    return float(loyalty.annual(loyalty.monthly_stay(hazard, mixture(bad), RATIOS, 0.0))[0])


def test_csat_from_78_to_91_lowers_churn_by_about_18_percent():
    stay = np.array([(1 - 0.2) ** (1 / 12)])
    hazard = loyalty.solve_hazard(stay, mixture(0.22), RATIOS)
    assert churn(hazard, 0.22) == pytest.approx(0.2, abs=1e-12)
    assert churn(hazard, 0.09) / churn(hazard, 0.22) - 1 == pytest.approx(-0.18, abs=0.02)


def test_csat_85_goes_with_retention_90():
    hazard = np.array([0.0823 / 12])
    satisfied, hurt = 1 - churn(hazard, 0.0), 1 - churn(hazard, 1.0)
    assert (satisfied, hurt) == pytest.approx((0.921, 0.781), abs=5e-4)
    assert 0.85 * satisfied + 0.15 * hurt == pytest.approx(0.90, abs=5e-4)


def test_episodes_of_a_year_are_poisson():
    shares = loyalty.episode_shares(np.array([[0.11]]))[:, 0, 0]
    assert shares[:3] == pytest.approx(poisson.pmf([0, 1, 2], 1.32))
    assert shares[3] == pytest.approx(poisson.sf(2, 1.32))


def test_the_burden_of_episodes_is_the_root_of_their_number_up_to_three():
    assert loyalty.hazard_ratios(ONE)[:, 0, 0] == pytest.approx([1.0, 3.0, 3.0**2**0.5, 3.0**3**0.5])


@settings(max_examples=50, deadline=None)
@given(st.floats(0.0, 0.9), st.floats(0.0, 3.0), st.floats(1.0, 10.0))
def test_solved_hazard_reproduces_any_churn(lost, monthly, ratio):
    stay = np.array([[(1 - lost) ** (1 / 12)]])
    shares = loyalty.episode_shares(np.array([[monthly]]))
    ratios = (ratio**loyalty.BURDEN)[:, None, None]
    hazard = loyalty.solve_hazard(stay, shares, ratios)
    found = loyalty.annual(loyalty.monthly_stay(hazard, shares, ratios, 0.0))
    assert float(found[0, 0]) == pytest.approx(lost, abs=1e-12)


@pytest.mark.parametrize("draws", [ONE, MANY], ids=["central", "drawn"])
@pytest.mark.parametrize("stated", [0.0, 0.02, 0.18, 0.6])
def test_the_base_reproduces_the_stated_churn_exactly_in_every_draw(draws, stated):
    people = Customers(("all",), np.array([30_000.0]), np.array([14.0]), np.array([stated]))
    base = usual()
    outcome = assess(base, calibrate(base, people, draws), people, draws)
    assert outcome.churn == pytest.approx(np.full((1, draws.size), stated), abs=1e-12)
    assert (outcome.stay_without_bad >= outcome.stay - 1e-15).all()


def test_severe_exits_never_exceed_their_share_of_the_stated_churn():
    people = Customers(("all",), np.array([300.0]), np.array([14.0]), np.array([0.02]))
    found = calibrate(usual(), people, ONE)
    assert 0 < found.exit[0, 0] < 0.05 and found.hazard[0, 0] > 0


def test_unknown_customers_give_unknown_churn_and_name_the_line():
    unknown = Customers(("all",), np.array([np.nan]), np.array([14.0]), np.array([0.18]))
    base = usual()
    outcome = assess(base, calibrate(base, unknown, ONE), unknown, ONE)
    assert np.isnan(outcome.churn).all() and not np.isnan(outcome.scores.csat).any()
    assert not np.isnan(outcome.scores.nps).any()
    assert unknown.missing() == ["customers.all.count"]


def test_the_bad_cut_is_the_85th_percentile_of_the_base():
    rows = [{"contacts": n, "count": c} for n, c in ((1, 80), (2, 5), (3, 10), (4, 5))]
    base = journeys_of(rows)
    spent = experience.effort(base, ONE)
    assert loyalty.effort_cut(base, spent, ONE)[0] == pytest.approx(0.3)


def test_a_calibration_survives_json_to_the_last_bit():
    import json

    found = calibrate(usual(), PEOPLE, MANY)
    again = Calibration.from_json(json.loads(json.dumps(found.to_json())))
    for name in ("intercept", "offset", "cut", "anchor", "mean", "bad", "severe", "hazard", "exit", "always"):
        assert np.array_equal(getattr(again, name), getattr(found, name))
    assert again.segments == found.segments and again.version == found.version


def test_an_observed_csat_moves_the_intercept_until_surveys_show_it():
    draws = drawing.central(with_overrides({"csat.observed": 0.78}))
    base = usual()
    found = assess(base, calibrate(base, PEOPLE, draws), PEOPLE, draws)
    assert found.scores.surveyed_csat[0] == pytest.approx(0.78, abs=1e-9)


def test_value_of_known_margins():
    survive = np.array([0.9, 0.8, 0.5])
    assert float(clv.clv(np.array([10.0, 20.0, 30.0])[:, None], survive[:, None], 0.0)[0]) == (
        pytest.approx(9.0 + 16.0 + 15.0)
    )


def test_five_points_of_retention_are_lifetime_algebra():
    """+5 points give +25 % at r = .75 and +95 % at r ≈ .895, undiscounted (m/(1-r))."""
    for stay, more in ((0.75, 0.25), (0.895, 0.909)):
        before, after = (1.0 / (1.0 - r) for r in (stay, stay + 0.05))
        assert after / before - 1 == pytest.approx(more, abs=0.01)
        ratio = clv.clv_constant(1.0, np.array(stay + 0.05), 0.1) / clv.clv_constant(
            1.0, np.array(stay), 0.1
        )
        assert ratio - 1 < more + 0.1
