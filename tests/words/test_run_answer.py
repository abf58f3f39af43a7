"""The answer of a run: which targets are met, and whether chance or the model could turn a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ccsim.experiments.run import Run
from ccsim.experiments.summary import Row
from ccsim.words import run_answer
from ccsim.words.judging import close, told_apart, turned_by_model

LEVEL = Row("service", "service_level", "service level (20 s)", "share", 0.79, 0.77, 0.81, target_min=0.8,
            verdict="MISS", part="voice")  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "open_"),
    [(0.77, 0.81, True), (0.77, 0.79, False), (0.8, 0.9, True), (float("nan"), 0.9, None)],
)
def test_a_verdict_is_close_where_the_interval_holds_the_limit(
    low: float, high: float, open_: bool | None
) -> None:
    assert close(replace(LEVEL, low=low, high=high)) is open_


def test_both_limits_of_a_band_count() -> None:
    band = replace(LEVEL, target_min=0.7, target_max=0.85)
    assert close(replace(band, low=0.84, high=0.86)) and not close(replace(band, low=0.75, high=0.8))


def test_the_model_turns_a_verdict_within_its_range_only() -> None:
    assert not turned_by_model(LEVEL)
    assert turned_by_model(replace(LEVEL, model_low=0.7, model_high=0.9))
    assert not turned_by_model(replace(LEVEL, model_low=0.85, model_high=0.9))


def test_a_channel_is_named_only_beside_others() -> None:
    other = replace(LEVEL, part="chat")
    assert [row.part for row in told_apart([LEVEL])] == [""]
    assert [row.part for row in told_apart([LEVEL, other])] == ["voice", "chat"]


def test_the_small_centre_misses_and_meets(small_run: Run) -> None:
    told = run_answer.answer(small_run)
    rows = {row.measure: row for row in small_run.headlines if row.verdict}
    missed = [row for row in rows.values() if row.verdict == "MISS"]
    assert 0 < len(missed) < len(rows)
    assert told.startswith(f"{len(missed)} of {len(rows)} targets")
    assert "What costs most: " in told and "  " not in told
    sure = run_answer.certainty(small_run)
    near = [row.label for row in rows.values() if close(row)]
    assert ("Too close to call: " in sure) == bool(near)
    assert all(label in sure for label in near)


def test_one_replication_promises_nothing(small_run: Run) -> None:
    one = replace(small_run, tallies=small_run.tallies[:1])
    assert run_answer.certainty(one).startswith("One replication says nothing of chance")
    assert "beyond chance" not in run_answer.certainty(one)
