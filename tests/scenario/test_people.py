"""People as a scenario says them: contracts, rotas, tables, tools, workforce; and what is refused."""

from __future__ import annotations

from math import exp
from pathlib import Path

import pytest

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario import Scenario, load, loads
from ccsim.scenario.assist import Assist
from ccsim.scenario.explain import assumed
from ccsim.scenario.handles import capacity, needs
from ccsim.scenario.learning import Learning
from ccsim.scenario.places import places
from ccsim.scenario.strain import Strain
from ccsim.scenario.terms import hires_planned, learning_of, workforce_of
from ccsim.units import DAY, HOUR, MONTH, WEEK

HEAD = """
ccsim: 1
weeks: 8
calendar: {hours: {mon-fri: 08:00-18:00, sat: 08:00-13:00}}
intents: {billing: {share: 60%, talk: 4min}, technical: {share: 40%, talk: 6min}}
channels: {voice: {patience: 3min}, chat: {patience: 3min}, email: {target: 90% in 24h}}
arrivals: {voice: {contacts: 2000/week}, chat: {contacts: 600/week}, email: {contacts: 200/week}}
shifts:
  early: {days: mon-fri, hours: 08:00-13:00}
  late: {days: mon-fri, hours: 13:00-18:00}
  saturday: {days: sat, hours: 08:00-13:00}
  night: {days: sun, hours: 22:00-06:00}
"""
GROUP = "agents: {front: {KEYS, skills: [billing, technical], handles: {voice: 1, chat: 3, email: 3}}}\n"


def centre(keys: str, rest: str = "") -> Scenario:
    return loads(HEAD + GROUP.replace("KEYS", keys) + rest)


def faults(keys: str, rest: str = "") -> list[Fault]:
    with pytest.raises(ScenarioError) as refused:
        centre(keys, rest)
    return list(refused.value.faults)


def test_hands_fill_up_to_the_whole() -> None:
    handles = {"voice": 1, "chat": 3, "email": 2}
    assert capacity(handles) == 6
    assert needs(handles) == {"voice": 6, "chat": 2, "email": 3}
    assert capacity({"voice": 1}) == 1 and needs({"voice": 1, "chat": 0}) == {"voice": 1}


def test_a_contract_in_short_and_in_full() -> None:
    short = centre("employed: 60, rota: [early, late]").agents["front"]
    full = centre(
        "employed: {people: 60, hours: 15h/week, leave: 6 weeks}, rota: [[early, saturday], late, off]"
    )
    group = full.agents["front"]
    assert short.employed is not None and short.employed.leave == 5 * WEEK
    assert group.employed is not None and group.employed.hours == 15 * HOUR
    assert group.rota == (("early", "saturday"), ("late",), ())
    assert short.rostered and short.heads == 60
    assert short.shrinkage == {"absence": 0.06} and short.adherence == 0.92


def test_places_are_those_of_an_average_week() -> None:
    by_shift = centre("scheduled: {early: 3, late: 2}")
    assert places(by_shift, by_shift.agents["front"]) == {"early": 3, "late": 2}
    rota = centre("scheduled: 12, rota: [[early, saturday], late]")
    assert places(rota, rota.agents["front"]) == {"early": 6, "saturday": 6, "late": 6}
    part = centre("scheduled: 10, rota: [early, late], part_time: {share: 40%, hours: 50%}")
    assert places(part, part.agents["front"]) == pytest.approx({"early": 4, "late": 4})
    hours = centre(
        "employed: {people: 10, hours: 20h}, rota: [early, late], part_time: {share: 40%, hours: 10h}"
    )
    assert places(hours, hours.agents["front"]) == pytest.approx({"early": 3.2, "late": 3.2})


def test_learning_fades_along_the_curve() -> None:
    curve = Learning()
    assert curve.talk == 1.4 and curve.tau == 2 * MONTH
    assert curve.novelty(0.0) == 1.0
    assert curve.novelty(2 * MONTH) == pytest.approx(exp(-1))
    assert curve.novelty(float("inf")) == 0.0


