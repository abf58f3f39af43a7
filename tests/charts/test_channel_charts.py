"""Charts of a centre with every channel: one for each live channel, the backlog and the funnel."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from console_blocks import undrawn

from ccsim.charts import backlog, draw_run, self_service
from ccsim.experiments.run import Run

CHARTS = {
    "demand_staffing", "service_wait", "service_wait_chat", "abandonment_occupancy", "wait_distribution",
    "heat_map", "heat_map_chat", "effort_drivers", "outcome_drivers", "backlog", "self_service",
    "csat_by_wait", "csat_by_contacts", "survival", "cost_ledger", "tornado",
}  # fmt: skip


@pytest.fixture(scope="module")
def place(every_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("channels")
    draw_run(every_run, folder)
    return folder


def test_every_chart_is_drawn_three_ways(place: Path) -> None:
    for kind in ("png", "svg", "csv"):
        assert {path.stem for path in place.glob(f"*.{kind}")} == CHARTS


def test_they_are_drawn_only_where_there_is_something_to_show(every_run: Run, small_run: Run) -> None:
    for chart in (backlog, self_service):
        assert chart.wanted(every_run) and not chart.wanted(small_run)


def test_the_data_is_that_of_the_run(place: Path, every_run: Run) -> None:
    data = pd.read_csv(place / "backlog.csv")
    assert set(data["channel"]) == {"email", "messaging"}
    mine = every_run.measures("day", "email").query("measure == 'backlog_day_end'")
    shown = data[(data["channel"] == "email") & (data["measure"] == "backlog_day_end")]
    assert shown["value"].to_numpy() == pytest.approx(mine["value"].to_numpy())
    funnel = pd.read_csv(place / "self_service.csv").set_index("measure")["value"]
    assert funnel["containment"] > funnel["bot_resolution"] > funnel["bounce_back"] > 0


def test_waits_are_those_of_people_who_wait(place: Path) -> None:
    queues = set(pd.read_csv(place / "wait_distribution.csv")["queue"])
    assert queues and all(queue.startswith(("voice/", "chat/")) for queue in queues)
    assert not any("call-back" in queue or "chatbot" in queue for queue in queues)


def test_titles_name_the_channel(place: Path) -> None:
    assert "Service level and wait, chat" in (place / "service_wait_chat.svg").read_text()
    assert "Backlog of deferred work" in (place / "backlog.svg").read_text()


MAIL = """
ccsim: 1
weeks: 1
warm_up: 1 day
follow_up: 1 week
calendar: {hours: {mon-fri: 09:00-17:00}}
intents: {order: {talk: 5min}}
channels: {email: {target: 90% in 24h, initial_backlog: 30}}
arrivals: {email: {contacts: 300/week}}
agents: {front: {on_seat: 2, skills: [order], handles: {email: 1}, wage: 15.00/h}}
"""


def test_a_centre_without_live_channels_has_the_charts_that_it_can_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ccsim
    from ccsim.scenario import loads

    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    draw_run(ccsim.run(loads(MAIL), 2, clock="simpy"), tmp_path)
    assert {path.stem for path in tmp_path.glob("*.png")} == {
        "csat_by_wait",
        "csat_by_contacts",
        "demand_staffing",
        "effort_drivers",
        "outcome_drivers",
        "backlog",
        "cost_ledger",
        "tornado",
    }
