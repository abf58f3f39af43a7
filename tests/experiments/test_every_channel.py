"""Summary, comparison and folder of a centre with several channels."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from every_channel import EVERY_CHANNEL

from ccsim.experiments.compare import compare
from ccsim.experiments.run import Run
from ccsim.scenario import loads


def test_the_summary_says_of_what_each_figure_is(every_run: Run) -> None:
    frame = every_run.summary()
    service = frame[frame["section"] == "service"]
    assert list(service["part"].unique()) == ["voice", "chat", "messaging", "email"]
    assert not frame.duplicated(["measure", "part"]).any()
    level = service[service["measure"] == "service_level"].set_index("part")["value"]
    by_channel = every_run.measures("channel").query("measure == 'service_level'").set_index("channel")
    for channel, value in level.items():
        assert value == pytest.approx(by_channel["value"][channel])


def test_costs_of_channels_weigh_up_to_that_of_all(every_run: Run) -> None:
    cost = every_run.measures("channel").set_index(["measure", "channel"])["value"]
    whole = every_run.measures().set_index("measure")["value"]
    channels = every_run.tallies[0].names.channels
    total = sum(cost["cost_per_contact", name] * cost["handled", name] for name in channels)
    assert total == pytest.approx(whole["cost_per_contact"] * whole["handled"])


def test_self_service_spares_what_people_would_have_cost(every_run: Run) -> None:
    """At the chat's cost of a contact without self-service's own, by hand from the ledger's frames."""
    found = every_run.outcomes.self_service_saving("chatbot")
    by_hand = []
    for tally, book in zip(every_run.tallies, every_run.outcomes.case.ledgers, strict=True):
        chat = tally.names.channels.index("chat")
        year = 365.25 / 7
        people = book.by_channel[chat] - book.shared["self_service"]
        each = people / (year * tally.by_channel_day["handled"][chat].sum())
        resolved = year * tally.total("bot_resolved")
        by_hand.append(resolved * each - 0.2 * year * tally.total("sessions"))
    assert found.value == pytest.approx(sum(by_hand) / 2)
    assert found.low < found.value < found.high


def test_a_comparison_speaks_of_every_channel() -> None:
    base = loads(EVERY_CHANNEL)
    result = compare(base, [loads(EVERY_CHANNEL, variant="no_bot")], 2, clock="simpy")
    rows = {(row.measure, row.part): row for row in result.rows["no_bot"]}
    assert {part for _, part in rows} == {"", "voice", "chat", "messaging", "email"}
    own = result.base.measures("channel").set_index(["measure", "channel"])["value"]
    for channel in ("voice", "chat"):
        assert rows["abandonment", channel].found.base == pytest.approx(own["abandonment", channel])
    assert rows["occupancy", ""].found.difference > 0
    assert pd.isna(rows["bot_resolution", ""].found.variant)
    frame = result.differences()
    assert not frame.duplicated(["variant", "measure", "part"]).any()


def test_what_only_such_a_centre_knows_takes_satisfaction_away(every_run: Run) -> None:
    points = every_run.why().set_index("driver")["points"]
    assert points["self-service in vain"] > 0
    assert points["changing channel"] > 0
    assert points["transfers"] > 0  # to a higher tier
    assert points["beginners"] == 0


def test_the_folder_keeps_every_slice(every_run: Run, tmp_path: Path) -> None:
    place = every_run.save(tmp_path / "run")
    kept = {path.stem for path in (place / "measures").glob("*.csv")}
    assert {"by_channel", "by_self_service", "by_queue", "whole"} <= kept
    lines = set(pd.read_csv(place / "measures" / "ledger.csv")["line"])
    assert {"wages", "telecom", "self_service"} <= lines and "partner_fees" not in lines
    journeys = pd.read_parquet(place / "tallies" / "journeys.parquet")
    assert {"dead_ends", "switches", "crowd", "novice"} <= set(journeys.columns)