def test_a_tool_quickens_only_the_drafting() -> None:
    """The documents say two to three times faster drafting; a third of the work is drafting."""
    assert Assist(drafting=0.3, faster=2.5).talk == pytest.approx(0.82)
    assert Assist().talk == pytest.approx(1 / 1.15) == Assist().wrap_up
    assert Assist().for_novices == pytest.approx(1.15 / 1.3)
    stated = (
        centre("on_seat: 9, assist: {talk: -15%, wrap_up: -30%, licence: 40/month}").agents["front"].assist
    )
    assert stated is not None
    assert (stated.talk, stated.wrap_up, stated.licence, stated.for_novices) == (0.85, 0.7, 40.0, 1.0)


def test_strain_settles_where_the_load_is() -> None:
    strain = Strain()
    level = 0.0
    for _ in range(200):
        level = strain.after(level, 0.94)
    assert level == pytest.approx((0.94 - 0.85) / 0.15)
    rested = strain.after(level, 0.5)
    assert rested == pytest.approx(level * exp(-1 / 4))
    assert strain.after(1.0, 1.2) == pytest.approx(1.0)


def test_the_groups_own_terms_stand_over_the_sections() -> None:
    rest = """
workforce:
  attrition: 20%/year
  training: 2 weeks
  hiring: [{group: front, agents: 4, start: 2026-02-02, lead: 1 week}]
"""
    there = centre("scheduled: {early: 3}, workforce: {attrition: 40%/year, replace: none}", rest)
    terms = workforce_of(there, "front")
    assert terms.attrition == 0.4 and terms.replace is None and terms.training == 2 * WEEK
    assert hires_planned(there, "front") == [(35 * DAY, 2 * WEEK, 4)]
    assert learning_of(there, "front") == Learning()
    assert learning_of(centre("scheduled: {early: 3}"), "front") is None
    assert learning_of(centre("on_seat: 3, tenure: 9 months"), "front") == Learning()
    assert learning_of(centre("employed: 3, rota: early, learning: none"), "front") is None


def test_who_is_employed_leaves_at_the_usual_rate_unless_said() -> None:
    assert workforce_of(centre("employed: 9, rota: early"), "front").attrition == 0.3
    quiet = centre("employed: 9, rota: early", "workforce: {attrition: none}\n")
    assert workforce_of(quiet, "front").attrition is None
    assert not workforce_of(centre("scheduled: {early: 9}"), "front").moves
    assert not workforce_of(centre("on_seat: 9"), "front").moves


def test_a_class_every_quarter() -> None:
    rest = "workforce: {hiring: {agents: 2, every: 4 weeks, lead: 10 days, training: 1 week}}\n"
    there = centre("scheduled: {early: 3}", rest)
    assert [day / DAY for day, _, _ in hires_planned(there, "front")] == [10, 38]


