"""`Run.experience`: the summary's scores, parts that make up the whole, recommendation by its definition."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import ccsim
from ccsim.experiments.compare import Comparison
from ccsim.experiments.experience import EXPERIENCE, SLICES
from ccsim.experiments.outcomes import SCORES
from ccsim.experiments.run import Run
from ccsim.scenario import loads

ENDS = ["value", "low", "high", "model_low", "model_high"]
AVERAGES = ("effort", "ces", "ces_effort", "effort_low", "effort_moderate", "effort_high", "csat", "csat_top",
            "csat_mean", "promoters_after", "passives_after", "detractors_after")  # fmt: skip
TWO_SEGMENTS = """\
ccsim: 1
weeks: 1
warm_up: 1 day
follow_up: 1 day
calendar: {hours: {mon-fri: 09:00-12:00}}
customers:
  many: {count: 9000, margin: 1/month, churn: 10%/year}
  few:  {count: 100, margin: 1/month, churn: 10%/year}
intents: {billing: {talk: 4min, fcr: 60%}}
arrivals: {voice: {contacts: 300/week, profile: flat, segments: {many: 20%, few: 80%}}}
agents: {front: {on_seat: 3, skills: [billing]}}
"""


def by_measure(run: Run, by: str | None = None) -> pd.DataFrame:
    return run.experience(by).set_index("measure")


def test_the_whole_is_what_the_summary_says(every_run: Run) -> None:
    frame = by_measure(every_run)
    assert list(frame.index) == list(EXPERIENCE)
    for name in SCORES:
        figure = every_run.outcomes.score(name)
        assert frame.loc[name, ENDS].tolist() == pytest.approx(list(vars(figure).values()), abs=1e-12), name
    pooled = every_run.outcomes.case.pooled
    assert frame.loc["issues", "value"] == pooled.issues / pooled.weeks


@pytest.mark.parametrize("by", SLICES)
def test_slices_make_up_the_whole(every_run: Run, by: str) -> None:
    whole, parts = by_measure(every_run), every_run.experience(by)
    weight = parts[parts["measure"] == "issues"]["value"].to_numpy()
    assert weight.sum() == pytest.approx(whole.loc["issues", "value"])
    for name in AVERAGES:
        values = parts[parts["measure"] == name]["value"].to_numpy()
        there = weight > 0
        found = (weight[there] @ values[there]) / weight.sum()
        assert found == pytest.approx(whole.loc[name, "value"], abs=1e-12), name


@pytest.mark.parametrize("by", [None, *SLICES])
def test_definitions_hold_exactly(every_run: Run, by: str | None) -> None:
    frame = every_run.experience(by)
    value = {name: rows["value"].to_numpy() for name, rows in frame.groupby("measure", sort=False)}
    np.testing.assert_allclose(value["ces"] + value["ces_effort"], 8.0)
    np.testing.assert_allclose(value["effort_low"] + value["effort_moderate"] + value["effort_high"], 1.0)
    kinds = ["_after", ""] if by in (None, "segment") else ["_after"]
    for kind in kinds:
        promoters, passives, detractors = (
            value[f"{group}{kind}"] for group in ("promoters", "passives", "detractors")
        )
        np.testing.assert_allclose(promoters + passives + detractors, 1.0)
        np.testing.assert_array_equal(value[f"nps{kind}"], 100.0 * (promoters - detractors))
    assert ("nps" in value) == (by in (None, "segment"))  # no channel has a relation of its own
    assert (value["csat_top"] <= value["csat"]).all()


@pytest.mark.parametrize("by", [None, *SLICES])
def test_intervals_hold_their_values_and_shares_their_bounds(every_run: Run, by: str | None) -> None:
    frame = every_run.experience(by)
    assert (frame["low"] <= frame["value"]).all() and (frame["value"] <= frame["high"]).all()
    shares = frame[frame["unit"] == "share"][ENDS].to_numpy()
    assert (shares >= 0).all() and (shares <= 1).all()
    drawn = frame[frame["measure"] != "issues"]
    assert (drawn["model_low"] < drawn["model_high"]).all()
    assert list(frame.columns) == ["measure", *([by] if by else []), *ENDS, "unit"]


def test_who_met_no_person_has_a_site_of_its_own(every_run: Run) -> None:
    frame = every_run.experience("site")
    assert list(frame["site"].unique()) == ["main", "nobody"]
    weekly = frame[frame["measure"] == "issues"].set_index("site")["value"]
    assert weekly["nobody"] > 0  # contained by the bot, or never answered


def test_the_relation_counts_customers_and_an_issue_counts_itself() -> None:
    run = ccsim.run(loads(TWO_SEGMENTS), 2, clock="simpy")
    frame = run.experience("segment")
    nps, after = (
        frame[frame["measure"] == name].set_index("segment")["value"] for name in ("nps", "nps_after")
    )
    whole = by_measure(run)["value"]
    assert whole["nps"] == pytest.approx((9000 * nps["many"] + 100 * nps["few"]) / 9100)
    assert whole["nps"] == pytest.approx(nps["many"], abs=0.2)
    assert abs(whole["nps_after"] - after["few"]) < abs(whole["nps_after"] - after["many"])
    assert nps["many"] != pytest.approx(nps["few"], abs=1e-6)


def test_a_variant_equal_to_its_base_has_the_same_experience(small_comparison: Comparison) -> None:
    base, same = small_comparison.base, small_comparison.variants["same"]
    pd.testing.assert_frame_equal(base.experience("intent"), same.experience("intent"), check_exact=True)
    better = small_comparison.variants["two_more"].experience().set_index("measure")["value"]
    worse = base.experience().set_index("measure")["value"]
    assert better["effort"] < worse["effort"] and better["ces"] > worse["ces"]
    assert better["csat"] > worse["csat"] and better["nps_after"] > worse["nps_after"]


def test_a_slice_nobody_came_by_is_unknown(small_run: Run) -> None:
    frame = small_run.experience("site")
    nobody = frame[frame["site"] == "nobody"].set_index("measure")
    answered = frame[frame["site"] == "main"].set_index("measure")
    assert answered["value"].notna().all()
    if nobody.loc["issues", "value"] == 0:
        assert nobody["value"].drop("issues").isna().all()


def test_other_slices_are_refused(small_run: Run) -> None:
    with pytest.raises(ValueError, match="use one of channel, intent, segment, site"):
        small_run.experience("group")
