"""Staffing by formula: the fewest agents that reach the target, and the scenario staffed so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

import ccsim
from ccsim.experiments.staffing import plan, staffed
from ccsim.theory import agents_for, queue


def test_agents_are_those_of_erlang_a(small_file: Path) -> None:
    scenario = ccsim.load(small_file)
    found = plan(scenario)
    assert found.skills == ("billing", "technical")
    week = found.contacts["billing"]
    assert week.sum() + found.contacts["technical"].sum() == pytest.approx(600)
    slot = int(np.argmax(week))
    rate = week[slot] / 1800
    agents = agents_for(0.8, 20, rate, 280, 180)
    assert found.agents["billing"][slot] == agents
    level = queue(rate, 280, agents, 180).service_level(20)
    assert found.level["billing"][slot] == pytest.approx(level, rel=1e-6)
    assert (found.agents["billing"][week == 0] == 0).all()
    assert found.hours == sum(n.sum() for n in found.agents.values()) / 2


def test_a_holiday_does_not_thin_its_weekday(small_file: Path) -> None:
    usual = plan(ccsim.load(small_file))
    closed = ccsim.load(small_file, sets=["calendar.holidays=[2026-01-07]"])
    assert not closed.calendar.opening("voice", closed.start + timedelta(days=2))
    found = plan(closed)
    for skill in usual.skills:
        np.testing.assert_allclose(found.contacts[skill], usual.contacts[skill])
        np.testing.assert_array_equal(found.agents[skill], usual.agents[skill])


def test_the_staffed_scenario_has_these_agents(small_file: Path) -> None:
    scenario = ccsim.load(small_file)
    found = plan(scenario)
    made = staffed(scenario, found)
    for group, skill in zip(made.agents.values(), found.skills, strict=True):
        assert list(group.skills) == [skill]
        assert group.on_seat is not None
        seats = [group.on_seat.at(day, slot * 1800) for day in range(7) for slot in range(48)]
        np.testing.assert_array_equal(seats, found.agents[skill])


def test_simulated_the_formula_is_near_its_promise(small_file: Path) -> None:
    scenario = ccsim.load(small_file, sets=["intents.billing.repeat.chance=0%",
                                            "intents.technical.repeat.chance=0%",
                                            "channels.voice.redial=none",
                                            "arrivals.voice.busyness=none"])  # fmt: skip
    found = plan(scenario)
    result = ccsim.run(staffed(scenario, found), 10, clock="simpy")
    row = result.measures().set_index("measure").loc["service_level"]
    weights = np.concatenate([found.contacts[s] for s in found.skills])
    levels = np.concatenate([found.level[s] for s in found.skills])
    promised = np.nansum(weights * levels) / weights.sum()
    assert abs(row["value"] - promised) < 0.06  # mornings start empty: a little above


def test_the_frame_lists_open_intervals(small_file: Path) -> None:
    found = plan(ccsim.load(small_file))
    frame = found.frame()
    assert frame["agents"].sum() == sum(n.sum() for n in found.agents.values())
    assert set(frame["weekday"]) == {"mon", "tue", "wed", "thu", "fri", "sat"}
    assert frame["time"].min() == "09:00"
