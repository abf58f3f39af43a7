"""The weekly review: people leave, come, learn and tire at the rates and along the curves stated."""

from __future__ import annotations

import sys
from math import exp
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

sys.path.insert(0, str(Path(__file__).parent))

from rosters import PLAIN, centre, ends, play

from ccsim.centre.crews import build_crews
from ccsim.centre.roster import build_roster
from ccsim.centre.turnover import weekly_chance
from ccsim.scenario.workforce import Workforce
from ccsim.units import DAY, HOUR, MONTH, WEEK, YEAR

SCORE_OF_70 = 0.5244005127080409


def test_the_chance_of_a_year_is_that_of_its_weeks() -> None:
    terms = Workforce(attrition=0.3, strain={"attrition": "2"})
    assert 1 - (1 - weekly_chance(terms)) ** (YEAR / WEEK) == pytest.approx(0.3)
    assert 1 - (1 - weekly_chance(terms, 1.0)) ** (YEAR / WEEK) == pytest.approx(1 - 0.7**2)
    assert weekly_chance(Workforce()) == 0.0


def test_people_leave_at_their_rate() -> None:
    keys = f"scheduled: 400, rota: [early, late], {PLAIN}, workforce: {{attrition: 40%/year, replace: none}}"
    played = play(centre(keys, weeks=51), 2)
    left = played.roster.people["left"]
    gone = np.count_nonzero(~np.isnan(left))
    share = 1 - 0.6 ** (51 * WEEK / YEAR)  # nobody leaves before the first pause
    assert gone == pytest.approx(400 * share, abs=3.3 * np.sqrt(400 * share * (1 - share)))
    assert np.all(left[~np.isnan(left)] % WEEK == 0)
    last = {agent: start for agent, start, _ in played.shifts()}
    for agent, time in zip(played.roster.people["agent"].tolist(), left, strict=True):
        assert np.isnan(time) or last[agent] < time


def test_who_leaves_is_replaced_after_the_lead_and_trained() -> None:
    keys = (f"scheduled: 60, rota: [early, late], {PLAIN}, "
            "workforce: {attrition: 70%/year, replace: {lead: 3 weeks}, training: 2 weeks, cost: 9000}")  # fmt: skip
    played = play(centre(keys, weeks=26))
    people = played.roster.people
    hired = people[~np.isnan(people["hired"])]
    leavers = people[~np.isnan(people["left"])]
    awaited = np.count_nonzero(leavers["left"] >= 26 * WEEK - 3 * WEEK)
    assert len(hired) == len(leavers) - awaited > 20
    for row in hired:
        before = leavers[(leavers["agent"] == row["agent"]) & (leavers["left"] < row["hired"])]
        assert row["hired"] == before["left"].max() + 3 * WEEK
        assert row["ready"] == row["hired"] + 2 * WEEK and row["tenure"] == 0.0
    assert len(played.roster.agents) == 60  # a successor takes the place of who left
    for agent, start, _ in played.roster.away:
        mine = hired[hired["agent"] == agent]
        assert np.any((mine["hired"] <= start) & (start < mine["ready"]))
    for agent, start, _ in played.shifts():
        mine = people[people["agent"] == agent]
        from_on = np.nan_to_num(mine["ready"], nan=-np.inf)
        until = np.nan_to_num(mine["left"], nan=np.inf)
        assert np.any((from_on <= start) & (start < until))


def test_classes_come_on_their_day_and_work_after_training() -> None:
    rest = """
workforce:
  training: 1 week
  hiring:
    - {agents: 4, start: 2026-01-08, lead: 6 days}
    - {agents: 2, every: 2 weeks, lead: 3 days, training: 0}
"""
    played = play(centre(f"scheduled: {{early: 3, weekend: 2}}, {PLAIN}", rest))
    people = played.roster.people
    hired = people[~np.isnan(people["hired"])]
    assert sorted((hired["hired"] / DAY).tolist()) == [3, 3, 9, 9, 9, 9, 17, 17]
    assert len(played.roster.agents) == 3 + 8
    firsts = {agent: start for agent, start, _ in reversed(played.shifts())}
    for row in hired:
        assert row["ready"] <= firsts[row["agent"]] < row["ready"] + 3 * DAY
    # On the way before the first pause, in the warm-up: the class that was there from the beginning.
    early = play(
        centre(
            f"scheduled: {{early: 3}}, {PLAIN}",
            "workforce: {hiring: {agents: 2, start: 2025-12-30, training: 0}}\n",
        )
    )
    assert {agent for agent, start, _ in early.shifts() if start < 0} == {0, 1, 2, 3, 4}


def test_a_place_left_empty_goes_to_the_next_class() -> None:
    keys = f"scheduled: {{early: 30}}, {PLAIN}, workforce: {{attrition: 80%/year, replace: none, hiring: {{agents: 1, every: 1 week}}}}"
    played = play(centre(keys, weeks=20))
    people = played.roster.people
    hired = people[~np.isnan(people["hired"])]
    assert len(hired) == 20
    assert np.count_nonzero(hired["agent"] < 30) > 5
    for agent in np.unique(people["agent"]):
        mine = np.sort(people[people["agent"] == agent], order="hired")  # nan last: who was there first
        order = np.concatenate([mine[-1:], mine[:-1]]) if np.isnan(mine["hired"][-1]) else mine
        assert np.all(order["left"][:-1] <= order["hired"][1:])


