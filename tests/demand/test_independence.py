"""Issues of one centre share nothing but what they are meant to share."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import chdtrc, ndtr, ndtri
from scipy.stats import kstest

from ccsim.demand.arrivals import births
from ccsim.demand.issues import draw_issues, patience_of, talk_of
from ccsim.scenario import Scenario, loads

CENTRE = """
ccsim: 1
weeks: 2
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon-fri: 08:00-18:00}}
customers: {gold: {count: 2000}, plain: {count: 8000}}
intents:
  billing: {talk: 4min, wrap_up: 30s, hold: 20s, fcr: 70%, complexity: RHO}
  technical: {talk: {gamma: {mean: 6min, cv: 1.2}}, fcr: 60%, complexity: RHO}
channels: {voice: {patience: {weibull: {mean: 3min, shape: 0.8}}}}
arrivals:
  voice: {contacts: 9000/week, mix: {billing: 60%, technical: 40%}, busyness: none, counted: first}
agents: {front: {on_seat: 9, skills: [billing, technical]}}
"""


def centre(rho: float = 0.0) -> Scenario:
    return loads(CENTRE.replace("RHO", str(rho)))


def columns(scenario: Scenario, replication: int = 0) -> dict[str, np.ndarray]:
    issues = draw_issues(scenario, replication)
    found = dict(zip(issues.columns, issues.draws, strict=True))
    intent = issues.cell // len(scenario.customers) % len(scenario.intents)
    return {**found, "intent": intent, "cell": issues.cell, "customer": issues.customer}


def square(u: np.ndarray, v: np.ndarray, pieces: int = 20) -> float:
    """p-value of a two-dimensional chi-square test of two uniform columns."""
    counts = np.histogram2d(u, v, pieces, ((0, 1), (0, 1)))[0]
    expected = len(u) / pieces**2
    return float(chdtrc(pieces**2 - 1, ((counts - expected) ** 2 / expected).sum()))


@pytest.mark.parametrize("rho", [0.0, 0.7])
def test_each_column_has_its_law(rho: float) -> None:
    scenario = centre(rho)
    found = columns(scenario)
    for number, name in enumerate(scenario.intents):
        mine = found["intent"] == number
        laws = {"talk": talk_of(scenario, "voice", name), "patience": patience_of(scenario, "voice", name)}
        for column, law in laws.items():
            assert kstest(law.cdf(found[column][mine]), "uniform").pvalue > 1e-4
    for column in ("score", "complexity") if rho else ("score",):
        assert kstest(found[column], "norm").pvalue > 1e-4


def test_columns_are_independent_where_nothing_ties_them() -> None:
    scenario = centre()
    found = columns(scenario)
    mine = found["intent"] == 0
    billing = scenario.intents["billing"]
    assert billing.wrap_up is not None and billing.hold is not None
    uniform = {
        "talk": talk_of(scenario, "voice", "billing").cdf(found["talk"][mine]),
        "patience": patience_of(scenario, "voice", "billing").cdf(found["patience"][mine]),
        "wrap": billing.wrap_up.cdf(found["wrap"][mine]),
        "hold": billing.hold.cdf(found["hold"][mine]),
        "score": ndtr(found["score"][mine]),
    }
    names = list(uniform)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            assert square(uniform[one], uniform[other]) > 1e-5, (one, other)


def test_complexity_ties_talk_to_resolution_as_stated() -> None:
    """Both load on it with rho: their correlation is rho squared; patience stays apart."""
    rho = 0.7
    scenario = centre(rho)
    found = columns(scenario)
    mine = found["intent"] == 0
    talk = ndtri(talk_of(scenario, "voice", "billing").cdf(found["talk"][mine]))
    patience = ndtri(patience_of(scenario, "voice", "billing").cdf(found["patience"][mine]))
    limit = 3.5 / np.sqrt(mine.sum())
    assert np.corrcoef(talk, found["complexity"][mine])[0, 1] == pytest.approx(rho, abs=limit)
    assert np.corrcoef(found["score"][mine], found["complexity"][mine])[0, 1] == pytest.approx(rho, abs=limit)
    assert np.corrcoef(talk, found["score"][mine])[0, 1] == pytest.approx(rho**2, abs=limit)
    assert abs(np.corrcoef(patience, found["complexity"][mine])[0, 1]) < limit


def test_cells_do_not_know_of_each_other() -> None:
    """The j-th issue of an interval in one cell and in another: same interval, same j, other draws."""
    scenario = centre()
    counts = np.array([[len(group.key) for group in births(scenario, r)] for r in range(120)])
    correlation = np.corrcoef(counts.T)
    apart = correlation[np.triu_indices(len(correlation), 1)]
    assert np.abs(apart).max() < 3.8 / np.sqrt(len(counts))
    assert np.allclose(counts.var(axis=0) / counts.mean(axis=0), 1.0, atol=3.8 * np.sqrt(2 / len(counts)))


def test_issues_in_a_row_are_independent() -> None:
    scenario = centre()
    found = columns(scenario)
    mine = found["intent"] == 0
    u = talk_of(scenario, "voice", "billing").cdf(found["talk"][mine])
    for step in (1, 2, 5):
        assert square(u[:-step], u[step:]) > 1e-5


def test_customers_are_drawn_evenly() -> None:
    scenario = centre()
    found = columns(scenario)
    for number, segment in enumerate(scenario.customers.values()):
        mine = found["customer"][found["cell"] % len(scenario.customers) == number]
        assert segment.count is not None and mine.max() < segment.count
        assert kstest((mine + 0.5) / segment.count, "uniform").pvalue > 1e-4


def test_an_unused_variant_moves_nothing() -> None:
    more = CENTRE + "variants: {two_more: {why: Why, set: {agents.front.on_seat: +2}}}\n"
    before = draw_issues(centre(), 0)
    for scenario in (loads(more.replace("RHO", "0")), loads(more.replace("RHO", "0"), variant="two_more")):
        after = draw_issues(scenario, 0)
        assert np.array_equal(before.key, after.key)
        assert np.array_equal(before.draws, after.draws)
