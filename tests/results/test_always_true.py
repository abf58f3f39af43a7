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
from ccsim.results import clv, economics, loyalty, stake, uncertainty
from ccsim.results import draws as drawing
from ccsim.results.calibration import calibrate
from ccsim.results.outcome import assess

ONE = drawing.central(outcome_parameters())
BOOK = case(usual()).costs
SIZE = 40
MANY = drawing.sampled(outcome_parameters(), SIZE)
BASE = usual()
CALIBRATION = calibrate(BASE, PEOPLE, MANY)
# What is off by default, on: the relation drives churn too, customers differ, part of churn is nobody's.
ON = {
    "churn.relation_slope": (0.4, 0.2, 0.6),
    "churn.uncontrollable_share": (0.2, 0.0, 0.6),
    "value.heterogeneity": (0.2, 0.0, 0.6),
    "recovery.effect_on_loyalty": (0.2, 0.0, 0.6),
}
EVERYTHING = drawing.sampled(with_overrides(ON), SIZE)
WORLDS = {"usual": (MANY, CALIBRATION), "on": (EVERYTHING, calibrate(BASE, PEOPLE, EVERYTHING))}
GROWING = replace(PEOPLE, growth=np.array([0.2]))
worlds = st.sampled_from(list(WORLDS))
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
        "recovered": st.integers(0, 1),
    }
).map(lambda row: {**row, "recovered": row["recovered"] * row["resolved"]})


def outcome(rows, world="usual"):
    """What all customers would live through if every journey were one of these."""
    journeys = journeys_of([{**row, "count": 9660.0 / len(rows)} for row in rows])
    draws, calibration = WORLDS[world]
    return assess(journeys, calibration, PEOPLE, draws, moving=True)


def ahead(found, world="usual", growth_from="referrals"):
    """A centre with that outcome and the customers of the base, month by month."""
    draws, calibration = WORLDS[world]
    return economics.Side.of(found, BOOK, calibration, GROWING, draws, 12, growth_from)


def no_better(after, before, world="usual"):
    """Nothing rose that should not, in any draw, today or ahead."""
    slack = 1e-12
    scores, old = after.scores, before.scores
    pairs = [(getattr(scores, n), getattr(old, n)) for n in ("csat", "csat_top", "ces", "nps")]
    pairs += [(after.relation, before.relation), (after.stay, before.stay)]
    sides = [ahead(found, world) for found in (after, before)]
    for seen in (lambda side: side.ahead.there, lambda side: side.ahead.won, lambda side: side.margins,
                 lambda side: side.ahead.everybody, lambda side: side.value(WORLDS[world][0])):  # fmt: skip
        pairs.append(tuple(seen(side) for side in sides))
    talked = (ahead(found, world, "nps") for found in (after, before))
    pairs.append(tuple(side.margins.sum(axis=1) + side.word_of_mouth for side in talked))
    return all((new <= old + slack * np.maximum(1.0, np.abs(old))).all() for new, old in pairs)


@settings(max_examples=60, deadline=None)
@given(journeys_rows, st.sampled_from([*WORSE, "resolved"]), worlds)
def test_1_worse_journeys_never_raise_anything(row, what, world):
    worse = {**row, what: 0 if what == "resolved" else row[what] + WORSE[what]}
    worse["recovered"] *= worse["resolved"]
    assert no_better(outcome([worse], world), outcome([row], world), world)


@settings(max_examples=40, deadline=None)
@given(journeys_rows, worlds)
def test_2_a_plain_journey_costs_no_effort_and_scores_best(row, world):
    plain = outcome([{}], world)
    assert (plain.scores.effort == 0).all()
    assert no_better(outcome([row], world), plain, world)


@settings(max_examples=40, deadline=None)
@given(journeys_rows, worlds)
@pytest.mark.slow
def test_3_carried_context_and_warm_transfers_never_hurt(row, world):
    told = {**row, "retold": row["retold"] + 1}  # the same journey, the context lost once
    assert no_better(outcome([told], world), outcome([row], world), world)
    cold, warm = ({**row, "transfers": 1, "retold": told} for told in (1, 0))
    assert no_better(outcome([cold], world), outcome([warm], world), world)


@settings(max_examples=40, deadline=None)
@given(st.lists(journeys_rows, min_size=1, max_size=4), worlds)
def test_4_probabilities_stay_in_their_bounds(rows, world):
    found = outcome(rows, world)
    scores, side = found.scores, ahead(found, world)
    alive = side.ahead.there / PEOPLE.count[:, None]
    for share in (
        scores.csat, scores.csat_top, scores.surveyed_csat, scores.answered, found.stay, alive, side.ahead.stay,
    ):  # fmt: skip
        assert (share >= 0).all() and (share <= 1).all()
    assert (np.diff(alive, axis=0) <= 0).all() and (side.ahead.won >= 0).all()
    assert (side.ahead.everybody >= 0).all()  # word of mouth keeps away no more than there are
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
    own = assess(BASE, CALIBRATION, PEOPLE, MANY, moving=True)
    found = stake.stake(ahead(own), MANY)
    there = PEOPLE.count[0] * loyalty.survival(own.stay, 12)[-1, 0]
    assert there + found.customers_lost == pytest.approx(np.full(SIZE, PEOPLE.count[0]))
    assert (found.lost_to_bad <= found.customers_lost).all()
    assert sum(BOOK.by_line.values()) == pytest.approx(BOOK.total + BOOK.one_off)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("rows", [BASE, better()], ids=["base", "variant"])
