"""Faults: all at once, each at its place, in a planner's words, with the fix."""

from __future__ import annotations

import pytest

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario import loads
from ccsim.scenario.templates import scenarios_folder, template

QUICK, RETAIL = template("quickstart"), template("retail")


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError) as refused:
        loads(text, scenarios_folder(), label="x.yaml")
    return refused.value.faults


def one(text: str) -> Fault:
    found = faults(text)
    assert len(found) == 1, [f"{f.key}: {f.message}" for f in found]
    return found[0]


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_the_three_mistakes_of_the_design() -> None:
    broken = changed(
        QUICK,
        ("patience", "patients"),
        ("6000/week", "18000"),
        ("[technical]", "{technical: 100%, refunds: 70%}"),
    )
    with pytest.raises(ScenarioError) as refused:
        loads(broken, label="x.yaml")
    assert (
        str(refused.value)
        == """\
  x.yaml:12:31  channels.voice.patients  unknown key
      did you mean `patience`?
  x.yaml:14:21  arrivals.voice.contacts  `18000` has no unit
      write `18000/week` (or /day, /month)
  x.yaml:20:55  agents.technicians.skills.refunds  no intent needs this skill
      skills in use: billing, technical
  3 faults. Nothing was run."""
    )


def test_a_skill_that_nobody_has() -> None:
    found = one(changed(QUICK, ("skills: {billing: 100%, technical: 90%}", "skills: [technical]")))
    assert (found.key, found.line) == ("intents.billing", 9)
    assert found.message == "no agent has the skill `billing`"
    assert found.hint == "skills of the agents: technical"


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "hint"),
    [
        ("ccsim: 1", "ccsim: 2", "ccsim", "reads format 1", "ccsim: 1"),
        ("ccsim: 1", "# ccsim", "ccsim", "is missing", "first line"),
        ("weeks: 4", "weeks: 0", "weeks", "`0` is too small", "the least is 1"),
        ("weeks: 4", "weeks: four", "weeks", "`four` is not a number", "write `4`"),
        ("weeks: 4", "weeks:", "weeks", "has no value", "write `4`"),
        ("weeks: 4", "weeks: {a: 1}", "weeks", "one value is needed here", None),
        ("weeks: 4", "interval: 7min", "interval", "5, 10, 15, 30 or 60", "30min"),
        ("weeks: 4", "warm_up: 36h", "warm_up", "is not whole days", "1 week"),
        ("weeks: 4", "start: 02/11/2026", "start", "is not a date", "2026-11-27"),
        ("currency: EUR", "currency: euros", "currency", "a currency is needed", "EUR"),
        ("08:00-18:00", "18:00-08:00", "calendar.hours.mon-fri", "ends before it starts", "24:00"),
        ("mon-fri:", "mon-fry:", "calendar.hours.mon-fry", "is not a weekday", "fri"),
        ("sat: 09:00-13:00", "fri-sat: 9-13", "calendar.hours.fri-sat", "not a time of day", None),
        (
            "{mon-fri: 08:00-18:00, sat: 09:00-13:00}",
            "{sun: closed}",
            "calendar.hours",
            "the lines never open",
            None,
        ),
        (
            "hours: {mon-fri: 08:00-18:00, sat: 09:00-13:00}",
            "country: Narnia",
            "calendar.country",
            "is not a country",
            "two-letter",
        ),
        ("count: 60000", "count: -5", "customers.everyone.count", "too small", None),
        ("18%/year", "180%/year", "customers.everyone.churn", "`180%` is too large", "99.9%"),
        ("18%/year", "18%", "customers.everyone.churn", "has no unit", "18%/year"),
        ("margin: 14.00/month", "margin: 14.00", "customers.everyone.margin", "has no unit", "14.00/month"),
        ("share: 60%", "share: 90%", "intents.technical.share", "make 130%", "take 30% away"),
        ("share: 60%, ", "", "intents.billing", "has no share", "share: 60%"),
        ("talk: 4min", "talk: -4min", "intents.billing.talk", "too small", None),
        ("talk: 4min", "talk: 4", "intents.billing.talk", "has no unit", "4min"),
        ("talk: 4min", "talk: never", "intents.billing.talk", "`never` does not suit", None),
        (
            "talk: 4min",
            "talk: {lognormal: {mean: 4min, cw: 1}}",
            "intents.billing.talk.lognormal",
            "needs `cv`",
            None,
        ),
        (
            "talk: 4min",
            "talk: {lognormale: {mean: 4min}}",
            "intents.billing.talk.lognormale",
            "is not a family",
            "lognormal",
        ),
        (
            "talk: 4min",
            "talk: {uniform: {low: 5min, high: 2min}}",
            "intents.billing.talk.uniform",
            "low < high",
            None,
        ),
        ("talk: 4min, ", "", "intents.billing.talk", "is missing", "talk: 4min"),
        ("fcr: 78%", "fcr: 178%", "intents.billing.fcr", "too large", "100%"),
        ("fcr: 78%", "fcr: 0.78", "intents.billing.fcr", "has no unit", "78%"),
        ("fcr: 78%", "aht: 3min", "intents.billing.aht", "unknown key", "talk` and `wrap_up"),
        ("fcr: 78%", "transfer: {to: billing}", "intents.billing.transfer.to", "to itself", None),
        ("fcr: 78%", "transfer: {to: techncal}", "intents.billing.transfer.to", "no intent", "technical"),
        ("wrap_up: 40s", "acw: 40s", "intents.billing.acw", "unknown key", "`wrap_up`"),
        ("target: 80% in 20s", "sla: 80/20", "channels.voice.sla", "unknown key", "`target`"),
        ("target: 80% in 20s", "target: 80/20", "channels.voice.target", "is not a target", "80% in 20s"),
        ("target: 80% in 20s", "lines: 0", "channels.voice.lines", "too small", None),
        ("target: 80% in 20s", "redial: {chance: 140%}", "channels.voice.redial.chance", "too large", None),
        ("contacts: 6000/week", "volume: 6000/week", "arrivals.voice.volume", "unknown key", "`contacts`"),
        ("contacts: 6000/week, ", "", "arrivals.voice", "does not say how many contacts", None),
        ("contacts: 6000/week", "contacts: -1/week", "arrivals.voice.contacts", "too small", None),
        ("contacts: 6000/week", "contacts: 6%/week", "arrivals.voice.contacts", "is a share", None),
        ("profile: two_peaks", "profile: two_peeks", "arrivals.voice.profile", "not known", "two_peaks"),
        (
            "profile: two_peaks",
            "mix: {billing: 60%, technical: 30%}",
            "arrivals.voice.mix",
            "make 90%",
            "add 10%",
        ),
        (
            "profile: two_peaks",
            "mix: {billing: 60%, support: 40%}",
            "arrivals.voice.mix.support",
            "no intent `support`",
            "intents: billing, technical",
        ),
        ("profile: two_peaks", "segments: {all: 100%}", "arrivals.voice.segments.all", "no segment", None),
        (
            "profile: two_peaks",
            "weekdays: {sun: 1, mon-sat: 0}",
            "arrivals.voice.weekdays",
            "no day of opening",
            None,
        ),
        ("on_seat: 2,", "fte: 2,", "agents.technicians.fte", "unknown key", "on_seat"),
        ("on_seat: 2,", "", "agents.technicians", "does not say how many", "scheduled"),
        ("on_seat: 2,", "on_seat: 2, scheduled: {early: 3},", "agents.technicians", "says both", "keep one"),
        (
            "on_seat: 2,",
            "scheduled: {early: 3},",
            "agents.technicians.scheduled.early",
            "no shift `early`",
            "shifts:",
        ),
        ("on_seat: 2,", "headcount: 2,", "agents.technicians.headcount", "which heads", "`employed`"),
        ("on_seat: 2,", "employed: 2,", "agents.technicians.employed", "which shifts", "rota"),
        ("on_seat: 2,", "on_seat: 2.5,", "agents.technicians.on_seat", "not a whole number", None),
        ("on_seat: 2,", "on_seat: -2,", "agents.technicians.on_seat", "too small", None),
        ("on_seat: 12 ", "on_seat: 0 ", "intents.billing", "nobody is ever there", "generalists"),
        ("wage: 15.00/h", "wage: 15.00", "agents.generalists.wage", "has no unit", "15.00/h"),
        (
            "wage: 15.00/h",
            "shrinkage: {abscence: 6%}",
            "agents.generalists.shrinkage.abscence",
            "unknown kind",
            "absence",
        ),
        (
            "wage: 15.00/h",
            "shrinkage: {absence: 60%, training: 50%}",
            "agents.generalists.shrinkage",
            "more than 95%",
            None,
        ),
        (
            "wage: 15.00/h",
            "handles: {voice: 2}",
            "agents.generalists.handles.voice",
            "one call at a time",
            None,
        ),
        (
            "wage: 15.00/h",
            "handles: {chat: 2}",
            "agents.generalists.handles.chat",
            "no channel `chat`",
            "name it under `channels:`",
        ),
        ("[technical]", "[]", "agents.technicians.skills", "names no skill", None),
        ("[technical]", "{technical: 0%}", "agents.technicians.skills.technical", "too small", None),
        (
            "economics:",
            "experience: {csat.wieghts.log_wait: 0.2}\neconomics:",
            "experience.csat.wieghts.log_wait",
            "no parameter",
            "csat.weights.log_wait",
        ),
        (
            "economics:",
            "experience: {churn.hr_bad_episode: 2}\neconomics:",
            "experience.churn.hr_bad_episode",
            "no parameter",
            "`loyalty:`",
        ),
        ("economics:", "targets: {preset: florist}\neconomics:", "targets.preset", "not known", "ecommerce"),
        (
            "economics:",
            "targets: {abandonment: 6%}\neconomics:",
            "targets.abandonment",
            "is not a target",
            "max 6%",
        ),
        (
            "economics:",
            "targets: {service_levl: min 80%}\neconomics:",
            "targets.service_levl",
            "is not a measure",
            "service_level",
        ),
        (
            "economics:",
            "events: {sale: {from: 2026-02-02, to: 2026-01-02}}\neconomics:",
            "events.sale",
            "ends before it starts",
            None,
        ),
        (
            "economics:",
            "routing: {priority: {bling: 1}}\neconomics:",
            "routing.priority.bling",
            "is no channel, intent",
            "billing",
        ),
        (
            "economics:",
            "routing: {overflow: {after: 9s, to: [experts]}}\neconomics:",
            "routing.overflow.to.0",
            "no group `experts`",
            None,
        ),
        (
            "economics:",
            "routing: {reserved: {technicians: {keep: 1, skills: [billing]}}}\neconomics:",
            "routing.reserved.technicians.skills.0",
            "no skill of this group",
            "technical",
        ),
        ("economics:", "routing: {agent: cheepest}\neconomics:", "routing.agent", "not known", "cheapest"),
        (
            "{without_service: {churn: 45%/year}}",
            "{horizon: 18}",
            "economics.horizon",
            "has no unit",
            "18 months",
        ),
        (
            "{without_service: {churn: 45%/year}}",
            "{value: {horizon_months: 24 months}}",
            "economics.value.horizon_months",
            "no parameter",
            "economics.horizon",
        ),
        ("economics:", "chatbot: {x: 1}\neconomics:", "chatbot", "unknown key", "self_service.chatbot"),
        ("economics:", "attrition: 3\neconomics:", "attrition", "unknown key", "workforce.attrition"),
        ("economics:", "staff: {}\neconomics:", "staff", "unknown key", "`agents`"),
        ("economics:", "routing: [x]\neconomics:", "routing", "a mapping is needed", None),
        ("billing:   {share", "bil.ling:   {share", "intents.bil.ling", "cannot be a name", None),
        (
            "set: {agents.generalists.on_seat: +2}",
            "set: {agents.general.on_seat: +2}",
            "agents.general.on_seat",
            "no group `general`",
            "generalists",
        ),
        (
            "set: {agents.generalists.on_seat: +2}",
            "set: {agents.generalists.on_seat: +2h}",
            "agents.generalists.on_seat",
            "does not fit `12` (in variant `two_more`)",
            "`+2`",
        ),
        (
            "set: {agents.generalists.on_seat: +2}",
            "set: {agents.generalists.onseat: 14}",
            "agents.generalists.onseat",
            "unknown key (in variant `two_more`)",
            "on_seat",
        ),
    ],
)
def test_each_fault_has_its_place_and_fix(
    old: str, new: str, key: str, message: str, hint: str | None
) -> None:
    found = [fault for fault in faults(changed(QUICK, (old, new))) if fault.key == key]
    assert found, faults(changed(QUICK, (old, new)))
    assert message in found[0].message
    assert hint is None or hint in str(found[0].hint)
    assert found[0].line > 0


