"""Drawn answers: their shares are the scores', their groups NPS's own, and better never answers worse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cases import PEOPLE
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import journeys_of, usual
from scipy.special import expit

from ccsim.parameters import outcome_parameters, with_overrides
from ccsim.results import draws as drawing
from ccsim.results import experience
from ccsim.results.answers import Chance, answers, ordered, recommended
from ccsim.results.calibration import calibrate
from ccsim.results.outcome import assess
from ccsim.results.slice_scores import slice_scores

ONE = drawing.central(outcome_parameters())
WIDE = drawing.central(with_overrides({"csat.sd_agent": 0.5, "csat.sd_customer": 1.0}))
BASE = usual()
MANY = 400_000  # answers: one standard error of a share near 87 % is 0.05 points
NODES, HERMITE = np.polynomial.hermite_e.hermegauss(80)


def each_apart(journeys):
    """The rows issue by issue."""
    rows = np.repeat(np.arange(len(journeys)), journeys.count.astype(int))
    single = replace(journeys.where(rows), count=np.ones(len(rows)))
    return single


def chance(size, seed=1, answered=True):
    stream = np.random.default_rng(seed)
    six = [stream.random(size) for _ in range(6)]
    if not answered:
        six[0] = np.full(size, np.nan)
    return Chance(*six)


def world(journeys, draws):
    solved = calibrate(journeys, PEOPLE, draws)
    return solved, assess(journeys, solved, PEOPLE, draws).relation


def drawn(journeys, draws=ONE, seed=1, answered=True):
    solved, steady = world(journeys, draws)
    return answers(journeys, solved, steady, draws, chance(len(journeys), seed, answered))


def integral(journeys, draws):
    """Shares of CSAT 1-5 averaged over agents and customers exactly, by quadrature."""
    felt = drawn(journeys, draws).satisfaction
    sd = np.hypot(draws["csat.sd_agent"][0], draws["csat.sd_customer"][0])
    upto = [
        np.average(expit(cut - felt[:, None] - sd * NODES) @ HERMITE / HERMITE.sum(), weights=journeys.count)
        for cut in draws.cuts["csat.cuts"]
    ]
    return np.diff([0.0, *upto, 1.0])


def near(share, expected, size, more=0.0):
    """Within 3.3 standard errors of a share of so many independent answers."""
    return abs(share - expected) <= 3.3 * np.sqrt(expected * (1 - expected) / size) + more


def large():
    factor = MANY / BASE.issues
    return each_apart(replace(BASE, count=np.round(BASE.count * factor)))


@pytest.mark.parametrize("draws", [ONE, WIDE], ids=["defaults", "wide effects"])
def test_shares_of_csat_are_the_integral_over_agents_and_customers(draws):
    issues = large()
    found, expected = drawn(issues, draws).csat, integral(BASE, draws)
    for answer in range(1, 6):
        assert near((found == answer).mean(), expected[answer - 1], len(issues)), answer


def test_all_shares_are_the_scores_but_for_the_error_stated():
    issues = large()
    solved, steady = world(issues, ONE)
    found = answers(issues, solved, steady, ONE, chance(len(issues), 2))
    score = slice_scores(issues, [np.ones(len(issues), np.bool_)], solved, steady, ONE)
    shares = {
        "csat": (found.csat >= 4, 0.0003), "csat_top": (found.csat == 5, 0.0013),
        "effort_low": (found.ces >= 6, 0.0005), "effort_high": (found.ces <= 3, 0.0005),
        "response": (found.surveyed, 0.0003), "promoters_after": (found.nps >= 9, 0.0),
        "detractors_after": (found.nps <= 6, 0.0),
    }  # fmt: skip
    for name, (which, error) in shares.items():
        assert near(which.mean(), getattr(score, name)[0, 0], len(issues), error), name
    said = found.csat[found.surveyed]
    assert near((said >= 4).mean(), score.csat_surveyed[0, 0], len(said), 0.0003)
    assert near((said == 5).mean(), score.csat_top_surveyed[0, 0], len(said), 0.0013)
    spread = found.ces.std() / np.sqrt(len(issues))
    assert abs(found.ces.mean() - score.ces[0, 0]) <= 3.3 * spread + 0.003


@pytest.mark.parametrize(("draws", "box", "top", "single"), [
    (ONE, -0.0003, 0.0012, 0.0036), (WIDE, 0.0006, 0.0040, 0.0074),
], ids=["defaults", "wide effects"])  # fmt: skip
def test_the_error_of_the_averaged_logit_is_as_stated(draws, box, top, single):
    """The figures of the module's docstring."""
    near_by = experience.csat_answers(drawn(BASE, draws).satisfaction[:, None], BASE.count, draws)[:, 0]
    exact = integral(BASE, draws)
    assert near_by[3:].sum() - exact[3:].sum() == pytest.approx(box, abs=0.00005)
    assert near_by[4] - exact[4] == pytest.approx(top, abs=0.00005)
    worst = 0.0
    for level in np.linspace(-5, 5, 201):
        sd = np.hypot(draws["csat.sd_agent"][0], draws["csat.sd_customer"][0])
        upto = expit(level + sd * NODES) @ HERMITE / HERMITE.sum()
        short = expit(level / np.sqrt(1 + experience.MIXING * sd**2))
        worst = max(worst, abs(upto - short))
    assert worst == pytest.approx(single, abs=0.0001)


