"""The notebook runs from top to bottom, and its words hold in the figures kept in it."""

from __future__ import annotations

import re

import pytest
from refresh import executed, is_stale, kept, told

NAME = "analyst_what_if"


@pytest.mark.slow
def test_analyst_what_if_runs_from_top_to_bottom_and_is_not_stale() -> None:
    stale = is_stale(executed(NAME), kept(NAME))
    assert not stale, f"stale: python tests/notebooks/refresh.py {NAME}"


def _earned() -> dict[int, tuple[float, ...]]:
    """What a point of containment earns by share not served: so much, by chance from, to, by the model from, to."""
    lines = re.findall(r"^(\d+) % not served: (.+\n.+)$", told(NAME), re.MULTILINE)
    return {int(false): tuple(map(float, re.findall(r"[-+]\d+\.\d", text))) for false, text in lines}


def test_a_good_assistant_earns_by_containing_more_and_a_bad_one_loses() -> None:
    earned = _earned()
    _, *good = earned[5]
    _, *bad = earned[40]
    assert min(good) > 0 > max(bad)
    _, low, high, model_low, model_high = earned[20]
    assert low < 0 < high and model_low < 0 < model_high


def test_the_file_s_own_share_is_where_containing_more_stops_to_pay() -> None:
    [stated] = re.findall(r"(\d+) % of these are not served", told(NAME))
    [low, high] = re.findall(r"\(80 % of draws: (\d+) to (\d+) %\)", told(NAME))[0]
    assert int(low) <= int(stated) <= int(high)
