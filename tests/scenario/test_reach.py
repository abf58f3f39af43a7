"""Every value in the models can be set by path: a new field without a line here fails."""

from __future__ import annotations

import pytest

from ccsim.scenario import Scenario, loads
from ccsim.scenario.agents import Group
from ccsim.scenario.arrivals import Arrivals, Busyness
from ccsim.scenario.calendar import Calendar
from ccsim.scenario.channels import Channel
from ccsim.scenario.customers import Segment
from ccsim.scenario.events import Event
from ccsim.scenario.fields import Section
from ccsim.scenario.intents import Intent, Repeat, Transfer, Upsell
from ccsim.scenario.outcomes import Economics, Experience, Loyalty, WithoutService
from ccsim.scenario.routing import Overflow, Reserve, Routing
from ccsim.scenario.shape import keys_of
from ccsim.scenario.shifts import Shift
from ccsim.scenario.skills import Proficiency
from ccsim.scenario.targets import Targets
from ccsim.scenario.templates import scenarios_folder, template
from ccsim.scenario.variants import Variant
from ccsim.scenario.waiting import Redial, Target

RETAIL = template("retail")
SECTIONS = ("calendar", "customers", "intents", "channels", "arrivals", "events", "shifts", "agents",
            "routing", "targets", "experience", "loyalty", "economics", "variants")
IN_SECTIONS = {section: "" for section in SECTIONS}

VALUES: dict[type[Section], tuple[str, dict[str, str]]] = {
    Scenario: ("", {
        "ccsim": "", "name": "Other", "start": "2026-11-09", "weeks": "9", "warm_up": "2 weeks",
        "follow_up": "2 weeks", "interval": "15min", "currency": "USD", "seed": "7",
        "replications": "5", **IN_SECTIONS}),
    Calendar: ("calendar", {"hours": "08:00-21:00", "country": "DE", "region": "",
                            "holidays": "[2026-11-10]"}),
    Segment: ("customers.members", {
        "count": "+1000", "margin": "+1/month", "churn": "+1pt", "acquisition": "x2",
        "tenure": "3 years", "value": "300", "attributes": "{status: gold}"}),
    Intent: ("intents.complaint", {
        "share": "10%", "skill": "", "talk": "9min", "hold": "30s", "wrap_up": "3min",
        "fcr": "+1pt", "complexity": "0.7", "patience": "9min", "repeat": "50%",
        "transfer": "{to: payment}", "upsell": "{chance: 1%, margin: 5}", "queue_limit": "9"}),
    Repeat: ("intents.complaint.repeat", {"chance": "50%", "after": "2 days", "cap": "none"}),
    Transfer: ("intents.payment.transfer", {"chance": "9%", "to": "return", "warm": "10%"}),
    Upsell: ("intents.advice.upsell", {"chance": "+1pt", "margin": "+2"}),
    Channel: ("channels.voice", {
        "target": "90% in 30s", "patience": "9min", "lines": "+9", "queue_limit": "50",
        "short_abandon": "3s", "redial": "none", "talk": "+10%", "tries_later": "x2",
        "renew_patience": "false"}),
    Target: ("channels.voice.target", {"share": "70%", "within": "+5s"}),
    Redial: ("channels.voice.redial", {"chance": "-10%", "after": "x2", "cap": "+1"}),
    Arrivals: ("arrivals.voice", {
        "contacts": "+10%", "weekdays": "{mon: 2}", "profile": "flat",
        "mix": "{return: 50%, complaint: 50%}", "segments": "{members: 100%}", "counts": "",
        "gaps": "", "busyness": "none", "growth": "5%/year", "counted": "first"}),
    Busyness: ("arrivals.voice.busyness", {"cv": "+1pt", "day_correlation": "0.3",
                                           "interval_cv": "5%"}),
    Event: ("events.black_friday", {"from": "2026-11-26", "to": "2026-12-03", "factor": "x2",
                                    "contacts": "500", "channels": "[voice]", "intents": "none"}),
    Shift: ("shifts.early", {"days": "mon-sat", "hours": "08:00-16:00", "breaks": "none",
                             "waves": "2"}),
    Group: ("agents.experts", {
        "on_seat": "", "scheduled": "+1", "skills": "{care: 100%, product: 100%}",
        "handles": "{voice: 0}", "wage": "+1/h", "overtime": "150%", "on_cost": "30%",
        "licence": "80/month", "shrinkage": "20%", "adherence": "90%", "site": "abroad"}),
    Proficiency: ("agents.advisers.skills.orders", {"speed": "-10%", "fcr": "x0.9", "rank": "3"}),
    Routing: ("routing", {
        "priority": "{complaint: 2}", "wait_credit": "{occasional: 9s}", "agent": "longest_idle",
        "overflow": "none", "reserved": "{}"}),
    Overflow: ("routing.overflow", {"after": "+5s", "to": "[advisers]", "skills": "[orders]"}),
    Reserve: ("routing.reserved.experts", {"keep": "+1", "skills": "[product]"}),
    Targets: ("targets", {"preset": "bank"}),
    Experience: ("experience", {}),
    Loyalty: ("loyalty", {}),
    Economics: ("economics", {"without_service": "", "horizon": "+6 months", "discount": "8%/year",
                              "one_off": "5000"}),
    WithoutService: ("economics.without_service", {"churn": "-10%"}),
    Variant: ("variants.care_skill", {"why": "Because", "set": "{agents.front.skills.care: 60%}",
                                      "one_off": "+10%"}),
}
CASES = [(f"{path}.{key}".lstrip("."), value) for path, values in VALUES.values()
         for key, value in values.items() if value]


@pytest.mark.parametrize("model", VALUES, ids=lambda model: model.__name__)
def test_every_field_has_a_line_here(model: type[Section]) -> None:
    assert set(keys_of(model)) == set(VALUES[model][1])


@pytest.fixture(scope="module")
def base() -> Scenario:
    return loads(RETAIL, scenarios_folder())


@pytest.mark.parametrize(("path", "value"), CASES, ids=[path for path, _ in CASES])
def test_every_field_can_be_set(base: Scenario, path: str, value: str) -> None:
    assert base.with_changes({path: value}) != base


def test_fields_that_need_another_one(base: Scenario) -> None:
    skill = base.with_changes({"intents.return.skill": "product"})
    assert skill.intents["return"].skill == "product"
    quick = loads(template("quickstart"))
    german = quick.with_changes({"calendar.country": "DE", "calendar.region": "BY"})
    assert german.calendar.region == "BY"
    gaps = quick.with_changes({"arrivals.voice.gaps": "30s", "arrivals.voice.contacts": None})
    assert gaps.arrivals["voice"].gaps is not None
    seats = quick.with_changes({"agents.technicians.on_seat": "{mon-sat: {08:00: 4}}"})
    assert seats.agents["technicians"].on_seat is not None


@pytest.mark.parametrize("name", ["csat.weights.log_wait", "csat.cuts", "ces.lambda",
                                  "survey.response_rate", "nps.slope"])
def test_outcome_parameters(base: Scenario, name: str) -> None:
    value = "[-2, -1.8, -1.5, -0.8]" if name == "csat.cuts" else (
        "10%" if name.startswith("survey") else "0.4")
    there = base.with_changes({f"experience.{name}": value})
    assert name in there.experience.overrides
    spread = base.with_changes({"loyalty.churn.hr_bad_episode": "[3, 2, 4]"})
    assert spread.loyalty.overrides["churn.hr_bad_episode"] == (3.0, 2.0, 4.0)
