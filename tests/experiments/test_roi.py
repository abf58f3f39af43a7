"""A finished run under other parameters: the same figures as a run made with them, and nothing simulated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from every_channel import EVERY_CHANNEL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import SMALL

import ccsim
from ccsim.errors import CcsimError, ScenarioError
from ccsim.experiments.compare import Comparison
from ccsim.experiments.roi import Roi, roi
from ccsim.experiments.run import Run
from ccsim.experiments.simulated_part import WORTH, simulated_part
from ccsim.results.draws import central
from ccsim.results.economics import Side
from ccsim.results.tally import Tally
from ccsim.scenario import loads

# A centre in which everything that has a price has one.
PRICED = EVERY_CHANNEL.replace(
    "  texts: {on_seat: 2, skills: [orders, accounts], handles: {chat: 3, messaging: 3, email: 1}, wage: 16.00/h}",
    """\
  texts:
    on_seat: 2
    skills: [orders, accounts]
    handles: {chat: 3, messaging: 3, email: 1}
    wage: 16.00/h
    assist: {output: 10%, licence: 40.00/month}
    empowerment: {fcr: +5%, gesture: 12.00, chance: 10%}
  away: {on_seat: 1, skills: [orders], handles: {voice: 1}, site: partner}
  school: {scheduled: {day: 2}, skills: [orders], handles: {voice: 1}, training: {hours: 8h, cost: 300}}
shifts:
  day: {days: mon-fri, hours: 09:00-17:00}
