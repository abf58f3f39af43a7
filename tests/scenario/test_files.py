"""Files that belong together: ``extends``, CSV tables, and what is refused of both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario import Scenario, load
from ccsim.scenario.show import show, table_files
from ccsim.scenario.templates import template

Write = Callable[..., Path]
CHILD = "extends: base.yaml\nname: Child\nagents: {generalists: {on_seat: 20}}\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    (tmp_path / "base.yaml").write_text(template())

    def put(text: str, name: str = "mine.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    return put


def refused(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError) as error:
        load(path)
    return error.value.faults


def on_seat(scenario: Scenario, hour: int = 12, day: int = 0) -> int:
    group = scenario.agents["generalists"]
    assert group.on_seat is not None
    return group.on_seat.at(day, hour * 3600)


def test_a_file_on_another(write: Write) -> None:
    child = load(write(CHILD))
    assert (child.name, on_seat(child), child.weeks) == ("Child", 20, 4)
    assert child.agents["generalists"].wage == 15.0
    grandchild = load(write("extends: mine.yaml\nname: Third\n", "third.yaml"), "two_more")
    assert (grandchild.name, on_seat(grandchild)) == ("Third", 22)


def test_items_and_distributions_are_replaced_not_mixed(write: Write) -> None:
    text = CHILD + ("variants: {two_more: none}\nintents: {billing: {talk: {gamma: {mean: 3min, cv: 1}}}}\n")
    child = load(write(text))
    assert child.variants == {} and child.intents["billing"].talk.mean == pytest.approx(180)
    again = load(
        write("extends: mine.yaml\nintents: {billing: {talk: {erlang: {mean: 1min, k: 2}}}}\n", "again.yaml")
    )
    assert again.intents["billing"].talk.mean == pytest.approx(60)


def test_faults_name_the_file_they_are_in(write: Write, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(template().replace("weeks: 4", "weeks: -4"))
    (fault,) = refused(write(CHILD.replace("20", "-20")))[:1]
    assert fault.file.endswith("base.yaml") and fault.line == 3
    assert {Path(f.file).name for f in refused(tmp_path / "mine.yaml")} == {"base.yaml", "mine.yaml"}


@pytest.mark.parametrize(
    ("extends", "message"),
    [
        ("mine.yaml", "in a circle (mine.yaml -> mine.yaml)"),
        ("../base.yaml", "leads out of the scenario's folder"),
        ("/etc/passwd", "leads out of the scenario's folder"),
        ("nowhere.yaml", "there is no file"),
        ("[base.yaml]", "one file name is needed"),
        ("'a\0b'", "text file"),
    ],
)
def test_chains_that_lead_nowhere(write: Write, extends: str, message: str) -> None:
    path = write(CHILD.replace("base.yaml", extends))
    assert message in refused(path)[0].message


def test_a_circle_of_two_and_a_chain_too_long(write: Write) -> None:
    write("extends: mine.yaml\n", "other.yaml")
    assert "mine.yaml -> other.yaml -> mine.yaml" in refused(write("extends: other.yaml\n"))[0].message
    for number in range(15):
        write(f"extends: f{number + 1}.yaml\n", f"f{number}.yaml")
    assert "more than 10 files" in refused(write("extends: f0.yaml\n"))[0].message


def test_a_symbolic_link_does_not_lead_out(write: Write, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "base.yaml").symlink_to(tmp_path / "base.yaml")
    assert "leads out" in refused(write(CHILD, "inner/mine.yaml"))[0].message


def test_tables_of_a_file_in_a_subfolder(write: Write) -> None:
    write("weekday,time,agents\nmon-sat,08:00,7\n", "sub/staff.csv")
    write(template().replace("on_seat: 12", "on_seat: {from: staff.csv}"), "sub/base.yaml")
    child = load(write("extends: sub/base.yaml\nvariants: {two_more: none}\n"))
    assert on_seat(child) == 7
    assert table_files(child) == ("sub/staff.csv",)
    assert load(write(show(child), "shown.yaml")) == child


def test_tables_of_variants_are_named_and_moments_are_no_tables(write: Write) -> None:
    write("weekday,time,agents\nmon-sat,08:00,7\n", "staff.csv")
    variants = """
variants:
  more: {set: {agents.generalists.on_seat: {from: staff.csv}}}
  sale: {set: {events.sale: {from: 2026-01-07, to: 2026-01-08, factor: 2}}}
