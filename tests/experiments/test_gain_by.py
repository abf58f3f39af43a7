"""Gains and costs of variants by slice: they add up to the comparison, and ROI stands where it means something."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from every_channel import EVERY_CHANNEL

from ccsim.experiments.compare import Comparison, compare
from ccsim.experiments.gain_by import _Parts, _ratio, gain_by
from ccsim.scenario import loads

BYS = ("channel", "intent", "segment", "site")


@pytest.fixture(scope="module")
def no_bot() -> Comparison:
    """A centre with every channel, upsell and word of mouth, against one without its chatbot."""
    text = EVERY_CHANNEL.replace("share: 70%, ", "share: 70%, upsell: {chance: 5%, margin: 16.00}, ")
    text = text.replace("enabled: false}", "enabled: false, economics.one_off: 5000}")
    text += "economics: {growth_from: referrals, horizon: 24 months}\n"
    return compare(loads(text), [loads(text, variant="no_bot")], 2, clock="simpy")


@pytest.mark.parametrize("by", BYS)
def test_rows_add_up_with_upsell_word_of_mouth_and_what_is_spent_once(no_bot: Comparison, by: str) -> None:
    rows, gain = no_bot.gain_by(by), no_bot.money["no_bot"].gain
    assert rows["margin"].sum() == pytest.approx(gain.margin[0], rel=1e-9)
    assert rows["cost"].sum() == pytest.approx(gain.costs[0], rel=1e-9)
    assert rows["net"].sum() == pytest.approx(gain.net[0], rel=1e-9)
    last = gain.horizon - 1
    nobody = rows.set_index(by).loc["nobody"]
    if by != "site":
        told = gain.curves.word_of_mouth[last][0] + gain.curves.avoided[last][0]
        assert nobody["other_gains"] == pytest.approx(told) and told != 0
        assert nobody["cost"] == pytest.approx(5000.0)
    else:  # self-service is no site's, and what it solved nobody answered
        assert nobody["margin"] != 0


def test_the_chatbots_channel_is_where_it_is_missed(no_bot: Comparison) -> None:
    frame = no_bot.gain_by("channel").set_index("channel")
    assert frame.loc["chat", "cost"] > 0  # people take what the bot took
    assert frame.loc["email", "margin"] != frame.loc["chat", "margin"]
    drivers = no_bot.why().set_index("driver")["points"]
    assert drivers["self-service in vain"] > 0  # nobody is sent away by a bot any more
    assert drivers.sum() / 100 == pytest.approx(
        next(row.found.difference for row in no_bot.rows["no_bot"] if row.measure == "csat"), abs=1e-9
    )


@pytest.mark.parametrize("by", BYS)
def test_rows_add_up_to_the_comparison(small_comparison: Comparison, by: str) -> None:
    frame = small_comparison.gain_by(by)
    for name, money in small_comparison.money.items():
        rows = frame[frame["variant"] == name]
        assert rows["margin"].sum() == pytest.approx(money.gain.margin[0], rel=1e-9, abs=1e-6)
        assert rows["cost"].sum() == pytest.approx(money.gain.costs[0], rel=1e-9, abs=1e-6)
        assert rows["net"].sum() == pytest.approx(money.gain.net[0], rel=1e-9, abs=1e-5)
        gains = rows["margin"].sum() + rows["other_gains"].sum()
        assert gains == pytest.approx(money.gain.gains[0], rel=1e-9, abs=1e-5)
        assert rows[by].iloc[-1] == "nobody" and not rows[by].duplicated().any()


def test_of_one_slice_only_its_figures_are_the_whole(small_comparison: Comparison) -> None:
    """One channel: its ROI is that of the comparison, unless something is spent by nobody."""
    base, variant = small_comparison.base, small_comparison.variants["two_more"]
    voice = gain_by(base, variant, "channel").set_index("channel").loc["voice"]
    money = small_comparison.money["two_more"]
    assert voice["margin"] == pytest.approx(money.gain.margin[0])
    assert voice["roi"] == pytest.approx(money.gain.roi[0])
    assert voice["roi"] == pytest.approx(100 * voice["net"] / voice["cost"])
    assert voice["roi_low"] < voice["roi"] < voice["roi_high"] and voice["why_not"] == ""


def test_where_nothing_more_is_spent_there_is_no_roi_and_it_says_why(small_comparison: Comparison) -> None:
    same = small_comparison.gain_by("intent").query("variant == 'same'")
    assert same["roi"].isna().all() and (same["why_not"] == "it costs the same as the base").all()
    assert (same[["margin", "cost", "net"]] == 0).all(axis=None)
    cheaper = small_comparison.gain_by("channel").query("variant == 'cheaper' and channel == 'voice'")
    assert cheaper["roi"].isna().all() and (cheaper["why_not"] == "it costs less than the base").all()


def test_the_drivers_of_all_variants_stand_in_one_frame(small_comparison: Comparison) -> None:
    frame = small_comparison.why(by=("channel", "intent"))
    assert set(frame["variant"]) <= set(small_comparison.variants)
    two = frame[frame["variant"] == "two_more"]
    assert two["margin"].sum() == pytest.approx(small_comparison.money["two_more"].gain.margin[0])


def test_another_slice_is_refused(small_comparison: Comparison) -> None:
    with pytest.raises(ValueError, match="queue"):
        small_comparison.gain_by("queue")


def test_the_folder_of_a_comparison_keeps_them(small_comparison: Comparison, tmp_path: Path) -> None:
    from ccsim.experiments.compare_folder import save_comparison

    place = save_comparison(small_comparison, tmp_path / "two")
    for by in BYS:
        kept = pd.read_csv(place / f"gain_by_{by}.csv")
        assert kept["net"].to_numpy() == pytest.approx(small_comparison.gain_by(by)["net"].to_numpy())
    assert set(pd.read_csv(place / "why.csv")["driver"]) >= {"waiting", "calling again"}


def test_costs_that_hardly_differ_make_no_return() -> None:
    def parts(cost: float) -> _Parts:
        return _Parts(np.full((1, 3), 200_000.0), np.zeros((1, 3)), np.full((1, 3), cost))

    assert _ratio(parts(10_000.0), parts(10_000.0), 0) == [1900.0, 1900.0, 1900.0, ""]
    *figures, why = _ratio(parts(100.0), parts(100.0), 0)
    assert np.isnan(figures).all() and why == "it costs hardly more than the base"
