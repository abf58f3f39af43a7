"""Journeys: what is counted for one issue, and that compressing loses nothing."""

from __future__ import annotations

import numpy as np
import pytest
from journals import WEEK, journal, leg, names

from ccsim.centre import journal as j
from ccsim.results import grouping, journeys


def only_row(issues, legs):
    rows = journeys.compress(journal(issues, legs))
    assert len(rows) == 1
    return rows


def row_of(rows):
    keys = ("contacts", "transfers", "switches", "retold", "abandons", "resolved", "count")
    return tuple(int(getattr(rows, key)[0]) for key in keys)


def test_one_contact_no_wait_resolved_is_the_plain_journey():
    rows = only_row([(0, 10.0, j.RESOLVED)], [leg(0, 0, j.HANDLED)])
    assert row_of(rows) == (1, 0, 0, 0, 0, 1, 1)
    assert rows.ln_wait[0] == 0.0 and rows.wait_bin[0] == 0


def test_a_redial_after_abandoning_does_not_retell():
    legs = [leg(0, 0, j.ABANDONED, wait=120.0), leg(1, 0, j.HANDLED, entered=900.0, wait=60.0)]
    rows = only_row([(0, 10.0, j.RESOLVED)], legs)
    assert row_of(rows) == (2, 0, 0, 0, 1, 1, 1)
    assert rows.ln_wait[0] == pytest.approx(np.log1p(3.0))


def test_a_repeat_retells_and_so_does_a_redial_after_having_spoken():
    legs = [
        leg(0, 0, j.HANDLED),
        leg(1, 0, j.BLOCKED, entered=500.0),
        leg(2, 0, j.HANDLED, entered=900.0),
    ]
    assert row_of(only_row([(0, 10.0, j.RESOLVED)], legs)) == (3, 0, 0, 1, 1, 1, 1)


@pytest.mark.parametrize(("context", "outcome", "told"), [(1, 1, 0), (0, 1, 1), (0, 3, 0)])
def test_only_a_cold_transfer_that_is_answered_retells(context, outcome, told):
    legs = [leg(0, 0, j.TRANSFERRED), leg(0, 0, outcome, leg=1, context=context, entered=300.0)]
    abandons = int(outcome == j.ABANDONED)
    expected = (1, 1, 0, told, abandons, 0, 1)
    assert row_of(only_row([(0, 10.0, j.GAVE_UP)], legs)) == expected


def test_still_waiting_counts_the_wait_so_far_and_is_not_resolved():
    legs = [leg(0, 0, j.WAITING, entered=2 * WEEK - 120.0, wait=np.nan)]
    rows = only_row([(0, WEEK - 1.0, j.OPEN)], legs)
    assert rows.resolved[0] == 0 and rows.ln_wait[0] == pytest.approx(np.log1p(2.0))


def test_only_issues_born_in_the_counted_weeks():
    born = [-1.0, 0.0, WEEK - 1.0, WEEK]
    made = journal([(0, b, 1) for b in born], [leg(i, i, j.HANDLED) for i in range(4)])
    assert journeys.compress(made).issues == 2


def random_journal(seed, size=400):
    rng = np.random.default_rng(seed)
    issues, legs, contact = [], [], 0
    for issue in range(size):
        for _ in range(rng.geometric(0.6)):
            outcome = int(rng.choice([1, 1, 1, 2, 3, 4, 5]))
            wait = float(rng.choice([0.0, rng.exponential(90.0)]))
            legs.append(leg(contact, issue, outcome, wait=wait))
            if outcome == j.TRANSFERRED:
                legs.append(leg(contact, issue, j.HANDLED, leg=1, context=int(rng.integers(2))))
            contact += 1
        issues.append((int(rng.integers(4)), float(rng.uniform(0, WEEK)), int(rng.integers(3))))
    return journal(issues, legs, labels=names(("a", "b"), ("x", "y")))


def test_compressing_keeps_every_total():
    made = random_journal(1)
    rows = journeys.compress(made)
    legs, contacts = made.legs, made.contacts
    assert rows.issues == len(made.issues)
    assert (rows.count * rows.contacts).sum() == len(contacts)
    assert (rows.count * rows.transfers).sum() == (legs["leg"] > 0).sum()
    assert (rows.count * rows.abandons).sum() == np.isin(legs["outcome"], [3, 4, 5]).sum()
    assert (rows.count * rows.resolved).sum() == (made.issues["status"] == j.RESOLVED).sum()
    waited = np.bincount(legs["issue"], legs["left"] - legs["entered"])
    assert (rows.count * rows.ln_wait).sum() == pytest.approx(np.log1p(waited / 60.0).sum())
    assert rows.count[rows.wait_bin == 0].sum() == (waited == 0).sum()
    by_segment = np.bincount(rows.segment, rows.count)
    cells = made.names.cell_segment[made.issues["cell"]]
    assert by_segment.tolist() == np.bincount(cells).tolist()


def test_pooling_adds_counts_and_weeks_and_joins_equal_rows():
    one, two = (journeys.compress(random_journal(seed)) for seed in (1, 2))
    both = journeys.add([one, two])
    assert both.issues == one.issues + two.issues and both.weeks == 2 and both.replications == 2
    assert len(both) < len(one) + len(two)
    doubled = journeys.add([one, one])
    assert len(doubled) == len(one) and doubled.ln_wait == pytest.approx(one.ln_wait)


def test_the_table_and_the_sort_give_the_same_rows(monkeypatch):
    made = random_journal(3)
    plain = journeys.compress(made)
    monkeypatch.setattr(grouping, "_dense_limit", lambda radices, rows: 1)
    again = journeys.compress(made)
    for key in (*journeys.COLUMNS, "count"):
        assert np.array_equal(getattr(plain, key), getattr(again, key))


def test_issue_by_issue_is_the_same_uncompressed(real_journals, real_scenario):
    from ccsim.results.journeys import COLUMNS, add, compress, issue_by_issue
    from ccsim.results.ordered_legs import OrderedLegs

    journal = real_journals[0]
    single = issue_by_issue(journal, real_scenario)
    assert len(single) == int(journal.counted_issues.sum()) and (single.count == 1).all()
    again = issue_by_issue(journal, real_scenario, OrderedLegs.of(journal))  # the long way round
    short = compress(journal, real_scenario)
    for rows in (add([single]), add([again])):
        for name in (*COLUMNS, "count"):
            np.testing.assert_array_equal(getattr(rows, name), getattr(short, name))
        np.testing.assert_allclose(rows.ln_wait, short.ln_wait)