def test_6_leaving_at_once_later_and_anyway_are_parts_of_one_churn(world, rows):
    draws, calibration = WORLDS[world]
    own = assess(rows, calibration, PEOPLE, draws)
    exits = own.severe * calibration.exit + calibration.always
    assert (exits <= -np.log(own.stay) * (1 + 1e-12)).all()


@pytest.mark.parametrize("growth_from", ["none", "referrals", "nps"])
@pytest.mark.parametrize("world", WORLDS)
def test_6_customers_balance_month_by_month(world, growth_from):
    """Those there at the start, and those who come, less those who leave, are those at the end."""
    draws, calibration = WORLDS[world]
    side = ahead(assess(better(), calibration, PEOPLE, draws, moving=True), world, growth_from)
    found, draw = side.ahead, draws["value.heterogeneity"] < 1e-9
    before = np.concatenate([np.zeros((1, 1, SIZE)), found.won[:-1]])
    came = 0.2 * 30_000 / 12
    assert (found.won <= before + came + 1e-9).all() and (found.there <= 30_000 + 1e-9).all()
    if draw.any():
        assert found.won[:, :, draw] == pytest.approx(((before + came) * found.stay)[:, :, draw])
    assert (found.told == 0).all() == (growth_from != "referrals")
    assert (found.margin == 1).all() == (growth_from != "nps")


def test_6_word_of_mouth_is_a_line_of_its_own_and_off():
    """The margin of the customers kept is the same whatever word of mouth does: nothing is counted twice."""
    lines = {}
    for word in ("none", "referrals", "nps"):
        sides = [replace(case(rows), growth_from=word) for rows in (usual(), better())]
        lines[word] = uncertainty.compare(*sides).spread.curves
    assert (lines["none"].word_of_mouth == 0).all()
    for word in ("referrals", "nps"):
        assert np.array_equal(lines[word].margin, lines["none"].margin)
        assert (lines[word].word_of_mouth[11:] >= 0).all() and lines[word].word_of_mouth[35].mean() > 0


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


@pytest.mark.parametrize("growth_from", ["none", "referrals", "nps"])
def test_9_and_so_with_everything_on(growth_from):
    sides = [
        replace(
            case(usual(), 0.03, parameters=with_overrides(ON)), growth_from=growth_from, customers=GROWING
        )
        for _ in "ab"
    ]
    found = uncertainty.compare(*sides)
    for one in (found.gain, found.spread):
        assert (one.net == 0).all() and (one.lifetime == 0).all() and (one.curves.word_of_mouth == 0).all()
    assert (found.pairs == 0).all()


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
    """A recovery lifts satisfaction by no more than the failure cost, and loyalty by nothing unless said so.

    A recovered failure is an episode all the same: retention is that of the failure.
    """
    assert outcome_parameters()["recovery.effect_on_loyalty"].number == 0.0
    failed = {"contacts": 3, "retold": 2}
    left, made_good = (outcome([{**failed, "recovered": r}]) for r in (0, 1))
    assert np.array_equal(made_good.stay, left.stay)
    assert (made_good.scores.csat >= left.scores.csat).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 6), st.integers(0, 4), st.floats(0.0, 600.0), st.floats(0.0, 5.0))
def test_10_not_even_a_recovery_that_is_said_to_work_wonders(contacts, retold, wait, wonder):
    """Whatever somebody believes of it, nobody stays longer for having had trouble."""
    believed = with_overrides({**ON, "recovery.effect_on_loyalty": wonder, "recovery.effect_on_csat": wonder})
    draws = drawing.sampled(believed, 10)
    calibration = calibrate(BASE, PEOPLE, draws)
    failed = {"contacts": contacts, "retold": retold, "wait": wait, "recovered": 1}
    after, plain = (
        assess(journeys_of([{**row, "count": 9660.0}]), calibration, PEOPLE, draws) for row in (failed, {})
    )
    assert (after.stay <= plain.stay + 1e-15).all() and (after.relation <= plain.relation + 1e-12).all()
    assert (after.scores.csat <= plain.scores.csat + 1e-12).all()


def test_the_journeys_given_are_left_as_they_were():
    before = replace(BASE, count=BASE.count.copy())
    uncertainty.compare(case(BASE), case(better()))
    assert np.array_equal(before.count, BASE.count)
