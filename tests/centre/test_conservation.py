"""At any moment: arrived = handled + abandoned + blocked + balked + closed + waiting + in hand."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from random_centres import centres

from ccsim.centre.journal import (
    ABANDONED,
    BALKED,
    BLOCKED,
    CLOSED,
    GAVE_UP,
    HANDLED,
    IN_HAND,
    OPEN,
    RESOLVED,
    TRANSFERRED,
    WAITING,
    Journal,
)
from ccsim.centre.simulate import simulate
from ccsim.scenario import Scenario

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
LOST = (ABANDONED, BALKED, BLOCKED, CLOSED)


def balance(journal: Journal, now: float) -> dict[str, int]:
    """Legs by where they stand at a moment, told from times alone."""
    legs = journal.legs
    entered = legs["entered"] <= now
    left = entered & (legs["left"] <= now)  # nan, still waiting at the end, is not
    taken = left & np.isin(legs["outcome"], (HANDLED, TRANSFERRED, IN_HAND))
    spoken = legs["left"] + legs["talk"] + legs["hold"]
    found = {"arrived": int(entered.sum()), "waiting": int((entered & ~left).sum())}
    found["handled"] = int((taken & (spoken <= now)).sum())
    found["in hand"] = int((taken & (spoken > now)).sum())
    for outcome in LOST:
        found[str(outcome)] = int((left & (legs["outcome"] == outcome)).sum())
    return found


def check_nothing_is_lost_or_made_at_any_moment(journal: Journal) -> None:
    for now in np.linspace(8.2 * 3600, 1.6 * 86400, 40):
        found = balance(journal, float(now))
        assert found.pop("arrived") == sum(found.values())


def check_what_the_end_leaves_open_is_said(journal: Journal) -> None:
    """At the last moment the outcomes themselves say what times do."""
    outcome = journal.legs["outcome"]
    found = balance(journal, journal.end)
    assert found["waiting"] == (outcome == WAITING).sum()
    writing_up = (outcome == IN_HAND) & (
        journal.legs["left"] + journal.legs["talk"] + journal.legs["hold"] <= journal.end
    )
    assert found["in hand"] == (outcome == IN_HAND).sum() - writing_up.sum()
    assert np.isin(outcome, (HANDLED, TRANSFERRED, WAITING, IN_HAND, *LOST)).all()


def check_every_transfer_has_its_next_leg_and_no_other_has(journal: Journal) -> None:
    legs = journal.legs
    legs = legs[np.lexsort((legs["leg"], legs["contact"]))]
    follows = np.append(legs["contact"][1:] == legs["contact"][:-1], False)
    done = legs["outcome"] == TRANSFERRED
    assert np.all(follows[done])
    assert np.all(np.isin(legs["outcome"][follows], (TRANSFERRED, IN_HAND)))
    assert np.all(legs["leg"][1:][follows[:-1]] == legs["leg"][:-1][follows[:-1]] + 1)
    assert np.all(legs["leg"][np.append(True, ~follows[:-1])] == 0)


def check_issues_add_up(journal: Journal) -> None:
    issues = journal.issues
    status = issues["status"]
    assert len(issues) == sum((status == one).sum() for one in (OPEN, RESOLVED, GAVE_UP))
    ended = status != OPEN
    assert np.all(issues["ended"][ended] >= issues["born"][ended])


CHECKS = (
    check_nothing_is_lost_or_made_at_any_moment,
    check_what_the_end_leaves_open_is_said,
    check_every_transfer_has_its_next_leg_and_no_other_has,
    check_issues_add_up,
)


@QUICK
@given(scenario=centres())
def test_whatever_the_centre(scenario: Scenario) -> None:
    journal = simulate(scenario, 0, "simpy")
    for check in CHECKS:
        check(journal)
