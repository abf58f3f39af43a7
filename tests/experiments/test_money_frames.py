"""Loyalty, economics and customers of a run, as tables: by segment, bad episodes, month, group, site, slice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small import SMALL

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments.compare import Comparison
from ccsim.experiments.run import Run
from ccsim.results.facts import FactsAlong
from ccsim.results.figures import CUSTOMERS, ECONOMICS, LINES, LOYALTY
from ccsim.scenario import Scenario, loads

INTERVALS = ["value", "low", "high", "se", "replications", "model_low", "model_high", "unit"]


@pytest.fixture(scope="module")
def variant_run(small_file: Path, small_run: Run) -> Run:
    return ccsim.run(ccsim.load(small_file, "two_more"), clock="simpy", base=small_run)


def of(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    return frame[frame["measure"] == measure]


def value(frame: pd.DataFrame, measure: str) -> float:
    return float(of(frame, measure)["value"].iloc[0])


def documented(name: str, docs: dict[str, str]) -> bool:
    return name in docs or name.rsplit("_", 1)[0] + "_12" in docs


@pytest.mark.parametrize(
    ("by", "columns"),
    [
        ("segment", ["segment"]),
        ("episodes", ["segment", "episodes"]),
        ("month", ["segment", "episodes", "month"]),
    ],
)
def test_loyalty_is_tidy_and_every_measure_documented(small_run: Run, by: str, columns: list[str]) -> None:
    frame = small_run.loyalty(by)
    assert list(frame.columns) == ["measure", *columns, *INTERVALS]
    assert all(documented(name, LOYALTY) for name in frame["measure"].unique())
    assert not frame.duplicated(["measure", *columns]).any()
    shares = frame[frame["unit"] == "share"]
    assert shares["value"].between(0, 1).all() and shares["low"].fillna(0).ge(0).all()


def test_loyalty_by_segment_says_what_was_stated_and_what_follows(small_run: Run) -> None:
    frame = small_run.loyalty().set_index("measure")
    stated = frame.loc["churn", ["value", "low", "high", "model_low", "model_high"]].tolist()
    assert stated == pytest.approx([0.18] * 5)  # neither chance nor the model moves it
    assert [frame.loc[f"retention_{n}", "value"] for n in (12, 24, 36)] == pytest.approx(
        [0.82**k for k in (1, 2, 3)]
    )
    assert frame.loc["churn_uncontrollable", "value"] == 0
    assert frame.loc["severe_episodes", "value"] < frame.loc["bad_episodes", "value"]
    issues = small_run.outcomes.case.pooled.issues / 3 * 365.25 / 7 / 6000
    assert frame.loc["issues", "value"] == pytest.approx(issues)


def test_loyalty_by_bad_episodes_adds_up(small_run: Run) -> None:
    frame = small_run.loyalty("episodes").pivot(index="episodes", columns="measure", values="value")
    assert frame["share_of_customers"].sum() == pytest.approx(1)
    assert frame["share_of_churn"].sum() == pytest.approx(1)
    assert frame["hazard_ratio"].tolist() == pytest.approx(3.0 ** np.sqrt([0, 1, 2, 3]))
    assert (np.diff(frame["churn"]) > 0).all()
    for falls in ("retention_24", "clv"):
        assert (np.diff(frame[falls]) < 0).all()
    monthly = 1 - (1 - frame["churn"]) ** (1 / 12)
    assert (frame["share_of_customers"] * monthly).sum() == pytest.approx(1 - 0.82 ** (1 / 12))


def test_survival_curves_go_down_side_by_side(small_run: Run) -> None:
    frame = small_run.loyalty("month")
    curves = of(frame, "survival").pivot(index="month", columns="episodes", values="value")
    assert (np.diff(curves, axis=0) < 0).all() and len(curves) == 36
    assert (curves["0"] > curves["1"]).all() and (curves["1"] > curves["2"]).all()
    assert (curves["2"] > curves["3+"]).all() and (curves["0"] > curves["all"]).all()
    people = of(frame, "customers").set_index("month")["value"]
    assert people[12] == pytest.approx(6000 * 0.82)


def test_economics_is_tidy_and_every_measure_documented(every_run: Run) -> None:
    for by, columns in (
        (None, []), ("month", ["month"]), ("group", ["group", "site"]), ("site", ["site"]),
        ("channel", ["channel"]), ("intent", ["intent"]), ("segment", ["segment"]),
    ):  # fmt: skip
        frame = every_run.economics(by)
        assert list(frame.columns) == ["measure", *columns, *INTERVALS]
        assert all(documented(name, ECONOMICS | LINES) for name in frame["measure"].unique()), by
        assert not frame.duplicated(["measure", *columns]).any(), by


def test_the_ledger_adds_up_whole_by_group_and_by_site(every_run: Run) -> None:
    whole, group, site = (every_run.economics(by) for by in (None, "group", "site"))
    lines = [name for name in LINES if name in set(whole["measure"]) and name != "one_off"]
    assert sum(value(whole, name) for name in lines) == pytest.approx(value(whole, "cost"))
    for name in lines:
        for frame in (group, site):
            assert of(frame, name)["value"].sum() == pytest.approx(value(whole, name)), name
    assert of(site, "cost")["value"].sum() == pytest.approx(value(whole, "cost"))


def test_roi_of_slices_adds_up_to_that_of_the_whole(small_run: Run) -> None:
    whole = small_run.economics()
    for by in ("site", "intent", "channel", "segment"):
        frame = small_run.economics(by)
        for name in ("gains", "at_stake"):
            assert of(frame, name)["value"].sum() == pytest.approx(value(whole, name)), (by, name)
        cost = of(frame, "cost")["value"].sum()
        assert cost == pytest.approx(value(whole, "cost")), by  # nothing here that nobody bears
    intents = small_run.economics("intent").pivot(index="intent", columns="measure", values="value")
    assert intents.loc["billing", "roi"] > intents.loc["technical", "roi"]  # shorter, and more often resolved


def test_what_nobody_answered_earns_no_site_anything(small_run: Run) -> None:
    frame = small_run.economics("site").set_index(["measure", "site"])["value"]
    assert frame["gains", "nobody"] == -frame["at_stake", "nobody"] < 0
    assert np.isnan(frame["roi", "nobody"]) and frame["cost", "nobody"] == 0


def test_money_by_month_ends_in_the_figures_of_the_whole(small_run: Run) -> None:
    whole, frame = small_run.economics(), small_run.economics("month")
    months = frame.pivot(index="month", columns="measure", values="value")
    for name in ("margin", "gains", "net", "roi"):
        assert months.loc[12, name] == pytest.approx(value(whole, name))
    for after in (12, 24, 36):
        assert months.loc[after, "roi"] == pytest.approx(value(whole, f"roi_{after}"))
    month = int(value(whole, "payback_month"))
    assert months.loc[month, "net"] >= 0 > months.loc[month - 1, "net"]
    summary = small_run.summary().set_index("measure")["value"]
    assert summary["payback_month"] == month and summary["roi_36"] == pytest.approx(months.loc[36, "roi"])
    assert (months["net"] - (months["gains"] - months["cost"])).abs().max() < 1e-6


def test_a_variant_starts_in_its_bases_state(small_run: Run, variant_run: Run) -> None:
    before, after = (run.loyalty("month") for run in (small_run, variant_run))
    curves = [
        of(f, "survival").query("episodes == 'all'").set_index("month")["value"] for f in (before, after)
    ]
    better = curves[1] - curves[0]
    assert 0 < better[1] < 0.15 * better[12]  # in a month less than a twelfth of a year's way
    settled = variant_run.loyalty().set_index("measure").loc["churn", "value"]
    assert 1 - curves[1][24] / curves[1][12] == pytest.approx(settled)
    assert 1 - curves[1][12] > settled


def test_without_customers_costs_are_known_and_the_rest_is_not(small_file: Path) -> None:
    poor = ccsim.load(small_file, sets=["customers.everyone.count=none"])
    run = ccsim.run(poor, 1, clock="simpy")
    whole = run.economics().set_index("measure")["value"]
    assert whole["cost"] > 0 and np.isnan(whole["at_stake"]) and "roi" not in whole
    assert run.economics("month").query("measure == 'cost'")["value"].notna().all()
    assert run.loyalty().set_index("measure")["value"][["churn", "clv", "retention_12"]].isna().all()
    assert len(run.loyalty("episodes")) and len(run.economics("site"))
    with pytest.raises(CcsimError, match=r"add customers\.everyone\.count"):
        run.customers()


def test_customers_one_a_row(small_run: Run) -> None:
    frame = small_run.customers()
    assert list(frame.columns) == list(CUSTOMERS)
    assert frame["customer"].is_unique and frame["customer"].between(0, 5999).all()
    assert frame["issues"].sum() == small_run.tallies[0].journeys.issues
    assert (frame["bad"] <= frame["issues"]).all() and (frame["severe"] <= frame["bad"]).all()
    assert frame["leave"].between(0, 1).all() and (frame["hazard_ratio"] >= 1).all()
    hurt, fine = frame[frame["bad"] > 0], frame[frame["bad"] == 0]
    assert hurt["leave"].min() > fine["leave"].max() and hurt["value"].max() < fine["value"].min()


def test_a_comparison_month_by_month(small_comparison: Comparison) -> None:
    frame, money = small_comparison.by_month(), small_comparison.money_frame()
    assert len(frame) == 3 * 4 * 36 and set(frame["unit"]) == {"EUR"}
    at = frame.set_index(["variant", "measure", "month"])["value"]
    whole = money.set_index(["variant", "measure"])["value"]
    for name in ("two_more", "cheaper"):
        for measure in ("cost", "margin_kept", "net_gain"):
            assert at[name, measure, 12] == pytest.approx(whole[name, measure])
        for months in (12, 24, 36):
            costs, net = at[name, "cost", months], at[name, "net_gain", months]
            expected = 100 * net / costs if costs > 0 else np.nan
            assert whole[name, f"roi_{months}"] == pytest.approx(expected, nan_ok=True)
    assert (frame[frame["variant"] == "same"]["value"] == 0).all()
    assert whole["two_more", "word_of_mouth"] == 0


@pytest.mark.parametrize("method", ["loyalty", "economics"])
def test_another_slice_is_refused_with_those_there_are(small_run: Run, method: str) -> None:
    with pytest.raises(ValueError, match=f"cannot slice {method} by 'weather'; use one of"):
        getattr(small_run, method)("weather")


def hiring() -> Scenario:
    """The small centre, whose generalists come and go."""
    text = SMALL.replace("generalists: {on_seat: 3,", "generalists: {scheduled: {early: 3},")
    text = text.replace(
        "variants:",
        "shifts: {early: {days: mon-sat, hours: 09:00-12:00}}\nworkforce: {attrition: 20%/year}\n#",
        1,
    )
    return loads(text.partition("#")[0])


def test_what_only_some_replications_pay_is_a_line_of_the_run(small_run: Run) -> None:
    first = small_run.tallies[0]
    hired = FactsAlong(first.by_group.shape, {**first.by_group, "hired": np.ones(first.by_group.shape)})
    run = replace(
        small_run, scenario=hiring(), tallies=(replace(first, by_group=hired), *small_run.tallies[1:])
    )
    groups = 1  # technicians are on seat: nobody is hired there
    each = 14_000 * 365.25 / 7 / first.grid.weeks / len(run.tallies)
    assert value(run.economics(), "hiring") == pytest.approx(each * groups)
    for by in ("group", "site"):
        lines = of(run.economics(by), "hiring")
        assert lines["value"].sum() == pytest.approx(each * groups)
        assert (lines["low"] <= lines["value"]).all() and (lines["low"] < lines["value"]).any()


def test_every_replication_has_the_lines_of_its_scenario(small_run: Run) -> None:
    """A scenario that hires has the line where nobody happened to be hired, one that cannot has none."""
    run = replace(small_run, scenario=hiring())
    assert value(run.economics(), "hiring") == 0.0
    assert {tuple(one.side.ledger.lines) for one in run.outcomes.seen.each} == {
        tuple(run.outcomes.case.costs.lines)
    }
    assert "hiring" not in set(small_run.economics()["measure"])
