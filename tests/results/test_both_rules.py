"""Two journals paired contact by contact: a case known by hand, and what always holds."""

from __future__ import annotations

from dataclasses import replace

import handmade
import numpy as np
import pytest
from handmade import EXPERTS, FRONT, NOBODY

from ccsim.centre.journal import ABANDONED, HANDLED, Journal
from ccsim.results.both_rules import SUMS, BothRules, both_rules
from ccsim.results.first_contacts import ANSWERED, ENDS, GONE, TURNED_AWAY, first_contacts
from ccsim.results.work_done import Mastery

ALIKE = Mastery(np.ones((3, 2), np.int64), np.ones((3, 2)), np.ones((3, 2)))
# Skills of agents 0, 1, 2: billing is the experts' second choice, technical is theirs alone.
SKILLED = Mastery(
    np.array([[1, 0], [1, 0], [2, 1]]),
    np.array([[1.0, 0.0], [0.8, 0.0], [0.9, 1.2]]),
    np.array([[1.0, 0.0], [0.9, 0.0], [0.7, 1.0]]),
)


def journal(changes: dict[int, dict[str, float]]) -> Journal:
    """The journal made by hand, some legs changed; its issues have keys of their own."""
    made = handmade.journal()
    legs, issues = made.legs.copy(), made.issues.copy()
    issues["key"] = np.arange(len(issues))[::-1] + 7
    for row, values in changes.items():
        for name, value in values.items():
            legs[name][row] = value
    return replace(made, legs=legs, issues=issues)


# Issue 1 gives up after 30 s; issue 2 waits 5 s in place of 20; issue 6 is answered by the experts after
# 10 s in place of giving up after 45.
AFTER = {
    1: {"group": NOBODY, "agent": -1, "outcome": ABANDONED, "left": 28830.0, "talk": 0, "wrap": 0, "resolved": 0},
    2: {"left": 28815.0},
    6: {"group": EXPERTS, "agent": 2, "outcome": HANDLED, "left": 30710.0, "talk": 90.0, "ended": 30800.0,
        "resolved": 1},
}  # fmt: skip


@pytest.fixture(scope="module")
def both() -> BothRules:
    return both_rules(journal({}), journal(AFTER), (SKILLED, SKILLED), 0, np.array([10.0]))


def _sum(both: BothRules, by: str, at: int, name: str) -> float:
    return float(both.slices[by][0, at, SUMS.index(name)])


def test_ends_before_and_after(both: BothRules) -> None:
    expected = np.zeros((len(ENDS), len(ENDS)))
    expected[ANSWERED, ANSWERED] = 3  # 2, 3, 9
    expected[ANSWERED, GONE] = 1  # 1
    expected[GONE, ANSWERED] = 1  # 6
    expected[GONE, GONE] = 3  # 4, 5, 7 (balked)
    expected[TURNED_AWAY, TURNED_AWAY] = 2  # 8, 10
    assert both.ends[0].tolist() == expected.tolist()


def test_waits_of_the_same_contacts(both: BothRules) -> None:
    # 1: 0 to 30 s; 2: 20 to 5 s; 6: 45 to 10 s; the others wait as before: 30, 3, 12, 5 and three times 0.
    assert _sum(both, "channel", 0, "wait_before") == 20 + 45 + 30 + 3 + 12 + 5
    assert _sum(both, "channel", 0, "wait_after") == 30 + 5 + 10 + 30 + 3 + 12 + 5
    assert _sum(both, "channel", 0, "less") == 2
    assert _sum(both, "channel", 0, "more") == 1
    assert [_sum(both, "intent", at, "contacts") for at in (0, 1)] == [6, 4]


def test_who_answered_before_and_after(both: BothRules) -> None:
    nobody = len(both.groups)
    assert both.groups == ("front", "experts")
    assert both.who[0, FRONT, nobody] == 1
    assert both.who[0, nobody, EXPERTS] == 1
    assert both.who[0, FRONT, FRONT] == 2
    assert both.who[1, EXPERTS, EXPERTS] == 1


