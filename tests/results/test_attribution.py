"""Who took what away: exact sums, and the shares of Aumann and Shapley by another route."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import journeys_of
from scipy.integrate import quad
from scipy.stats import poisson

from ccsim.parameters import outcome_parameters, with_overrides
from ccsim.results import draws as drawing
from ccsim.results import experience
from ccsim.results.attribution import Terms, lost
from ccsim.results.calibration import calibrate
from ccsim.results.drivers import DRIVERS, NAMES, Placed, features, places_of, weights
from ccsim.results.lost_customers import lost_customers, prices
from ccsim.results.loyalty import Customers
from ccsim.results.outcome import assess

SLOPED = {"churn.relation_slope": 0.4, "recovery.effect_on_csat": 0.15}
SEGMENTS, INTENTS = ("few", "many"), ("billing", "technical")
CHANNELS, SITES = ("voice", "chat"), ("main", "second", "")
PEOPLE = Customers(SEGMENTS, np.array([9000.0, 21_000.0]), np.array([20.0, 8.0]), np.array([0.1, 0.25]))

rows = st.fixed_dictionaries(
    {
        "segment": st.integers(0, 1),
        "intent": st.integers(0, 1),
        "channel": st.integers(0, 1),
        "site": st.integers(0, 2),
        "contacts": st.integers(1, 5),
        "transfers": st.integers(0, 2),
        "switches": st.integers(0, 2),
        "retold": st.integers(0, 3),
        "abandons": st.integers(0, 4),
        "dead_ends": st.integers(0, 2),
        "crowd": st.integers(0, 6),
        "novice": st.integers(0, 1),
        "recovered": st.integers(0, 1),
        "resolved": st.integers(0, 1),
        "wait": st.floats(0.0, 3000.0),
        "count": st.floats(1.0, 5000.0),
    }
)
several = st.lists(rows, min_size=1, max_size=12)


def lived(made):
    return journeys_of(made, 4.0, SEGMENTS, INTENTS, CHANNELS, SITES)


class Found:
    """All parts of some journeys, judged by the base they are given, and what they must add up to."""

    def __init__(self, own, base=None, size=3, overrides=SLOPED, horizon=12):
        parameters = with_overrides(overrides)
        self.draws = drawing.central(parameters) if size == 1 else drawing.sampled(parameters, size)
        base = own if base is None else base
        fixed = calibrate(base, PEOPLE, self.draws)
        self.terms = Terms(PEOPLE, fixed, self.draws)
        self.outcome = assess(own, fixed, PEOPLE, self.draws)
        self.places = places_of(own, base)
        sides = (Placed.of(side, self.places) for side in (own, base))
        self.own, self.horizon = own, horizon
        self.lost = lost(*sides, self.outcome.relation, self.places, self.terms)
        self.customers = lost_customers(self.lost, self.outcome, self.terms, horizon)
        self.segment = self.terms.segment_of(self.places)

    def by_segment(self, part):
        found = np.zeros((len(SEGMENTS), part.shape[-1]))
        np.add.at(found, self.segment, part.sum(axis=0))
        return found


def test_drivers_are_what_satisfaction_is_made_of():
    made = lived([{"transfers": 2, "novice": 1, "crowd": 3, "wait": 77.0}, {"resolved": 0, "contacts": 3}])
    draws = drawing.sampled(outcome_parameters(), 5)
    satisfied = experience.satisfaction(made, experience.effort(made, draws), draws, draws["csat.intercept"])
    loss = features(made) @ weights(draws)
    np.testing.assert_allclose(draws["csat.intercept"] - loss, satisfied, atol=1e-13)


@settings(max_examples=60, deadline=None)
@given(several, several)
def test_parts_add_up_to_the_whole(made, before):
    own, base = lived(made), lived(before)
    for found in (Found(own), Found(own, base)):
        terms, outcome = found.terms, found.outcome
        best = _best_csat(terms)
        np.testing.assert_allclose(found.lost.csat.sum(axis=(0, 1)), best - outcome.scores.csat, atol=1e-9)
        there = np.bincount(own.segment, own.count, 2) > 0
        np.testing.assert_allclose(found.by_segment(found.lost.bad), outcome.bad, atol=1e-9)
        np.testing.assert_allclose(found.by_segment(found.lost.severe), outcome.severe, atol=1e-9)
        known = there & ~np.isnan(terms.calibration.mean[:, 0])
        lacking = terms.calibration.intercept - outcome.relation
        np.testing.assert_allclose(found.by_segment(found.lost.relation)[known], lacking[known], atol=1e-9)
        rate = -np.log(outcome.stay) - _best_hazard(found)
        np.testing.assert_allclose(found.by_segment(found.customers.hazard)[known], rate[known], atol=1e-9)


def _best_csat(terms):
    plain = journeys_of([{}])
    spent = experience.effort(plain, terms.draws)
    felt = experience.satisfaction(plain, spent, terms.draws, terms.calibration.intercept)
    return experience.csat_answers(felt, plain.count, terms.draws)[3:].sum(axis=0)


def _best_hazard(found):
    fixed, slope = found.terms.calibration, found.draws["churn.relation_slope"]
    return fixed.hazard * np.exp(-slope * (fixed.intercept - fixed.mean))


@settings(max_examples=40, deadline=None)
@given(several)
def test_csat_equals_the_integral_of_aumann_and_shapley(made):
    """All drivers grow from nothing to what they are; each gets its own slope along the way."""
    found = Found(lived([{**row, "recovered": 0} for row in made]), size=2)
    own, draws, fixed = found.own, found.draws, found.terms.calibration
    each, weight = features(own), weights(draws)
    nodes, shares = np.polynomial.legendre.leggauss(40)
    integral = np.zeros((len(DRIVERS), draws.size))
    step = 1e-5
    for node, share in zip(0.5 * (nodes + 1), 0.5 * shares, strict=True):
        for k in range(len(DRIVERS)):
            ends = []
            for side in (step, -step):
                grown = np.full(len(DRIVERS), node)
                grown[k] += side
                felt = fixed.intercept - (each * grown) @ weight
                ends.append(experience.csat_answers(felt, own.count, draws)[3:].sum(axis=0))
            integral[k] -= share * (ends[0] - ends[1]) / (2 * step)
    np.testing.assert_allclose(found.lost.csat.sum(axis=1)[:-1], integral, atol=2e-9)


@settings(max_examples=30, deadline=None)
@given(several)
def test_hazard_equals_the_integral_of_aumann_and_shapley(made):
    """The same of the hazard, from no bad episode and the best relation to what there is."""
    found = Found(lived(made), size=1)
    draws, fixed, outcome = found.draws, found.terms.calibration, found.outcome
    slope, ratio = float(draws["churn.relation_slope"][0]), float(draws["churn.hr_bad_episode"][0])
    for place in np.unique(found.own.segment):
        bad, low = outcome.bad[place, 0], _best_hazard(found)[place, 0]
        lacking = (fixed.intercept - outcome.relation)[place, 0]

        def rate(mean, gap, low=low):
            some = [poisson.pmf(n, 12 * mean) for n in range(3)]
            stays = [math.exp(-low * math.exp(slope * gap) * ratio ** min(n, 3) ** 0.5) for n in range(4)]
            return -math.log(sum(p * q for p, q in zip([*some, 1 - sum(some)], stays, strict=True)))

        def moved(t, episodes, gaps, rate=rate, bad=bad, lacking=lacking):
            ends = [rate((t + e * episodes) * bad, (t + e * gaps) * lacking) for e in (1e-5, -1e-5)]
            return (ends[0] - ends[1]) / 2e-5

        wanted = [quad(moved, 0, 1, args=way)[0] for way in ((1, 0), (0, 1))]
        got = prices(outcome, found.terms)
        parts = [
            (got.bad[found.segment] * found.lost.bad)[:, found.segment == place].sum(),
            (got.relation[found.segment] * found.lost.relation)[:, found.segment == place].sum(),
        ]
        np.testing.assert_allclose(parts, wanted, atol=1e-8)


@settings(max_examples=40, deadline=None)
@given(several, st.sampled_from([d.parameter for d in DRIVERS]))
def test_a_driver_without_weight_gets_exactly_nothing(made, parameter):
    found = Found(lived(made), overrides={**SLOPED, parameter: 0.0})
    name = next(driver.name for driver in DRIVERS if driver.parameter == parameter)
    for part in (found.lost.csat, found.lost.bad, found.lost.severe, found.lost.relation):
        assert (part[NAMES.index(name)] == 0).all()
    assert (found.customers.margin[NAMES.index(name)] == 0).all()


@settings(max_examples=40, deadline=None)
@given(several, st.sampled_from(["transfers", "switches", "retold", "abandons", "dead_ends", "novice"]))
def test_a_driver_that_is_not_there_gets_exactly_nothing(made, column):
    found = Found(lived([{**row, column: 0} for row in made]))
    place = next(k for k, d in enumerate(DRIVERS) if not features(lived([{column: 0}]))[0, k]
                 and features(lived([{column: 1}]))[0, k])  # fmt: skip
    for part in (found.lost.csat, found.lost.bad, found.lost.severe, found.lost.relation):
        assert (part[place] == 0).all()


@settings(max_examples=40, deadline=None)
@given(several, st.floats(0.1, 0.6))
def test_symmetric_drivers_get_equal_parts(made, weight):
    same = {"csat.weights.transfer": weight, "csat.weights.channel_switch": weight}
    alike = [{**row, "switches": row["transfers"]} for row in made]
    found = Found(lived(alike), overrides={**SLOPED, **same})
    one, other = NAMES.index("transfers"), NAMES.index("changing channel")
    for part in (found.lost.csat, found.lost.bad, found.lost.relation, found.customers.churn):
        np.testing.assert_allclose(part[one], part[other], atol=1e-14)


@settings(max_examples=40, deadline=None)
@given(several, rows, st.sampled_from(["transfers", "switches", "retold", "contacts", "dead_ends"]))
def test_more_of_a_driver_never_takes_less(made, row, column):
    """Judged by the same base; within the place where there is more of it."""
    base, plain = lived(made), {**row, "recovered": 0}
    before, after = (Found(lived([one]), base) for one in (plain, {**plain, column: plain[column] + 1}))
    columns = [d.feature(before.own)[0] != d.feature(after.own)[0] for d in DRIVERS]
    place = columns.index(True)
    slack = 1e-12
    assert (after.lost.csat[place] >= before.lost.csat[place] - slack).all()
    assert (after.lost.bad[place] >= before.lost.bad[place] - slack).all()


def test_full_hands_and_beginners_make_no_episode_bad():
    found = Found(lived([{"novice": 1, "crowd": 5, "wait": 20.0}, {"resolved": 0, "contacts": 3}]))
    for name in ("beginners", "full hands"):
        assert (found.lost.csat[NAMES.index(name)] > 0).all()
        assert (found.lost.bad[NAMES.index(name)] == 0).all()


def test_an_episode_bad_for_two_reasons_is_shared_by_half():
    """Never resolved, and more effort than the cut: each would have been enough."""
    base = lived([{"count": 900}, {"count": 100, "contacts": 2}, {"segment": 1, "count": 9.0}])
    own = lived([{"contacts": 5, "resolved": 0, "count": 10}])
    found = Found(own, base, overrides={**SLOPED, "churn.bad_effort_percentile": 0.5})
    again, never = (found.lost.bad[NAMES.index(name)] for name in ("calling again", "never resolved"))
    np.testing.assert_allclose(again, never)
    assert (found.lost.severe[NAMES.index("never resolved")].sum(axis=0) == found.outcome.severe[0]).all()


def test_churn_and_margin_are_what_no_driver_would_save():
    own = lived([{"count": 800, "segment": s, "wait": 20.0} for s in (0, 1)] + [
        {"count": 90, "segment": 1, "resolved": 0}, {"count": 60, "contacts": 3, "retold": 2}])  # fmt: skip
    found = Found(own, size=1, horizon=24, overrides={})
    best = np.exp(-_best_hazard(found))[:, 0]
    now = found.outcome.stay[:, 0]
    months = np.arange(1, 25)[:, None]
    worth = PEOPLE.count * PEOPLE.margin
    wanted = worth @ (best**months - now**months).sum(axis=0) / 2  # a year
    assert found.customers.margin.sum() == pytest.approx(wanted, rel=1e-12)
    share = PEOPLE.count / PEOPLE.count.sum()
    assert found.customers.churn.sum() == pytest.approx(share @ (best**12 - now**12), rel=1e-12)
    assert found.customers.churn_now[0] == pytest.approx(share @ PEOPLE.churn)
    assert found.customers.best_churn[0] == pytest.approx(share @ (1 - best**12))


def test_customers_who_are_not_known_leave_csat_alone():
    own = lived([{"contacts": 2}, {"segment": 1, "resolved": 0}])
    known = Found(own, size=2)
    nobody = replace(PEOPLE, count=np.full(2, np.nan))
    fixed = calibrate(own, nobody, known.draws)
    terms = Terms(nobody, fixed, known.draws)
    outcome = assess(own, fixed, nobody, known.draws)
    placed = Placed.of(own, known.places)
    parts = lost(placed, placed, outcome.relation, known.places, terms)
    np.testing.assert_allclose(parts.csat, known.lost.csat)
    assert np.isnan(lost_customers(parts, outcome, terms, 12).margin).all()
