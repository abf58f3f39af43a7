"""Work that waits when a run begins: first in order of birth, and nobody else's draws move."""

from __future__ import annotations

import numpy as np
import pytest
from centres import assert_untouched, centre, channel_of

from ccsim.demand.backlog import backlog
from ccsim.demand.issues import FOREVER, draw_issues

SOME = "channels.email.initial_backlog=700"


def test_the_backlog_comes_first_and_at_the_very_beginning() -> None:
    issues = draw_issues(centre(SOME), 0)
    assert np.all(issues.born[:700] == -7 * 86400.0) and issues.born[700] > -7 * 86400.0
    assert set(channel_of(centre(SOME), issues)[:700]) == {"email"}
    assert np.all(np.diff(issues.born) >= 0)
    assert np.all(issues.draws[issues.columns.index("patience"), :700] == FOREVER)


def test_even_where_somebody_else_is_born_in_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ccsim.demand.arrivals.on_grid", lambda times: np.full_like(times, -7 * 86400.0))
    issues = draw_issues(centre(SOME), 0)
    kinds = channel_of(centre(SOME), issues)
    assert set(kinds[:700]) == {"email"} and set(kinds[700:]) == {"voice", "chat", "email"}
    assert (
        len(set(issues.key[:700].tolist()) & {int(k) for g in backlog(centre(SOME), 0) for k in g.key}) == 700
    )


def test_intents_follow_the_mix_and_segments_their_counts() -> None:
    n = 20_000
    groups = backlog(centre(f"channels.email.initial_backlog={n}"), 0)
    assert sum(len(group) for group in groups) == n
    for group in groups:
        share = {"billing": 0.6, "technical": 0.4}[group.cell.intent]
        share *= {"members": 0.25, "guests": 0.75}[group.cell.segment]
        assert len(group) == pytest.approx(n * share, abs=3.3 * np.sqrt(n * share * (1 - share)))


def test_a_backlog_moves_nobody_and_a_longer_one_adds() -> None:
    none, some, more = (draw_issues(centre(f"channels.email.initial_backlog={n}"), 0) for n in (0, 700, 900))
    assert (len(some) - len(none), len(more) - len(none)) == (700, 900)
    assert_untouched(none, some)
    assert_untouched(some, more)


def test_replications_have_other_backlogs_of_the_same_size() -> None:
    one, other = draw_issues(centre(SOME), 0), draw_issues(centre(SOME), 1)
    assert np.array_equal(np.sort(one.key[:700]), np.sort(other.key[:700]))
    assert not np.array_equal(one.draws[1, :700], other.draws[1, :700])


def test_a_long_backlog_is_quick_to_put_in_order() -> None:
    """Ties are put in order once a run of them, not once a pair."""
    from ccsim.demand.issues import _by_birth

    born = np.zeros(200_000)
    assert np.array_equal(_by_birth(born), np.arange(200_000))
