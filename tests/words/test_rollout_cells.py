"""Cells of a rollout's tables."""

from __future__ import annotations

import pandas as pd
import pytest

from ccsim.words.rollout_table import _share


@pytest.mark.parametrize(
    ("change", "half", "shown", "within"),
    [
        (0.0001, 0.00006, "+0.01 pt", "±0.01"),
        (-0.012, 0.002, "-1.2 pt", "±0.2"),
        (0.0, 0.0, "0.0 pt", "±0.0"),
    ],
)
def test_a_small_change_has_an_interval_as_fine(change: float, half: float, shown: str, within: str) -> None:
    """Otherwise it says `+0.01 pt ±0.0 worse`."""
    row = pd.Series({"before": 0.016, "after": 0.016 + change, "change": change,
                     "low": change - half, "high": change + half, "verdict": ""})  # fmt: skip
    assert _share("passed on", row).cells[2:] == (shown, within)
