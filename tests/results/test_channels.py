"""Measures of every channel, of self-service, call-backs and deferred work: known by hand."""

from __future__ import annotations

import dataclasses

import handmade_channels as made
import numpy as np
import pytest

from ccsim.results.facts import FACTS
from ccsim.results.findings import where_it_hurts
from ccsim.results.measures import MEASURES, bad_days_frame, measures_frame
from ccsim.results.reduce import reduce

VOICE, CHAT, EMAIL, MESSAGING = range(4)
DAY = made.DAY
NAN = float("nan")


@pytest.fixture(scope="module")
def tally():
    return reduce(made.journal(), made.scenario())


def of(tally, name, by=None):
    return MEASURES[name].values(tally, by)


@pytest.mark.parametrize(
    ("name", "voice", "chat", "email", "messaging"),
    [
        ("offered", 4, 4, 4, 2), ("handled", 3, 2, 3, 1), ("abandoned", 1, 1, 0, 0), ("messages", 1, 0, 0, 0),
        ("service_level", 2 / 4, 2 / 4, 2 / 4, 1 / 2), ("abandonment", 1 / 4, 1 / 4, 0, 0),
        ("silent", 0, 1 / 4, 0, 0), ("dropped", 0, 1 / 4, 0, 0),
        ("asa", 7.5, 160 / 3, 185600 / 3, 43700 / 2),
        ("aht", 250, 730 / 2 + 60, 720 / 3, 190), ("talk", 740 / 3, 700 / 2 + 60, 700 / 3, 180),
        ("transfer_rate", 0, 0, 0, 0), ("escalation_rate", 1 / 4, 0, 0, 0),
        ("interruptions", 0, 0, 1 / 3, 0), ("turns", NAN, NAN, NAN, 2),
        ("callbacks", 1 / 4, 0, 0, 0), ("callbacks_reached", 1, NAN, NAN, NAN),
        ("callback_delay", 1200, NAN, NAN, NAN), ("rang_out", 1, NAN, NAN, NAN),
        ("redial_rate", 1 / 4, 0, 0, 0), ("bounce_rate", 1 / 4, 0, 0, 0), ("follow_up_rate", 0, 0, 1 / 4, 0),
        ("repeat_rate", 0, 0, 0, 0), ("contacts_per_issue", 5 / 3, 8 / 7, 1, 1),
        ("channels_per_issue", 1, 8 / 7, 1, 1), ("channel_switches", 0, 1 / 7, 0, 0),
        ("fcr", 1, 2 / 4, 1 / 2, 1), ("resolution_rate", 1, 3 / 7, 1 / 3, 1 / 2),
        ("days_on_target", 0, 0, 1 / 2, NAN), ("intervals_on_target", 1 / 3, 0, 2 / 4, NAN),
        ("sessions", 0, 5, 0, 0), ("containment", NAN, 2 / 5, NAN, NAN),
        ("first_response", NAN, NAN, 187200 / 3, 43820 / 2), ("due_hit_rate", NAN, NAN, 2 / 4, NAN),
        ("backlog", 0, 0, 192000 / made.WEEK, 43930 / made.WEEK),
        ("backlog_day_end", 0, 0, 4 / 7, 1 / 7), ("backlog_age", NAN, NAN, 122000 / 3, 10800),
    ],
)  # fmt: skip
def test_by_channel(tally, name, voice, chat, email, messaging):
    assert of(tally, name, "channel") == pytest.approx([voice, chat, email, messaging], nan_ok=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sessions", 5), ("containment", 2 / 5), ("bot_resolution", 1 / 5), ("bounce_back", 1 / 5),
        ("handed_over", 1 / 5), ("asked_for_person", 1 / 5), ("context_kept", 1 / 2),
        ("self_service_quit", 1 / 5), ("session_time", 260 / 5),
    ],
)  # fmt: skip
def test_of_self_service(tally, name, value):
    assert of(tally, name, "self_service") == pytest.approx([value])
    assert of(tally, name) == pytest.approx([value])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("offered", 14), ("service_level", 7 / 14), ("days_on_target", 1 / 5), ("fcr", 7 / 10),
        ("fcr_observed", 9 / 10), ("contacts_per_issue", 18 / 15), ("switched_issues", 1 / 15),
        ("resolution_rate", 8 / 15), ("occupancy", 2260 / 90000), ("load_per_agent", 2510 / 2260),
        ("capacity_in_use", (1660 + 850 / 3) / 90000), ("backlog", 235930 / made.WEEK),
        ("agent_time_saved", 1 * (850 / 3) / 2), ("backlog_age", 132800 / 4),
    ],
)  # fmt: skip
def test_of_the_whole(tally, name, value):
    assert of(tally, name) == pytest.approx([value])


