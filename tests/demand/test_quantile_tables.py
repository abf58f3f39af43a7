"""Draws by table, as handlers make them, against the exact quantiles they stand for."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import kstest, norm

from ccsim.centre.draws import normal_of, normal_table, normals_of, quantile, score_table
from ccsim.demand.streams import issue_keys, name_key, stream_key, uniforms
from ccsim.distributions import (
    Constant,
    Distribution,
    Erlang,
    Exponential,
    Gamma,
    Lognormal,
    Mixture,
    PiecewiseHazard,
    Uniform,
    Weibull,
)

LAWS: dict[str, Distribution] = {
    "exponential": Exponential(300.0),
    "talk": Lognormal(240.0, 0.9),
    "long tail": Lognormal(200.0, 2.5),
    "gamma": Gamma(120.0, 1.4),
    "weibull": Weibull(180.0, 0.7),
    "erlang": Erlang(170.0, 2),
    "uniform": Uniform(30.0, 600.0),
    "hazards": PiecewiseHazard((0.0, 60.0, 75.0), (0.002, 0.05, 0.004)),
    "return": Mixture(((0.25, Uniform(0.0, 600.0)), (0.75, Lognormal(2e5, 1.5)))),
}
BALKING = Mixture(((0.2, Constant(0.0)), (0.8, Exponential(90.0))))

CENTRE = SimpleNamespace(numbers=normal_table().tolist())


def by_table(law: Distribution, scores: np.ndarray) -> np.ndarray:
    centre = SimpleNamespace(numbers=score_table(law).tolist())
    return np.array([quantile(centre, 0, score) for score in scores.tolist()])


SMOOTH = [name for name in LAWS if name not in ("hazards", "return")]


@pytest.mark.parametrize("name", SMOOTH)
def test_quantiles_are_exact_to_a_few_parts_in_ten_thousand(name: str) -> None:
    scores = np.linspace(-5.0, 5.0, 4001) + 1e-3
    exact = LAWS[name].from_normal(scores)
    scale = np.maximum(exact, 1e-3 * LAWS[name].mean)
    assert np.abs(by_table(LAWS[name], scores) / scale - exact / scale).max() < 6e-4


@pytest.mark.parametrize("name", LAWS)
def test_probabilities_are_exact_to_a_few_thousandths(name: str) -> None:
    """Where a law jumps, a table of 128 points a unit of score smooths the edge, and no more."""
    scores = np.linspace(-5.0, 5.0, 4001) + 1e-3
    drawn = by_table(LAWS[name], scores)
    assert np.abs(LAWS[name].cdf(drawn) - norm.cdf(scores)).max() < 1 / 128 * norm.pdf(0.0)


@pytest.mark.parametrize("name", LAWS)
def test_the_mean_is_kept(name: str) -> None:
    """Integral of the table over the normal density, on a grid that does not fall on its points."""
    edges = np.linspace(-8.0, 8.0, 16_001)
    middle = (edges[1:] + edges[:-1]) / 2
    mean = float((by_table(LAWS[name], middle) * np.diff(norm.cdf(edges))).sum())
    assert mean == pytest.approx(LAWS[name].mean, rel=3e-4)


@pytest.mark.parametrize("name", LAWS)
def test_tables_rise_and_reach_far(name: str) -> None:
    table = score_table(LAWS[name])
    assert np.all(np.diff(table) >= 0.0)
    assert table[0] == pytest.approx(LAWS[name].from_normal(np.array([-8.0]))[0])
    assert table[-1] == pytest.approx(LAWS[name].from_normal(np.array([8.0]))[0])
    assert by_table(LAWS[name], np.array([-20.0, 20.0])).tolist() == [table[0], table[-1]]


def test_an_atom_keeps_its_mass() -> None:
    scores = ndtri((np.arange(20_000) + 0.5) / 20_000)
    drawn = by_table(BALKING, scores)
    assert (drawn == 0.0).mean() == pytest.approx(0.2, abs=0.003)
    assert drawn.mean() == pytest.approx(72.0, rel=3e-3)


def test_normal_scores_are_those_of_the_uniforms() -> None:
    stream = stream_key(11, 3, "talk")
    interval = np.arange(20_000)
    keys = issue_keys(name_key("cell", "voice", "billing", "everyone"), interval, interval % 7)
    u = uniforms(stream, keys, 16)
    drawn = normals_of(normal_table(), u)
    assert np.abs(drawn - ndtri(u)).max() < 2e-5
    assert kstest(drawn, "norm").pvalue > 1e-4


@pytest.mark.parametrize("power", [3, 10, 25, 40, 53])
def test_normal_scores_are_right_far_out(power: int) -> None:
    """One in 2^53 as exactly as one in ten, on either side."""
    for u in (0.7 * 2.0**-power, 1.0 - 0.7 * 2.0**-power):
        if 0.0 < u < 1.0:
            assert normal_of(CENTRE, u) == pytest.approx(float(ndtri(u)), rel=1e-5)


def test_a_column_of_normal_scores_equals_them_one_by_one() -> None:
    """Also in the middle, at the edges of the blocks and at either end."""
    edges = np.ldexp(1.0, -np.arange(1, 54))
    near = np.concatenate(
        [edges, np.nextafter(edges, 0.0), np.nextafter(edges, 1.0), np.arange(1, 4000) / 4000]
    )
    u = np.concatenate([near, 1.0 - near])
    u = u[(u > 0.0) & (u < 1.0)]
    column = normals_of(normal_table(), u)
    assert column.tobytes() == np.array([normal_of(CENTRE, one) for one in u.tolist()]).tobytes()
