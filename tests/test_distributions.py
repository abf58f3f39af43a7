"""Distributions: quantile and cdf are inverse, means are right, mixtures with atoms are exact."""

from __future__ import annotations

import itertools
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr

from ccsim.distributions import (
    FAMILIES,
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Lognormal,
    Mixture,
    Never,
    PiecewiseHazard,
    Triangular,
    Uniform,
    Weibull,
)

SMOOTH = [
    Exponential(300.0),
    Lognormal(300.0, 0.9),
    Gamma(300.0, 0.5),
    Gamma(300.0, 2.0),
    Erlang(170.0, 2),
    Weibull(240.0, 0.8),
    Weibull(120.0, 2.0),
    Uniform(3.0, 9.0),
    Triangular(1.0, 2.0, 9.0),
    Triangular(0.0, 0.0, 9.0),
    Triangular(1.0, 9.0, 9.0),
    PiecewiseHazard((0.0, 60.0, 90.0, 200.0), (0.001, 0.0, 0.05, 0.002)),
]
REPEAT = Mixture(((0.25, Uniform(0.0, 600.0)), (0.75, Lognormal(129_600.0, 1.2))))
MIXED = [
    REPEAT,
    Mixture(((0.1, Exponential(36.0)), (0.9, Exponential(6.6667)))),
    Mixture(((0.5, Uniform(0.0, 1.0)), (0.5, Uniform(5.0, 6.0)))),
    Mixture(((0.3, REPEAT), (0.7, Gamma(50.0, 0.1)))),
]
STEPPED = [
    Constant(60.0),
    Empirical((5.0, 1.0, 5.0, 2.0)),
    Empirical((1.0, 2.0, 3.0), (0.2, 0.0, 0.8)),
    Mixture(((0.15, Constant(0.0)), (0.85, Exponential(120.0)))),
    Mixture(((1.0, Constant(0.0)), (1.0, Constant(9.0)))),
    Mixture(((0.2, Constant(60.0)), (0.3, Empirical((1.0, 70.0))), (0.5, Erlang(100.0, 3)))),
]
DEFECTIVE = [
    Never(),
    PiecewiseHazard((0.0, 100.0), (0.01, 0.0)),
    Mixture(((0.25, Never()), (0.75, Exponential(60.0)))),
    Mixture(
        (
            (0.2, Constant(0.0)),
            (0.4, PiecewiseHazard((0.0, 100.0), (0.01, 0.0))),
            (0.4, Gamma(50.0, 0.4)),
        )
    ),
]
ALL = [*SMOOTH, *MIXED, *STEPPED, *DEFECTIVE]
U = np.concatenate((np.linspace(0.0005, 0.9995, 1000), [1e-9, 1 - 1e-9]))


def name_of(distribution):
    return type(distribution).__name__


@pytest.mark.parametrize("one", SMOOTH + MIXED, ids=name_of)
def test_the_quantile_inverts_the_cdf_to_a_billionth(one):
    x = one.quantile(U)
    assert (one.cdf(x * (1 - 1e-9)) <= U + 1e-15).all()
    assert (one.cdf(x * (1 + 1e-9)) >= U - 1e-15).all()


@pytest.mark.parametrize("one", ALL, ids=name_of)
def test_the_quantile_is_the_smallest_value_that_reaches_u(one):
    x = one.quantile(U)
    finite = np.isfinite(x)
    assert (one.cdf(x[finite] * (1 + 1e-9)) >= U[finite] - 1e-12).all()
    below = finite & (x > 0)
    assert (one.cdf(x[below] * (1 - 1e-9)) <= U[below] + 1e-12).all()
    assert (one.cdf(1e15) <= U[~finite] + 1e-12).all()
    assert (np.diff(x[:1000][finite[:1000]]) >= 0).all()


@pytest.mark.parametrize("one", ALL, ids=name_of)
def test_survival_cdf_and_limited_mean_agree(one):
    x = np.array([0.0, 0.5, 1.0, 4.0, 60.0, 75.0, 250.0, 9000.0])
    assert one.survival(x) == pytest.approx(1.0 - one.cdf(x), abs=1e-12)
    for end in x[1:]:
        cuts = [0.0, *sorted(k for k in one.kinks() if 0 < k < end), end]
        area = sum(
            quad(lambda t: float(one.survival(t)), a, b, epsabs=1e-11, limit=200)[0]
            for a, b in itertools.pairwise(cuts)
        )
        assert float(one.limited_mean(end)) == pytest.approx(area, rel=1e-7)


@pytest.mark.parametrize("one", SMOOTH + MIXED + STEPPED, ids=name_of)
def test_the_mean_is_the_mean_of_the_quantiles(one):
    u = (np.arange(100_000) + 0.5) / 100_000
    assert one.quantile(u).mean() == pytest.approx(one.mean, rel=6e-3)
    assert one.limited_mean(1e13) == pytest.approx(one.mean, rel=1e-9)


