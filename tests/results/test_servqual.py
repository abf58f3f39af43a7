"""SERVQUAL's index: what counts, in which direction, and what does not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journals import journeys_of

from ccsim.results.measures import MEASURES
from ccsim.results.servqual import DIMENSIONS, OWN, index, label_of, score, value_in

NAN = float("nan")
NAMES = [name for names in DIMENSIONS.values() for name in names]


def test_the_five_dimensions_and_only_figures_that_exist():
    assert list(DIMENSIONS) == ["reliability", "assurance", "tangibles", "empathy", "responsiveness"]
    assert set(NAMES) <= set(MEASURES) | set(OWN) and len(NAMES) == len(set(NAMES))
    assert all(label_of(name) for name in NAMES)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_has_a_share_that_counts(dimension):
    assert any(not math.isnan(score(name, 0.5)) for name in DIMENSIONS[dimension])


def test_the_index_by_hand():
    found = {"fcr": 0.7, "resolution_rate": 0.9, "due_hit_rate": NAN, "callbacks_reached": NAN,
             "contacts_per_issue": 1.4}  # fmt: skip
    assert index("reliability", found) == pytest.approx(100 * (0.7 + 0.9) / 2)
    assert index("assurance", {"transfer_rate": 0.2, "escalation_rate": 0.1, "novice_issues": 0.0}) == (
        pytest.approx(100 * (0.8 + 0.9 + 1.0) / 3)
    )
    waits = {"service_level": 0.8, "abandonment": 0.06, "asa": 1e6, "wait_p95": 1e9, "first_response": NAN}
    assert index("responsiveness", waits) == pytest.approx(100 * (0.8 + 0.94) / 2)


def test_what_a_centre_does_not_have_does_not_count_and_none_at_all_is_unknown():
    assert math.isnan(index("tangibles", dict.fromkeys(DIMENSIONS["tangibles"], NAN)))


@given(st.sampled_from(NAMES), st.floats(0, 1), st.floats(0, 1))
def test_better_never_lowers_an_index(name, value, other):
    dimension = next(d for d, names in DIMENSIONS.items() if name in names)
    better = "down" if name in OWN else MEASURES[name].better
    low, high = sorted([value, other])
    worse, best = (high, low) if better == "down" else (low, high)
    rest = dict.fromkeys(DIMENSIONS[dimension], 0.5)
    found = index(dimension, {**rest, name: best}), index(dimension, {**rest, name: worse})
    assert found[0] >= found[1] - 1e-9 and all(0 <= one <= 100 for one in found)


def test_shares_of_issues_are_counted_on_journeys():
    rows = journeys_of([{"count": 6}, {"count": 3, "retold": 2}, {"count": 1, "novice": 1, "crowd": 4}])
    assert {name: own.share(rows) for name, own in OWN.items()} == {
        "retold_issues": 0.3, "novice_issues": 0.1, "crowded_issues": 0.1,
    }  # fmt: skip
    assert math.isnan(OWN["retold_issues"].share(rows.where(rows.retold > 9)))


def test_figures_of_one_replication_are_the_measures(hand_tally):
    assert value_in("fcr", hand_tally) == MEASURES["fcr"].values(hand_tally)[0]
    retold = value_in("retold_issues", hand_tally)
    assert retold == OWN["retold_issues"].share(hand_tally.journeys)
