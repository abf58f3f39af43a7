"""Channels of every kind: what is usual for each, and what is said of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenario.omni import OMNI

from ccsim.distributions import Exponential, Lognormal, Never, PiecewiseHazard
from ccsim.errors import ScenarioError
from ccsim.scenario import Scenario, loads
from ccsim.scenario.channels import Channel
from ccsim.scenario.intents import Intent
from ccsim.scenario.templates import template

QUICK = template("quickstart")


@pytest.fixture(scope="module")
def omni() -> Scenario:
    return loads(OMNI)


def test_names_have_their_usual_kind(omni: Scenario) -> None:
    kinds = {name: channel.kind for name, channel in omni.channels.items()}
    assert kinds == {
        "voice": "voice",
        "chat": "chat",
        "messaging": "messaging",
        "email": "deferred",
        "tickets": "deferred",
        "social": "messaging",
        "store": "voice",
    }
    assert [name for name, channel in omni.channels.items() if channel.live] == ["voice", "chat", "store"]
    assert (
        omni.channels["social"].deferred
        and loads(OMNI.replace("social: {kind: messaging}", "social: {}")).channels["social"].kind
        == "deferred"
    )


def test_what_is_usual_depends_on_the_kind(omni: Scenario) -> None:
    voice, chat, email, wires = (omni.channels[name] for name in ("voice", "chat", "email", "messaging"))
    assert voice.patience == Exponential(1500.0) and chat.patience == Exponential(300.0)
    assert isinstance(email.patience, Never) and isinstance(wires.patience, Never)
    assert voice.redial is not None and chat.redial is not None
    assert email.redial is None and wires.redial is None
    assert email.interruptible and not wires.interruptible and not chat.interruptible
    assert (email.due, chat.due, omni.channels["tickets"].due) == (86400.0, 60.0, 172800.0)
    assert omni.channels["social"].due is None


def test_what_is_said_goes_before_what_is_usual() -> None:
    there = loads(
        OMNI,
        sets=[
            "channels.email.patience=2 days",
            "channels.email.redial=30%",
            "channels.email.interruptible=false",
            "channels.email.due=4h",
        ],
    )
    email = there.channels["email"]
    assert email.patience == Exponential(172800.0) and email.redial.chance == 0.3
    assert not email.interruptible and email.due == 4 * 3600


def test_channels_with_arrivals_need_no_description() -> None:
    text = QUICK.replace("arrivals:\n", "arrivals:\n  email: {contacts: 100/week}\n").replace(
        "skills: [technical]", "skills: [technical], handles: {voice: 1, email: 1}"
    )
    there = loads(text)
    assert list(there.channels) == ["voice", "email"] and there.channels["email"].deferred
    bare = loads(text.replace("channels:\n  voice: {target: 80% in 20s, patience: 5min}\n", ""))
    assert list(bare.channels) == ["email", "voice"]
    assert loads(text, sets=["channels.email.talk=+10%"]).channels["email"].talk == 1.1


def test_a_centre_without_voice() -> None:
    text = (
        QUICK.split("economics:")[0]
        .replace("voice:", "chat:")
        .replace(
            "skills: {billing: 100%, technical: 90%}", "skills: [billing, technical]\n    handles: {chat: 3}"
        )
    )
    there = loads(text.replace("skills: [technical]", "skills: [technical], handles: {chat: 2}"))
    assert list(there.channels) == ["chat"]


def test_pace_by_number_in_hand(omni: Scenario) -> None:
    chat, email = omni.channels["chat"], omni.channels["email"]
    assert [chat.pace_at(n) for n in (1, 2, 3, 4, 9)] == [1.0, 0.83, 0.67, 0.67, 0.67]
    assert email.pace_at(1) == 1.0 and email.pace_at(3) == pytest.approx(1 / 1.36)
    assert email.pace_at(0) == 1.0


@given(st.floats(0, 2), st.integers(1, 30))
def test_pace_falls_and_stays_above_nothing(slowdown: float, load: int) -> None:
    channel = Channel(kind="chat", slowdown=slowdown)
    assert channel.pace_at(1) == 1.0
    assert 0 < channel.pace_at(load + 1) <= channel.pace_at(load) <= 1


def test_callbacks_announcements_and_messages(omni: Scenario) -> None:
    voice = omni.channels["voice"]
    assert voice.callback is not None and voice.announce is not None
    assert (voice.callback.offer_above, voice.callback.accepts, voice.callback.tries) == (180, 0.45, 3)
    assert voice.callback.keeps_place and voice.callback.retry_after == Exponential(1800.0)
    assert voice.announce.balk == ((60.0, 0.05), (180.0, 0.2))
    assert [voice.announce.balking(wait) for wait in (0, 59, 60, 179, 500)] == [0, 0, 0.05, 0.05, 0.2]
    assert voice.announce.patience_factor == 1.2
    assert voice.messages is not None and (voice.messages.chance, voice.messages.to) == (0.4, "tickets")
    hazard = loads(
        OMNI, sets=["channels.voice.announce={patience: {piecewise_hazard: {0s: 0.1/min, 60s: 1/min}}}"]
    )
    assert isinstance(hazard.channels["voice"].announce.patience, PiecewiseHazard)


def test_talk_by_channel(omni: Scenario) -> None:
    order, complaint = omni.intents["order"], omni.intents["complaint"]
    assert order.talk == Lognormal(240.0, 0.9)
    assert {name: own.mean for name, own in order.talk_on.items()} == {"voice": 180, "email": 360}
    assert order.talk_time("voice", 1.5).mean == 180  # said of this channel: as it is
    assert order.talk_time("chat", 1.5).mean == 360
    assert complaint.talk_on == {} and complaint.talk_time("email", 0.5).mean == 240
    only = loads(OMNI, sets=["intents.refund.talk={voice: 6min}"]).intents["refund"]
    assert only.talk.mean == only.talk_time("chat").mean == 360
    assert Intent(talk="4min").talk_on == {}


def test_talk_becomes_by_channel_when_one_is_set() -> None:
    refund = loads(OMNI, sets=["intents.refund.talk.email=9min"]).intents["refund"]
    assert (refund.talk.mean, refund.talk_on["email"].mean) == (300, 540)
    shaped = loads(OMNI, sets=["intents.complaint.talk.voice=4min"]).intents["complaint"]
    assert shaped.talk == Lognormal(480.0, 1.1) and shaped.talk_on["voice"] == Lognormal(240.0, 0.9)


def test_hours_by_channel_and_others(omni: Scenario) -> None:
    calendar = omni.calendar
    assert calendar.open_seconds("voice") == (5 * 12 + 4) * 3600
    assert calendar.open_seconds("email") == 40 * 3600
    assert calendar.open_seconds("chat") == calendar.open_seconds("store") == 72 * 3600


def test_hours_that_leave_a_channel_out() -> None:
    with pytest.raises(ScenarioError) as refused:
        loads(OMNI.replace("    others: {mon-sat: 08:00-20:00}\n", ""))
    messages = [fault.message for fault in refused.value.faults]
    assert "says no hours for `chat`" in messages and len(messages) == 5


def test_the_kind_that_others_must_say() -> None:
    with pytest.raises(ScenarioError) as refused:
        loads(OMNI.replace("store: {kind: voice,", "store: {talk: nonsense,"))
    (fault,) = refused.value.faults
    assert (fault.key, fault.message) == ("channels.store", "does not say its kind")
