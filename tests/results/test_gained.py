"""A case explained, and through what a variant gains: parts add up to what the economics say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cases import PEOPLE, better, case
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import journeys_of, usual

from ccsim.parameters import with_overrides
from ccsim.results import gained, uncertainty
from ccsim.results.drivers import NAMES, places_of
from ccsim.results.explained import explain
from ccsim.results.gained import margin_gained
from ccsim.results.loyalty import Customers

SLOPED = with_overrides({"churn.relation_slope": 0.3})
UNLIKE = with_overrides({"churn.relation_slope": 0.3, "value.heterogeneity": 0.2})
TWO = Customers(("few", "many"), np.array([9000.0, 21_000.0]), np.array([20.0, 8.0]), np.array([0.1, 0.25]))


def places(*cases):
    return places_of(*(one.pooled for one in cases))


def shared(base, variant, draws=3):
    world, where = base.drawn(draws), places(base, variant)
    gain = uncertainty.gain_of(base, variant, world)[0]
    return margin_gained(base, variant, world, where, gain.margin_by_segment), gain


@pytest.mark.parametrize("parameters", [with_overrides({}), SLOPED, UNLIKE])
@pytest.mark.parametrize("horizon", [6, 12, 30])
def test_the_margin_kept_is_shared_out_to_the_last(parameters, horizon):
    base, variant = (
        replace(case(rows, parameters=parameters), horizon=horizon) for rows in (usual(), better())
    )
    parts, gain = shared(base, variant)
    np.testing.assert_allclose(parts.sum(axis=(0, 1)), gain.margin, rtol=1e-12)


@pytest.mark.parametrize("parameters", [with_overrides({}), SLOPED, UNLIKE])
def test_hardly_anything_is_left_to_spread(parameters, monkeypatch):
    """The prices alone give the margin of the projection, but for rounding."""
    seen = []

    def unspread(parts, price, whole, segment):
        before, after = parts
        kinds = ((lot.bad, lot.severe, lot.relation) for lot in (before, after))
        found = sum(
            sign * cost[segment] * (then - now)
            for sign, cost, now, then in zip((1, 1, -1), price, *kinds, strict=True)
        )
        seen.append((found.sum(axis=(0, 1)), whole.sum(axis=0)))
        return found

    monkeypatch.setattr(gained, "_shared", unspread)
    shared(*(case(rows, parameters=parameters) for rows in (usual(), better())))
    for found, whole in seen:
        np.testing.assert_allclose(found, whole, rtol=1e-8)


def test_a_variant_equal_to_its_base_gains_exactly_nothing_anywhere():
    base = case(usual(), parameters=SLOPED)
    parts, _ = shared(base, case(usual(), parameters=SLOPED))
    assert (parts == 0).all()


def test_only_the_driver_that_changed_gains():
    """A transfer less, for journeys that are bad for it alone."""
    rows = [{"count": 8500}, {"count": 1000, "transfers": 1}]
    base = case(journeys_of(rows), parameters=SLOPED)
    variant = case(journeys_of([{"count": 9000}, {"count": 500, "transfers": 1}]), parameters=SLOPED)
    parts, gain = shared(base, variant)
    assert (gain.margin > 0).all()
    np.testing.assert_allclose(parts[NAMES.index("transfers")].sum(axis=0), gain.margin, rtol=1e-9)
    others = [k for k, name in enumerate(NAMES) if name != "transfers"]
    assert (parts[others] == 0).all()


def test_gains_and_losses_in_different_places_do_not_hide_each_other():
    """One intent gets better as much as another gets worse: nothing in all, something in each."""
    intents = ("billing", "technical")

    def rows(first, second):
        return journeys_of(
            [{"count": 8000}, {"count": first, "resolved": 0}, {"count": second, "resolved": 0, "intent": 1},
             {"count": 1000 - first}, {"count": 1000 - second, "intent": 1}], intents=intents)  # fmt: skip

    base, variant = case(rows(300, 700)), case(rows(700, 300))
    parts, gain = shared(base, variant)
    here = [place[1] for place in places(base, variant)]
    by_intent = {one: parts[:, [k for k, name in enumerate(here) if name == one]].sum() for one in intents}
    assert gain.margin == pytest.approx(0.0, abs=1e-6)
    assert by_intent["technical"] > 1000.0
    assert by_intent["billing"] == pytest.approx(-by_intent["technical"])


counts = st.lists(st.floats(10.0, 3000.0), min_size=12, max_size=12)


@settings(max_examples=25, deadline=None)
@given(counts, counts)
def test_the_difference_of_two_explained_is_that_of_their_figures(before, after):
    kinds = [{"segment": s, **row} for s in (0, 1) for row in (
        {}, {"wait": 200.0}, {"contacts": 3, "retold": 1}, {"resolved": 0}, {"abandons": 3, "contacts": 4},
        {"transfers": 1, "recovered": 1})]  # fmt: skip
    base, variant = (
        replace(
            case(journeys_of([{**k, "count": n} for k, n in zip(kinds, made, strict=True)], segments=TWO.segments),
                 parameters=SLOPED),
            customers=TWO,
        )
        for made in (before, after)
    )  # fmt: skip
    world, where = base.drawn(2), places(base, variant)
    one, other = (explain(side, base, world, where) for side in (base, variant))
    np.testing.assert_allclose(one.best_csat, other.best_csat)
    np.testing.assert_allclose(one.best_churn, other.best_churn, atol=1e-12)
    for name in ("csat", "churn"):
        parts = (getattr(one, name) - getattr(other, name)).sum(axis=(0, 1))
        now = [getattr(side, f"{name}_now") for side in (one, other)]
        sign = 1.0 if name == "csat" else -1.0
        np.testing.assert_allclose(parts, sign * (now[1] - now[0]), atol=1e-9)
    parts, gain = shared(base, variant, 2)
    np.testing.assert_allclose(parts.sum(axis=(0, 1)), gain.margin, rtol=1e-9, atol=1e-6)


def test_what_is_lost_is_what_is_at_stake():
    """With the relation off, nothing but bad episodes costs customers."""
    own = case(usual())
    found = explain(own, own, own.central, places(own))
    at_stake = uncertainty.alone(own, draws=2).stake.at_stake
    assert found.margin.sum() == pytest.approx(at_stake[0], rel=1e-12)
    assert found.churn_now == pytest.approx(PEOPLE.churn)