def test_beginners_get_quicker_along_the_curve() -> None:
    keys = (f"scheduled: {{early: 2}}, {PLAIN}, tenure: {{constant: 1 month}}, "
            "learning: {talk: +60%, tau: 3 months, fcr: -20%}")  # fmt: skip
    played = play(centre(keys, weeks=6))
    for k, pause in enumerate(played.roster.pauses):
        tenure = 1 * MONTH + pause + WEEK
        assert played.paces[k] == pytest.approx(1 + 0.6 * exp(-tenure / (3 * MONTH)))
    assert played.roster.pace == pytest.approx([1 + 0.6 * exp(-1 / 3)] * 2)
    new = exp(-1 / 3)
    quality = played.roster.quality[0]
    assert ndtr(SCORE_OF_70 + quality) == pytest.approx(0.7 * (1 - 0.2 * new))


def test_a_tool_helps_beginners_most() -> None:
    keys = f"scheduled: {{early: 1}}, {PLAIN}, tenure: 0, assist: {{talk: -10%, novices: -30%}}"
    scenario = centre(keys, weeks=200)
    crew = build_crews(scenario)[0]
    assert crew.talk == {"ask": 0.9}
    played = play(scenario)
    assert crew.talk["ask"] * played.roster.pace[0] == pytest.approx(0.7 * 1.4)
    assert played.paces[-1][0] == pytest.approx(1.0, abs=1e-6)


def test_hires_start_at_the_foot_of_the_curve() -> None:
    keys = f"scheduled: {{early: 1}}, {PLAIN}, tenure: {{constant: 60 months}}"
    played = play(
        centre(keys, "workforce: {hiring: {agents: 1, start: 2026-01-14, training: 2 weeks}}\n", weeks=8)
    )
    pace = np.array(played.paces)
    assert pace[:, 0] == pytest.approx(1.0, abs=1e-6)
    new = [1 + 0.4 * exp(-max(0.0, pause - 9 * DAY) / (2 * MONTH)) for pause in played.roster.pauses]
    assert pace[1:, 1] == pytest.approx(new[1:])


def test_tenure_at_the_beginning_has_its_mean() -> None:
    roster = build_roster(centre("on_seat: 500, tenure: 18 months"), 0)
    tenure = roster.people["tenure"]
    assert tenure.mean() == pytest.approx(18 * MONTH, abs=3.3 * 18 * MONTH / np.sqrt(500))
    pace = np.array(roster.pace)
    expected = 1 + 0.4 * 2 / (18 + 2)  # 1 + (kappa - 1) E exp(-t/tau) of an exponential tenure
    assert pace.mean() == pytest.approx(expected, abs=3.3 * pace.std() / np.sqrt(500))


def test_too_much_work_tires_and_rest_restores() -> None:
    rest = "workforce: {strain: {threshold: 85%, recovery: 4 weeks, talk: +20%, fcr: -10%, absence: 3}}\n"
    keys = "scheduled: {early: 200}, shrinkage: {absence: 5%}, adherence: 100%"
    tired, rested = (play(centre(keys, rest, weeks=40), occupancy=busy) for busy in (1.0, 0.84))
    kept = exp(-1 / 4)
    for week, pace in enumerate(tired.paces, 1):
        assert pace == pytest.approx(1.2 ** (1 - kept**week))
    assert np.all(np.array(rested.paces) == 1.0)
    strain = tired.rows.agents[0].strain
    assert strain == pytest.approx(1 - kept**40)
    assert ndtr(SCORE_OF_70 + tired.rows.agents[0].quality) == pytest.approx(0.7 * 0.9**strain)
    late = [start for _, start, _ in tired.roster.absent if start >= 30 * WEEK]
    shifts = 200 * 10 * 5
    assert len(late) == pytest.approx(0.15 * shifts, abs=3.3 * np.sqrt(0.15 * 0.85 * shifts))
    usual = [start for _, start, _ in rested.roster.absent if start >= 30 * WEEK]
    assert len(usual) == pytest.approx(0.05 * shifts, abs=3.3 * np.sqrt(0.05 * 0.95 * shifts))


def test_strain_makes_people_leave() -> None:
    rest = "workforce: {attrition: 30%/year, replace: none, strain: {attrition: 4, recovery: 1 day}}\n"
    counts = []
    for busy in (1.0, 0.5):
        played = play(centre(f"scheduled: {{early: 400}}, {PLAIN}", rest, weeks=20), occupancy=busy)
        counts.append(np.count_nonzero(~np.isnan(played.roster.people["left"])))
    for gone, factor in zip(counts, (4.0, 1.0), strict=True):
        share = 1 - 0.7 ** (factor * 20 * WEEK / YEAR)
        assert gone == pytest.approx(400 * share, abs=3.3 * np.sqrt(400 * share * (1 - share)))


def test_a_night_across_the_boundary_is_worked_to_its_end() -> None:
    keys = f"scheduled: {{night: 50}}, {PLAIN}, workforce: {{attrition: 90%/year, replace: none}}"
    played = play(centre(keys, weeks=8))
    assert len(played.shifts()) == ends(played.lines)
    people, last = played.roster.people, {agent: (start, end) for agent, start, end in played.shifts()}
    for agent, left in zip(people["agent"].tolist(), people["left"], strict=True):
        assert np.isnan(left) or last[agent] == (left - 2 * HOUR, left + 6 * HOUR)