def test_variants_are_not_without_number() -> None:
    many = "".join(f"  v{i}: {{set: {{weeks: {i + 1}}}}}\n" for i in range(100))
    assert one(QUICK + many).message == "more than 100 variants"


def test_faults_of_all_sections_at_once() -> None:
    broken = changed(
        RETAIL,
        ("count: 90000", "count: lots"),
        ("talk: 150s", "talk: 150"),
        ("lines: 90", "lines: -90"),
        ("cv: 12%", "cv: -12%"),
        ("days: sat", "days: satday"),
        ("rank: 2", "rank: 0"),
        ("overflow: {after", "overflow: {aftr"),
        ("max 6%", "6%"),
        ("care_skill:\n", "care skill:\n"),
    )
    keys = {fault.key for fault in faults(broken)}
    assert {
        "customers.members.count",
        "intents.order_status.talk",
        "channels.voice.lines",
        "arrivals.voice.busyness.cv",
        "shifts.saturday.days",
        "agents.advisers.skills.orders.rank",
        "routing.overflow.0.aftr",
        "targets.abandonment",
        "variants.care skill",
    } <= keys


def test_faults_point_into_defaults_where_they_stand() -> None:
    broken = changed(RETAIL, ("adherence: 95%", "adherence: 950%"))
    lines = {fault.line for fault in faults(broken)}
    place = 1 + broken.split("950%")[0].count("\n")
    assert lines == {place}