def test_slices_by_group_are_of_those_it_answered_on_either_side(both: BothRules) -> None:
    assert _sum(both, "group", FRONT, "contacts") == 3
    assert _sum(both, "group_after", FRONT, "contacts") == 2
    assert _sum(both, "group", EXPERTS, "wait_before") == 30
    assert _sum(both, "group_after", EXPERTS, "wait_after") == 30 + 10


def test_work_skill_and_transfers(both: BothRules) -> None:
    # Front before: legs 1, 2, 7, 10 and 12; the follow-up week does not count.
    assert both.before.contacts[FRONT].tolist() == [5, 0]
    assert both.before.seconds[FRONT, 0] == 240 + 350 + 100 + 60 + 200
    assert both.after.seconds[FRONT, 0] == both.before.seconds[FRONT, 0] - 240
    assert both.after.seconds[EXPERTS, 0] == 90
    assert both.before.passed.tolist() == [[0, 1, 0], [0, 0, 0]]
    answered, in_skill, strong, speed, fcr = both.after.served[0]
    # Billing after: legs 2 and 12 by agent 1, 7 and 10 by agent 0, 6 by the expert (rank 2).
    assert (answered, in_skill) == (5, 4)
    assert speed == pytest.approx(2 * 0.8 + 2 * 1.0 + 0.9)
    assert fcr == pytest.approx(2 * 0.9 + 2 * 1.0 + 0.7)
    assert strong == 2  # mean of speed x fcr is 0.783: 1.0 is above, 0.72 and 0.63 below


def test_occupancy_of_agents_is_of_the_counted_weeks(both: BothRules) -> None:
    assert both.before.seated[0] == 1800 + 1700 + 1800
    assert (both.before.busy <= both.before.seated).all()


def test_what_adds_up_adds_up(both: BothRules) -> None:
    assert both.ends.sum() == 10
    assert both.who.sum() == 10
    for by in ("channel", "segment", "intent", "weekday_hour", "group", "group_after"):
        assert both.slices[by][..., SUMS.index("contacts")].sum() == 10
    for side, axis in (("before", 1), ("after", 2)):
        by_group = both.who.sum(axis=(0, 3 - axis))
        assert by_group[:-1].sum() == _sum(both, "channel", 0, f"answered_{side}")


def test_pairing_goes_by_key_not_by_order() -> None:
    old, new = journal({}), journal({})
    new.issues["key"] = np.roll(new.issues["key"], 1)  # other issues have these keys: those that fit are left
    paired = both_rules(old, new, (ALIKE, ALIKE), 0, np.array([10.0]))
    rows = [first_contacts(each, 0) for each in (old, new)]
    common = len(set(rows[0].key) & set(rows[1].key))
    assert 0 < common < 10
    assert paired.ends.sum() == common
    assert paired.alone == (10 - common, 10 - common)


def test_equal_journals_differ_in_nothing() -> None:
    same = both_rules(journal({}), journal({}), (ALIKE, ALIKE), 0, np.array([10.0]))
    assert np.count_nonzero(same.ends[0] - np.diag(np.diag(same.ends[0]))) == 0
    assert _sum(same, "channel", 0, "less") == _sum(same, "channel", 0, "more") == 0
    assert (same.before.seconds == same.after.seconds).all()


def test_groups_are_met_by_name(both: BothRules) -> None:
    swapped = journal({})
    swapped = replace(swapped, names=replace(swapped.names, groups=("experts", "front")))
    found = both_rules(journal({}), swapped, (ALIKE, ALIKE), 0, np.array([10.0]))
    assert found.groups == ("front", "experts")
    assert found.who[0, FRONT, EXPERTS] == 3  # the same agents under the other name
    assert found.agents[0].tolist() == [0, 0, 1]
    assert found.agents[1].tolist() == [1, 1, 0]
