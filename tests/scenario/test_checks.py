"""`check`: faults, and warnings of what is allowed but probably not meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.scenario import loads
from ccsim.scenario.capacity import handling, present_share, seats
from ccsim.scenario.checks import check, warnings
from ccsim.scenario.offered import open_slots
from ccsim.scenario.overload import overloads
from ccsim.scenario.templates import scenarios_folder, template, template_names

QUICK = template("quickstart")
BASE = QUICK.split("variants:")[0]


def told(text: str, *sets: str) -> list[str]:
    return [f"{w.key}: {w.message}" for w in warnings(loads(text, scenarios_folder(), sets=sets))]


def test_quickstart_has_neither_faults_nor_warnings() -> None:
    report = check(scenarios_folder() / "quickstart.yaml")
    assert report.ok and not report.warnings
    assert str(report) == "  No faults."


def test_the_retailer_is_warned_of_its_mondays() -> None:
    report = check(scenarios_folder() / "retail.yaml")
    (told,) = report.warnings
    assert told.key == "intents.complaint"
    assert told.message == (
        "`care`: on mon at 11:00 work for 10.1 agents, and 6.9 there (load 147 "
        "%); 12 open hours a week are above 100 %"
    )


@pytest.mark.parametrize("name", template_names())
def test_every_packaged_scenario_can_be_run(name: str) -> None:
    assert check(scenarios_folder() / f"{name}.yaml").ok


def test_faults_are_reported_not_raised(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(QUICK.replace("weeks: 4", "weeks: -4"))
    report = check(file)
    assert not report.ok and report.faults[0].key == "weeks"
    assert "1 fault. Nothing was run." in str(report)
    assert not check(tmp_path / "none.yaml").ok


def test_groups_that_nobody_reaches() -> None:
    assert told(QUICK, "agents.technicians.on_seat=0")[0] == ("agents.technicians: never has an agent")
    night = BASE.replace("on_seat: 2", "scheduled: {night: 2}") + (
        "shifts: {night: {days: daily, hours: 22:00-06:00}}\n"
    )
    assert told(night)[0] == "agents.technicians: is never there while the lines are open"
    unwanted = told(BASE, "arrivals.voice.mix={billing: 100%}")
    assert unwanted == ["agents.technicians: nobody can reach it: no contact needs its skills"]
    assert "handles no voice" in told(BASE, "agents.technicians.handles.voice=0")[0]


def test_hours_without_anybody() -> None:
    text = BASE.replace("on_seat: 12", "on_seat: {mon-fri: {10:00: 12}, sat: 12}")
    assert told(text)[0] == (
        "intents.billing: nobody is there to serve it 10 open hours a week, first on mon at 08:00"
    )


def test_more_work_than_hands_says_how_much() -> None:
    found = told(QUICK, "agents.generalists.on_seat=5")
    assert found == ["intents.billing: `billing`: work for 5.2 agents while open, and 5.0 there (load 104 %)"]
    never = warnings(loads(QUICK, sets=["agents.generalists.on_seat=5", "channels.voice.patience=never"]))
    assert "grows without end" in str(never[0].hint)


def test_the_smallest_overloaded_sets_of_skills() -> None:
    scenario = loads(QUICK, sets=["agents.generalists.on_seat=8"])
    (load,) = overloads(scenario)
    assert set(load.skills) == {"billing", "technical"}
    work = 6000 / 54 / 3600 * (0.6 * 280 + 0.4 * 420)
    assert load.work == pytest.approx(work) and load.agents == pytest.approx(10)
    assert handling(scenario.intents["billing"], 1.5) == 400.0


def test_seats_of_a_week() -> None:
    retail = loads(template("retail"), scenarios_folder())
    week = seats(retail, retail.agents["front"])
    assert week[0, 9 * 4] == 21 and week[0, 13 * 4] == 40 and week[5, 9 * 4] == 17
    assert week[6].sum() == 0
    assert open_slots(retail).sum() * 0.25 == 72
    assert 0.75 < present_share(retail, retail.agents["front"]) < 0.82
    night = loads(
        BASE.replace("on_seat: 12", "scheduled: {n: 2}").replace("08:00-18:00", "24h")
        + "shifts: {n: {days: sun, hours: 22:00-06:00}}\n"
    )
    there = seats(night, night.agents["generalists"])
    assert there[6, 22 * 4 :].sum() == 16 and there[0, : 6 * 4].sum() == 48


def test_unstated_worth_is_named_with_the_line_to_add() -> None:
    found = warnings(loads(QUICK.replace(", margin: 14.00/month, churn: 18%/year", "")))
    assert found[0].message == "says no margin, churn: money figures stay unknown"
    assert found[0].hint == "add `margin: 14.00/month, churn: 18%/year`"
