"""The notebook runs from top to bottom, and its words hold in the figures kept in it."""

from __future__ import annotations

import re

import pytest
from refresh import executed, is_stale, kept, told


@pytest.mark.slow
def test_planner_staffing_runs_from_top_to_bottom_and_is_not_stale() -> None:
    stale = is_stale(executed("planner_staffing"), kept("planner_staffing"))
    assert not stale, "stale: python tests/notebooks/refresh.py planner_staffing"


def _plans() -> dict[str, tuple[float, ...]]:
    """Of each of the three plans: cost, margin kept, net gain, its band, points of service level."""
    pattern = r"^(.+?) (costs least|reaches the target|keeps it on bad days): (.+\n.+)$"
    found = re.findall(pattern, told("planner_staffing"), re.MULTILINE)
    numbers = {why: (name, re.findall(r"[-+]\d+(?:\.\d+)?", text)) for name, why, text in found}
    assert all(name.startswith("by hour") for name, _ in numbers.values())
    return {why: tuple(map(float, each)) for why, (_, each) in numbers.items()}


def test_moving_hours_costs_nothing_and_helps() -> None:
    cost, _, net, low, _, points = _plans()["costs least"]
    assert cost <= 0 < low <= net and points > 5


def test_the_target_costs_more_than_it_brings_and_bad_days_more_still() -> None:
    plans = _plans()
    for why in ("reaches the target", "keeps it on bad days"):
        cost, kept_margin, net, _, high, _ = plans[why]
        assert cost > kept_margin > 0 > high > net
    assert plans["keeps it on bad days"][0] > 1.5 * plans["reaches the target"][0]


def test_three_plans_are_surely_dominated_today_s_too() -> None:
    dominated = re.findall(r"^(.+) is surely dominated: by hour", told("planner_staffing"), re.MULTILINE)
    assert dominated == ["base", "13 all day", "14 all day"]


def test_the_precision_asked_for_is_reached() -> None:
    points, money = map(float, re.findall(r"±(\d+\.\d)", told("planner_staffing")))
    assert points <= 1.5 and money <= 10.0
