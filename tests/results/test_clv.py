"""The value of a customer: closed forms, and customers who are not alike.

The figures that articles on retention quote (five points more are worth a quarter or double) are algebra
of these formulas. That they come out says that the formulas are right, not that service earns them.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import hyp2f1
from scipy.stats import beta

from ccsim.results.clv import clv, clv_constant, lifetime, surviving

NONE = np.zeros(1)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.1, 1000.0), st.floats(0.3, 0.97), st.floats(0.01, 0.3))
def test_a_constant_chance_has_its_closed_form(margin, stay, discount):
    survive = stay ** np.arange(1.0, 3001.0)[:, None]
    closed = clv_constant(margin, np.array([stay]), discount)
    assert clv(margin, survive, discount) == pytest.approx(closed, rel=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.floats(0.3, 0.97), st.floats(0.0, 0.3))
def test_elasticity_to_retention(stay, discount):
    """d ln CLV / d ln r = (1 + d) / (1 + d - r): 5.1 at 90 % and 12 % (Gupta, Lehmann and Stuart)."""
    step = 1e-6 * stay
    up, at, down = (float(clv_constant(1.0, np.array(r), discount)) for r in (stay + step, stay, stay - step))
    assert (up - down) / (2 * step) * stay / at == pytest.approx(
        (1 + discount) / (1 + discount - stay), rel=1e-4
    )


@pytest.mark.parametrize(("retention", "more"), [(0.75, 0.25), (0.895, 0.909), (0.8974, 0.95), (0.90, 1.0)])
def test_five_points_of_retention_undiscounted(retention, more):
    """ "+5 % retention is +25 to +95 % profit": 1 / (1 - r), first margin at once, at 75 % and near 89.5 %.

    At 90 % five points halve the churn, and that doubles the figure whatever the firm does: lifetime
    algebra (Sharp's thought experiment). It is no evidence that a service keeps five points more.
    """
    before, after = (1.0 + float(clv_constant(1.0, np.array(r), 0.0)) for r in (retention, retention + 0.05))
    assert after / before - 1 == pytest.approx(more, abs=0.001)


@pytest.mark.parametrize(("retention", "more"), [(0.80, 0.275), (0.90, 0.407)])
def test_five_points_of_retention_discounted(retention, more):
    """At 10 % a year the same five points give 27 to 41 %: +95 % is out of reach of any discounted value."""
    before, after = (float(clv_constant(1.0, np.array(r), 0.1)) for r in (retention, retention + 0.05))
    assert after / before - 1 == pytest.approx(more, abs=0.001)


def test_value_of_known_margins():
    survive = np.array([0.9, 0.8, 0.5])[:, None]
    margins = np.array([10.0, 20.0, 30.0])[:, None]
    assert float(clv(margins, survive, 0.0)[0]) == pytest.approx(9.0 + 16.0 + 15.0)


def test_lifetime_of_a_steady_customer_is_the_closed_form():
    monthly = 1.1 ** (1 / 12) - 1
    hazard = np.full((1, 1), 0.02)
    found = lifetime(14.0, np.full((36, 1, 1), 0.02), hazard, np.full((1, 1), 0.24), np.array([0.1]), NONE)
    assert found == pytest.approx(clv_constant(14.0, np.exp(-hazard), monthly), rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.0, 0.3), min_size=1, max_size=40), st.floats(0.005, 0.3), st.floats(0.0, 0.3))
def test_lifetime_is_the_sum_of_its_months(hazards, settled, discount):
    ahead = np.array(hazards)[:, None, None]
    found = lifetime(1.0, ahead, np.full((1, 1), settled), np.full((1, 1), 0.2), np.array([discount]), NONE)
    every = np.concatenate([hazards, np.full(20_000, settled)])
    survive, month = np.exp(-np.cumsum(every)), np.arange(1.0, len(every) + 1.0)
    assert float(found[0, 0]) == pytest.approx(
        float((survive * (1 + discount) ** (-month / 12)).sum()), rel=1e-9
    )


@settings(max_examples=50, deadline=None)
@given(st.floats(0.01, 0.9), st.floats(0.01, 0.9), st.floats(0.0, 10.0))
def test_unlike_customers_are_a_beta_mixture(churn, unlike, years):
    """Second route: E[q^t] over the density of the yearly retention q."""
    size = 1 / unlike - 1
    q = beta((1 - churn) * size, churn * size)
    year = np.full((1, 1), -np.log1p(-churn))
    found = float(surviving(years * year, year, np.array([unlike]))[0, 0])
    if (1 - churn) * size > 1 and churn * size > 1:  # else the density has poles, and quad its troubles
        assert found == pytest.approx(quad(lambda x: x**years * q.pdf(x), 0, 1)[0], rel=1e-6)
    assert 0 <= found <= 1
    assert found >= float(np.exp(-years * year[0, 0])) * (1 - 1e-9) or years < 1  # survivors grow loyal


def test_a_year_loses_what_was_stated_however_unlike_customers_are():
    year = np.array([[-np.log(0.82)]])
    for unlike in (0.0, 1e-6, 0.1, 0.5, 0.9):
        assert float(surviving(year, year, np.array([unlike]))[0, 0]) == pytest.approx(0.82)


def test_real_cohorts_lose_fewer_each_year():
    """Fader and Hardie's regular customers, 1000 -> 631 -> 468 -> 382 -> 326: two years tell the other two.

    A constant rate, from the first year, would leave 158 after four.
    """
    told = np.array([0.631, 0.468, 0.382, 0.326])
    second = told[1] / told[0]
    size = (1 - second) / (second - told[0])  # from (b + 1) / (a + b + 1)
    year = np.array([[-np.log(told[0])]])
    found = [float(surviving(t * year, year, np.array([1 / (size + 1)]))[0, 0]) for t in (1, 2, 3, 4)]
    assert found[:2] == pytest.approx(told[:2])
    assert found[2:] == pytest.approx(told[2:], abs=0.012)
    assert told[0] ** 4 == pytest.approx(0.158, abs=0.001)


@pytest.mark.parametrize("unlike", [0.05, 0.35, 0.7])
def test_value_of_unlike_customers_is_gausss_series(unlike):
    """Second route: twelve hypergeometric series, one for each month of the year (Fader and Hardie's DEL)."""
    churn, discount = 0.18, 0.10
    size = 1 / unlike - 1
    a, b, v = churn * size, (1 - churn) * size, 1 / (1 + discount)
    year = np.array([[-np.log1p(-churn)]])

    def at(t):
        return float(surviving(t * year, year, np.array([unlike]))[0, 0])

    exact = sum(v ** (j / 12) * at(j / 12) * hyp2f1(1, b + j / 12, a + b + j / 12, v) for j in range(12))
    found = lifetime(
        1.0, np.tile(year / 12, (36, 1, 1)), year / 12, year, np.array([discount]), np.array([unlike])
    )
    assert float(found[0, 0]) == pytest.approx(exact - 1, rel=1e-4)  # less the month of today; 100 years
    alike = lifetime(1.0, np.tile(year / 12, (36, 1, 1)), year / 12, year, np.array([discount]), NONE)
    assert float(found[0, 0]) > float(alike[0, 0])  # a constant rate undervalues those who stay


def test_draws_alike_and_unlike_side_by_side():
    year = np.full((1, 2), 0.2)
    both = surviving(3 * year, year, np.array([0.0, 0.4]))[0]
    assert both[0] == pytest.approx(np.exp(-0.6)) and both[1] > both[0]
    hazard = np.full((36, 1, 2), 0.2 / 12)
    value = lifetime(1.0, hazard, hazard[0], year, np.array([0.1, 0.1]), np.array([0.0, 0.4]))
    assert value[0, 0] == pytest.approx(
        float(clv_constant(1.0, np.exp(-hazard[0, 0, :1]), 1.1 ** (1 / 12) - 1)[0])
    )
    assert value[0, 1] > value[0, 0]


def test_nobody_leaves_where_nobody_ever_did():
    none = np.zeros((1, 1))
    assert float(surviving(none, none, np.array([0.3]))[0, 0]) == 1.0