def test_nps_of_the_answers_is_promoters_less_detractors_and_groups_are_even():
    u = (np.arange(1_000_000) + 0.5) / 1_000_000
    promoters, detractors = np.full(len(u), 0.45), np.full(len(u), 0.20)
    found = recommended(u, promoters, detractors)
    share = np.bincount(found, minlength=11) / len(u)
    assert share[9:].sum() == pytest.approx(0.45, abs=1e-6)
    assert share[:7].sum() == pytest.approx(0.20, abs=1e-6)
    assert share == pytest.approx([0.2 / 7] * 7 + [0.35 / 2] * 2 + [0.45 / 2] * 2, abs=2e-6)
    assert (np.diff(found) >= 0).all()


def test_nps_at_the_ends():
    one, none = np.ones(3), np.zeros(3)
    u = np.array([1e-9, 0.5, 1 - 1e-9])
    assert (recommended(u, one, none) >= 9).all()
    assert (recommended(u, none, one) <= 6).all()
    assert set(recommended(u, none, none)) <= {7, 8}


def test_ordered_answers_hit_their_probabilities():
    cuts = np.array([-2.0, 0.0, 1.0])
    u = (np.arange(200_000) + 0.5) / 200_000
    found = ordered(u, cuts, np.full(len(u), 0.3))
    for k, cut in enumerate(cuts, start=1):
        assert (found <= k).mean() == pytest.approx(expit(cut - 0.3), abs=1e-5)


rows = st.fixed_dictionaries({
    "contacts": st.integers(1, 5), "transfers": st.integers(0, 2), "switches": st.integers(0, 2),
    "retold": st.integers(0, 3), "abandons": st.integers(0, 3), "wait": st.floats(0.0, 3600.0),
    "resolved": st.integers(0, 1),
})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(rows, st.sampled_from(["contacts", "transfers", "switches", "retold", "abandons", "wait", "resolved"]),
       st.integers(0, 2**31))  # fmt: skip
def test_with_the_same_chance_a_worse_journey_never_answers_better(row, what, seed):
    worse = {**row, what: 0 if what == "resolved" else row[what] + 1}
    solved, steady = world(BASE, ONE)
    better_said, worse_said = (
        answers(journeys_of([one] * 40), solved, steady, ONE, chance(40, seed)) for one in (row, worse)
    )
    for name in ("ces", "csat", "nps", "satisfaction"):
        assert (getattr(worse_said, name) <= getattr(better_said, name)).all(), name
    assert (worse_said.effort >= better_said.effort).all()
    for name in ("agent_effect", "customer_effect"):
        np.testing.assert_array_equal(getattr(worse_said, name), getattr(better_said, name))


def test_effects_have_the_spread_stated_and_nobody_has_no_agent():
    issues = large()
    found, alone = drawn(issues), drawn(issues, answered=False)
    assert found.agent_effect.std() == pytest.approx(0.2, rel=0.01)
    assert found.customer_effect.std() == pytest.approx(0.6, rel=0.01)
    assert (alone.agent_effect == 0).all() and np.isfinite(alone.satisfaction).all()
    assert set(np.unique(alone.csat)) == {1, 2, 3, 4, 5} and set(np.unique(alone.nps)) == set(range(11))


def test_an_agent_who_pleases_also_makes_it_feel_easier():
    issues = each_apart(BASE)
    solved, steady = world(issues, ONE)
    luck = chance(len(issues))
    poor, good = (
        answers(issues, solved, steady, ONE, replace(luck, agent=np.full(len(issues), u))) for u in (0.1, 0.9)
    )
    for name in ("csat", "ces"):
        assert (getattr(good, name) >= getattr(poor, name)).all()
        assert getattr(good, name).mean() > getattr(poor, name).mean()
    np.testing.assert_array_equal(good.nps, poor.nps)