def test_days_are_judged_by_each_channels_own_target(tally):
    met = tally.by_channel_day["days_met"]
    assert met[EMAIL].tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert np.isnan(met[MESSAGING]).all()
    assert tally.by_day["days"].tolist() == [3, 0, 1, 0, 0, 0, 1]  # messaging has no target


def test_what_lies_over_at_the_end_of_each_day(tally):
    assert tally.by_channel_day["left_over"][EMAIL].tolist() == [2, 1, 0, 0, 0, 0, 1]
    assert tally.by_channel_day["left_over_age"][EMAIL].tolist() == [16400, 100800, 0, 0, 0, 0, 4800]


def test_a_queue_counts_legs_and_a_bot_has_none(tally):
    offered = dict(zip(tally.names.queues, tally.by_queue["offered"], strict=True))
    assert offered == {
        "voice/care": 5, "chat/care": 4, "email/care": 5, "messaging/care": 3,
        "voice/care (call-back)": 2, "chat/chatbot": 0,
    }  # fmt: skip
    assert tally.by_queue["callbacks"].tolist() == [1, 0, 0, 0, 0, 0]
    assert tally.by_group["phone"].tolist() == [740]


def test_one_channel_alone_is_that_row_of_the_slice(tally):
    scenario = made.scenario()
    by_channel = measures_frame([tally, tally], scenario, "channel").set_index(["measure", "channel"]).value
    for channel in made.CHANNELS:
        alone = measures_frame([tally, tally], scenario, channel=channel).set_index("measure").value
        assert np.isnan(alone.occupancy)
        for name in ("offered", "service_level", "first_response", "wait_p80", "fcr", "sessions", "backlog"):
            expected = by_channel[name, channel]
            assert alone[name] == pytest.approx(expected, nan_ok=True), (channel, name)
    hours = measures_frame([tally], scenario, "weekday_hour", channel="chat")
    at = hours[(hours.weekday == "Mon") & (hours.hour == 8)].set_index("measure").value
    assert at.sessions == 5 and at.offered == 4
    assert len(bad_days_frame([tally], scenario, "email")) > 0
    with pytest.raises(ValueError, match="no channel"):
        measures_frame([tally], scenario, channel="fax")
    with pytest.raises(ValueError, match="cannot be sliced"):
        measures_frame([tally], scenario, "queue", channel="chat")


def test_slices_of_every_measure_add_up(tally):
    for measure in MEASURES.values():
        if measure.each is None and measure.unit != "money" and "channel" in measure.slices:
            whole, parts = (measure.pair(tally, by)[0].sum() for by in (None, "channel"))
            if not np.isnan(parts):
                assert parts == pytest.approx(whole), measure.name
    assert set(tally.by_day) | set(tally.by_cell) | set(tally.by_queue) <= set(FACTS)


def test_pooling_twice_the_same_changes_no_ratio(tally):
    pooled = tally.add([tally])
    for name in ("service_level", "containment", "backlog", "load_per_agent", "due_hit_rate"):
        assert of(pooled, name) == pytest.approx(of(tally, name)), name
    assert pooled.work == pytest.approx(2 * tally.work)
    assert of(pooled, "offered", "channel") == pytest.approx(of(tally, "offered", "channel"))


def test_the_order_of_legs_means_nothing(tally):
    journal = made.journal()
    order = np.random.default_rng(2).permutation(len(journal.legs))
    again = reduce(dataclasses.replace(journal, legs=journal.legs[order]), made.scenario())
    for axis in ("by_day", "by_channel_day", "by_cell", "by_queue", "by_group", "by_self_service"):
        for name, values in getattr(tally, axis).items():
            assert getattr(again, axis)[name] == pytest.approx(values, nan_ok=True), (axis, name)


def test_where_it_hurts_on_every_channel(tally):
    said = where_it_hurts([tally], made.scenario())
    assert "`voice` Wednesday" in said or "`chat` Monday" in said
    assert "`email` leaves 1 over at the day's end, the oldest 11 hours old" in said
    assert "50 % of what `chatbot` contains comes back" in said
