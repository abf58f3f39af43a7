"""The charts of customers and money say what the run says; recomputations draw those of money only."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from every_channel import EVERY_CHANNEL

import ccsim
from ccsim.charts import (
    cost_ledger,
    draw_roi,
    gains_by_slice,
    net_gain_by_month,
    roi_by_month,
    survival,
    tornado,
)
from ccsim.charts.net_gain_by_month import _told
from ccsim.charts.style import styled
from ccsim.experiments.compare import Comparison
from ccsim.experiments.pays_back import pays_back
from ccsim.experiments.roi import roi
from ccsim.experiments.run import Run
from ccsim.scenario import loads


@pytest.fixture(scope="module")
def place(small_run: Run, small_comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("money")
    with styled():
        for chart in (survival, cost_ledger, tornado, roi_by_month):
            chart.draw(small_run, folder)
        for each in (gains_by_slice, net_gain_by_month):
            each.draw(small_comparison, folder)
    return folder


def test_survival_is_what_hazards_leave(place: Path, small_run: Run) -> None:
    data = pd.read_csv(place / "survival.csv", dtype={"episodes": str})
    whole = data[(data["measure"] == "survival") & (data["segment"] == "everyone")].set_index("month")[
        "value"
    ]
    assert whole[12] == pytest.approx(0.82, abs=1e-9)  # the churn stated
    classes = data[(data["measure"] == "survival") & data["segment"].isna()]
    curves = classes.pivot(index="month", columns="episodes", values="value")
    assert (curves["0"] > curves["1"]).all() and (curves["2"] > curves["3+"]).all()
    # One segment: each class leaves at a rate of its own, HR times that of the class without bad episodes.
    rates = -np.log(curves).div(curves.index.to_numpy(), axis=0)
    assert np.ptp(rates["0"]) < 1e-12
    leaving = small_run.outcomes.alone.outcome.severe * small_run.outcomes.alone.calibration.exit
    ratio = (rates["1"].iloc[0] - leaving[0, 0]) / (rates["0"].iloc[0] - leaving[0, 0])
    assert ratio == pytest.approx(3.0, rel=1e-9)
    shares = data[data["measure"] == "share_of_customers"]["value"]
    assert shares.sum() == pytest.approx(1.0)
    churn = data[(data["measure"] == "churn")].set_index("episodes")["value"]
    np.testing.assert_allclose(churn, 1.0 - curves.loc[12], rtol=1e-12)


def test_the_ledger_drawn_is_the_whole_ledger(place: Path, small_run: Run) -> None:
    data = pd.read_csv(place / "cost_ledger.csv")
    lines = data[data["line"].notna()]
    assert lines["value"].sum() == pytest.approx(small_run.outcomes.case.costs.total)
    assert {"generalists", "technicians"} <= set(lines["group"])


def test_groups_beyond_the_dearest_are_one(tmp_path: Path) -> None:
    groups = "".join(
        f"  crew_{n}: {{on_seat: 1, skills: [orders, accounts], handles: {{voice: 1}}}}\n" for n in range(8)
    )
    text = EVERY_CHANNEL.replace("agents:\n", f"agents:\n{groups}")
    run = ccsim.run(loads(text), 1, clock="simpy")
    with styled():
        cost_ledger.draw(run, tmp_path)
    data = pd.read_csv(tmp_path / "cost_ledger.csv")
    lines = data[data["line"].notna()]
    assert lines["group"].nunique() == cost_ledger.MOST + 2  # others, and what no group bears
    assert lines["value"].sum() == pytest.approx(run.outcomes.case.costs.total)


def test_what_is_gained_where_adds_up(place: Path, small_comparison: Comparison) -> None:
    data = pd.read_csv(place / "gains_by_slice.csv")
    for name, money in small_comparison.money.items():
        for by in ("intent", "channel", "segment", "site"):
            mine = data[(data["variant"] == name) & (data["by"] == by)]
            assert mine["net"].sum() == pytest.approx(float(money.gain.net[0]), abs=1e-5), (name, by)


def test_a_variant_that_changes_nothing_is_drawn(small_comparison: Comparison, tmp_path: Path) -> None:
    same = Comparison(small_comparison.base, {"same": small_comparison.variants["same"]})
    with styled():
        for chart in (gains_by_slice, net_gain_by_month):
            chart.draw(same, tmp_path)
    assert (pd.read_csv(tmp_path / "gains_by_slice.csv")["net"] == 0).all()


def test_the_tornado_leaves_out_what_moves_nothing(place: Path, small_run: Run) -> None:
    data = pd.read_csv(place / "tornado.csv")
    assert set(data["measure"]) == {"csat", "nps", "churn_by_bad", "at_stake", "roi"}
    shown = tornado._widest(tornado.swings(small_run.outcomes), "roi")
    assert shown == []  # churn is as stated
    assert tornado._widest(tornado.swings_of_stated(small_run), "roi")


def test_payback_is_the_first_month_that_covers_and_its_band_counts_those_that_never_do() -> None:
    central, never = np.array([14.0]), np.array([math.nan])
    drawn = np.array([*np.arange(11.0, 20.0), math.nan])
    assert pays_back(central, drawn) == (14.0, 12.0, math.inf)
    assert pays_back(never, np.full(10, math.nan)) == (math.inf, math.inf, math.inf)
    assert pays_back(central, np.full(10, 14.0)) == (14.0, 14.0, 14.0)


def test_what_is_said_of_payback() -> None:
    inf = math.inf
    assert _told((14, 12, 18), 36, 5.0) == ": pays back in month 14 (80 %: 12 to 18)"
    assert _told((14, 12, inf), 36, 5.0) == ": pays back in month 14 (80 %: 12 to after 36)"
    assert _told((14, 14, 14), 36, 5.0) == ": pays back in month 14"
    assert _told((inf, 30, inf), 36, 5.0) == ": not paid back in 36 months (80 %: from month 30 on)"
    assert _told((inf, inf, inf), 36, 5.0) == ": not paid back in 36 months"
    assert _told((1, 1, 1), 36, -5.0) == ": costs less"


def test_recomputations_draw_money_only(small_run: Run, small_comparison: Comparison, tmp_path: Path) -> None:
    def drawn(folder: str, *what: Run) -> set[str]:
        (tmp_path / folder).mkdir()
        draw_roi(roi(*what, draws=20), tmp_path / folder)
        return {path.stem for path in (tmp_path / folder).glob("*.png")}

    assert drawn("alone", small_run) == {"survival", "cost_ledger", "tornado", "roi_by_month"}
    pair = small_comparison.variants["two_more"], small_comparison.base
    assert drawn("against", *pair) == {
        "net_gain_by_month",
        "net_gain_spread",
        "net_gain_drivers",
        "gains_by_slice",
    }


def test_without_customers_there_is_no_survival(small_run: Run) -> None:
    bare = ccsim.run(loads(EVERY_CHANNEL.replace("{count: 20000, margin: 9.00/month, churn: 20%/year}", "{}")),
                     1, clock="simpy")  # fmt: skip
    assert survival.wanted(small_run) and not survival.wanted(bare)
