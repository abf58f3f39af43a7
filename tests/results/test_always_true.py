"""The ten things that are always true of the outcome model (design: measures, "Always true")."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cases import PEOPLE, better, case
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import journeys_of, usual

from ccsim.parameters import outcome_parameters, with_overrides
from ccsim.results import draws as drawing
from ccsim.results import clv, economics, experience, loyalty, stake, uncertainty
from ccsim.results.calibration import calibrate
from ccsim.results.outcome import assess

ONE = drawing.central(outcome_parameters())
SIZE = 40
MANY = drawing.sampled(outcome_parameters(), SIZE)
BASE = usual()
CALIBRATION = calibrate(BASE, PEOPLE, MANY)
WORSE = {"contacts": 1, "transfers": 1, "switches": 1, "retold": 1, "abandons": 1, "wait": 45.0}

journeys_rows = st.fixed_dictionaries(
    {
        "contacts": st.integers(1, 6),
        "transfers": st.integers(0, 3),
        "switches": st.integers(0, 2),
        "retold": st.integers(0, 4),
        "abandons": st.integers(0, 4),
        "wait": st.floats(0.0, 7200.0),
        "resolved": st.integers(0, 1),
    }
)


def outcome(rows):
    """What all customers would live through if every journey were one of these."""
    journeys = journeys_of([{**row, "count": 9660.0 / len(rows)} for row in rows])
    return assess(journeys, CALIBRATION, PEOPLE, MANY)


def ahead(found, draws=MANY, calibration=CALIBRATION, people=PEOPLE, growth_from="none"):
    """A centre with that outcome and the customers of the base, month by month."""
    return economics.Side.of(found, case(BASE).costs, calibration, people, draws, 12, growth_from)


def worth(found):
    """Value of a customer for ever."""
    return ahead(found).value(MANY)


def no_better(after, before):
    """Nothing rose that should not, in any draw."""
    slack = 1e-12
    scores, old = after.scores, before.scores
    pairs = [(getattr(scores, n), getattr(old, n)) for n in ("csat", "csat_top", "ces", "nps")]
    pairs += [(after.relation, before.relation), (after.stay, before.stay)]
    pairs.append(tuple(worth(o) for o in (after, before)))
    return all((new <= old + slack * np.maximum(1.0, np.abs(old))).all() for new, old in pairs)


@settings(max_examples=60, deadline=None)
@given(journeys_rows, st.sampled_from([*WORSE, "resolved"]))
def test_1_worse_journeys_never_raise_anything(row, what):
    worse = {**row, what: 0 if what == "resolved" else row[what] + WORSE[what]}
    assert no_better(outcome([worse]), outcome([row]))


@settings(max_examples=40, deadline=None)
@given(journeys_rows)
def test_2_a_plain_journey_costs_no_effort_and_scores_best(row):
    plain = outcome([{}])
    assert (plain.scores.effort == 0).all()
    assert no_better(outcome([row]), plain)


@settings(max_examples=40, deadline=None)
@given(journeys_rows)
def test_3_carried_context_and_warm_transfers_never_hurt(row):
    told = {**row, "retold": row["retold"] + 1}  # the same journey, the context lost once
    assert no_better(outcome([told]), outcome([row]))
    cold, warm = ({**row, "transfers": 1, "retold": told} for told in (1, 0))
    assert no_better(outcome([cold]), outcome([warm]))


@settings(max_examples=40, deadline=None)
@given(st.lists(journeys_rows, min_size=1, max_size=4))
def test_4_probabilities_stay_in_their_bounds(rows):
    found = outcome(rows)
    scores = found.scores
    for share in (scores.csat, scores.csat_top, scores.surveyed_csat, scores.answered, found.stay):
        assert (share >= 0).all() and (share <= 1).all()
    assert (np.abs(scores.nps) <= 100).all()
    assert ((scores.ces >= 1) & (scores.ces <= 7)).all()
    assert ((scores.csat_mean >= 1) & (scores.csat_mean <= 5)).all()


def test_4_cuts_are_ordered():
    for cuts in MANY.cuts.values():
        assert (np.diff(cuts) > 0).all()


def test_4_with_all_weights_zero_operations_gain_nothing():
    names = [n for n in outcome_parameters() if n.startswith("csat.weights.")]
    indifferent = with_overrides(dict.fromkeys(names, 0.0))
    found = uncertainty.compare(case(usual(), parameters=indifferent), case(better(), parameters=indifferent))
    assert (found.spread.margin == 0).all() and (found.spread.gains == 0).all()
    assert np.array_equal(found.base.scores.csat, found.variant.scores.csat)


def test_5_turning_the_ces_scale_changes_nothing_downstream():
    """Ease is stored; 8 - CES is only a way to show it: nothing else reads it."""
    other = drawing.Draws(
        {
            **MANY.values,
            "ces.lambda": -MANY["ces.lambda"],
            "ces.unresolved": -MANY["ces.unresolved"],
        },
        {**MANY.cuts, "ces.cuts": tuple(-c for c in reversed(MANY.cuts["ces.cuts"]))},
    )
    ease = assess(better(), calibrate(BASE, PEOPLE, MANY), PEOPLE, MANY)
    turned = assess(better(), calibrate(BASE, PEOPLE, other), PEOPLE, other)
    assert turned.scores.ces == pytest.approx(8.0 - ease.scores.ces)
    assert np.array_equal(turned.stay, ease.stay) and np.array_equal(turned.relation, ease.relation)
    assert np.array_equal(turned.scores.csat, ease.scores.csat)


def test_6_customers_and_money_balance_and_each_loss_is_counted_once():
    own = assess(BASE, CALIBRATION, PEOPLE, MANY)
    book = case(BASE).costs
    found = stake.stake(ahead(own), MANY)
    there = PEOPLE.count[0] * loyalty.survival(own.stay, 12)[-1, 0]
    assert there + found.customers_lost == pytest.approx(np.full(SIZE, PEOPLE.count[0]))
    assert (found.lost_to_bad <= found.customers_lost).all()
    assert sum(book.by_line.values()) == pytest.approx(book.total + book.one_off)
    hazard, exits = -np.log(own.stay), own.severe * CALIBRATION.exit
    assert (exits <= hazard).all()  # leaving at once and later are parts of one churn


def test_7_roi_parts_add_up_and_the_worked_checks_are_exact():
    found = uncertainty.compare(case(usual()), case(better(), paid=2100.0)).spread
    curves = found.curves
    parts = curves.margin + curves.upsell + curves.avoided + curves.word_of_mouth - curves.costs
    assert np.array_equal(parts, curves.net)
    assert found.roi == pytest.approx(100.0 * found.net / found.costs)
    assert float(economics.roi(200 * 1000.0 + 50_000.0, 500_000.0)) == -50.0
    assert float(economics.roi(400 * 1000.0 + 100_000.0, 500_000.0)) == 0.0


@settings(max_examples=100, deadline=None)
@given(st.floats(0.1, 1000.0), st.floats(0.3, 0.97), st.floats(0.01, 0.3))
def test_8_constant_hazard_has_its_closed_form_and_elasticity(margin, stay, discount):
    survive = loyalty.survival(np.array([stay]), 3000)
    closed = clv.clv_constant(margin, np.array([stay]), discount)
    assert clv.clv(margin, survive, discount) == pytest.approx(closed, rel=1e-9)
    step = 1e-6 * stay
    up, down = (clv.clv_constant(margin, np.array([stay + s]), discount)[0] for s in (step, -step))
    elasticity = (up - down) / (2 * step) * stay / closed[0]
    assert elasticity == pytest.approx((1 + discount) / (1 + discount - stay), rel=1e-5)


def test_9_a_variant_equal_to_its_base_differs_by_exactly_zero():
    found = uncertainty.compare(case(usual(), 0.03), case(usual(), 0.03))
    for one in (found.gain, found.spread):
        assert (one.net == 0).all() and (one.gains == 0).all() and (one.costs == 0).all()
        assert (one.customers_kept == 0).all() and (one.npv == 0).all() and (one.lifetime == 0).all()
    assert (found.pairs == 0).all() and found.doubt.chance == 0.0
    assert all(low == high == 0 for _, low, high in found.doubt.tornado)


def test_10_losses_weigh_at_least_as_much_as_gains():
    assert (MANY["relation.lambda_neg"] >= MANY["relation.lambda_pos"]).all()
    z = CALIBRATION.mean[0]
    up, down = (MANY["relation.lambda_pos"] * 0.5, MANY["relation.lambda_neg"] * 0.5)
    assert (np.abs(down) >= np.abs(up)).all() and np.isfinite(z).all()


def test_10_two_bad_episodes_are_worse_than_one_and_more_than_twice_the_hazard_of_none():
    ratios = loyalty.hazard_ratios(MANY)[:, 0]
    assert (np.diff(ratios, axis=0) > 0).all()
    hazard = CALIBRATION.hazard[0]
    leaving = 1.0 - np.exp(-hazard * ratios)
    assert (np.diff(leaving, axis=0) > 0).all()


def test_10_recovery_never_beats_no_failure():
    """The best recovery lifts satisfaction less than the mildest failure costs, loyalty nothing."""
    parameters = outcome_parameters()
    assert parameters["recovery.effect_on_loyalty"].number == 0.0
    lift = parameters["recovery.effect_on_csat"].number
    failed = journeys_of([{"contacts": 2, "retold": 1}])
    spent = experience.effort(failed, ONE)
    recovered = experience.satisfaction(failed, spent, ONE, ONE["csat.intercept"]) + lift
    assert (recovered <= ONE["csat.intercept"]).all()
    # A recovered failure is an episode all the same: retention is that of the failure.
    assert no_better(outcome([{"contacts": 3, "retold": 2}]), outcome([{}]))


def test_the_journeys_given_are_left_as_they_were():
    before = replace(BASE, count=BASE.count.copy())
    uncertainty.compare(case(BASE), case(better()))
    assert np.array_equal(before.count, BASE.count)
