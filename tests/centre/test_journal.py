"""The journal: row layouts, and the contacts and spells derived from its rows."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.centre import journal as j

NOBODY = -1


def make(legs, issues=(0.0,), presence=()):
    """A journal of legs (contact, issue, leg, agent, outcome, entered, left, talk, wrap)."""
    rows = np.zeros(len(legs), j.LEG)
    for row, (contact, issue, leg, agent, outcome, entered, left, talk, wrap) in zip(rows, legs, strict=True):
        row["contact"], row["issue"], row["leg"] = contact, issue, leg
        row["agent"], row["group"], row["outcome"] = agent, min(agent, 0), outcome
        row["entered"], row["left"], row["talk"], row["wrap"] = entered, left, talk, wrap
    births = np.zeros(len(issues), j.ISSUE)
    births["born"] = issues
    ints = np.zeros(1, np.int32)
    names = j.Names(
        ("voice",), ("billing",), ("all",), ("billing",), ("front",), ("main",),
        np.zeros(2, np.int32), ints, ints, ints, ints, ints, ints,
    )  # fmt: skip
    return j.Journal(
        1, 0, "simpy", -100.0, 1000.0, 2000.0, names, births, rows, np.array(list(presence), j.PRESENCE)
    )


@pytest.mark.parametrize(
    ("dtype", "row"),
    [(j.ISSUE, j.ISSUE_ROW), (j.LEG, j.LEG_ROW), (j.PRESENCE, j.PRESENCE_ROW)],
)
def test_rows_packed_one_by_one_are_the_rows_of_the_table(dtype, row):
    assert row.size == dtype.itemsize
    values = tuple(range(1, len(dtype.names) + 1))
    assert np.frombuffer(row.pack(*values), dtype)[0].item() == values


def test_queues_are_named_by_channel_and_skill():
    assert make([]).names.queues == ("voice/billing",)


def test_contacts_in_any_order_of_legs():
    legs = [
        (0, 0, 0, 0, j.TRANSFERRED, 10.0, 15.0, 60.0, 5.0),
        (0, 0, 1, 1, j.HANDLED, 75.0, 80.0, 100.0, 20.0),
        (1, 1, 0, NOBODY, j.ABANDONED, 20.0, 50.0, 0.0, 0.0),
    ]
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        contacts = make([legs[n] for n in order], issues=(10.0, 20.0)).contacts
        assert contacts["legs"].tolist() == [2, 1]
        assert contacts.arrived.tolist() == [10.0, 20.0]
        assert contacts.ended.tolist() == [180.0, 50.0]
        assert contacts.outcome.tolist() == [j.HANDLED, j.ABANDONED]
        assert contacts.channel.tolist() == [0, 0]


def test_unfinished_contacts_have_no_end():
    contacts = make(
        [
            (0, 0, 0, 0, j.IN_HAND, 10.0, 15.0, 60.0, 0.0),
            (1, 1, 0, NOBODY, j.WAITING, 20.0, np.nan, 0.0, 0.0),
        ],
        issues=(10.0, 20.0),
    ).contacts
    assert np.isnan(contacts.ended).all()


def test_attempts_and_kinds():
    lost, done = (NOBODY, j.ABANDONED), (0, j.HANDLED)
    story = [(0, *lost), (1, *done), (0, *done), (1, *lost), (0, *done), (0, *lost)]
    legs = [(n, i, 0, a, o, 10.0 * n, 10.0 * n, 0.0, 0.0) for n, (i, a, o) in enumerate(story)]
    contacts = make(legs, issues=(0.0, 10.0)).contacts
    assert contacts.attempt.tolist() == [0, 0, 1, 1, 2, 3]
    assert [j.KINDS[k] for k in contacts.kind] == [
        "first", "first", "redial", "repeat", "repeat", "repeat",
    ]  # fmt: skip


def test_attempts_of_many_contacts_count_up_within_their_issue():
    random = np.random.default_rng(3)
    issue = np.sort(random.integers(0, 40, 500))[random.permutation(500)]
    legs = [(n, i, 0, NOBODY, j.ABANDONED, n, n, 0.0, 0.0) for n, i in enumerate(issue)]
    contacts = make(legs, issues=np.zeros(40)).contacts
    seen = dict.fromkeys(range(40), 0)
    for number, attempt in zip(issue, contacts.attempt, strict=True):
        assert attempt == seen[number]
        seen[number] += 1


def test_no_contacts_at_all():
    contacts = make([], issues=()).contacts
    assert len(contacts) == len(contacts.arrived) == len(contacts.ended) == 0


def test_counted_is_from_the_start_up_to_the_end_of_the_weeks():
    journal = make([], issues=(-1.0, 0.0, 999.0, 1000.0))
    assert journal.counted_issues.tolist() == [False, True, True, False]


def test_spells_split_the_seat_by_what_was_in_hand():
    journal = make(
        [
            (0, 0, 0, 0, j.HANDLED, 10.0, 20.0, 25.0, 5.0),
            (1, 0, 0, 0, j.HANDLED, 30.0, 50.0, 10.0, 0.0),
            (2, 0, 0, 1, j.IN_HAND, 1900.0, 1950.0, 500.0, 0.0),
        ],
        presence=[
            (0, j.SEATED, 0.0, 60.0, 55.0),
            (0, j.BREAK, 60.0, 90.0, 90.0),
            (1, j.SEATED, 1900.0, 2000.0, 2400.0),
        ],
    )
    spells = journal.spells()
    rows = zip(spells.agent, spells.state, spells.load, spells.start, spells.end, strict=True)
    assert [(a, j.STATES[s], n, b, e) for a, s, n, b, e in rows] == [
        (0, "ready", 0, 0.0, 20.0),
        (0, "handling", 1, 20.0, 50.0),
        (0, "handling", 1, 50.0, 60.0),
        (0, "break", 0, 60.0, 90.0),
        (1, "ready", 0, 1900.0, 1950.0),
        (1, "handling", 1, 1950.0, 2000.0),
    ]
