"""What surveys show stands beside what is true, each with its two kinds of interval."""

from __future__ import annotations

from pathlib import Path

import pytest

import ccsim
from ccsim.experiments.run import Run


def test_surveyed_stands_under_true_with_the_share_who_answer(small_run: Run) -> None:
    frame = small_run.summary().reset_index(drop=True)
    place = {name: frame.index[frame["measure"] == name][0] for name in ("csat", "csat_surveyed", "response")}
    assert place["csat_surveyed"] == place["csat"] + 1 and place["response"] == place["csat"] + 2
    rows = frame.set_index("measure")
    for name in place:
        row = rows.loc[name]
        assert row["low"] <= row["value"] <= row["high"]
        assert row["model_low"] < row["value"] < row["model_high"]
    assert rows.loc["response", "value"] == pytest.approx(0.15, abs=1e-9)  # solved on its own base
    scores = small_run.outcomes.alone.outcome.scores
    assert rows.loc["csat_surveyed", "value"] == float(scores.surveyed_csat[0])


def test_surveys_without_any_bias_show_the_truth(small_file: Path) -> None:
    sets = ["experience.survey.extremity=0"]
    rows = ccsim.run(ccsim.load(small_file, sets=sets), 2, clock="simpy").summary().set_index("measure")
    for end in ("value", "low", "high"):
        assert rows.loc["csat", end] == pytest.approx(rows.loc["csat_surveyed", end], abs=1e-12)
    biased = ["experience.survey.agent_offer_bias=0.5", *sets]
    liked = ccsim.run(ccsim.load(small_file, sets=biased), 2, clock="simpy").summary().set_index("measure")
    assert liked.loc["csat_surveyed", "value"] > rows.loc["csat", "value"] + 0.01
    assert liked.loc["csat", "value"] == rows.loc["csat", "value"]
