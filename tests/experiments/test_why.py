"""`Run.why`: tidy, adding up to the figures of the run, whatever the slice; and what to fix first."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.errors import CcsimError
from ccsim.experiments.compare import Comparison
from ccsim.experiments.fix_first import all_spots, ranking
from ccsim.experiments.run import Run
from ccsim.results.drivers import NAMES

SLICED = (None, "channel", "intent", "segment", "site", ("channel", "intent"))


@pytest.mark.parametrize("of", ["csat", "churn"])
@pytest.mark.parametrize("by", SLICED)
def test_every_slice_adds_up_to_the_same_whole(every_run: Run, of: str, by: str | tuple[str, ...]) -> None:
    whole = every_run.why(of)
    frame = every_run.why(of, by)
    for column in ("points", "margin", "handling"):
        assert frame[column].sum() == pytest.approx(whole[column].sum(), rel=1e-9)
    per_driver = frame.groupby("driver")["points"].sum()
    expected = whole.set_index("driver")["points"]
    for driver in per_driver.index:
        assert per_driver[driver] == pytest.approx(expected[driver], abs=1e-9)


def test_points_are_those_that_csat_lacks(every_run: Run) -> None:
    found = every_run.reasons()
    now = every_run.outcomes.score("csat").value
    lost = every_run.why()["points"].sum() / 100
    assert found.central.csat_now[0] == pytest.approx(now, abs=1e-12)
    assert found.central.best_csat[0] - lost == pytest.approx(now, abs=1e-9)
    churn = every_run.outcomes.score("churn").value
    caused = every_run.why("churn")["points"].sum() / 100
    assert found.central.best_churn[0] + caused == pytest.approx(churn, abs=1e-9)


def test_every_driver_of_a_whole_centre_is_named_and_banded(every_run: Run) -> None:
    frame = every_run.why()
    assert sorted(frame["driver"]) == sorted(NAMES)
    assert (frame["model_low"] <= frame["model_high"]).all()
    assert (frame["points"].diff().dropna() <= 0).all()
    assert frame.loc[frame["driver"] == "calling again", "handling"].gt(0).all()
    assert set(frame["unit"]) == {"EUR"}


def test_a_driver_that_is_not_there_takes_nothing(small_run: Run) -> None:
    frame = small_run.why().set_index("driver")
    for driver in ("transfers", "changing channel", "self-service in vain", "beginners", "full hands"):
        assert frame.loc[driver, "points"] == 0.0
    assert frame.loc["waiting", "points"] > 0.0
    assert "transfers" not in set(small_run.why(by="intent")["driver"])


def test_handling_is_the_contacts_that_came_again_at_their_mean_cost(small_run: Run) -> None:
    rows, costs = small_run.outcomes.case.pooled, small_run.outcomes.case.costs
    again = (rows.count * np.maximum(rows.contacts - rows.abandons - 1, 0)).sum()
    year = 365.25 / 7 / rows.weeks
    frame = small_run.why().set_index("driver")
    assert frame.loc["calling again", "handling"] == pytest.approx(again * year * costs.per_contact)


def test_a_difference_adds_up_to_what_the_comparison_says(small_comparison: Comparison) -> None:
    base = small_comparison.base
    for name, variant in small_comparison.variants.items():
        money, rows = small_comparison.money[name], small_comparison.rows[name]
        csat = next(row.found.difference for row in rows if row.measure == "csat")
        churn = next(row.found.difference for row in rows if row.measure == "churn")
        for by in (None, "intent", ("channel", "intent")):
            gained = variant.why(by=by, against=base)
            assert gained["points"].sum() / 100 == pytest.approx(csat, abs=1e-9)
            assert gained["margin"].sum() == pytest.approx(money.gain.margin[0], rel=1e-9, abs=1e-6)
        avoided = variant.why("churn", against=base)["points"].sum() / 100
        assert avoided == pytest.approx(-churn, abs=1e-9)


def test_the_same_centre_gains_exactly_nothing(small_comparison: Comparison) -> None:
    gained = small_comparison.variants["same"].why(against=small_comparison.base)
    assert (gained[["points", "model_low", "model_high", "margin"]] == 0).all(axis=None)


def test_more_agents_gain_through_waiting(small_comparison: Comparison) -> None:
    gained = small_comparison.variants["two_more"].why(against=small_comparison.base).set_index("driver")
    assert gained.loc["waiting", "points"] > 0.2
    worse = small_comparison.variants["cheaper"].why(against=small_comparison.base).set_index("driver")
    assert worse.loc["waiting", "points"] < -0.2


def test_unknown_words_are_refused(small_run: Run) -> None:
    for of, by in (("nps", None), ("csat", "queue"), ("csat", ("channel", "channel"))):
        with pytest.raises(ValueError):
            small_run.why(of, by)


def test_other_segments_cannot_be_compared(small_run: Run) -> None:
    import ccsim
    from ccsim.scenario import loads

    text = small_run.scenario.source.path.read_text()  # type: ignore[union-attr]
    other = loads(text.replace("everyone:", "everybody:"))
    with pytest.raises(CcsimError, match="segments"):
        ccsim.run(other, 1, clock="simpy").why(against=small_run)


def test_the_dearest_is_fixed_first(every_run: Run) -> None:
    found = every_run.reasons()
    fixes = ranking(found)
    assert [fix.worth for fix in fixes] == sorted((fix.worth for fix in fixes), reverse=True)
    assert sum(fix.share for fix in fixes) == pytest.approx(1.0)
    assert sum(fix.first for fix in fixes) == pytest.approx(1.0)
    for fix in fixes:
        assert fix.worth == pytest.approx(fix.margin + fix.handling)
        assert fix.worth == pytest.approx(sum(spot.worth for spot in fix.spots))
        assert fix.low <= fix.high
    spots = all_spots(found)
    assert sum(spot.worth for spot in spots) == pytest.approx(sum(fix.worth for fix in fixes))
    assert "made good again" not in {fix.driver for fix in fixes}


def test_without_customers_points_decide(small_run: Run) -> None:
    import ccsim
    from ccsim.scenario import loads

    text = small_run.scenario.source.path.read_text()  # type: ignore[union-attr]
    unknown = loads(
        text.replace("{count: 6000, margin: 14.00/month, churn: 18%/year}", "{}")
        .replace("economics: {without_service: {churn: 45%/year}}\n", "")
    )  # fmt: skip
    run = ccsim.run(unknown, 1, clock="simpy")
    frame = run.why()
    assert frame["margin"].isna().all() and frame["points"].sum() > 0
    fixes = ranking(run.reasons())
    assert fixes[0].worth == pytest.approx(frame["points"].max())
