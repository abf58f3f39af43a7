"""Sections and items that `none` leaves out, and what is dated outside the run."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario.omni import OMNI

from ccsim.centre.simulate import simulate
from ccsim.errors import ScenarioError
from ccsim.scenario import Scenario, load, loads
from ccsim.scenario.checks import warnings
from ccsim.scenario.routing import Routing
from ccsim.scenario.shape import left_out
from ccsim.scenario.show import show
from ccsim.scenario.targets import Targets
from ccsim.scenario.templates import scenarios_folder, template

RETAIL = template("retail")
NEEDED = {"intents", "arrivals", "agents"}
SALE = "events: {sale: {from: 2026-01-07, to: 2026-01-08, factor: 3, contacts: 500}}\n"


def retail(*sets: str) -> Scenario:
    return loads(RETAIL, scenarios_folder(), sets=sets)


def test_every_section_but_three_may_be_left_out() -> None:
    assert not NEEDED & set(left_out())
    assert {"events", "routing", "targets", "economics", "self_service", "workforce", "variants"} <= set(
        left_out()
    )


def test_a_section_is_left_out_by_none() -> None:
    assert retail().events and not retail("events=none").events
    assert retail("routing=none").routing == Routing()
    assert retail("targets=none").targets == Targets()
    assert retail("economics=none").economics.without_service_churn is None
    assert retail("self_service=none") == retail()  # there is none


def test_an_item_is_left_out_by_none() -> None:
    assert not retail("events.black_friday=none").events
    assert "advisers" not in retail("agents.advisers=none").agents
    assert retail().with_changes({"events": None}).events == {}


@pytest.mark.parametrize("section", sorted(NEEDED))
def test_what_a_centre_needs_cannot_be_left_out(section: str) -> None:
    with pytest.raises(ScenarioError, match="cannot be left out"):
        retail(f"{section}=none")


def test_a_variant_and_a_file_leave_sections_out(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(template("quickstart").split("variants:")[0] + SALE, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(
        "extends: base.yaml\nvariants:\n  quiet: {set: {events: none}}\n", encoding="utf-8"
    )
    (tmp_path / "calm.yaml").write_text(
        "extends: base.yaml\nevents: none\nvariants:\n"
        "  fair: {set: {events.fair: {from: 2026-01-07, to: 2026-01-08, factor: 2}}}\n",
        encoding="utf-8",
    )
    assert load(tmp_path / "mine.yaml").events.keys() == {"sale"}
    assert not load(tmp_path / "mine.yaml", "quiet").events
    calm = load(tmp_path / "calm.yaml")
    assert not calm.events and loads(show(calm), tmp_path) == calm
    assert load(tmp_path / "calm.yaml", "fair").events.keys() == {"fair"}


@pytest.mark.parametrize(("text", "key", "message"), [
    (template("quickstart") + SALE.replace("2026", "2029"), "events.sale.from", "lies outside"),
    (template("quickstart") + SALE.replace("2026", "2025"), "events.sale.from", "lies outside"),
    (OMNI.replace("from: 2026-11-03 10:00, to: 2026-11-03 12:00", "from: 2027-11-03, to: 2027-11-04"),
     "self_service.chatbot.outages", "an outage lies outside"),
    (template("symmetry_of_attentions").replace("attrition: 24%/year", "attrition: 24%/year\n  hiring: "
     "[{agents: 1, start: 2029-01-01}]"), "workforce.hiring.0.start", "their first day lies outside"),
])  # fmt: skip
def test_what_the_run_does_not_see_is_warned_of(text: str, key: str, message: str) -> None:
    [found] = [
        fault for fault in warnings(loads(text, scenarios_folder())) if "changes nothing" in fault.message
    ]
    assert (found.key, found.message) == (key, f"{message} the simulated time and changes nothing")


def test_an_event_the_run_does_not_see_changes_nothing() -> None:
    without = template("quickstart")
    short = ["weeks=1", "warm_up=0 days", "follow_up=0 days"]
    late = loads(without + SALE.replace("-01-07", "-06-07").replace("-01-08", "-06-08"), sets=short)
    assert simulate(late, 0, "simpy").issues.tobytes() == simulate(
        loads(without, sets=short), 0, "simpy").issues.tobytes()  # fmt: skip


def test_an_event_that_ends_before_it_begins_is_a_fault() -> None:
    with pytest.raises(ScenarioError, match="ends before it starts"):
        loads(template("quickstart") + SALE.replace("to: 2026-01-08", "to: 2026-01-05"))
