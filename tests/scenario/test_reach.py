"""Every value in the models can be set by path: a new field without a line here fails."""

from __future__ import annotations

import pytest
from scenario.omni import OMNI

from ccsim.scenario import Scenario, loads
from ccsim.scenario.agents import Group
from ccsim.scenario.announce import Announce
from ccsim.scenario.arrivals import Arrivals, Busyness
from ccsim.scenario.calendar import Calendar
from ccsim.scenario.callback import Callback
from ccsim.scenario.channels import Channel
from ccsim.scenario.customers import Segment
from ccsim.scenario.events import Event
from ccsim.scenario.fields import Section
from ccsim.scenario.intents import Escalate, Intent, Repeat, Transfer, Upsell
from ccsim.scenario.messages import Messages
from ccsim.scenario.outcomes import Economics, Experience, Loyalty, WithoutService
from ccsim.scenario.overflow import Overflow, When
from ccsim.scenario.proactive import Outreach
from ccsim.scenario.routing import Points, Reserve, Routing
from ccsim.scenario.self_service import Handover, SelfService
from ccsim.scenario.shape import keys_of
from ccsim.scenario.shifts import Shift
from ccsim.scenario.sites import Site
from ccsim.scenario.skills import Proficiency
from ccsim.scenario.targets import Targets
from ccsim.scenario.templates import scenarios_folder, template
from ccsim.scenario.variants import Variant
from ccsim.scenario.waiting import Redial, Target

RETAIL = template("retail")
SECTIONS = (
    "calendar",
    "customers",
    "intents",
    "channels",
    "arrivals",
    "events",
    "self_service",
    "proactive",
    "shifts",
    "sites",
    "agents",
    "routing",
    "targets",
    "experience",
    "loyalty",
    "economics",
    "variants",
)
IN_SECTIONS = {section: "" for section in SECTIONS}

IN_OMNI = "below"


def in_omni(names: str) -> dict[str, str]:
    """Fields that are reached in the scenario that has everything."""
    return dict.fromkeys(names.split(), IN_OMNI)