@pytest.mark.parametrize("one", DEFECTIVE, ids=name_of)
def test_what_may_never_come_has_no_mean(one):
    assert one.mean == np.inf and one.quantile(np.array(1.0)) == np.inf


@pytest.mark.parametrize("one", ALL, ids=name_of)
def test_draws_through_a_normal_are_the_same(one):
    z = np.linspace(-5.0, 5.0, 501)
    assert one.from_normal(z) == pytest.approx(one.quantile(ndtr(z)), rel=1e-6)
    assert not np.isnan(one.from_normal(np.array([-40.0, 40.0]))).any()


@pytest.mark.parametrize("one", ALL, ids=name_of)
def test_scaling_multiplies_the_variable_and_keeps_ranks(one):
    assert one.scaled(1.4).quantile(U) == pytest.approx(1.4 * one.quantile(U), rel=1e-9)
    assert one.scaled(1.4).mean == pytest.approx(1.4 * one.mean)


@pytest.mark.parametrize("one", ALL, ids=name_of)
def test_distributions_are_values(one):
    again = pickle.loads(pickle.dumps(one))
    assert again == one and hash(again) == hash(one) and {one: 1}[again] == 1
    assert np.array_equal(again.quantile(U), one.quantile(U))


def test_right_tails_are_exact_where_one_minus_u_is_not():
    assert Exponential(1.0).from_normal(np.array(9.0)) == pytest.approx(43.6281491133321, rel=1e-9)
    gamma, same = Gamma(1.0, 1.0).from_normal(9.0), Erlang(1.0, 1).from_normal(9.0)
    assert gamma == pytest.approx(43.6281491133321, rel=1e-7) and same == gamma


def test_known_values():
    assert Lognormal(300.0, 0.9).quantile(0.5) == pytest.approx(300.0 / np.sqrt(1.81))
    assert Exponential(120.0).quantile(1 - np.exp(-1)) == pytest.approx(120.0)
    assert Weibull(120.0, 2.0).scale == pytest.approx(135.4055000514615)
    atom = Mixture(((0.15, Constant(0.0)), (0.85, Exponential(120.0))))
    assert atom.quantile([0.1, 0.15]).tolist() == [0.0, 0.0]
    assert atom.quantile(0.575) == pytest.approx(120.0 * np.log(2.0))
    steps = Empirical((5.0, 1.0, 2.0), (1.0, 1.0, 2.0))
    assert steps.quantile([0.0, 0.25, 0.26, 0.75, 0.76, 1.0]).tolist() == [1, 1, 2, 2, 5, 5]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0.01, 1.0),
            st.one_of(
                st.floats(0.1, 1e6).map(Exponential),
                st.builds(Lognormal, st.floats(0.1, 1e6), st.floats(0.1, 3.0)),
                st.builds(Gamma, st.floats(0.1, 1e6), st.floats(0.2, 2.0)),
                st.floats(0.0, 1e5).map(Constant),
            ),
        ),
        min_size=1,
        max_size=4,
    ),
    st.floats(1e-6, 1 - 1e-6),
)
def test_any_mixture_inverts(parts, u):
    one = Mixture(tuple(parts))
    x = float(one.quantile(u))
    assert float(one.cdf(x * (1 + 1e-9))) >= u - 1e-12
    assert x < 1e-300 or float(one.cdf(x * (1 - 1e-9))) <= u + 1e-12


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Exponential(0.0), "above zero"),
        (lambda: Lognormal(300.0, -1.0), "cv must be"),
        (lambda: Gamma(np.nan, 1.0), "mean must be"),
        (lambda: Erlang(3.0, 0), "k must be"),
        (lambda: Uniform(2.0, 1.0), "low < high"),
        (lambda: Triangular(1.0, 0.0, 2.0), "low <= mode"),
        (lambda: Empirical(()), "at least one"),
        (lambda: Empirical((1.0,), (0.0,)), "not all 0"),
        (lambda: PiecewiseHazard((1.0,), (1.0,)), "starts"),
        (lambda: Mixture(()), "at least one"),
        (lambda: Constant(-1.0), "zero or more"),
    ],
)
def test_nonsense_is_refused(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_families_build_from_parsed_values():
    assert FAMILIES["lognormal"]({"mean": 300.0, "cv": 0.9}) == Lognormal(300.0, 0.9)
    assert FAMILIES["empirical"]({"values": [1.0, 2.0]}) == Empirical((1.0, 2.0))
    assert FAMILIES["never"]({}) == Never()
    parts = [(0.2, Constant(0.0)), (0.8, Exponential(60.0))]
    assert FAMILIES["mixture"]({"parts": parts}) == Mixture(tuple(parts))
    with pytest.raises(ValueError, match="lognormal has no `sd`; it takes mean, cv"):
        FAMILIES["lognormal"]({"mean": 300.0, "sd": 1.0})
    with pytest.raises(ValueError, match="lognormal needs `cv`"):
        FAMILIES["lognormal"]({"mean": 300.0})
