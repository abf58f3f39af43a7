"""Ledger, gains, ROI, NPV and payback: worked checks, parts that add up, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cases import PEOPLE, PRICES, better, operations
from journals import usual

from ccsim.parameters import outcome_parameters
from ccsim.results import draws as drawing
from ccsim.results import economics, ledger, stake
from ccsim.results.calibration import calibrate
from ccsim.results.economics import Side
from ccsim.results.outcome import assess
from ccsim.results.prices import prices_of
from ccsim.scenario import loads

ONE = drawing.central(outcome_parameters())


def side(journeys, base=None, prices=PRICES, people=PEOPLE, draws=ONE, horizon=12, **worked):
    calibration = calibrate(base or journeys, people, draws)
    outcome = assess(journeys, calibration, people, draws)
    book = ledger.ledger(operations(**worked), prices)
    return Side.of(outcome, book, calibration, people, draws, horizon)


def test_the_worked_checks_are_exact():
    assert float(economics.roi(200 * 1000.0 + 50_000.0, 500_000.0)) == -50.0
    assert float(economics.roi(400 * 1000.0 + 100_000.0, 500_000.0)) == 0.0
    assert np.isnan(economics.roi(1.0, 0.0))


def test_the_ledger_by_hand():
    book = ledger.ledger(operations(paid=2000.0, overtime=40.0), PRICES)
    year = 365.25 / 7.0 / 4.0
    wages = year * (1960.0 * 15.0 + 100.0 * 20.0)
    overtime = year * 40.0 * 15.0 * 1.25
    on_costs = 0.42 * (wages + overtime)
    expected = {
        "wages": wages,
        "on_costs": on_costs,
        "overtime": overtime,
        "licences": 12 * 100.0 * 13,
        "telecom": year * 0.015 * 51_000.0,
        "overhead": 0.3 * (wages + overtime + on_costs),
        "one_off": 0.0,
    }
    assert book.by_line == pytest.approx(expected)
    assert book.total == pytest.approx(sum(expected.values()))
    assert sum(book.by_group.values()) == pytest.approx(book.total)
    assert book.by_site == pytest.approx({"main": book.by_group["front"], "second": book.by_group["back"]})
    assert book.per_contact == pytest.approx(book.total / (year * 9000.0))
    assert book.per_resolution == pytest.approx(book.total / (year * 8000.0))
    assert book.upsell == pytest.approx(year * 4000.0)


PRICED = """\
ccsim: 1
intents: {billing: {talk: 4min}}
arrivals: {voice: {contacts: 100/week}}
agents:
  front: {on_seat: 2, skills: [billing]}
  back: {on_seat: 1, skills: [billing], wage: 20/h, overtime: 200%, on_cost: 10%, licence: 50/month}
