"""Where it hurts: the hours that lose most and the queue that waits longest."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from ccsim.results.facts import FactsAlong
from ccsim.results.findings import slowest_queue, where_it_hurts, worst_hours


def test_worst_hours_by_hand(hand_tally):
    found = worst_hours([hand_tally])
    assert (found.weekday, found.start, found.end) == (0, 8, 10)
    assert found.share == 1.0
    assert found.service_level == pytest.approx(3 / 8)


def test_slowest_queue_by_hand(hand_tally):
    found = slowest_queue([hand_tally])
    assert (found.queue, found.other) == ("technical", "billing")
    assert found.factor == pytest.approx(40 / 10)


def test_the_sentence(hand_tally):
    assert where_it_hurts([hand_tally]) == (
        "Monday 08:00–10:00 (service level 38 %) makes 100 % of all abandoned calls; "
        "`technical` waits 4.0 times as long as `billing`."
    )


def test_nothing_hurts_where_nothing_happened(hand_tally):
    calm = dataclasses.replace(
        hand_tally,
        by_interval={k: np.zeros_like(v) for k, v in hand_tally.by_interval.items()},
        by_queue={k: np.zeros_like(v) for k, v in hand_tally.by_queue.items()},
    )
    assert worst_hours([calm]) is None and slowest_queue([calm]) is None
    assert where_it_hurts([calm]) == ""


def waiting(tally, billing, technical):
    """The tally with other waits of the answered in its two queues."""
    facts = {**tally.by_queue, "wait": tally.by_queue["answered"] * np.array([billing, technical])}
    return dataclasses.replace(tally, by_queue=FactsAlong(tally.by_queue.shape, facts))


def test_a_wait_of_which_nobody_speaks_is_not_spoken_of(hand_tally):
    assert slowest_queue([waiting(hand_tally, 0.01, 0.9)]) is None
    assert slowest_queue([waiting(hand_tally, 0.5, 3.0)]).factor == pytest.approx(6.0)
    told = where_it_hurts([waiting(hand_tally, 0.01, 30.0)])
    assert told.endswith("`technical` waits, `billing` hardly at all.")


def test_a_centre_with_self_service_is_told_what_comes_back(every_run):
    told = where_it_hurts(every_run.tallies, every_run.scenario)
    assert "% of what `chatbot` contains comes back" in told
