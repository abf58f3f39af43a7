"""Comparisons: equal variants differ by exactly zero, differences are paired, verdicts hold together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccsim.experiments.compare import Comparison
from ccsim.experiments.compare_folder import save_comparison


def test_a_variant_equal_to_its_base_differs_by_exactly_zero(small_comparison: Comparison) -> None:
    frame = small_comparison.differences()
    same = frame[frame["variant"] == "same"]
    assert (same["difference"] == 0.0).all()
    assert (same["low"] == 0.0).all()
    assert (same["high"] == 0.0).all()
    assert set(same["verdict"]) == {"no change"}
    gain = small_comparison.money["same"].gain
    assert (gain.costs == 0.0).all()
    assert (gain.net == 0.0).all()
    assert (small_comparison.money["same"].spread.net == 0.0).all()


def test_more_agents_are_better_and_cost_more(small_comparison: Comparison) -> None:
    rows = {row.measure: row for row in small_comparison.rows["two_more"]}
    assert rows["service_level"].verdict == "better"
    assert rows["occupancy"].verdict == "lower"
    assert small_comparison.money["two_more"].gain.costs[0] > 0
    assert small_comparison.money["cheaper"].gain.costs[0] < 0
    assert small_comparison.money["cheaper"].gain.why_not is not None


def test_differences_are_those_of_the_runs(small_comparison: Comparison) -> None:
    base = small_comparison.base.measures().set_index("measure")["value"]
    other = small_comparison.variants["two_more"].measures().set_index("measure")["value"]
    frame = small_comparison.differences()
    rows = frame[frame["variant"] == "two_more"].set_index("measure")
    for measure in ("service_level", "abandonment", "asa", "fcr"):
        assert rows.loc[measure, "base"] == pytest.approx(base[measure])
        assert rows.loc[measure, "difference"] == pytest.approx(other[measure] - base[measure])


def test_common_draws_save_work(small_comparison: Comparison) -> None:
    rows = {row.measure: row.found for row in small_comparison.rows["two_more"]}
    assert rows["occupancy"].saved > 2


def test_money_adds_up(small_comparison: Comparison) -> None:
    frame = small_comparison.money_frame()
    money = frame[frame["variant"] == "two_more"].set_index("measure")["value"]
    gains = money["margin_kept"] + money["upsell_and_avoided"]
    assert money["net_gain"] == pytest.approx(gains - money["cost"])
    assert money["roi"] == pytest.approx(100 * money["net_gain"] / money["cost"])


def test_the_folder_of_a_comparison(small_comparison: Comparison, tmp_path: Path) -> None:
    saved = save_comparison(small_comparison, tmp_path / "out")
    table = pd.read_csv(saved / "differences.csv")
    assert set(table["variant"]) == {"two_more", "same", "cheaper"}
    assert (saved / "variants" / "two_more" / "scenario.yaml").exists()
    assert not np.isnan(pd.read_csv(saved / "money.csv")["value"].iloc[0])
