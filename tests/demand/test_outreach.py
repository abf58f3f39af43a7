"""Proactive outreach: who is reached, what never comes about, and that the rest is as it was."""

from __future__ import annotations

import numpy as np
import pytest
from centres import assert_untouched, centre
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.demand.cells import cells
from ccsim.demand.issues import draw_issues
from ccsim.demand.outreach import left_over
from ccsim.scenario import Scenario

WEEKS = "weeks=6"


def told(*programmes: str) -> Scenario:
    return centre(WEEKS, "warm_up=7 days", more="proactive:\n" + "".join(f"  {p}\n" for p in programmes))


DELAYS = "delays: {intents: [billing], reach: 60%, effect: 50%, cost: 0.05}"
NEWS = "news: {intents: [billing, technical], channels: [email], reach: 40%, effect: 25%}"


def test_without_outreach_nothing_is_counted() -> None:
    assert draw_issues(centre(), 0).outreach is None


def test_survivors_keep_their_draws_and_the_prevented_are_gone() -> None:
    before, after = draw_issues(centre(WEEKS), 0), draw_issues(told(DELAYS), 0)
    assert_untouched(after, before)
    gone = np.isin(before.key, after.key, invert=True)
    intents = set((before.cell[gone] // 2 % 2).tolist())
    assert gone.any() and intents == {0}  # billing only


def test_shares_reached_and_prevented() -> None:
    scenario = told(DELAYS)
    before, after = draw_issues(centre(WEEKS), 0), draw_issues(scenario, 0)
    found = after.outreach
    assert found is not None and found.programmes == ("delays",)
    counted = (before.born >= 0) & (before.born < scenario.counted_until)
    n = np.bincount(before.cell[counted], minlength=12)
    for cell in cells(scenario):
        k, m = cell.number, n[cell.number]
        reach, effect = (0.6, 0.5) if cell.intent == "billing" else (0.0, 0.0)
        assert found.reached[k] == pytest.approx(m * reach, abs=3.3 * np.sqrt(m * reach * (1 - reach)))
        p = reach * effect
        assert found.prevented[k] == pytest.approx(m * p, abs=3.3 * np.sqrt(m * p * (1 - p)))
        assert left_over(scenario, cell) == pytest.approx(1 - p)
    left = np.bincount(after.cell[(after.born >= 0) & (after.born < scenario.counted_until)], minlength=12)
    assert np.array_equal(left, n - found.prevented)
    assert np.array_equal(found.reached_by.sum(axis=0), found.reached)


def test_two_programmes_draw_for_themselves() -> None:
    both, one = draw_issues(told(DELAYS, NEWS), 0), draw_issues(told(DELAYS), 0)
    assert both.outreach is not None and one.outreach is not None
    assert_untouched(both, one)
    assert np.array_equal(both.outreach.reached_by[0], one.outreach.reached_by[0])
    other = draw_issues(told(NEWS), 0).outreach
    assert other is not None and np.array_equal(both.outreach.reached_by[1], other.reached_by[0])
    assert np.all(both.outreach.reached <= both.outreach.reached_by.sum(axis=0))
    assert np.all(both.outreach.reached >= both.outreach.reached_by.max(axis=0))
    assert np.all(both.outreach.prevented <= both.outreach.reached)
    email = [cell for cell in cells(told(NEWS)) if cell.channel == "email"]
    assert other.reached.sum() == other.reached[[cell.number for cell in email]].sum() > 0
    billing = next(cell for cell in email if cell.intent == "billing")
    assert left_over(told(DELAYS, NEWS), billing) == pytest.approx(0.7 * 0.9)


@pytest.mark.parametrize(("wider", "narrower"), [
    ("d: {intents: [billing], reach: 80%, effect: 50%}", "d: {intents: [billing], reach: 60%, effect: 50%}"),
    ("d: {intents: [billing], reach: 60%, effect: 70%}", "d: {intents: [billing], reach: 60%, effect: 50%}"),
])  # fmt: skip
def test_more_outreach_prevents_the_same_and_more(wider: str, narrower: str) -> None:
    assert_untouched(draw_issues(told(wider), 0), draw_issues(told(narrower), 0))


def test_a_backlog_is_past_telling() -> None:
    waiting = told(DELAYS).with_changes({"channels.email.initial_backlog": 300})
    assert len(draw_issues(waiting, 0)) == len(draw_issues(told(DELAYS), 0)) + 300


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=10, deadline=None)
def test_counts_are_consistent_whatever_the_shares(reach: float, effect: float) -> None:
    scenario = centre(
        more=f"proactive: {{d: {{intents: [technical], reach: {100 * reach:.4f}%, effect: {100 * effect:.4f}%}}}}\n"
    )
    before, after = draw_issues(centre(), 0), draw_issues(scenario, 0)
    assert after.outreach is not None
    counted = [((i.born >= 0) & (i.born < scenario.counted_until)).sum() for i in (before, after)]
    assert counted[0] - counted[1] == after.outreach.prevented.sum() <= after.outreach.reached.sum()