REFUSED = [
    ("on_seat: 2, scheduled: {early: 1}", "", "agents.front", "says both"),
    ("scheduled: 12", "", "agents.front.scheduled", "which shifts"),
    ("employed: 12", "", "agents.front.employed", "which shifts"),
    ("employed: 12, rota: [erly]", "", "agents.front.rota.0", "no shift `erly`"),
    ("employed: {people: 12, hours: 60h}, rota: [early]", "", "agents.front.employed.hours", "more than the rota has: 25h"),
    ("employed: {people: 12, leave: 25 days}, rota: [early]", "", "agents.front.employed.leave", "not in weeks"),
    ("employed: {people: 12, hours: 0h}, rota: [early]", "", "agents.front.employed.hours", "too small"),
    ("on_seat: 2, rota: [early]", "", "agents.front.rota", "people on a roster"),
    ("scheduled: {early: 2}, part_time: {share: 10%, hours: 50%}", "", "agents.front.part_time", "people on a rota"),
    ("scheduled: {early: 2}, rota: [early]", "", "agents.front.rota", "not for places"),
    ("scheduled: 4, rota: [[early, early]]", "", "agents.front.rota.0", "twice in one week"),
    ("scheduled: 4, rota: [off]", "", "agents.front.rota", "nobody ever works"),
    ("scheduled: 4, rota: [night, early]", "shifts: {}", "shifts", "twice"),
    ("on_seat: 4, at_most: {chat: 4}", "", "agents.front.at_most.chat", "more than the 3"),
    ("on_seat: 4, at_most: {email: 0}", "", "agents.front.at_most.email", "none at once"),
    ("on_seat: 4, assist: {talk: -5%, drafting: 10%}", "", "agents.front.assist.drafting", "says both"),
    ("on_seat: 4, workforce: {attrition: 5%/year}", "", "agents.front.workforce", "is on seat"),
    ("on_seat: 4", "workforce: {attrition: 5%/year}\n", "workforce", "touches nobody"),
    ("scheduled: {early: 2}", "workforce: {hiring: [{agents: 2}]}\n", "workforce.hiring.0", "does not say when"),
    ("scheduled: {early: 2}", "workforce: {hiring: [{agents: 2, every: 2 days}]}\n", "workforce.hiring.0.every", "more than once"),
    ("scheduled: {early: 2}", "workforce: {hiring: [{agents: 2, start: 2026-02-02, group: back}]}\n", "workforce.hiring.0.group", "no group `back`"),
    ("scheduled: {early: 2}, training: {hours: 80h}", "", "agents.front.training.hours", "more than half"),
    ("on_seat: 2, site: abroad", "sites: {home: {}}\n", "agents.front.site", "no site `abroad`"),
    ("on_seat: 2", "sites: {home: {}}\n", "agents.front", "at none of the sites"),
    ("on_seat: 2, site: home", "sites: {home: {fee_contact: 4.20/contact}}\n", "sites.home.fee_contact", "only a partner"),
    ("on_seat: 2, site: home", "sites: {home: {partner: true}}\n", "sites.home.partner", "for nothing"),
    ("on_seat: 2, site: home", "sites: {home: {partner: true, fee_hour: 4/min}}\n", "sites.home.fee_hour", "not an amount per hour"),
    ("on_seat: 2, learning: {talc: 2}", "", "agents.front.learning.talc", "unknown key"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "rest", "key", "message"), REFUSED, ids=[case[0] + case[1] for case in REFUSED]
)
def test_what_is_refused(keys: str, rest: str, key: str, message: str) -> None:
    found = [fault for fault in faults(keys, rest) if fault.key == key]
    assert found, faults(keys, rest)
    assert message in found[0].message and found[0].line > 0


def test_shifts_of_a_rota_may_not_overlap_over_the_end_of_the_week() -> None:
    assert centre("scheduled: 4, rota: [[night, early]]").agents["front"].heads == 4
    with pytest.raises(ScenarioError, match="`night` and `dawn` overlap on mon"):
        loads(
            HEAD
            + "  dawn: {days: mon, hours: 05:00-09:00}\n"
            + GROUP.replace("KEYS", "scheduled: 4, rota: [night, dawn]")
        )


def test_sites_read_their_fees() -> None:
    there = centre(
        "on_seat: 2, site: abroad",
        "sites: {abroad: {partner: yes, fee_contact: 4.20/contact, "
        "fee_hour: 24.00/h, fee_minute: 0.5, overhead: 5%}}\n",
    ).sites["abroad"]
    assert (there.fee_contact, there.fee_hour, there.fee_minute, there.overhead) == (4.2, 24.0, 0.5, 0.05)


# --- Tables of people --------------------------------------------------------------------------------

TABLE = """\
agent,group,skill,proficiency,speed,rank,channels,shift,wage,tenure
ann,front,billing,100%,,1,voice+chat:3,early|late,15.00/h,3 months
ann,front,technical,80%,90%,2,,,,
bob,front,billing,100%,,1,voice+chat:3,early,15.00/h,
cy,back,technical,100%,,,,,,
"""
LISTED = (
    HEAD.replace("email: {target: 90% in 24h}", "").replace(", email: {contacts: 200/week}", "")
    + """
agents: {from: people.csv, defaults: {adherence: 95%}, front: {on_cost: 20%}}
"""
)