economics: {cost: {wage_hour: 11, overtime_factor: 1.5, on_cost: 30%, licence_agent_month: 80}}
"""


def test_a_group_without_a_price_of_its_own_has_the_one_the_scenario_states():
    prices = prices_of(loads(PRICED))
    assert list(prices.wage) == [11.0, 20.0]
    assert list(prices.overtime) == [1.5, 2.0]
    assert list(prices.on_cost) == [0.3, 0.1]
    assert list(prices.licence) == [80.0, 50.0]


def test_scaling_to_a_year_does_not_depend_on_how_long_was_simulated():
    once = ledger.ledger(operations(), PRICES)
    twice = operations(paid=4000.0, handled=18_000.0, weeks=8.0)
    doubled = replace(
        twice,
        paid_hours=twice.paid_hours * [1.0, 2.0],
        phone_minutes=2 * twice.phone_minutes,
        resolved=2 * twice.resolved,
    )
    assert ledger.ledger(doubled, PRICES).by_line == pytest.approx(once.by_line)


def test_net_gain_and_its_parts_add_up_month_by_month():
    base, variant = side(usual()), side(better(), usual(), paid=2100.0, handled=8500.0)
    found = economics.gain(base, variant, ONE)
    curves = found.curves
    gains = curves.margin + curves.upsell + curves.avoided + curves.word_of_mouth
    assert curves.net == pytest.approx(gains - curves.costs)
    assert found.margin_by_segment.sum() == pytest.approx(found.margin)
    assert found.roi == pytest.approx(100.0 * found.net / found.costs)
    assert found.why_not is None and found.margin > 0 and found.customers_kept > 0
    there = [30_000 * np.cumprod(s.ahead.stay[:12, 0, 0]) for s in (base, variant)]
    assert float(found.margin[0]) == pytest.approx(14.0 * (there[1] - there[0]).sum())
    assert float(found.customers_kept[0]) == pytest.approx(there[1][-1] - there[0][-1])


def test_break_even_is_the_margin_at_which_net_gain_is_zero():
    base, variant = side(usual()), side(better(), usual(), paid=2300.0)
    factor = economics.gain(base, variant, ONE).break_even[0]
    richer = replace(PEOPLE, margin=PEOPLE.margin * factor)
    again = economics.gain(*(replace(s, customers=richer) for s in (base, variant)), ONE)
    assert again.net[0] == pytest.approx(0.0, abs=1e-6 * abs(again.costs[0]))


def test_npv_without_discount_is_net_gain_and_with_it_by_hand():
    base, variant = side(usual()), side(better(), usual(), prices=replace(PRICES, one_off=9000.0))
    flat = drawing.Draws({**ONE.values, "value.discount_annual": np.zeros(1)}, ONE.cuts)
    free = economics.gain(base, variant, flat)
    assert free.npv == pytest.approx(free.net)
    found = economics.gain(base, variant, ONE)
    flows = np.diff(found.curves.net[:12, 0] + 9000.0, prepend=0.0)
    by_hand = sum(flow / 1.1 ** (t / 12) for t, flow in enumerate(flows, 1)) - 9000.0
    assert found.npv[0] == pytest.approx(by_hand)
    more = (variant.served - base.served)[:12, 0].sum() * base.ledger.with_contacts / 12
    assert found.costs[0] == pytest.approx(9000.0 + more)


def test_payback_is_the_first_month_in_which_gains_cover_costs():
    costly = replace(PRICES, one_off=20_000.0)
    found = economics.gain(side(usual()), side(better(), usual(), prices=costly), ONE)
    month = int(found.payback[0])
    assert found.curves.net[month - 1, 0] >= 0 > found.curves.net[month - 2, 0]
    never = replace(PRICES, one_off=1e9)
    found = economics.gain(side(usual()), side(better(), usual(), prices=never), ONE)
    assert np.isnan(found.payback).all() and len(found.curves.net) == 36


def test_roi_is_not_defined_where_the_variant_is_cheaper():
    base, variant = side(usual()), side(better(), usual(), paid=1900.0)
    found = economics.gain(base, variant, ONE)
    assert np.isnan(found.roi).all() and found.why_not == "it costs less than the base"
    assert np.isnan(found.payback).all() and found.net > 0
    same = economics.gain(base, side(better(), usual()), ONE)
    assert same.why_not == "it costs the same as the base"


def test_what_a_cheaper_variant_saves_may_be_lost_again():
    """Churn takes a year to move: at first only the saving shows."""
    base, variant = side(better(), horizon=36), side(usual(), better(), paid=1900.0, horizon=36)
    found = economics.gain(base, variant, ONE)
    month = int(found.lost_again[0])
    net = found.curves.net[:, 0]
    assert net[0] > 0 and month > 2 and net[month - 2] >= 0 > net[month - 1]
    assert np.isnan(economics.gain(base, side(better(), paid=1900.0), ONE).lost_again[0])  # nobody is lost
    assert np.isnan(economics.gain(variant, base, ONE).lost_again[0])  # it costs more


def test_roi_after_some_months_is_that_of_the_curves():
    base, variant = side(usual()), side(better(), usual(), paid=2100.0)
    found = economics.gain(base, variant, ONE)
    curves = found.curves
    for months in (12, 24, 36):
        ratio = 100 * curves.net[months - 1] / curves.costs[months - 1]
        assert found.roi_after(months) == pytest.approx(ratio)
    assert found.roi_after(12) == pytest.approx(found.roi)
    assert found.costs_of[1] - found.costs_of[0] == pytest.approx(found.costs)


def test_customers_kept_cost_their_contacts_and_that_is_no_price():
    """The same ledger, fewer bad episodes: costs rise by what the kept customers' contacts cost."""
    base, variant = side(usual()), side(better(), usual())
    found = economics.gain(base, variant, ONE)
    more = (variant.served - base.served)[:12].sum() * base.ledger.with_contacts / 12
    assert found.costs[0] == pytest.approx(float(more)) and more > 0
    assert found.why_not == "it costs the same as the base" and np.isnan(found.roi).all()
    assert np.isnan(found.roi_after(24)).all()


def test_money_is_unknown_without_margin_and_costs_are_not():
    unknown = replace(PEOPLE, margin=np.array([np.nan]))
    base, variant = (
        side(usual(), people=unknown),
        side(better(), usual(), people=unknown, paid=2100.0),
    )
    found = economics.gain(base, variant, ONE)
    assert np.isnan([found.net, found.margin, found.roi, found.npv]).all()
    assert found.costs[0] > 0 and found.customers_kept[0] > 0
    assert unknown.missing() == ["customers.all.margin"] and "not given" in found.why_not


def test_alone_a_scenario_shows_what_is_at_stake():
    own = side(usual())
    found = stake.stake(own, ONE)
    assert found.customers_lost[0] == pytest.approx(0.18 * 30_000)
    assert 0 < found.lost_to_bad[0] < found.customers_lost[0] and found.at_stake[0] > 0
    assert found.pays_for_itself[0] == pytest.approx(own.costs[11, 0] / (14.0 * 12))
    assert np.isnan(found.total_roi).all()
    stay, alone = own.outcome.stay[0, 0], 0.55 ** (1 / 12)
    gains = sum(420_000.0 * (stay**t - alone**t) for t in range(1, 13)) + own.upsell[11, 0]
    total = stake.stake(own, ONE, without=0.45).total_roi[0]
    assert total == pytest.approx(100 * (gains - own.costs[11, 0]) / own.costs[11, 0])


def test_longer_horizons_scale_costs():
    base, variant = (
        side(rows, usual(), horizon=60, paid=paid) for rows, paid in ((usual(), 2000.0), (better(), 2100.0))
    )
    one, two = (economics.gain(base, variant, ONE, months) for months in (12, 24))
    assert two.costs == pytest.approx(2 * one.costs, rel=0.01) and two.margin > 2 * one.margin
    assert len(economics.gain(base, variant, ONE, 60).curves.net) == 60