"""
    scenario = load(write(base(" => ") + variants))
    assert table_files(scenario) == ("staff.csv",)


def test_a_comment_does_not_say_what_separates_cells(write: Write) -> None:
    write("# from the roster; as of March\n\nweekday,time,agents\nmon-sat,08:00,7\n", "staff.csv")
    assert on_seat(load(write(base("on_seat: 12 => on_seat: {from: staff.csv}")))) == 7


def base(change: str) -> str:
    old, _, new = change.partition(" => ")
    text = template().split("variants:")[0]
    assert old in text
    return text.replace(old, new, 1)


def test_headcount_counts_holidays_and_profile_from_tables(write: Write) -> None:
    write("weekday,time,agents\nmon-fri,08:00,4\nmon-fri,10:00,6\nsat,09:00,3\n", "staff.csv")
    write("date,name\n2026-01-06,Epiphany\n", "days.csv")
    write("weekday;time;contacts;intent\nmon;08:00;10;billing\nmon;08:30;12.5;\n", "counts.csv")
    text = (
        base("on_seat: 12 => on_seat: {from: staff.csv}")
        .replace("calendar: {", "calendar: {holidays: {from: days.csv}, ")
        .replace("contacts: 6000/week, profile: two_peaks", "counts: {from: counts.csv, factor: +10%}")
    )
    scenario = load(write(text))
    assert [on_seat(scenario, hour) for hour in (7, 9, 11)] == [0, 4, 6]
    assert on_seat(scenario, 11, day=5) == 3
    assert scenario.calendar.opening("voice", date(2026, 1, 6)) == ()
    counts = scenario.arrivals["voice"].counts
    assert counts is not None and counts.mode == "rates"
    assert [(row.day, row.time, round(row.contacts, 6), row.intent) for row in counts.rows] == [
        (0, 28800, 11.0, "billing"),
        (0, 30600, 13.75, None),
    ]
    assert load(write(show(scenario), "again.yaml")) == scenario
    write("time,weight\n08:00,2\n12:00,1\n", "profile.csv")
    there = load(write(base("profile: two_peaks => profile: {from: profile.csv}")))
    assert there.arrivals["voice"].profile == ((28800, 2.0), (43200, 1.0))


def test_replayed_counts_by_date(write: Write) -> None:
    write("date,time,contacts\n2026-01-05,08:00,3\n", "counts.csv")
    scenario = load(
        write(base("contacts: 6000/week, profile: two_peaks => counts: {from: counts.csv, as: replay}"))
    )
    counts = scenario.arrivals["voice"].counts
    assert counts is not None and counts.mode == "replay"
    assert counts.rows[0].day == date(2026, 1, 5)


def test_distributions_from_tables(write: Write) -> None:
    write("value,weight\n30s,1\n90,3\n", "talk.csv")
    write("# announcements\nfrom,hazard\n0,0.001\n60s,0.2/min\n", "patience.csv")
    scenario = load(
        write(
            base("talk: 4min => talk: {empirical: {from: talk.csv}}").replace(
                "patience: 5min", "patience: {piecewise_hazard: {from: patience.csv}}"
            )
        )
    )
    assert scenario.intents["billing"].talk.mean == pytest.approx(75.0)
    patience = scenario.channels["voice"].patience
    assert patience.survival(60.0) == pytest.approx(0.9418, abs=1e-4)


@pytest.mark.parametrize(
    ("table", "line", "message", "hint"),
    [
        ("weekday,time,agents\nmon,08:00,4\nmon,08:00,5\n", 3, "stands in the table already", None),
        ("weekday,time,agents\nmon,8am,4\n", 2, "column time: `8am` is not a time", "08:00"),
        ("weekday,time,agents\nmon,08:00,many\n", 2, "column agents: `many` is not a number", None),
        ("weekday,time,agents\nmon,08:00,-4\n", 2, "column agents: `-4` is too small", None),
        ("weekday,time,agents\nmon,08:00\n", 2, "column agents: has no value", None),
        ("weekday,time,agent\nmon,08:00,4\n", 1, "unknown column `agent`", "agents"),
        ("weekday,time\nmon,08:00\n", 1, "has no column `agents`", "weekday, time, agents"),
        ("weekday,time,agents\n", 0, "this table has no rows", None),
        ('weekday,time,agents\n"mon,08:00,4\n', 0, "", None),
    ],
)
def test_faults_inside_a_table(write: Write, table: str, line: int, message: str, hint: str | None) -> None:
    write(table, "staff.csv")
    found = refused(write(base("on_seat: 12 => on_seat: {from: staff.csv}")))
    fault = next(fault for fault in found if message in fault.message)
    assert hint is None or hint in str(fault.hint)
    if line:
        assert fault.file.endswith("staff.csv") and fault.line == line
    else:
        assert fault.file.endswith("mine.yaml") or fault.line > 0


def test_all_faults_of_a_table_up_to_ten(write: Write) -> None:
    write("weekday,time,agents\n" + "mon,8am,many\n" * 20, "staff.csv")
    assert len(refused(write(base("on_seat: 12 => on_seat: {from: staff.csv}")))) == 10


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../staff.csv", "leads out of the scenario's folder"),
        ("/etc/passwd", "leads out of the scenario's folder"),
        ("staff.csv", "there is no such file"),
        (".", "there is no such file"),
        ("[a]", "a table of agents is needed"),
    ],
)
def test_tables_that_are_not_there(write: Write, name: str, message: str) -> None:
    fault = refused(write(base(f"on_seat: 12 => on_seat: {{from: {name}}}")))[0]
    assert message in fault.message
    assert fault.key.startswith("agents.generalists.on_seat")


def test_names_in_counts_must_lead_somewhere(write: Write) -> None:
    write("weekday,time,contacts,intent,segment\nmon,08:00,3,biling,nobody\n", "counts.csv")
    found = refused(write(base("contacts: 6000/week, profile: two_peaks => counts: {from: counts.csv}")))
    assert {fault.hint for fault in found} == {"did you mean `billing`?", "segments: everyone"}


def test_a_table_in_latin_1(write: Write, tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_bytes(b"weekday,time,agents\nmon,08:00,\xe9\n")
    fault = refused(write(base("on_seat: 12 => on_seat: {from: staff.csv}")))[0]
    assert "UTF-8" in fault.message