VALUES: dict[type[Section], tuple[str, dict[str, str]]] = {
    Scenario: (
        "",
        {
            "ccsim": "",
            "name": "Other",
            "start": "2026-11-09",
            "weeks": "9",
            "warm_up": "2 weeks",
            "follow_up": "2 weeks",
            "interval": "15min",
            "currency": "USD",
            "seed": "7",
            "replications": "5",
            "workforce": "{attrition: 20%/year}",
            **IN_SECTIONS,
        },
    ),
    Calendar: (
        "calendar",
        {"hours": "08:00-21:00", "country": "DE", "region": "", "holidays": "[2026-11-10]"},
    ),
    Segment: (
        "customers.members",
        {
            "count": "+1000",
            "margin": "+1/month",
            "churn": "+1pt",
            "growth": "12%/year",
            "acquisition": "x2",
            "tenure": "3 years",
            "value": "300",
            "attributes": "{status: gold}",
        },
    ),
    Intent: (
        "intents.complaint",
        {
            "share": "10%",
            "skill": "",
            "talk": "9min",
            "hold": "30s",
            "wrap_up": "3min",
            "fcr": "+1pt",
            "complexity": "0.7",
            "patience": "9min",
            "repeat": "50%",
            "transfer": "{to: payment}",
            "escalate": "{chance: 9%, to: payment}",
            "upsell": "{chance: 1%, margin: 5}",
            "queue_limit": "9",
        },
    ),
    Repeat: ("intents.complaint.repeat", {"chance": "50%", "after": "2 days", "cap": "none"}),
    Transfer: ("intents.payment.transfer", {"chance": "9%", "to": "return", "warm": "10%", "priority": "1"}),
    Upsell: ("intents.advice.upsell", {"chance": "+1pt", "margin": "+2"}),
    Channel: (
        "channels.voice",
        {
            "target": "90% in 30s",
            "patience": "9min",
            "lines": "+9",
            "queue_limit": "50",
            "short_abandon": "3s",
            "redial": "none",
            "talk": "+10%",
            "tries_later": "x2",
            "renew_patience": "false",
            "due": "1h",
            "interruptible": "true",
            "slowdown": "+10%",
            "callback": "{offer_above: 3min, accepts: 45%}",
            "announce": "{balk: {60s: 5%}}",
            **in_omni("kind pace drops silent silent_time turns think initial_backlog messages switches"),
        },
    ),
    Target: ("channels.voice.target", {"share": "70%", "within": "+5s"}),
    Redial: ("channels.voice.redial", {"chance": "-10%", "after": "x2", "cap": "+1"}),
    Arrivals: (
        "arrivals.voice",
        {
            "contacts": "+10%",
            "weekdays": "{mon: 2}",
            "profile": "flat",
            "mix": "{return: 50%, complaint: 50%}",
            "segments": "{members: 100%}",
            "counts": "",
            "gaps": "",
            "log": "",
            "busyness": "none",
            "forecast_error": "5%",
            "growth": "5%/year",
            "counted": "first",
        },
    ),
    Busyness: ("arrivals.voice.busyness", {"cv": "+1pt", "day_correlation": "0.3", "interval_cv": "5%"}),
    Event: (
        "events.black_friday",
        {
            "from": "2026-11-26",
            "to": "2026-12-03",
            "factor": "x2",
            "contacts": "500",
            "channels": "[voice]",
            "intents": "none",
        },
    ),
    Shift: ("shifts.early", {"days": "mon-sat", "hours": "08:00-16:00", "breaks": "none", "waves": "2"}),
    Group: (
        "agents.experts",
        {
            "on_seat": "",
            "scheduled": "+1",
            "skills": "{care: 100%, product: 100%}",
            "handles": "{voice: 0}",
            "wage": "+1/h",
            "overtime": "150%",
            "on_cost": "30%",
            "licence": "80/month",
            "shrinkage": "20%",
            "adherence": "90%",
            "site": "abroad",
            "employed": "",
            "rota": "",
            "part_time": "",
            "at_most": "{voice: 1}",
            "tenure": "2 years",
            "learning": "on",
            "empowerment": "{fcr: +8%}",
            "assist": "on",
            "training": "{fcr: +6%}",
            "workforce": "{attrition: 20%/year}",
        },
    ),
    Proficiency: ("agents.advisers.skills.orders", {"speed": "-10%", "fcr": "x0.9", "rank": "3"}),
    Routing: (
        "routing",
        {
            "priority": "{complaint: 2}",
            "wait_credit": "{occasional: 9s}",
            "agent": "cheapest",
            "contact": "value",
            "points": "{a_minute: {complaint: 2}}",
            "placement": "most_loaded",
            "same_agent": "true",
            "across_sites": "expected_wait",
            "overflow": "none",
            "reserved": "{}",
            "blending": "{voice: 1}",
            "history": "30%",
        },
    ),
    Overflow: (
        "routing.overflow",
        {"after": "+5s", "to": "[advisers]", "skills": "[orders]", **in_omni("when")},
    ),
    Reserve: ("routing.reserved.experts", {"keep": "+1", "skills": "[product]"}),
    Targets: ("targets", {"preset": "bank"}),
    Experience: ("experience", {}),
    Loyalty: ("loyalty", {}),
    Economics: (
        "economics",
        {
            "without_service": "",
            "horizon": "+6 months",
            "discount": "8%/year",
            "one_off": "5000",
            "growth_from": "nps",
        },
    ),
    WithoutService: ("economics.without_service", {"churn": "-10%"}),
    Variant: (
        "variants.care_skill",
        {"why": "Because", "set": "{agents.front.skills.care: 60%}", "one_off": "+10%"},
    ),
}
# The same in the scenario that has everything.
OMNI_VALUES: dict[type[Section], tuple[str, dict[str, str]]] = {
    Escalate: ("intents.refund.escalate", {"chance": "x2", "to": "order", "warm": "+10pt", "priority": "+1"}),
    Callback: (
        "channels.voice.callback",
        {
            "offer_above": "+30s",
            "offer_if_waiting": "",
            "predictor": "queue_length",
            "accepts": "+5pt",
            "keeps_place": "false",
            "keep_idle": "+2",
            "ring": "+5s",
            "no_reply": "x2",
            "retry_after": "+30min",
            "tries": "+1",
        },
    ),
    Announce: (
        "channels.voice.announce",
        {"predictor": "head_of_line", "balk": "{2min: 9%}", "patience": "", "patience_factor": "x1.5"},
    ),
    Messages: ("channels.voice.messages", {"chance": "+10%", "to": "email"}),
    SelfService: (
        "self_service.chatbot",
        {
            "kind": "knowledge_base",
            "enabled": "false",
            "channels": "[chat]",
            "enters": "90%",
            "session": "+30s",
            "contains": "35%",
            "false_containment": "+5pt",
            "comes_back": "x0.9",
            "after": "1 day",
            "returns_on": "{email: 20%}",
            "asks": "5%",
            "gives_up": "5%",
            "complexity": "0.3",
            "handover": "10%",
            "capacity": "30",
            "outages": "none",
            "cost": "+10%",
            "improves": "1%/week",
        },
    ),
    Handover: ("self_service.chatbot.handover", {"context": "-5pt", "saves": "+15s"}),
    Outreach: (
        "proactive.parcel_late",
        {"intents": "[refund]", "channels": "none", "reach": "+10%", "effect": "+5pt", "cost": "x2"},
    ),
    Points: ("routing.points", {"start": "{guests: 1}", "a_minute": "{guests: 1}"}),
    When: ("routing.overflow.1.when", {"waiting_above": "+5", "idle_below": "", "service_level_below": ""}),
    Site: (
        "sites.abroad",
        {
            "partner": "",
            "fee_contact": "+10%",
            "fee_hour": "24.00/h",
            "fee_minute": "0.10/min",
            "overhead": "10%",
        },
    ),
}
# Fields of the first table that only the scenario that has everything can change.
ONLY_OMNI = {
    "channels.chat.pace": "[100%, 90%]",
    "channels.chat.drops": "x2",
    "channels.chat.silent": "+5pt",
    "channels.chat.silent_time": "+30s",
    "channels.messaging.turns": "+1",
    "channels.messaging.think": "x2",
    "channels.email.initial_backlog": "+100",
    "channels.voice.messages": "none",
    "channels.voice.switches": "{email: 30%}",
    "channels.voice.switches.chat": "+5pt",
    "channels.social.kind": "deferred",
    "channels.voice.announce": "{patience: {piecewise_hazard: {0s: 0.1/min, 60s: 1/min}}}",
    "channels.voice.callback": "{offer_if_waiting: 9, accepts: 10%}",
    "intents.order.talk.email": "+10%",
    "intents.order.talk.others": "+1min",
    "intents.refund.talk.chat": "9min",
    "intents.complaint.talk.chat": "9min",
    "self_service.chatbot.contains.refund": "20%",
    "self_service.ivr.contains.order": "20%",
    "self_service.ivr.session.lognormal.cv": "0.9",
    "self_service.ivr.handover.saves": "+5s",
    "self_service.ivr.false_containment": "+5pt",
    "self_service.ivr.capacity": "+10",
    "agents.digital.handles.chat": "+1",
    "agents.digital.at_most": "none",
    "routing.blending.email": "+1",
    "routing.points.start.complaint": "x2",
    "routing.overflow.1.when": "{idle_below: 3}",
    "channels.tickets.slowdown": "x2",
    "channels.store.redial": "40%",
    "channels.chat.redial.chance": "+5pt",
    "channels.chat.patience": "+1min",
}
CASES = [
    (f"{path}.{key}".lstrip("."), value)
    for path, values in VALUES.values()
    for key, value in values.items()
    if value and value != IN_OMNI
]
OMNI_CASES = [
    (f"{path}.{key}", value)
    for path, values in OMNI_VALUES.values()
    for key, value in values.items()
    if value
] + list(ONLY_OMNI.items())


