"""The registry: values known by hand, frames, slices, and the glossary in the docs."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import SimpleNamespace

import handmade
import made_up
import numpy as np
import pytest

from ccsim.results.costs import Paid
from ccsim.results.facts import FACTS
from ccsim.results.glossary import measures_page
from ccsim.results.measure import terms
from ccsim.results.measures import MEASURES, SLICES, bad_days_frame, measures_frame, unit_of
from ccsim.results.reduce import reduce
from ccsim.results.slices import COLUMNS

DOCS = Path(__file__).parents[2] / "docs"

NAN = float("nan")
BY_HAND = {
    "offered": 11, "handled": 6, "abandoned": 2, "short_abandoned": 1, "closed": 1,
    "service_level": 5 / 10, "service_level_answered": 5 / 6, "service_level_offered": 5 / 11,
    "service_level_early": 7 / 11, "intervals_on_target": 2 / 4, "days_on_target": 2 / 3,
    "abandonment": 2 / 10, "abandonment_all": 3 / 11, "blocked": 1 / 11, "balked": 1 / 11,
    "asa": 80 / 6, "aht": 1710 / 6, "talk": 1450 / 6, "hold": 20 / 6, "wrap_up": 240 / 6,
    "transfer_rate": 1 / 11, "occupancy": 1710 / 8780, "utilisation": 1710 / 11855,
    "shrinkage": (11855 - 8780) / 11855, "adherence": 8700 / 9200,
    "agents_on_seat": 8780 / 604800, "agents_busy": 1710 / 604800,
    "paid_time": 11855 / 3600, "overtime": 80 / 3600,
    "fcr": 4 / 5, "fcr_observed": 2 / 5, "fcr_gap": -2 / 5, "contacts_per_issue": 12 / 10,
    "repeat_rate": 1 / 11, "redial_rate": 1 / 11, "resolution_rate": 5 / 10,
    "wait_p50": 10, "wait_p80": 20, "wait_p95": 30,
    "wait_all_p50": 10, "wait_all_p80": 20, "wait_all_p95": 45,
    "cost_per_contact": 50, "cost_per_resolution": 60,
    "messages": 0, "silent": 0, "dropped": 0, "escalation_rate": 0, "interruptions": 0, "turns": NAN,
    "callbacks": 0, "callbacks_reached": NAN, "callback_delay": NAN, "rang_out": NAN,
    "load_per_agent": 1, "capacity_in_use": 1710 / 8780, "strain": NAN, "bounce_rate": 0, "follow_up_rate": 0,
    "resolution_time": 175750 / 5, "channels_per_issue": 1, "channel_switches": 0, "switched_issues": 0,
    "first_response": NAN, "first_response_p95": NAN, "due_hit_rate": NAN, "backlog": 0,
    "backlog_day_end": 0, "backlog_age": NAN, "sessions": 0, "containment": NAN, "bot_resolution": NAN,
    "bounce_back": NAN, "handed_over": NAN, "asked_for_person": NAN, "context_kept": NAN,
    "self_service_quit": NAN, "session_time": NAN, "agent_time_saved": 0, "reached": 0, "prevented": 0,
}  # fmt: skip


PAID = Paid(300.0, np.array([300.0]), np.full(4, 75.0), np.full(2, 150.0))


@pytest.fixture(scope="module")
def frame(hand_tally, hand_scenario):
    return measures_frame([hand_tally], hand_scenario, costs=[PAID]).set_index("measure")


def test_weekdays_are_those_of_the_calendar_wherever_the_run_starts(hand_journal, hand_scenario):
    later = SimpleNamespace(**{**vars(hand_scenario), "start": datetime.date(2026, 1, 7)})
    tally = reduce(hand_journal, later)
    monday = reduce(hand_journal, hand_scenario)
    for by, cells in (("weekday_hour", 24), ("interval", 48)):
        frame = measures_frame([tally], later, by).query("measure == 'offered'")
        usual = measures_frame([monday], hand_scenario, by).query("measure == 'offered'")
        by_weekday = frame.groupby("weekday", sort=False)["value"].sum()
        days = measures_frame([tally], later, "day").query("measure == 'offered'")
        for day, value in zip(days["day"], days["value"], strict=True):
            assert by_weekday[f"{day:%a}"] == value
        assert list(frame["value"]) == list(np.roll(usual["value"], 2 * cells))


def test_every_measure_is_known_by_hand():
    assert set(BY_HAND) == set(MEASURES)


@pytest.mark.parametrize("name", BY_HAND)
def test_value_by_hand(frame, name):
    slack = 0.2 if name.startswith("wait_") else 1e-9
    assert frame.value[name] == pytest.approx(BY_HAND[name], abs=slack, nan_ok=True)


@pytest.mark.parametrize(
    ("by", "where", "name", "value"),
    [
        ("queue", "voice/billing", "service_level", 5 / 7),
        ("queue", "voice/technical", "asa", 40.0),
        ("queue", "voice/technical", "service_level", 0 / 4),
        ("group", "front", "asa", 10.0),
        ("group", "front", "aht", 950 / 5),
        ("group", "experts", "occupancy", 760 / 1300),
        ("group", "front", "shrinkage", 1975 / 9455),
        ("site", "north", "adherence", 1300 / 1800),
        ("intent", "billing", "contacts_per_issue", 8 / 6),
        ("segment", "members", "fcr", 3 / 4),
        ("segment", "others", "fcr_observed", 1.0),
        ("day", datetime.date(2026, 1, 6), "transfer_rate", 1.0),
    ],
)
def test_value_of_a_slice_by_hand(hand_tally, hand_scenario, by, where, name, value):
    rows = measures_frame([hand_tally], hand_scenario, by)
    found = rows[(rows.measure == name) & (rows[by] == where)]
    assert found.value.item() == pytest.approx(value)


def test_value_of_an_interval_by_hand(hand_tally, hand_scenario):
    rows = measures_frame([hand_tally], hand_scenario, "interval").set_index(["measure", "weekday", "time"])
    assert rows.value["service_level", "Mon", "08:00"] == pytest.approx(2 / 4)
    assert rows.value["service_level", "Mon", "08:30"] == pytest.approx(1 / 4)
    assert np.isnan(rows.value["service_level", "Mon", "09:00"])
    assert rows.value["agents_on_seat", "Tue", "08:00"] == pytest.approx(2400 / 1800)
    hours = measures_frame([hand_tally], hand_scenario, "weekday_hour")
    at = hours[(hours.weekday == "Mon") & (hours.hour == 8)].set_index("measure").value
    assert at["service_level"] == pytest.approx(3 / 8)


@pytest.mark.parametrize("by", [None, *(by for by in SLICES if by != "self_service")])
def test_frames_are_tidy(real_tallies, real_scenario, by):
    rows = measures_frame(real_tallies, real_scenario, by)
    keys = ["measure", *COLUMNS[by]]
    assert list(rows.columns) == [*keys, "value", "low", "high", "se", "replications", "unit"]
    assert not rows.duplicated(keys).any()
    assert set(rows.measure) == {m.name for m in MEASURES.values() if by in m.slices}
    known = rows[rows.value.notna() & rows.se.notna()]
    assert (known.low <= known.value).all() and (known.value <= known.high).all()
    shares = rows[(rows.unit == "share") & rows.value.notna() & (rows.measure != "fcr_gap")]
    assert shares.value.between(0, 1).all()


def test_volumes_of_slices_add_up_to_the_whole(real_tallies, real_scenario):
    def offered(by):
        rows = measures_frame(real_tallies, real_scenario, by)
        return rows[rows.measure == "offered"].value.sum()

    whole = offered(None)
    for by in ("interval", "weekday_hour", "intent", "segment"):
        assert offered(by) == pytest.approx(whole)
    assert offered("day") == pytest.approx(whole * real_scenario.weeks)


def test_the_four_service_levels_are_ordered_as_they_must_be(real_tallies, real_scenario):
    value = measures_frame(real_tallies, real_scenario).set_index("measure").value
    assert value.service_level_offered <= value.service_level <= value.service_level_answered
    assert value.service_level_offered <= value.service_level_early


def test_without_costs_money_is_unknown(hand_tally, hand_scenario):
    value = measures_frame([hand_tally], hand_scenario).set_index("measure").value
    assert np.isnan(value.cost_per_contact) and np.isnan(value.cost_per_resolution)


def test_one_replication_has_no_interval(frame):
    assert frame.se.isna().all() and frame.low.isna().all() and frame.high.isna().all()


def test_two_equal_replications_have_an_interval_of_no_width(hand_tally, hand_scenario):
    rows = measures_frame([hand_tally, hand_tally], hand_scenario, costs=[PAID] * 2)
    rows = rows[rows.value.notna()]
    assert np.allclose(rows.low, rows.value) and np.allclose(rows.high, rows.value)
    assert (rows.replications == 2).all()


def test_an_unknown_slice_is_refused_with_the_known_ones(hand_tally, hand_scenario):
    with pytest.raises(ValueError, match="weekday_hour"):
        measures_frame([hand_tally], hand_scenario, "month")


def test_units():
    assert unit_of(MEASURES["offered"]) == "contacts/week"
    assert unit_of(MEASURES["offered"], "day") == "contacts/day"
    assert unit_of(MEASURES["cost_per_contact"], None, "GBP") == "GBP"


def test_bad_day_is_the_worst_in_ten_of_all_days(hand_tally, hand_scenario):
    rows = bad_days_frame([hand_tally, hand_tally], hand_scenario).set_index("measure")
    # Three days a replication: 3 of 8, 1 and 1 of the service level; waits 15, 5 and 15 s.
    daily = [3 / 8, 1.0, 1.0] * 2
    assert rows.value.service_level == pytest.approx(np.quantile(daily, 0.1))
    assert rows.value.asa == pytest.approx(np.quantile([15, 5, 15] * 2, 0.9))
    assert rows.value.closed == 0  # the closed Sunday is no day of service


def test_bad_days_of_real_runs_are_worse_than_the_mean(real_tallies, real_scenario):
    bad = bad_days_frame(real_tallies, real_scenario).set_index("measure").value
    mean = measures_frame(real_tallies, real_scenario).set_index("measure").value
    assert bad.service_level < mean.service_level
    assert bad.asa > mean.asa and bad.abandonment > mean.abandonment


def test_slices_weigh_up_to_the_ratio_of_the_whole():
    scenario = handmade.scenario()
    scenario.weeks = 2
    tally = reduce(made_up.journal(4), scenario)
    for measure in MEASURES.values():
        if measure.each is None and measure.unit != "money" and None in measure.slices:
            numerator, denominator = measure.pair(tally)
            for by in {"day", "interval", "intent", "segment"} & set(measure.slices):
                parts = measure.pair(tally, by)
                assert parts[0].sum() == pytest.approx(numerator[0]), (measure.name, by)
                if measure.denominator not in ("periods", "clock"):
                    assert parts[1].sum() == pytest.approx(denominator[0]), (measure.name, by)


def test_formulas_are_made_of_documented_facts():
    for measure in MEASURES.values():
        if measure.each is None:
            used = terms(measure.numerator) + terms(measure.denominator)
            assert {name for _, name in used} <= set(FACTS), measure.name
        assert measure.better in ("up", "down", None)
        assert measure.label and measure.doc


def test_the_glossary_in_the_docs_is_the_registry():
    assert (DOCS / "measures.md").read_text(encoding="utf-8") == measures_page(), (
        "write it again: python -m ccsim.results.glossary > docs/measures.md"
    )
