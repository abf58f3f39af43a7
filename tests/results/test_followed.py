"""Customers one by one: their means are the steady state's, and one of them is worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from journals import journeys_of, usual
from scipy.stats import poisson

from ccsim.parameters import with_overrides
from ccsim.results import draws as drawing
from ccsim.results import experience, loyalty
from ccsim.results.followed import Setting, follow
from ccsim.results.loyalty import Customers
from ccsim.results.outcome import calibrated

COUNT = 40_000
PEOPLE = Customers(("all",), np.array([float(COUNT)]), np.array([14.0]), np.array([0.18]))
WEEK = 604_800.0
KNOWN = 4 / (365.25 / 7)  # of the last 12 months, those simulated


def setting(draws, base, people=PEOPLE):
    calibration, outcome = calibrated(base, people, draws)
    return Setting(people, calibration, outcome, draws)


def issue_by_issue(rows):
    """Every issue of compressed journeys a row of its own."""
    each = np.repeat(np.arange(len(rows)), rows.count.astype(int))
    return replace(rows.where(each), count=np.ones(len(each)))


@pytest.fixture(scope="module")
def population():
    """Issues of the usual journeys dealt to 40,000 customers by chance, over four weeks."""
    rng = np.random.default_rng(11)
    issues = issue_by_issue(usual())
    issues = issues.where(rng.permutation(len(issues)))
    terms = setting(drawing.central(with_overrides({"churn.hr_bad_episode": 3.0})), usual())
    customer, born = rng.integers(0, COUNT, len(issues)), rng.uniform(0, 4 * WEEK, len(issues))
    return follow(issues, customer, born, terms), terms


def over_all(values, silent):
    """Values of those who made contact, and of all who did not."""
    return np.concatenate([values, np.full(COUNT - len(values), silent)])


def agrees(values, expected):
    return abs(values.mean() - expected) < 3.3 * values.std(ddof=1) / np.sqrt(len(values))


def test_episodes_are_counted_once_each(population):
    found, terms = population
    assert found.issues.sum() == 9660
    months = 4 * 12 / (365.25 / 7)
    assert found.bad.sum() == pytest.approx(float(terms.outcome.bad[0, 0]) * COUNT * months)
    assert found.severe.sum() == pytest.approx(float(terms.outcome.severe[0, 0]) * COUNT * months)
    pairs = found.segment.astype(np.int64) * COUNT + found.customer
    assert len(np.unique(pairs)) == len(pairs) and (np.diff(pairs) > 0).all()


def test_the_mean_hazard_ratio_is_that_of_the_steady_state(population):
    found, terms = population
    mean = 12 * float(terms.outcome.bad[0, 0])
    ratios = 3.0 ** np.sqrt(np.minimum(np.arange(60), 3))
    steady = float((poisson.pmf(np.arange(60), mean) * ratios).sum())
    silent = float((poisson.pmf(np.arange(60), mean * (1 - KNOWN)) * ratios).sum())
    assert found.hazard_ratio.min() == pytest.approx(silent)  # contact, and nothing bad about it
    assert agrees(over_all(found.hazard_ratio, silent), steady)


def test_the_mean_relation_is_that_of_the_steady_state(population):
    found, terms = population
    mean, anchor = float(terms.calibration.mean[0, 0]), float(terms.calibration.anchor[0, 0])
    silent = anchor + (mean - anchor) * 0.5 ** (KNOWN * 12 / 12)
    assert agrees(over_all(found.relation, silent), mean)


def test_the_mean_chance_to_leave_is_that_of_the_steady_state(population):
    """Second route: Poisson numbers of mild and severe episodes summed up, each with its own hazard."""
    found, terms = population
    fixed, outcome = terms.calibration, terms.outcome
    bad, severe = 12 * float(outcome.bad[0, 0]), 12 * float(outcome.severe[0, 0])
    number = np.arange(40)
    ratios = 3.0 ** np.sqrt(np.minimum(number[:, None] + number, 3))
    stay = (poisson.pmf(number, bad * (1 - KNOWN)) * np.exp(-float(fixed.hazard[0, 0]) * ratios)).sum(axis=1)
    stay *= np.exp(-severe / 12 * float(fixed.exit[0, 0]))
    mild, hard = (poisson.pmf(number, rate * KNOWN) for rate in (bad - severe, severe))
    total = np.minimum(number[:, None] + number, 39)
    kept = (mild[:, None] * hard * (1 - float(fixed.exit[0, 0])) ** number * stay[total] ** 12).sum()
    assert agrees(over_all(found.leave, 1 - stay[0] ** 12), 1 - kept)
    assert 1 - kept == pytest.approx(0.18, abs=0.01)  # a month more of severe failures; the spread of stays


def test_who_had_more_is_worth_less(population):
    found, _ = population
    for values, sign in ((found.hazard_ratio, 1), (found.leave, 1), (found.value, -1)):
        means = [values[(found.bad == n) & (found.severe == 0)].mean() for n in range(3)]
        assert (sign * np.diff(means) > 0).all()
    for severe in (0, 1):
        rows = (found.bad == 1) & (found.severe == severe)
        assert np.ptp(found.value[rows]) < 1e-9


def test_one_customer_by_hand():
    """A plain issue after a week, an unresolved one after three; Z moves churn too."""
    draws = drawing.central(with_overrides({"churn.relation_slope": 0.5}))
    terms = setting(draws, usual())
    rows = journeys_of([{}, {"resolved": 0, "wait": 120.0}])
    found = follow(rows.where(np.array([1, 0])), np.array([7, 7]), np.array([3 * WEEK, WEEK]), terms)
    best, mean, anchor = 1.54, float(terms.calibration.mean[0, 0]), float(terms.calibration.anchor[0, 0])

    def drift(z, weeks):
        return anchor + (z - anchor) * 0.5 ** (weeks / (365.25 / 7))

    z = drift(mean, 1)
    z += 0.15 * (best - z)
    z = drift(z, 2)
    low = best - 0.25 * np.log(3.0) - 1.15
    z += 0.3 * (low - z)
    z = drift(z, 1)
    assert found.relation == pytest.approx([z])
    assert [int(part[0]) for part in (found.customer, found.issues, found.bad, found.severe)] == [7, 2, 1, 1]
    rest = poisson.pmf([0, 1], 12 * float(terms.outcome.bad[0, 0]) * (1 - KNOWN))
    ratios = 3.0 ** np.sqrt([1, 2, 3])
    shares = np.array([*rest, 1 - rest.sum()])
    factor = np.exp(-0.5 * (z - mean))
    assert found.hazard_ratio == pytest.approx([factor * (shares @ ratios)])
    hazard = float(terms.calibration.hazard[0, 0]) * factor
    leaving = float((terms.outcome.severe * terms.calibration.exit)[0, 0])
    stay = (shares @ np.exp(-hazard * ratios)) * np.exp(-leaving)
    left = 1 - 0.05 * (float(terms.calibration.exit[0, 0]) / 0.05)
    assert found.leave == pytest.approx([1 - left * stay**12])
    v, usual_stay = 1.1 ** (-1 / 12), float(terms.outcome.stay[0, 0])
    after = 14 * usual_stay / (1 / v - usual_stay)
    value = sum(14 * (stay * v) ** t for t in range(1, 13)) + (stay * v) ** 12 * after
    assert found.value == pytest.approx([left * value])


def test_a_run_of_a_year_and_more_leaves_nothing_to_guess():
    base = usual(weeks=60.0)
    terms = setting(drawing.central(with_overrides({})), base)
    rows = replace(journeys_of([{}, {"resolved": 0}]), weeks=60.0)
    found = follow(rows, np.array([0, 1]), np.array([WEEK, 2 * WEEK]), terms)
    assert found.hazard_ratio == pytest.approx([1.0, 3.0])


def test_segments_keep_apart_customers_of_the_same_number():
    rows = journeys_of(
        [{"segment": 1}, {"segment": 0}, {"segment": 1, "resolved": 0}], segments=("new", "old")
    )
    people = Customers(("new", "old"), np.array([5.0, 5.0]), np.array([9.0, 20.0]), np.array([0.3, 0.1]))
    terms = setting(drawing.central(with_overrides({})), rows, people)
    found = follow(rows, np.array([3, 3, 3]), np.array([5.0, 0.0, 9.0]), terms)
    assert found.segment.tolist() == [0, 1] and found.issues.tolist() == [1, 2]
    assert found.bad.tolist() == [0, 1]
    spent = experience.effort(rows, terms.draws)
    assert loyalty.hurt(rows, spent, terms.calibration.cut, terms.draws)[0][:, 0].tolist() == [
        False,
        False,
        True,
    ]
