"""Comparisons: equal variants differ by exactly zero, differences are paired, verdicts hold together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

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


def test_verdicts_of_all_variants_are_one_family(small_comparison: Comparison) -> None:
    frame = small_comparison.differences()
    ordered = frame.sort_values("p", kind="stable")
    left = len(frame) - np.arange(len(frame))  # as many as are not smaller: all figures of all variants
    assert left[0] == 3 * 8
    expected = np.minimum(1.0, np.maximum.accumulate(ordered["p"] * left))
    np.testing.assert_allclose(ordered["p_holm"], expected)
    alone = Comparison(small_comparison.base, {"two_more": small_comparison.variants["two_more"]})
    fewer = alone.differences().set_index("measure")["p_holm"]
    more = frame[frame["variant"] == "two_more"].set_index("measure")["p_holm"]
    assert (more >= fewer).all() and (more > fewer).any()


def test_the_chance_to_be_better_is_there_where_a_direction_is_good(small_comparison: Comparison) -> None:
    frame = small_comparison.differences().set_index(["variant", "measure"])["chance_better"]
    assert frame["two_more", "service_level"] > 0.99
    assert frame["cheaper", "service_level"] < 0.01
    assert frame["cheaper", "abandonment"] < 0.01  # lower is better
    assert np.isnan(frame["two_more", "occupancy"])
    assert frame["same"].isna().all()


def test_net_gain_has_its_two_kinds_of_spread_apart(small_comparison: Comparison) -> None:
    frame = small_comparison.money_frame().set_index(["variant", "measure"])
    net = frame.loc[("two_more", "net_gain")]
    pairs = small_comparison.money["two_more"].pairs
    half = stats.t.ppf(0.975, len(pairs) - 1) * stats.sem(pairs)
    assert (net["high"] - net["low"]) / 2 == pytest.approx(half)
    assert net["low"] < net["value"] < net["high"]
    assert net["model_low"] < net["model_high"] != net["high"]
    assert frame.loc[("two_more", "cost")][["low", "high"]].isna().all()


def test_the_frontier_leaves_out_what_is_surely_dominated(small_comparison: Comparison) -> None:
    frame = small_comparison.frontier().set_index(["measure", "candidate"])
    assert set(frame.index.get_level_values(0)) == {"service_level", "csat", "net_gain"}
    service = frame.loc["service_level"]
    assert service["efficient"].all()  # each costs more and serves better; `same` only equals the base
    net = frame.loc["net_gain"]
    assert list(net.index[net["efficient"]]) == ["cheaper"]
    assert "base" in net.loc["two_more", "dominated_by"] and "cheaper" in net.loc["same", "dominated_by"]
    for name, run in small_comparison.variants.items():
        assert service.loc[name, "cost"] == run.outcomes.case.costs.total
        found = run.measures().set_index("measure").loc["service_level"]
        assert tuple(service.loc[name, ["value", "low", "high"]]) == tuple(found[["value", "low", "high"]])
    assert (frame["low"] <= frame["value"]).all() and (frame["cost_low"] <= frame["cost"]).all()


def test_a_worse_and_dearer_candidate_is_dominated(small_comparison: Comparison) -> None:
    """The runs of two others under each other's names: what costs more now serves worse."""
    better, worse = (small_comparison.variants[name] for name in ("two_more", "cheaper"))
    dear = replace(worse, scenario=better.scenario, tallies=tuple(
        replace(tally, by_group=other.by_group) for tally, other in zip(worse.tallies, better.tallies, strict=True)
    ))  # fmt: skip
    swapped = Comparison(small_comparison.base, {"dear_and_bad": dear})
    frame = swapped.frontier().set_index(["measure", "candidate"])
    assert frame.loc[("service_level", "dear_and_bad"), "dominated_by"] == "base"
    assert frame.loc[("service_level", "base"), "efficient"]
