"""The ledger and the worth of customers, as tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import ccsim
from ccsim.experiments.compare import Comparison
from ccsim.experiments.ledgers import ledger_frame
from ccsim.experiments.run import Run


def test_the_ledger_adds_up_to_the_cost(small_run: Run) -> None:
    frame = ledger_frame(small_run.outcomes)
    summary = small_run.summary().set_index("measure")["value"]
    assert frame["value"].sum() == pytest.approx(summary["cost"])
    lines = frame.set_index(["line", "group"])["value"]
    assert lines["licences", "generalists"] == 3 * 100 * 12
    wages, overtime = (frame[frame["line"] == name]["value"].sum() for name in ("wages", "overtime"))
    assert lines["on_costs"].sum() == pytest.approx(0.42 * (wages + overtime))
    assert set(frame["unit"]) == {"EUR"}


def test_a_customer_is_worth_the_margin_for_ever(small_run: Run) -> None:
    frame = small_run.loyalty().set_index("measure")
    assert frame.loc["churn", "value"] == pytest.approx(0.18)
    stay, discount = 0.82 ** (1 / 12), 1.1 ** (1 / 12) - 1
    assert frame.loc["clv", "value"] == pytest.approx(14 * stay / (1 + discount - stay))
    assert frame.loc["clv", "model_low"] < frame.loc["clv", "value"] < frame.loc["clv", "model_high"]
    assert 0 < frame.loc["churn_without_bad", "value"] < 0.18


def test_without_customers_their_worth_is_unknown(small_file: Path) -> None:
    poor = ccsim.load(small_file, sets=["customers.everyone.margin=none"])
    frame = ccsim.run(poor, 1, clock="simpy").loyalty().set_index("measure")
    assert np.isnan(frame.loc["clv", "value"])
    assert frame.loc["churn", "value"] == pytest.approx(0.18)


def test_lifetime_value_of_a_comparison_is_that_of_all_customers(small_comparison: Comparison) -> None:
    money = small_comparison.money_frame().set_index(["variant", "measure"])["value"]
    sides = (small_comparison.base, small_comparison.variants["two_more"])
    each = [run.loyalty().set_index("measure").loc["clv", "value"] for run in sides]
    assert money["two_more", "lifetime_value"] == pytest.approx(6000 * (each[1] - each[0]))
    assert money["same", "lifetime_value"] == 0
