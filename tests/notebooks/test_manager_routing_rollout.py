"""The notebook runs from top to bottom, and its words hold in the figures kept in it."""

from __future__ import annotations

import re

import pytest
from refresh import executed, frames, is_stale, kept, told

NAME = "manager_routing_rollout"


@pytest.mark.slow
def test_manager_routing_rollout_runs_from_top_to_bottom_and_is_not_stale() -> None:
    stale = is_stale(executed(NAME), kept(NAME))
    assert not stale, f"stale: python tests/notebooks/refresh.py {NAME}"


def test_it_is_a_go_with_one_target_nearer_and_one_missed_for_good() -> None:
    assert told(NAME).startswith("rollout: go")
    targets = frames(NAME)[0]
    notes = list(targets["note"].fillna(""))
    assert notes.count("nearer, still missed") == notes.count("missed before and after") == 1
    assert notes.count("kept") == len(notes) - 2


def test_nobody_surely_waits_longer_and_more_calls_are_won_than_lost() -> None:
    assert re.search(r"have longer waits after, 0 of them surely", told(NAME))
    won, lost = (
        int(re.search(pattern, told(NAME))[1]) for pattern in (r"A week (\d+) calls", r"and\n(\d+) \(")
    )  # type: ignore[index]
    assert won > lost


def test_together_the_halves_are_worth_more_than_apart() -> None:
    nets = dict(re.findall(r"^(\w+): net gain over \d+ months ([-+]\d+)", told(NAME), re.MULTILINE))
    assert int(nets["rollout"]) > 2 * (int(nets["one_queue"]) + int(nets["proficiency"])) > 0
    [low] = re.findall(r"rollout: net gain.+\n.+\(80 %\) ([-+]\d+)", told(NAME))
    assert int(low) > 0


def test_choosing_the_adviser_alone_brings_resolution_and_no_more() -> None:
    halves = frames(NAME)[1].set_index("label")["proficiency"]
    assert halves["FCR, true"].endswith("better")
    assert all(text.endswith("no change") for label, text in halves.items() if label != "FCR, true")