def listed(folder: Path, table: str = TABLE, text: str = LISTED) -> Scenario:
    (folder / "people.csv").write_text(table, encoding="utf-8")
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    return load(folder / "x.yaml")


def test_a_table_names_its_groups_and_skills(tmp_path: Path) -> None:
    agents = listed(tmp_path).agents
    assert set(agents) == {"front", "back"}
    front, back = agents["front"], agents["back"]
    ann = front.people[0]
    assert (ann.name, ann.rota, ann.wage, ann.tenure) == ("ann", (("early",), ("late",)), 15.0, 3 * MONTH)
    assert dict(ann.skills)["technical"].speed == 0.9 and dict(ann.skills)["technical"].fcr == 0.8
    assert front.skills["billing"].speed == 1.0 and front.skills["technical"].rank == 2
    assert front.handles == {"voice": 1, "chat": 3} and front.wage == 15.0
    assert (front.adherence, back.adherence, front.on_cost) == (0.95, 0.95, 0.2)
    assert front.rostered and not back.rostered
    assert front.shrinkage == {"absence": 0.06} and back.shrinkage == {"other": 0.32}
    assert places(listed(tmp_path), front) == {"early": 1.5, "late": 0.5}


@pytest.mark.parametrize(("old", "new", "line", "message"), [
    ("bob,front", "bob,", 4, "column group: has no value"),
    ("ann,front,technical", "ann,back,technical", 3, "column group: line 2 says `front`"),
    ("ann,front,technical", "ann,front,billing", 3, "has the skill `billing` already"),
    ("technical,80%", "technical,80", 3, "column proficiency: `80` has no unit"),
    ("early|late", "erly|late", 2, "column shift: there is no shift `erly`"),
    ("bob,front,billing,100%,,1,voice+chat:3,early", "bob,front,billing,100%,,1,voice+chat:3,", 4, "`ann` of the same group has a shift"),
    ("voice+chat:3,early|late", "voice:2,early|late", 2, "one call at a time"),
    ("voice+chat:3,early|late", "voice+fax,early|late", 2, "`fax` is not a channel"),
    ("early|late", "early+early|late", 2, "twice in one week"),
    ("cy,back,technical", "cy,back,refunds", 5, "no intent needs this skill"),
    ("proficiency", "proficency", 1, "unknown column"),
])  # fmt: skip
def test_faults_of_a_table_name_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        listed(tmp_path, TABLE.replace(old, new, 1))
    found = [fault for fault in refused.value.faults if message in fault.message]
    assert found, refused.value.faults
    assert (Path(found[0].file).name, found[0].line) == ("people.csv", line)


def test_a_table_and_a_number_for_one_group(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="says who is in this group"):
        listed(tmp_path, text=LISTED.replace("on_cost: 20%", "on_seat: 4"))
    with pytest.raises(ScenarioError, match="has nobody in the table"):
        listed(tmp_path, text=LISTED.replace("front: {", "third: {skills: [billing]}, front: {"))


def test_explain_says_what_people_stand_on(tmp_path: Path) -> None:
    def paths(scenario: Scenario) -> set[str]:
        return {row.path for row in assumed(scenario)}

    plain = paths(centre("scheduled: {early: 3}"))
    assert not any("workforce" in path or "learning" in path for path in plain)
    employed = paths(centre("employed: 9, rota: early", "workforce: {strain: on}\n"))
    assert {
        "agents.*.employed.leave",
        "workforce.attrition",
        "workforce.cost",
        "workforce.strain.recovery",
        "agents.*.learning.tau",
        "agents.*.tenure",
    } <= employed
    own = paths(
        centre(
            "scheduled: {early: 3}, workforce: {attrition: 10%/year, replace: {lead: 2 weeks}}, assist: on"
        )
    )
    assert {"agents.*.workforce.training", "agents.*.assist.output"} <= own
    assert not {"agents.*.workforce.replace.lead", "agents.*.workforce.attrition"} & own
    table = {row.path: row.items for row in assumed(listed(tmp_path))}
    assert "agents.*.adherence" not in table  # said for all groups under `defaults`
    assert table["agents.*.shrinkage.other"] == ("back",)