workforce: {attrition: 40%/year, cost: 9000, hiring: [{agents: 2, group: school, start: 2026-01-06}]}
sites: {main: {}, partner: {partner: true, fee_contact: 4.00}}
proactive: {parcels: {intents: [orders], reach: 20%, effect: 50%, cost: 0.05}}
economics: {without_service: {churn: 45%/year}}""",
).replace("share: 70%, ", "share: 70%, upsell: {chance: 5%, margin: 6.00}, ")

# One change of every kind that may be made without simulating.
PERMITTED: dict[str, Any] = {
    "customers.everyone.margin": "+10%",
    "customers.everyone.churn": "25%/year",
    "customers.everyone.growth": "5%/year",
    "customers.everyone.count": 30_000,
    "intents.orders.upsell.margin": "8.00",
    "agents.phones.wage": "18.00/h",
    "agents.phones.on_cost": "30%",
    "agents.school.overtime": "150%",
    "agents.texts.licence": "60.00/month",
    "agents.texts.assist.licence": "80.00/month",
    "agents.texts.empowerment.gesture": "20.00",
    "agents.school.training.cost": "500",
    "workforce.cost": "5000",
    "sites.partner.fee_contact": "5.00",
    "sites.main.overhead": "20%",
    "self_service.chatbot.cost": "0.40/session",
    "proactive.parcels.cost": "0.10",
    "targets.fcr": "min 75%",
    "experience.csat.intercept": "1.2",
    "experience.csat.observed": "82%",
    "experience.csat.weights.log_wait": "[0.3, 0.1, 0.5]",
    "experience.ces.polarity": "effort",
    "loyalty.churn.hr_bad_episode": "4",
    "loyalty.churn.relation_slope": "0.4",
    "economics.horizon": "24 months",
    "economics.discount": "7%/year",
    "economics.one_off": "5000",
    "economics.growth_from": "referrals",
    "economics.cost.overhead": "35%",
    "economics.without_service.churn": "50%/year",
}
QUIET = ("loyalty.churn.relation_slope",)  # of a run that is its own base it moves nothing
REFUSED: dict[str, Any] = {
    "agents.phones.on_seat": "+2",
    "agents.phones.shrinkage.other": "20%",
    "intents.orders.fcr": "90%",
    "channels.voice.patience": "5min",
    "channels.voice.target": "80% in 30s",
    "arrivals.voice.contacts": "+10%",
    "experience.effort.promised_wait": "90s",
    "self_service.chatbot.enabled": "false",
    "workforce.attrition": "20%/year",
    "seed": "7",
    "replications": "5",
    "weeks": "2",
}


@pytest.fixture(scope="module")
def priced() -> Run:
    return ccsim.run(loads(PRICED), 2, clock="simpy")


def test_every_permitted_change_at_once_gives_what_a_run_made_so_gives(priced: Run) -> None:
    found = roi(priced, draws=200, changes=PERMITTED).run
    anew = ccsim.run(priced.scenario.with_changes(PERMITTED), 2, clock="simpy")
    assert found.tallies is priced.tallies
    for before, after in zip(found.tallies, anew.tallies, strict=True):
        _same_tally(before, after)
    pd.testing.assert_frame_equal(_told(found), _told(anew))
    pd.testing.assert_frame_equal(found.economics(), anew.economics())
    pd.testing.assert_frame_equal(found.loyalty(), anew.loyalty())
    assert not found.summary().equals(priced.summary())


def _told(run: Run) -> pd.DataFrame:
    """The summary but for FCR as observed: it stands on who calls again, which is drawn among all customers."""
    return run.summary().query("measure != 'fcr_observed'")


def _same_tally(one: Tally, other: Tally) -> None:
    assert one.journeys is not None and other.journeys is not None
    np.testing.assert_array_equal(one.journeys.count, other.journeys.count)
    np.testing.assert_array_equal(one.journeys.ln_wait, other.journeys.ln_wait)
    for facts in ("by_day", "by_group", "by_cell"):
        for name, values in getattr(one, facts).items():
            if name in ("seen_issues", "seen_resolved"):
                continue  # of FCR as observed
            np.testing.assert_array_equal(values, getattr(other, facts)[name])


@pytest.mark.parametrize("path", PERMITTED)
def test_each_permitted_change_is_said_and_moves_a_figure(priced: Run, path: str) -> None:
    found = roi(priced, draws=2, changes={path: PERMITTED[path]})
    assert [one.path for one in found.changed] == [path]
    assert found.changed[0].before != found.changed[0].now
    assert found.run.tallies is priced.tallies
    if path not in QUIET:
        assert _figures(found.run) != _figures(roi(priced, draws=2).run)


def _figures(run: Run) -> str:
    return "".join(frame.to_csv() for frame in (run.summary(), run.economics(), run.loyalty()))


@pytest.mark.parametrize("path", REFUSED)
def test_what_is_simulated_cannot_be_changed(priced: Run, path: str) -> None:
    with pytest.raises(CcsimError, match="needs a new simulation") as refused:
        roi(priced, changes={path: REFUSED[path], "economics.horizon": "24 months"})
    text = str(refused.value)
    assert f"--set {path}=" in text.replace("'", "") and "ccsim run" in text
    assert "economics" not in text


def test_all_that_needs_a_simulation_is_named_in_one_message(priced: Run) -> None:
    with pytest.raises(CcsimError) as refused:
        roi(priced, changes={"seed": "7", "loyalty.churn.hr_bad_episode": "4", "weeks": "2"})
    assert str(refused.value).startswith("seed, weeks: these change what is simulated")


def test_unknown_paths_and_values_are_faults(priced: Run) -> None:
    with pytest.raises(ScenarioError, match="hr_bad_episode"):
        roi(priced, changes={"loyalty.churn.hr_bad_episod": "4"})
    with pytest.raises(ScenarioError, match="no unit"):
        roi(priced, changes={"economics.discount": "8%"})


def test_keys_of_worth_are_keys() -> None:
    for section, keys in WORTH.items():
        assert keys <= set(section.model_fields), section


def test_what_routing_looks_at_is_part_of_the_simulation() -> None:
    def moves(text: str, path: str) -> bool:
        before = loads(text)
        return simulated_part(before) != simulated_part(before.with_changes({path: "+10%"}))

    cheapest = SMALL + "routing: {agent: cheapest}\n"
    by_value = SMALL + "routing: {contact: value}\n"
    assert moves(cheapest, "agents.generalists.wage") and not moves(SMALL, "agents.generalists.wage")
    assert moves(by_value, "customers.everyone.margin") and not moves(SMALL, "customers.everyone.margin")
    assert simulated_part(loads(SMALL), min) != simulated_part(  # type: ignore[arg-type]
        loads(SMALL).with_changes({"agents.generalists.wage": "+10%"}), min
    )  # type: ignore[arg-type]


def test_the_number_of_customers_counts_where_contacts_come_from_it() -> None:
    each = SMALL.replace(
        "contacts: 600/week, profile: flat, counted: all", "contacts: 0.4/customer/month, profile: flat"
    )
    two = SMALL.replace(
        "  everyone: {", "  gold: {count: 1000, margin: 20/month, churn: 9%/year}\n  everyone: {"
    )
    for text, moves in ((SMALL, False), (each, True), (two, True)):
        before = loads(text)
        after = before.with_changes({"customers.everyone.count": 9000})
        assert (simulated_part(before) != simulated_part(after)) is moves


def test_customers_that_a_run_lacked_can_be_given(small_run: Run) -> None:
    text = SMALL.replace("customers:\n  everyone: {count: 6000, margin: 14.00/month, churn: 18%/year}\n", "")
    bare = ccsim.run(
        loads(text.replace("economics: {without_service: {churn: 45%/year}}\n", "")), clock="simpy"
    )
    assert bare.outcomes.missing
    given = {
        "customers.everyone.count": 6000, "customers.everyone.margin": "14.00/month",
        "customers.everyone.churn": "18%/year", "economics.without_service.churn": "45%/year",
    }  # fmt: skip
    found = roi(bare, draws=200, changes=given).run
    pd.testing.assert_frame_equal(_told(found), _told(small_run))


@pytest.fixture(scope="module")
def pair(small_comparison: Comparison) -> Roi:
    return roi(small_comparison.variants["two_more"], small_comparison.base, draws=200)


def test_a_comparison_is_that_of_compare(small_comparison: Comparison, pair: Roi) -> None:
    mine, theirs = pair.comparison.money_frame(), small_comparison.money_frame()
    theirs = theirs[theirs["variant"] == "two_more"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, theirs)


def test_what_changes_nothing_gains_exactly_nothing(small_comparison: Comparison) -> None:
    changes = {"loyalty.churn.hr_bad_episode": "4.5", "customers.everyone.margin": "+50%"}
    found = roi(small_comparison.variants["same"], small_comparison.base, draws=300, changes=changes)
    assert not found.money.gain.net.any() and not found.money.spread.net.any()
    assert not found.lines()["difference"].any()


words = st.text(st.sampled_from("0123456789.%/-+x[]{}:, abcmonthyear"), max_size=12)
paths = st.sampled_from(
    [*PERMITTED, *REFUSED, "loyalty", "customers.everyone", "economics.valu", "agents..wage"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        paths, st.one_of(words, st.sampled_from(["+10%", "x2", "none", "5%", "12", "3/month"])), max_size=3
    )
)
def test_whatever_is_written_is_done_or_refused_in_words(small_run: Run, changes: dict[str, str]) -> None:
    try:
        found = roi(small_run, draws=2, changes=changes)
    except CcsimError as refused:
        assert str(refused).strip()
        return
    assert found.run.tallies is small_run.tallies
    assert simulated_part(found.run.scenario) == simulated_part(small_run.scenario)


def test_lines_of_gains_and_costs_add_up(pair: Roi) -> None:
    lines = pair.lines().set_index("line")
    for column in ("base", "value", "difference"):
        assert lines.loc["cost", column] == pytest.approx(lines[column].drop("cost").sum(), rel=1e-12)
    gain = pair.money.gain
    assert lines.loc["cost", "difference"] == pytest.approx(float(gain.costs[0]), rel=1e-12)
    month = pair.by_month().set_index("month")
    last = month.loc[pair.horizon]
    assert last["net"] == pytest.approx(float(gain.net[0]))
    assert last[["margin", "upsell", "avoided", "word_of_mouth"]].sum() - last["costs"] == pytest.approx(
        last["net"]
    )
    assert (month["net_low"] <= month["net_high"]).all()


def test_lines_of_a_run_alone_are_its_costs_ahead(priced: Run) -> None:
    found = roi(priced, draws=50, changes={"economics.horizon": "24 months"})
    lines = found.lines().set_index("line")["value"]
    assert lines["cost"] == pytest.approx(float(found.run.outcomes.alone.stake.costs[23, 0]), rel=1e-12)
    assert {"partner_fees", "hiring", "gestures", "assist", "self_service", "outreach", "training"} <= set(
        lines.index
    )


def test_a_change_holds_for_both_but_what_is_spent_once_for_the_run_alone(
    small_comparison: Comparison,
) -> None:
    base, run = small_comparison.base, small_comparison.variants["two_more"]
    dearer = roi(run, base, draws=2, changes={"agents.generalists.wage": "30.00/h"})
    plain = roi(run, base, draws=2)
    wages = [one.lines().set_index("line").loc["wages"] for one in (plain, dearer)]
    assert wages[1]["base"] > wages[0]["base"] and wages[1]["difference"] > wages[0]["difference"]
    once = roi(run, base, draws=2, changes={"economics.one_off": "9000"})
    assert float(once.money.gain.costs[0]) == pytest.approx(float(plain.money.gain.costs[0]) + 9000)


def test_customers_worth_more_earn_more_in_proportion(small_comparison: Comparison) -> None:
    base, run = small_comparison.base, small_comparison.variants["two_more"]
    one = roi(run, base, draws=2).money.gain
    twice = roi(run, base, draws=2, changes={"customers.everyone.margin": "28.00/month"}).money.gain
    assert twice.margin[0] == pytest.approx(2 * one.margin[0])
    assert twice.break_even[0] == pytest.approx(one.break_even[0] / 2)


def test_more_draws_narrow_nothing_but_the_doubt_of_the_band(small_run: Run) -> None:
    few, many = (roi(small_run, draws=n).run.outcomes.score("csat") for n in (200, 2000))
    assert few.value == many.value
    assert few.model_low == pytest.approx(many.model_low, abs=0.01)
    other = roi(small_run, draws=200, seed=2).run.outcomes.score("csat")
    assert other.value == few.value and other.model_low != few.model_low


def test_runs_that_cannot_be_compared_are_refused(small_comparison: Comparison) -> None:
    base, run = small_comparison.base, small_comparison.variants["two_more"]
    fewer = replace(base, tallies=base.tallies[:3])
    with pytest.raises(CcsimError, match="replications 3 and 6"):
        roi(run, fewer)
    with pytest.raises(CcsimError, match=r"margin 15.0 and 14.0"):
        roi(
            run,
            replace(base, scenario=base.scenario.with_changes({"customers.everyone.margin": "15.00/month"})),
        )
    with pytest.raises(CcsimError, match="a variant itself"):
        roi(run, small_comparison.variants["same"])
    alone = replace(run, base=None, fresh={name: 0.9 * share for name, share in run.fresh.items()})
    with pytest.raises(CcsimError, match="how many of its contacts are fresh"):
        roi(alone, base)
    with pytest.raises(CcsimError, match="seed 1 and 2"):
        roi(replace(run, scenario=run.scenario.with_changes({"seed": "2"})), base)
    with pytest.raises(CcsimError, match="two draws"):
        roi(run, base, draws=1)
    with pytest.raises(CcsimError, match="nothing to compare with"):
        _ = roi(run).comparison


def test_swings_are_the_figures_with_one_parameter_at_its_end(small_run: Run) -> None:
    found = {(one.measure, one.parameter): one for one in roi(small_run, draws=2).tornado}
    one = found["csat", "csat.weights.unresolved"]
    there = roi(small_run, draws=2, changes={"experience.csat.weights.unresolved": str(one.high)}).run
    assert one.at_high == pytest.approx(float(there.outcomes.alone.outcome.scores.csat[0]), rel=1e-12)
    stake = found["at_stake", "churn.hr_bad_episode"]
    there = roi(small_run, draws=2, changes={"loyalty.churn.hr_bad_episode": str(stake.low)}).run
    assert stake.at_low == pytest.approx(float(there.outcomes.alone.stake.at_stake[0]), rel=1e-12)
    assert not any(one.moves for one in found.values() if one.measure == "roi" and one.confidence != "stated")
    stated = found["roi", "customers.*.margin ±10 %"]
    there = roi(small_run, draws=2, changes={"customers.everyone.margin": "-10%"}).run
    assert stated.at_low == pytest.approx(float(there.outcomes.alone.stake.total_roi[0]), rel=1e-12)


def test_a_gain_s_swings_are_those_of_the_tornado(pair: Roi) -> None:
    widths = [one.width for one in pair.tornado]
    assert widths == sorted(widths, reverse=True)
    one = pair.tornado[0]
    assert (one.parameter, one.at_low, one.at_high) == pair.money.doubt.tornado[0]
    known = pair.run.outcomes.case.parameters[one.parameter]
    assert (one.low, one.high, one.confidence) == (known.low, known.high, known.confidence)


def test_cost_lines_follow_contacts_as_the_costs_do(priced: Run) -> None:
    from ccsim.results.cost_lines import cost_lines

    case = priced.outcomes.case
    side: Side = case.side(case.central, case.central.outcome)
    for months in (1, 12, 36):
        total = np.sum(list(cost_lines(side, months).values()), axis=0)
        np.testing.assert_allclose(total, side.costs[months - 1], rtol=1e-12)
    assert central(case.parameters).size == 1
