"""Self-service, outreach and routing as the scenario writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenario.omni import OMNI

from ccsim.distributions import Lognormal, Mixture
from ccsim.errors import ScenarioError
from ccsim.scenario import Scenario, loads
from ccsim.scenario.routing import Points
from ccsim.scenario.self_service import Cost, SelfService, kind_of

HOUR, DAY = 3600, 86400


@pytest.fixture(scope="module")
def omni() -> Scenario:
    return loads(OMNI)


def test_a_bot(omni: Scenario) -> None:
    bot = omni.self_service["chatbot"]
    assert (bot.kind, bot.channels, bot.enters) == ("bot", ("chat", "messaging"), 1.0)
    assert bot.session == Lognormal(90.0, 0.5) and isinstance(bot.after, Mixture)
    assert [bot.containment(name) for name in ("order", "refund")] == [0.6, 0.1]
    assert (bot.false_containment, bot.comes_back, bot.complexity) == (0.2, 0.7, None)
    assert bot.handover.context == 0.8 and bot.handover.saves == 45
    assert (bot.cost_session, bot.cost_resolution) == (0.12, 0.0)
    assert bot.outages == ((DAY + 10 * HOUR, DAY + 12 * HOUR),)
    assert bot.returns_on == {"voice": 0.5}


def test_what_is_usual_of_self_service(omni: Scenario) -> None:
    plain = SelfService(channels=["chat"])
    assert plain.containment("anything") == 0.55 and plain.cost == Cost(resolution=0.99)
    assert (plain.asks, plain.gives_up, plain.capacity, plain.outages) == (0, 0, None, ())
    ivr = omni.self_service["ivr"]
    assert (ivr.kind, ivr.cost, ivr.containment("order")) == ("ivr", Cost(), 0.1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("chatbot", "bot"),
        ("ivr", "ivr"),
        ("main_menu", "ivr"),
        ("knowledge_base", "knowledge_base"),
        ("help_centre", "knowledge_base"),
        ("faq", "knowledge_base"),
        ("ada", "bot"),
    ],
)
def test_kinds_by_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@given(st.floats(0.01, 1), st.floats(0, 0.5), st.floats(0, 500), st.floats(0, 500))
def test_containment_improves_towards_all(first: float, gain: float, week: float, more: float) -> None:
    bot = SelfService(channels="chat", contains=first, improves=gain)
    assert bot.containment("x", 0) == bot.containment("x", -3) == pytest.approx(first)
    assert bot.containment("x", 0) <= bot.containment("x", week) <= bot.containment("x", week + more) <= 1
    assert SelfService(channels="chat", contains=0.0, improves=gain).containment("x", week) == 0


@pytest.mark.parametrize(
    ("text", "gain"),
    [
        ("2%/week", 0.02),
        ("2%", 0.02),
        ("0", 0.0),
        ("10%/month", 1 - 0.9 ** (7 / (365.25 / 12))),
    ],
)
def test_gains_of_any_period(text: str, gain: float) -> None:
    there = loads(OMNI, sets=[f"self_service.chatbot.improves={text}"])
    assert there.self_service["chatbot"].improves == pytest.approx(gain)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("0.99/resolution", Cost(0, 0.99)),
        ("[0.05/session, 0.50/resolution]", Cost(0.05, 0.5)),
        ("none", Cost()),
    ],
)
def test_prices(text: str, cost: Cost) -> None:
    there = loads(OMNI, sets=[f"self_service.chatbot.cost={text}"])
    assert there.self_service["chatbot"].cost == cost


def test_a_self_service_stands_before_its_channels_while_enabled(omni: Scenario) -> None:
    assert [omni.self_service_of(name) for name in ("chat", "messaging", "voice", "email")] == [
        "chatbot",
        "chatbot",
        "ivr",
        None,
    ]
    off = loads(OMNI, variant="no_bot")
    assert not off.self_service["chatbot"].enabled and off.self_service_of("chat") is None


def test_changes_relative_to_the_base() -> None:
    there = loads(
        OMNI, variant="more", sets=["self_service.ivr.contains=x2", "self_service.ivr.false_containment=+5pt"]
    )
    assert there.agents["digital"].handles["chat"] == 4
    assert there.self_service["chatbot"].contains["order"] == pytest.approx(0.65)
    assert there.self_service["ivr"].contains == {"others": 0.2}
    assert there.self_service["ivr"].false_containment == pytest.approx(0.25)


def test_whole_days_of_outage() -> None:
    there = loads(
        OMNI,
        sets=[
            "self_service.ivr.outages=[{from: 2026-11-05, to: 2026-11-06}, "
            "{from: 2026-11-03, to: 2026-11-03}]"
        ],
    )
    assert there.start == date(2026, 11, 2)
    assert there.self_service["ivr"].outages == ((DAY, 2 * DAY), (3 * DAY, 5 * DAY))


def test_outreach(omni: Scenario) -> None:
    outreach = omni.proactive["parcel_late"]
    assert (outreach.intents, outreach.channels) == (("order",), ("voice",))
    assert (outreach.reach, outreach.effect, outreach.cost) == (0.6, 0.4, 0.05)


def test_rules_of_routing(omni: Scenario) -> None:
    routing = omni.routing
    assert (routing.agent, routing.contact, routing.placement) == (
        "most_proficient",
        "points",
        "least_loaded",
    )
    assert routing.same_agent and routing.across_sites == "shared" and routing.history == 0.5
    assert routing.blending == {"email": 2}
    later, crowded = routing.overflow
    assert (later.after, later.when) == (45.0, None)
    assert crowded.after is None and crowded.when is not None
    assert crowded.when.waiting_above == 10 and crowded.skills == ("order",)


def test_points_add_up_and_time_counts_one_a_minute() -> None:
    points = Points(start={"care": 10, "gold": 5}, a_minute={"gold": 2})
    assert points.of(("voice", "care", "gold", "care")) == (15, 2)
    assert points.of(("voice", "order")) == (0, 1.0)


def test_tiers(omni: Scenario) -> None:
    refund = omni.intents["refund"]
    assert refund.transfer is not None and refund.escalate is not None
    assert (refund.transfer.priority, refund.transfer.warm) == (1, 0.6)
    assert (refund.escalate.to, refund.escalate.chance, refund.escalate.priority) == ("complaint", 0.3, 2)
    assert refund.escalate.warm == 0.5 and omni.intents["order"].escalate is None


@pytest.mark.parametrize("asks", ["50%", "60.1%"])
def test_shares_of_those_not_contained(asks: str) -> None:
    sets = [f"self_service.ivr.asks={asks}", "self_service.ivr.gives_up=40%"]
    if asks == "50%":
        assert loads(OMNI, sets=sets).self_service["ivr"].asks == 0.5
    else:
        with pytest.raises(ScenarioError, match=r"makes 100\.1% of those not contained"):
            loads(OMNI, sets=sets)
