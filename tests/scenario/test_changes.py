"""Overrides by path: relative to the base, into short forms, from variants, sets and Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim.distributions import Erlang, Exponential, Lognormal
from ccsim.errors import ScenarioError
from ccsim.scenario import Scenario, loads
from ccsim.scenario.templates import scenarios_folder, template

QUICK, RETAIL = template("quickstart"), template("retail")


def quick(*sets: str) -> Scenario:
    return loads(QUICK, sets=sets)


def seats(scenario: Scenario) -> int | None:
    on_seat = scenario.agents["generalists"].on_seat
    return on_seat.constant if on_seat else None


@pytest.mark.parametrize(
    ("change", "agents"),
    [
        ("14", 14),
        ("+4", 16),
        ("-4", 8),
        ("+10%", 13),
        ("-10%", 11),
        ("x1.2", 14),
        ("x2", 24),
        ("=5", 5),
        ("+0", 12),
    ],
)
def test_agents_change_by_whole_numbers(change: str, agents: int) -> None:
    assert seats(quick(f"agents.generalists.on_seat={change}")) == agents
    assert seats(loads(QUICK).with_changes({"agents.generalists.on_seat": change})) == agents


def test_changes_follow_each_other() -> None:
    path = "agents.generalists.on_seat"
    assert seats(quick(f"{path}=+2", f"{path}=x2")) == 28
    assert seats(loads(QUICK, variant="two_more", sets=[f"{path}=x2"])) == 28
    assert seats(loads(QUICK).with_changes({path: "+2"}).with_changes({path: "+2"})) == 16


def test_python_values_are_values() -> None:
    scenario = loads(QUICK).with_changes(
        {
            "agents.generalists.on_seat": 20,
            "channels.voice.redial": None,
            "channels.voice.renew_patience": False,
            "calendar.holidays": ["2026-01-06"],
            "agents.more": {"on_seat": 3, "skills": ["billing"]},
        }
    )
    assert seats(scenario) == 20 and scenario.channels["voice"].redial is None
    assert scenario.channels["voice"].renew_patience is False
    assert scenario.calendar.opening("voice", scenario.calendar.holidays[0]) == ()
    assert "more" in scenario.agents


@pytest.mark.parametrize(
    ("path", "change", "read", "value"),
    [
        ("arrivals.voice.contacts", "+10%", lambda s: s.arrivals["voice"].contacts, 6600),
        ("arrivals.voice.contacts", "+500/week", lambda s: s.arrivals["voice"].contacts, 6500),
        ("intents.billing.talk", "-10%", lambda s: s.intents["billing"].talk, Lognormal(216.0, 0.9)),
        ("intents.billing.talk", "+30s", lambda s: s.intents["billing"].talk, Lognormal(270.0, 0.9)),
        (
            "intents.billing.talk.lognormal.cv",
            "1.2",
            lambda s: s.intents["billing"].talk,
            Lognormal(240.0, 1.2),
        ),
        (
            "intents.billing.talk.erlang",
            "{mean: 4min, k: 3}",
            lambda s: s.intents["billing"].talk,
            Erlang(240.0, 3),
        ),
        ("intents.billing.fcr", "+5pt", lambda s: s.intents["billing"].fcr, 0.83),
        ("intents.billing.fcr", "-50%", lambda s: s.intents["billing"].fcr, 0.39),
        ("customers.everyone.churn", "+2pt", lambda s: s.customers["everyone"].churn, 0.20),
        ("customers.everyone.margin", "x2", lambda s: s.customers["everyone"].margin, 28),
        ("agents.generalists.wage", "+0.50/h", lambda s: s.agents["generalists"].wage, 15.5),
        (
            "agents.generalists.skills.technical",
            "-10pt",
            lambda s: s.agents["generalists"].skills["technical"].speed,
            0.8,
        ),
        (
            "agents.technicians.skills.technical.rank",
            "2",
            lambda s: s.agents["technicians"].skills["technical"].rank,
            2,
        ),
        (
            "agents.technicians.skills.billing",
            "70%",
            lambda s: s.agents["technicians"].skills["billing"].fcr,
            0.7,
        ),
        ("channels.voice.patience", "x2", lambda s: s.channels["voice"].patience, Exponential(600.0)),
        ("channels.voice.target.within", "+10s", lambda s: s.channels["voice"].target.within, 30),
        ("channels.voice.target.share", "90%", lambda s: s.channels["voice"].target.share, 0.9),
        ("channels.voice.redial.chance", "-10%", lambda s: s.channels["voice"].redial.chance, 0.495),
        ("channels.voice.redial.cap", "+1", lambda s: s.channels["voice"].redial.cap, 5),
        ("channels.voice.talk", "+10%", lambda s: s.channels["voice"].talk, 1.1),
        ("arrivals.voice.busyness.cv", "x2", lambda s: s.arrivals["voice"].busyness.cv, 0.2),
        (
            "experience.csat.weights.log_wait",
            "x2",
            lambda s: s.experience.overrides["csat.weights.log_wait"],
            0.5,
        ),
        ("experience.csat.novice", "=-0.3", lambda s: s.experience.overrides["csat.novice"], -0.3),
        ("economics.without_service.churn", "+5pt", lambda s: s.economics.without_service_churn, 0.5),
        ("economics.horizon", "24 months", lambda s: s.economics.horizon, 24),
        ("targets.abandonment", "max 4%", lambda s: s.targets.bands["abandonment"].max, 0.04),
        ("weeks", "+4", lambda s: s.weeks, 8),
        ("calendar.hours.sat", "closed", lambda s: s.calendar.open_days("voice"), 5),
        ("calendar.hours.fri", "08:00-12:00", lambda s: s.calendar.week("voice")[4], ((28800, 43200),)),
        (
            "variants.two_more.set.agents.generalists.on_seat",
            "+9",
            lambda s: s.variants["two_more"].set["agents.generalists.on_seat"],
            "+9",
        ),
    ],
)
def test_values_of_every_kind(path, change, read, value) -> None:  # type: ignore[no-untyped-def]
    found = read(quick(f"{path}={change}"))
    assert found == (pytest.approx(value) if isinstance(value, int | float) else value)


def test_every_number_of_a_mapping_changes() -> None:
    scenario = loads(RETAIL, scenarios_folder(), sets=["agents.front.scheduled=+2"])
    assert scenario.agents["front"].scheduled == {"early": 23, "late": 21, "saturday": 19}
    steps = QUICK.replace("on_seat: 12", "on_seat: {mon-sat: {08:00: 10, 12:00: 15}}")
    group = loads(steps, sets=["agents.generalists.on_seat=-10%"]).agents["generalists"]
    assert group.on_seat is not None
    assert [group.on_seat.at(0, hour * 3600) for hour in (9, 13)] == [9, 14]


def test_distributions_change_size_and_keep_their_shape() -> None:
    scenario = loads(
        RETAIL, scenarios_folder(), sets=["intents.complaint.talk=-25%", "channels.voice.patience=x2"]
    )
    assert scenario.intents["complaint"].talk == Lognormal(360.0, 1.1)
    assert scenario.channels["voice"].patience.mean == pytest.approx(480.0)


def test_what_a_section_s_defaults_say_can_be_changed_for_one() -> None:
    scenario = loads(
        RETAIL, scenarios_folder(), sets=["agents.front.wage=+10%", "agents.defaults.adherence=90%"]
    )
    assert scenario.agents["front"].wage == pytest.approx(16.06)
    assert scenario.agents["advisers"].wage == 11.2
    assert {group.adherence for group in scenario.agents.values()} == {0.9}


def test_variants_of_retail() -> None:
    six = loads(RETAIL, scenarios_folder(), variant="six_more")
    assert six.agents["front"].scheduled == {"early": 24, "late": 22, "saturday": 17}
    care = loads(RETAIL, scenarios_folder(), variant="care_skill")
    assert care.agents["front"].skills["care"].speed == 0.7
    assert care.source.variant == "care_skill"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("agents.generalists.on_seat", "needs a path and a value"),
        ("=4", "needs a path and a value"),
        ("weeks=", "needs a value"),
        ("agents.frnt.on_seat=4", "there is no group `frnt`"),
        ("agents.frnt.on_seat=+4", "there is no group `frnt`"),
        ("wekks=4", "there is no section `wekks`"),
        ("agents=4", "is a whole section"),
        ("economics=4", "is a whole section"),
        ("agents..on_seat=4", "is not a path"),
        ("agents.generalists.onseat=4", "unknown key"),
        ("agents.generalists.on_seat=+2h", "does not fit `12`"),
        ("agents.generalists.on_seat=-20", "too small"),
        ("customers.everyone.churn=+2", "`+2` has no unit"),
        ("channels.voice.lines=+4", "has nothing to change"),
        ("channels.voice.target=+5%", "holds more than one number"),
        ("arrivals.voice.profile=+5%", "no number that `+5%` could change"),
        ("name.first=x", "there is no `first`"),
        ("agents.generalists.skills=[billing", "`[` is not closed"),
        ("agents.generalists.skills={a: !x 1}", "tags"),
        ("intents.billing.talk.gamma.mean=3min", "needs `cv`"),
        ("intents.complaint.talk=3min", "there is no intent `complaint`"),
    ],
)
def test_sets_that_do_not_fit(change: str, message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        quick(change)
    fault = refused.value.faults[0]
    assert message in fault.message
    assert fault.file.startswith("--set") and fault.line == 0


def test_all_faulty_sets_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        quick("agents.frnt.on_seat=4", "wekks=4", "agents.generalists.on_seat=+2h")
    assert len(refused.value.faults) == 3


def test_an_unknown_variant() -> None:
    with pytest.raises(ScenarioError, match="did you mean `two_more`"):
        loads(QUICK, variant="two_mroe")


@given(st.integers(1, 500), st.integers(1, 400))
def test_adding_and_taking_away_come_back(base: int, step: int) -> None:
    path = "agents.generalists.on_seat"
    scenario = quick(f"{path}={base}", f"{path}=+{step}", f"{path}=-{step}")
    assert seats(scenario) == base
