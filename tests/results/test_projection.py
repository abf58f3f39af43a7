"""Customers month by month: one by one in numpy, and what must hold of the curves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cases import PEOPLE, better, case
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import journeys_of, usual
from scipy.integrate import solve_ivp

from ccsim.parameters import outcome_parameters, with_overrides
from ccsim.results import draws as drawing
from ccsim.results import economics, experience, loyalty, relation, uncertainty
from ccsim.results.calibration import calibrate
from ccsim.results.loyalty import Customers
from ccsim.results.outcome import assess, calibrated
from ccsim.results.projection import project

ONE = drawing.central(outcome_parameters())
MANY = drawing.sampled(outcome_parameters(), 40)
GROWING = replace(PEOPLE, growth=np.array([0.12]))


def drawn(**overrides):
    return drawing.central(with_overrides({name.replace("__", "."): v for name, v in overrides.items()}))


def ahead(journeys, people=PEOPLE, draws=ONE, months=36, growth_from="none", base=None):
    calibration = calibrate(base or usual(), people, draws)
    outcome = assess(journeys, calibration, people, draws, moving=growth_from != "none")
    return outcome, calibration, project(outcome, calibration, people, draws, months, growth_from)


def one_by_one(outcome, calibration, people, draws, months, rng, drawn_anew=True):
    """Every customer of the only segment by herself: (customers of today, newcomers) at each month's end.

    Episodes come month by month (Poisson), the last twelve of them count; before today they are the
    base's. Severe failures come at their own rate; each may end it. drawn_anew: the episodes behind a
    customer are drawn again each month, as the model has it, in place of being followed through.
    """
    count, rate = int(people.count[0]), float(people.count[0] * people.growth[0] / 12)
    ratio = float(draws["churn.hr_bad_episode"][0])
    bad = {"base": float(calibration.bad[0, 0]), "own": float(outcome.bad[0, 0])}
    hazard, always, leave = (float(getattr(calibration, name)[0, 0]) for name in ("hazard", "always", "exit"))
    window = rng.poisson(bad["base"], (count, 12))
    today, found = np.ones(count, np.bool_), []
    for month in range(months):
        new = rng.poisson(rate)
        window = np.concatenate([window, rng.poisson(bad["base"], (new, 12))])
        today = np.concatenate([today, np.zeros(new, np.bool_)])
        if drawn_anew:
            own = min(month, 11)
            window[:, : 12 - own] = rng.poisson(bad["base"], (len(today), 12 - own))
            window[:, 12 - own :] = rng.poisson(bad["own"], (len(today), own))
        window = np.concatenate([window[:, 1:], rng.poisson(bad["own"], (len(today), 1))], axis=1)
        burden = np.minimum(window.sum(axis=1), 3) ** 0.5
        severe = rng.poisson(float(outcome.severe[0, 0]), len(today))
        # Each risk by itself; who is taken by two of them is still lost once.
        gone = rng.random(len(today)) < -np.expm1(-hazard * ratio**burden)
        gone |= rng.random(len(today)) < -np.expm1(-always)
        gone |= rng.random(len(today)) < 1.0 - np.exp(-leave) ** severe
        window, today = window[~gone], today[~gone]
        found.append((today.sum(), (~today).sum()))
    return np.array(found)


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_customers_one_by_one_agree_with_the_projection(share):
    draws = drawn(churn__uncontrollable_share=share)
    people = replace(GROWING, count=np.array([60_000.0]))
    outcome, calibration, found = ahead(better(), people, draws, 24)
    simulated = one_by_one(outcome, calibration, people, draws, 24, np.random.default_rng(4))
    there, won = found.there[:, 0, 0], found.won[:, 0, 0]
    binomial = np.sqrt(there * (1.0 - there / 60_000))
    assert (np.abs(simulated[:, 0] - there) < 3.3 * binomial).all()
    assert (np.abs(simulated[:, 1] - won) < 3.3 * np.sqrt(won)).all()  # newcomers are Poisson, those left too


def test_following_the_episodes_through_changes_little():
    """The model draws the episodes behind a customer anew each month. Followed through, those who had more
    of them leave sooner and the others stay longer: about two in a hundred fewer are lost in a year."""
    people = replace(PEOPLE, count=np.array([60_000.0]))
    outcome, calibration, found = ahead(usual(), people, ONE, 12)
    rng = np.random.default_rng(8)
    lost = 60_000 - one_by_one(outcome, calibration, people, ONE, 12, rng, drawn_anew=False)[-1, 0]
    assert 0.95 < lost / (60_000 - found.there[-1, 0, 0]) < 1.0


@pytest.mark.parametrize("draws", [ONE, MANY], ids=["central", "drawn"])
def test_a_base_stays_as_it_is_and_loses_what_was_stated(draws):
    outcome, _, found = ahead(usual(), draws=draws)
    assert found.stay == pytest.approx(np.broadcast_to(outcome.stay, found.stay.shape), abs=1e-14)
    assert found.there[11] == pytest.approx(np.full((1, draws.size), 0.82 * 30_000))


def test_a_variant_comes_to_its_own_churn_in_twelve_months():
    outcome, calibration, found = ahead(better(), draws=MANY)
    before = loyalty.monthly_stay(
        calibration.hazard,
        loyalty.episode_shares(calibration.bad),
        loyalty.hazard_ratios(MANY),
        outcome.severe * calibration.exit + calibration.always,
    )
    path = np.concatenate([before[None], found.stay[:12]])
    assert (np.diff(path, axis=0) > 0).all()  # better each month
    assert found.stay[11:] == pytest.approx(np.broadcast_to(outcome.stay, (25, 1, 40)), abs=1e-14)
    half = loyalty.episode_shares((calibration.bad + outcome.bad) / 2)
    leaving = outcome.severe * calibration.exit + calibration.always
    by_hand = loyalty.monthly_stay(calibration.hazard, half, loyalty.hazard_ratios(MANY), leaving)
    assert found.stay[5] == pytest.approx(by_hand)


@pytest.mark.parametrize("issues", [0.2, 1.0, 40.0])
def test_the_relation_comes_to_its_own_as_its_balance_says(issues):
    """Second route: the balance of `relation` integrated as a differential equation."""
    people = replace(PEOPLE, count=np.array([9660.0 / issues / (4.0 / (365.25 / 7) * 12)]))
    rows, draws = better(), drawn(churn__relation_slope=0.6)
    outcome, calibration, _ = ahead(rows, people, draws)
    rate = float(loyalty.monthly_issues(rows, people)[0])
    assert rate == pytest.approx(issues, rel=0.02)
    spent = experience.effort(rows, draws)
    felt = experience.satisfaction(rows, spent, draws, calibration.intercept)[:, 0]
    share, anchor = rows.count / rows.count.sum(), float(calibration.anchor[0, 0])

    def force(_, z):
        gap = felt - z
        step = 0.15 * np.maximum(gap, 0) - 0.3 * np.maximum(-gap, 0)
        return np.log(2) / 12 * (anchor - z) + rate * (share @ step)

    start, end = float(calibration.mean[0, 0]), float(outcome.relation[0, 0])
    exact = solve_ivp(force, (0, 36), [start], t_eval=np.arange(1.0, 37.0), rtol=1e-10, atol=1e-12).y[0]
    found = relation.path(calibration.mean, outcome.relation, outcome.speed, 36)[:, 0, 0]
    assert end > start
    assert found == pytest.approx(exact, abs=0.01 * (end - start))
    assert (np.diff(found) >= 0).all() and found[-1] <= end


def test_customers_balance_month_by_month():
    """Customers at the start, and those won, less those lost, are those at the end."""
    _, _, found = ahead(better(), GROWING, MANY)
    every = found.there + found.won
    before = np.concatenate([np.full((1, 1, 40), 30_000.0), every[:-1]])
    lost = (before + 300.0) * (1.0 - found.stay)
    assert before + 300.0 - lost == pytest.approx(every)
    assert (found.told == 0).all() and (found.margin == 1).all()
    assert found.during == pytest.approx((before + 300.0 + every) / 2)


def test_contacts_follow_the_customers_and_stay_where_those_are_unknown():
    outcome, _, found = ahead(usual(), GROWING)
    assert found.served(GROWING, outcome.issues)[:, 0] == pytest.approx(found.during[:, 0, 0] / 30_000)
    unknown = replace(PEOPLE, count=np.array([np.nan]))
    outcome, _, found = ahead(usual(), unknown)
    assert (found.served(unknown, outcome.issues) == 1).all() and np.isnan(found.there).all()


def test_word_of_mouth_is_off_and_one_way_at_a_time():
    for word in ("none", "referrals", "nps"):
        _, _, found = ahead(better(), draws=MANY, growth_from=word)
        assert found.told.any() == (word == "referrals")
        assert (found.margin != 1).any() == (word == "nps")
        assert (found.won == 0).all()


def test_referrals_by_hand():
    """20 % promoters and 5 % detractors less: with 5 % a year each and twice as many kept away."""
    draws = drawn(nps__slope=0.0, value__referrals_per_promoter=0.05)
    low, passive = (1.0 / (1.0 + np.exp(-cut)) for cut in draws.cuts["nps.cuts"])
    each = 0.05 / 12 * ((1.0 - passive) - 2.0 * low)
    _, _, found = ahead(usual(), draws=draws, growth_from="referrals")
    stay = 0.82 ** (1 / 12)
    assert found.told[0, 0, 0] == pytest.approx(30_000 * each * stay)
    second = (found.told[0, 0, 0] + each * (found.there + found.told)[0, 0, 0]) * stay
    assert found.told[1, 0, 0] == pytest.approx(second)


def test_nps_growth_by_hand():
    """0.15 % a year and point: ten points more for a year make margin grow by 1.5 %."""
    draws = drawn(nps__revenue_growth_per_point=0.0015)
    outcome, calibration, found = ahead(better(), draws=draws, growth_from="nps")
    before, after = (
        float(relation.nps(z, np.ones(1), draws)[0]) for z in (calibration.mean, outcome.relation)
    )
    assert found.margin[-1, 0, 0] / found.margin[-2, 0, 0] == pytest.approx(
        1 + 0.0015 * (after - before) / 12, rel=1e-4
    )
    assert 1 < found.margin[-1, 0, 0] < (1 + 0.0015 * (after - before) / 12) ** 36
    same = ahead(usual(), draws=draws, growth_from="nps")[2]
    assert (same.margin == 1).all()


def test_word_of_mouth_needs_to_know_how_the_relation_moves():
    calibration = calibrate(usual(), PEOPLE, ONE)
    outcome = assess(better(), calibration, PEOPLE, ONE)
    with pytest.raises(ValueError, match="moving=True"):
        project(outcome, calibration, PEOPLE, ONE, 12, "referrals")


def test_segments_are_projected_each_by_itself():
    rows = journeys_of(
        [{"segment": s, "count": n, "resolved": r} for s in (0, 1) for n, r in ((900, 1), (100 * s, 0))],
        segments=("new", "old"),
    )
    people = Customers(
        ("new", "old"), np.array([5000.0, 9000.0]), np.array([9.0, 20.0]), np.array([0.3, 0.1])
    )
    _, outcome = calibrated(rows, people, ONE)
    _, _, both = ahead(rows, people, base=rows)
    assert both.there[11, :, 0] == pytest.approx([3500.0, 8100.0])
    weight = np.array(outcome.issues) / sum(outcome.issues)
    assert both.served(people, outcome.issues)[:, 0] == pytest.approx(
        (both.during[:, :, 0] / people.count) @ weight
    )


@settings(max_examples=30, deadline=None)
@given(
    st.floats(0.0, 1.0), st.floats(0.0, 0.95), st.floats(0.0, 0.9), st.floats(0.0, 1.0), st.floats(0.0, 0.8)
)
def test_whatever_is_stated_the_base_loses_what_was_stated(share, unlike, lost, slope, growth):
    draws = drawn(churn__uncontrollable_share=share, value__heterogeneity=unlike, churn__relation_slope=slope)
    people = replace(PEOPLE, churn=np.array([lost]), growth=np.array([growth]))
    _, calibration, found = ahead(usual(), people, draws)
    assert found.there[11, 0, 0] == pytest.approx(30_000 * (1 - lost), rel=1e-9)
    assert (np.diff(found.there, axis=0) <= 1e-9).all() and (found.there >= 0).all()
    assert calibration.always[0, 0] == pytest.approx(share * people.year[0] / 12)


def test_money_of_a_comparison_is_zero_for_the_same_journeys_whatever_is_on():
    on = with_overrides({
        "churn.relation_slope": (0.6, 0.3, 0.9), "value.heterogeneity": 0.3, "churn.uncontrollable_share": 0.2,
    })  # fmt: skip
    for word in ("none", "referrals", "nps"):
        base, variant = (
            replace(case(usual(), 0.03, parameters=on), growth_from=word, customers=GROWING) for _ in "ab"
        )
        found = uncertainty.compare(base, variant)
        for one in (found.gain, found.spread):
            assert (
                (one.net == 0).all() and (one.lifetime == 0).all() and (one.curves.word_of_mouth == 0).all()
            )


def test_the_margin_of_a_side_is_that_of_its_customers():
    outcome, calibration, found = ahead(better(), GROWING)
    book = case(usual()).costs
    side = economics.Side.of(outcome, book, calibration, GROWING, ONE, 24)
    assert side.margins[23, 0, 0] == pytest.approx(14.0 * (found.there + found.won)[:24].sum())
    months = found.during[:, 0, 0] / 30_000
    fixed = book.total - book.with_contacts
    assert side.costs[11, 0] == pytest.approx(fixed + book.with_contacts * months[:12].sum() / 12)
    assert side.upsell[11, 0] == pytest.approx(book.upsell * months[:12].sum() / 12)