@pytest.mark.parametrize("model", [*VALUES, *OMNI_VALUES], ids=lambda model: model.__name__)
def test_every_field_has_a_line_here(model: type[Section]) -> None:
    path, lines = {**VALUES, **OMNI_VALUES}[model]
    assert set(keys_of(model)) == set(lines)
    section = path.split(".")[0]
    reached = {step for line in ONLY_OMNI if line.startswith(section) for step in line.split(".")}
    assert {key for key, value in lines.items() if value == IN_OMNI} <= reached


@pytest.fixture(scope="module")
def base() -> Scenario:
    return loads(RETAIL, scenarios_folder())


@pytest.mark.parametrize(("path", "value"), CASES, ids=[path for path, _ in CASES])
def test_every_field_can_be_set(base: Scenario, path: str, value: str) -> None:
    assert base.with_changes({path: value}) != base


@pytest.fixture(scope="module")
def omni() -> Scenario:
    return loads(OMNI)


@pytest.mark.parametrize(("path", "value"), OMNI_CASES, ids=[path for path, _ in OMNI_CASES])
def test_every_field_of_the_whole_centre_can_be_set(omni: Scenario, path: str, value: str) -> None:
    assert omni.with_changes({path: value}) != omni


def test_fields_that_need_another_one(base: Scenario) -> None:
    skill = base.with_changes({"intents.return.skill": "product"})
    assert skill.intents["return"].skill == "product"
    quick = loads(template("quickstart"))
    german = quick.with_changes({"calendar.country": "DE", "calendar.region": "BY"})
    assert german.calendar.region == "BY"
    gaps = quick.with_changes({"arrivals.voice.gaps": "30s", "arrivals.voice.contacts": None})
    assert gaps.arrivals["voice"].gaps is not None
    chat = loads(OMNI, sets=["routing.overflow.1.when={service_level_below: 70%}"])
    assert chat.routing.overflow[1].when.service_level_below == 0.7
    people = quick.with_changes(
        {
            "shifts.day": {"days": "mon-sat", "hours": "08:00-18:00"},
            "agents.technicians": {
                "employed": 6,
                "rota": ["day"],
                "skills": ["technical"],
                "part_time": {"share": "50%", "hours": "20h"},
            },
        }
    )
    assert people.agents["technicians"].employed.people == 6
    seats = quick.with_changes({"agents.technicians.on_seat": "{mon-sat: {08:00: 4}}"})
    assert seats.agents["technicians"].on_seat is not None


@pytest.mark.parametrize(
    "name", ["csat.weights.log_wait", "csat.cuts", "ces.lambda", "survey.response_rate", "nps.slope"]
)
def test_outcome_parameters(base: Scenario, name: str) -> None:
    value = (
        "[-2, -1.8, -1.5, -0.8]" if name == "csat.cuts" else ("10%" if name.startswith("survey") else "0.4")
    )
    there = base.with_changes({f"experience.{name}": value})
    assert name in there.experience.overrides
    spread = base.with_changes({"loyalty.churn.hr_bad_episode": "[3, 2, 4]"})
    assert spread.loyalty.overrides["churn.hr_bad_episode"] == (3.0, 2.0, 4.0)
