"""Warnings before a run: work against hands on every channel, and who cannot reach whom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario.omni import OMNI

from ccsim.scenario import Scenario, loads
from ccsim.scenario.capacity import speed, there
from ccsim.scenario.checks import not_taken, warnings
from ccsim.scenario.offered import intents_on, offered, to_people
from ccsim.scenario.overload import Balance, overloads, peaks
from ccsim.scenario.templates import template

QUICK = template("quickstart")
BASE = QUICK.split("variants:")[0]


def told(text: str, *sets: str) -> list[str]:
    return [f"{w.key}: {w.message}" for w in warnings(loads(text, sets=sets))]


@pytest.fixture(scope="module")
def omni() -> Scenario:
    return loads(OMNI)


def test_a_well_staffed_centre_is_not_warned() -> None:
    assert told(OMNI) == []


def test_volumes_are_spread_and_kept(omni: Scenario) -> None:
    for channel, arrivals in omni.arrivals.items():
        weeks = offered(omni, channel)
        assert sum(week.sum() for week in weeks.values()) == pytest.approx(arrivals.contacts)
        assert weeks["order"].sum() == pytest.approx(0.5 * arrivals.contacts)
    assert offered(omni, "tickets") == {}
    voice, email = offered(omni, "voice")["order"], offered(omni, "email")["order"]
    assert voice[6].sum() == 0 and voice[0, : 8 * 4].sum() == 0 and voice[5, 9 * 4 : 13 * 4].all()
    assert email.min() > 0  # customers write at all hours, on Sundays too


def test_self_service_and_outreach_take_work_away(omni: Scenario) -> None:
    alone = omni.with_changes(
        {
            "self_service.chatbot.enabled": False,
            "self_service.ivr.enabled": False,
            "proactive.parcel_late.reach": "0%",
        }
    )
    chat = to_people(omni, "chat")["order"].sum() / to_people(alone, "chat")["order"].sum()
    assert chat == pytest.approx(0.4)
    voice = to_people(omni, "voice")["order"].sum() / to_people(alone, "voice")["order"].sum()
    assert voice == pytest.approx((1 - 0.6 * 0.4) * (1 - (0.1 + 0.9 * 0.05)))


def test_transfers_and_tiers_are_work_too(omni: Scenario) -> None:
    legs = {name: week.sum() for name, week in to_people(omni, "email").items()}
    assert legs["order"] == pytest.approx(150) and legs["refund"] == pytest.approx(90)
    passed = 90 * (0.05 + 0.95 * 0.3 * 0.3)
    assert legs["complaint"] == pytest.approx(60 + passed)
    assert intents_on(omni, "tickets") == {"order", "refund", "complaint"}


def test_counts_and_logs(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("weekday,time,contacts\nmon,08:00,40\nmon,09:00,8\ntue,08:00,4\n")
    (tmp_path / "l.csv").write_text(
        "time,intent\n"
        + "".join(f"2026-01-{5 + 7 * week:02d} 08:{k:02d}:00,billing\n" for week in (0, 1) for k in range(30))
    )
    text = BASE.replace("contacts: 6000/week, profile: two_peaks", "counts: {from: c.csv}")
    week = offered(loads(text, tmp_path), "voice")["billing"]
    assert week[0, 32:36] == pytest.approx(0.6 * 10) and week[0, 36:40] == pytest.approx(0.6 * 2)
    assert week.sum() == pytest.approx(0.6 * 52)
    text = BASE.replace("contacts: 6000/week, profile: two_peaks", "log: {from: l.csv}")
    logged = offered(loads(text, tmp_path), "voice")
    assert list(logged) == ["billing"] and logged["billing"][0, 32:34] == pytest.approx([15, 15])
    assert logged["billing"].sum() == 30


def test_several_at_once_are_capacity(omni: Scenario) -> None:
    digital, experts = omni.agents["digital"], omni.agents["experts"]
    assert speed(omni, digital, "chat", "order") == pytest.approx(3 * 0.67)
    assert speed(omni, experts, "chat", "order") == pytest.approx(2 * 0.83)
    assert speed(omni, digital, "email", "order") == 1.0
    assert speed(omni, digital, "voice", "order") == speed(omni, digital, "chat", "care") == 0
    slow = omni.with_changes({"channels.chat.pace": "[100%, 40%, 30%]"})
    assert speed(slow, digital, "chat", "order") == 1.0  # nobody need take three at a time


def test_hands_are_there_while_a_channel_of_theirs_is_open(omni: Scenario) -> None:
    front = there(omni, omni.agents["front"])
    assert front[0, 8 * 4 : 20 * 4].min() == 9 and front[0, : 8 * 4].sum() == front[6].sum() == 0


CHAT = """\
ccsim: 1
calendar: {hours: {mon-fri: 09:00-17:00}}
customers: {all_of_them: {count: 1000, margin: 1/month, churn: 10%/year}}
intents: {question: {talk: 10min}}
channels: {chat: {slowdown: 0}}
arrivals: {chat: {contacts: 400/week, profile: flat}}
agents: {team: {on_seat: 1, skills: [question], handles: {chat: 2}}}
"""


def test_overload_of_a_chat_by_load_and_pace() -> None:
    assert told(CHAT) == []  # 66.7 hours of work, 40 hours of agents, two at a time
    slower = told(CHAT, "channels.chat.slowdown=1")
    assert slower == ["agents: `question`: work for 1.7 agents while open, and 1.0 there (load 167 %)"]


def test_the_bot_carries_what_it_carries() -> None:
    bot = CHAT + "self_service: {chatbot: {channels: [chat], contains: 50%}}\n"
    assert told(bot, "channels.chat.slowdown=1") == []
    assert len(told(bot, "channels.chat.slowdown=1", "self_service.chatbot.enabled=false")) == 1


MAIL = (
    CHAT.replace("chat: {slowdown: 0}", "email: {}")
    .replace("chat:", "email:")
    .replace("{email: 2}", "{email: 1}")
)


def test_deferred_work_counts_over_the_whole_week() -> None:
    assert told(MAIL, "arrivals.email.contacts=200/week") == []  # most of it comes out of hours
    found = warnings(loads(MAIL))
    assert found[0].message == (
        "`question`: 67 hours of work a week, and 40 hours of agents for it (load 167 %)"
    )
    assert found[0].hint == "the backlog grows without end; more agents, or less work"
    mixed = (
        MAIL.replace("channels: {", "channels: {voice: {}, ")
        .replace("arrivals: {", "arrivals: {voice: {contacts: 120/week, profile: flat}, ")
        .replace("400/week", "110/week")
        .replace("{email: 1}", "{voice: 1, email: 1}")
    )
    assert told(mixed, "arrivals.voice.contacts=90/week") == []
    assert told(mixed, "arrivals.voice.contacts=140/week")[0].startswith(
        "agents: `voice` (question), `email` (question): 42 hours of work a week"
    )


def test_a_backlog_that_outlasts_the_run() -> None:
    busy = ["arrivals.email.contacts=230/week"]
    assert told(MAIL, *busy, "channels.email.initial_backlog=40") == ([])
    (found,) = told(MAIL, *busy, "channels.email.initial_backlog=400")
    assert found == (
        "channels.email.initial_backlog: takes 40 weeks to work off (67 hours of work, "
        "2 spare a week), the run simulates 6"
    )


def test_peaks_within_a_week_that_is_not_too_much() -> None:
    found = told(QUICK, "agents.generalists.on_seat=10")
    assert found == [
        "agents: `billing`, `technical`: on mon at 10:30 work for 15.4 agents, and 12.0 "
        "there (load 128 %); 12.25 open hours a week are above 100 %"
    ]
    assert told(QUICK, "agents.generalists.on_seat=10", "arrivals.voice.profile=flat") == []


def test_callbacks_do_not_remove_work() -> None:
    sets = ["agents.generalists.on_seat=5", "channels.voice.callback={offer_above: 1min, accepts: 9%}"]
    (found,) = warnings(loads(QUICK, sets=sets))
    assert "call-backs pile up" in str(found.hint)


def test_rules_that_keep_everything_waiting() -> None:
    assert told(OMNI, "routing.blending.email=8") == [
        "routing.blending.email: more than 8 must be idle, and no group that handles `email` ever "
        "has more than 8"
    ]
    keep = told(OMNI, "channels.voice.callback.keep_idle=9")
    assert keep[0].startswith("channels.voice.callback.keep_idle: more than 9 must be idle")
    assert told(OMNI, "channels.voice.callback.keep_idle=8") == []


def test_rules_without_effect() -> None:
    assert told(OMNI, "routing.contact=longest_wait") == [
        "routing.points: have no effect: contacts are chosen by longest_wait"
    ]
    chosen = OMNI + "  by_points: {why: Try, set: {routing.contact: points}}\n"
    assert told(chosen, "routing.contact=longest_wait") == []
    assert told(OMNI, "routing.across_sites=expected_wait") == []
    assert told(OMNI, "routing.across_sites=expected_wait", "agents.digital.site=main") == [
        "routing.across_sites: has no effect: there is one site"
    ]
    assert told(QUICK, "routing.agent=strain_aware") == ["routing.agent: has no effect: strain is off"]


def test_channels_that_nothing_comes_to() -> None:
    idle = OMNI.replace("  social: {contacts: 50/week}\n", "")
    assert told(idle) == ["channels.social: no contact ever comes here"]
    backlog = idle.replace("social: {kind: messaging}", "social: {kind: messaging, initial_backlog: 9}")
    assert told(backlog) == []


def test_intents_that_nobody_serves_on_a_channel() -> None:
    found = warnings(loads(OMNI, sets=["agents.experts.handles.chat=0"]))
    assert [(w.key, w.message) for w in found] == [
        ("intents.complaint", "nobody who handles chat has the skill `care`")
    ]
    hours = told(OMNI, "agents.experts.on_seat={mon-sat: {10:00: 20}}")
    assert hours[0] == (
        "intents.complaint: nobody is there to serve it on voice 11 open hours a week, first on mon at 08:00"
    )
    never = told(
        OMNI,
        "agents.front.handles={voice: 1, store: 1}",
        "agents.experts.handles.tickets=0",
        "channels.voice.messages.to=email",
    )
    assert never == ["channels.tickets: no contact ever comes here"]


def test_groups_that_handle_nothing_in_use() -> None:
    extra = "  lost: {on_seat: 1, skills: [order], handles: {social: 1}}\nsites:"
    text = (
        OMNI.replace("sites:", extra)
        .replace("  social: {contacts: 50/week}\n", "")
        .replace("lost: {", "lost: {site: main, ")
    )
    assert "agents.lost: nobody can reach it: it handles no voice or chat" in told(text)[0]


def test_many_unserved_intents_are_counted() -> None:
    names = [f"i{k}" for k in range(12)]
    intents = "intents: {" + ", ".join(f"{name}: {{skill: s, talk: 1min}}" for name in names) + "}\n"
    text = CHAT.replace("intents: {question: {talk: 10min}}\n", intents).replace("question", "s")
    found = told(text, "agents.team.on_seat={mon: 2}")
    assert len([line for line in found if "nobody is there" in line]) == 6
    assert "agents: 6 more intents are not served at all open hours" in found


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.floats(10, 5000))
def test_more_hands_never_add_a_load(few: int, more: int, volume: float) -> None:
    base = loads(BASE, sets=[f"arrivals.voice.contacts={volume:.0f}/week"])
    loads_of = [
        {
            load.queues: load.ratio
            for load in Balance(base.with_changes({"agents.generalists.on_seat": number})).loads()
        }
        for number in (few, few + more)
    ]
    assert loads_of[0].keys() == loads_of[1].keys()
    assert all(loads_of[1][queues] <= ratio + 1e-12 for queues, ratio in loads_of[0].items())


def test_sets_are_told_once(omni: Scenario) -> None:
    scarce = omni.with_changes(
        {f"arrivals.{name}.contacts": f"{40 * omni.arrivals[name].contacts}/week" for name in omni.arrivals}
    )
    found = overloads(scarce)
    assert found and not any(set(a.queues) < set(b.queues) for a in found for b in found)
    over = {load.queues for load in found}
    assert not any(load.queues in over for load in peaks(scarce))
    assert np.isfinite([load.ratio for load in found]).all()


def test_what_a_variant_takes_from_its_base_is_named() -> None:
    text = QUICK + (
        "  grown: {set: {customers.everyone.count: 70000, customers.everyone.churn: 10%/year}}\n"
        "  felt: {set: {experience.csat.intercept: 3}}\n"
        "  more: {set: {arrivals.voice.contacts: +5%}}\n"
    )
    [grown] = not_taken(loads(text, variant="grown"))
    assert grown.key == "customers.everyone.count" and grown.line > 20
    assert "`count`, `churn` of `everyone` are taken from the base" in grown.message
    [felt] = not_taken(loads(text, variant="felt"))
    assert "`csat.intercept` is taken from the base" in felt.message
    assert not not_taken(loads(text, variant="more")) and not not_taken(loads(text))
    assert grown in warnings(loads(text, variant="grown"))
    assert not not_taken(
        loads(text, variant="more", sets=["customers.everyone.count=9000"])
    )  # base and variant
