"""Agent time of a real roster: what was paid, worked, missed and worked over, in one balance."""

from __future__ import annotations

import numpy as np
import pytest
from by_pandas import Route
from test_reduce import assert_same_by_pandas, assert_slices_add_up

from ccsim.centre.simulate import simulate
from ccsim.results.measures import measures_frame
from ccsim.results.reduce import reduce
from ccsim.scenario import loads

ROSTER = """
ccsim: 1
name: two shifts and a transfer
weeks: 2
calendar: {hours: {mon-fri: 08:00-18:00}}
intents:
  billing: {share: 60%, talk: 4min, wrap_up: 40s, fcr: 78%,
            transfer: {chance: 10%, to: technical, warm: 50%}}
  technical: {share: 40%, talk: 6min, wrap_up: 60s, fcr: 65%}
channels:
  voice: {target: 80% in 20s, patience: 5min, lines: 21}
arrivals:
  voice: {contacts: 3500/week, profile: two_peaks, counted: first}
shifts:
  early: {days: mon-fri, hours: 08:00-16:00, breaks: [10:00 15min, 12:30 30min]}
  late: {days: mon-fri, hours: 10:00-18:00, breaks: [14:30 30min]}
agents:
  front: {scheduled: {early: 8, late: 8}, skills: {billing: 100%},
          shrinkage: {absence: 10%, meetings: 5%}, adherence: 90%}
  experts: {scheduled: {early: 4, late: 4}, skills: {technical: 100%, billing: 90%}, site: north,
            shrinkage: {absence: 8%}, adherence: 100%}
"""
SHIFT = 8 * 3600.0
DAYS = 10


@pytest.fixture(scope="module")
def scenario():
    return loads(ROSTER)


@pytest.fixture(scope="module")
def journals(scenario):
    return [simulate(scenario, number) for number in range(2)]


@pytest.fixture(scope="module")
def tallies(journals, scenario):
    return [reduce(journal, scenario) for journal in journals]


@pytest.fixture(scope="module")
def by_group(tallies, scenario):
    rows = measures_frame(tallies, scenario, "group")
    return rows.set_index(["measure", "group"]).value


def test_paid_is_the_roster_and_overtime(tallies):
    for tally in tallies:
        roster = np.array([16, 8]) * SHIFT * DAYS
        assert tally.by_group["paid"] - tally.by_group["overtime"] == pytest.approx(roster)


def test_time_balances(tallies):
    for tally in tallies:
        time = tally.by_group
        parts = time["seated"] + time["on_break"] + time["absent"] + time["away"]
        assert parts == pytest.approx(time["paid"])
        assert (time["busy"] <= time["seated"]).all() and (time["overtime"] > 0).all()


def test_adherence_is_what_was_written(by_group):
    assert by_group["adherence", "front"] == pytest.approx(0.9, abs=0.005)
    assert by_group["adherence", "experts"] == pytest.approx(1.0)


def test_shrinkage_is_absence_breaks_meetings_and_what_strays(by_group):
    # Of an early or late shift of 8 h: breaks of 45 or 30 min, 5 % meetings, 10 % off the plan;
    # one shift in ten missed, give or take what 320 shifts leave to chance.
    front = 1 - 0.9 * (1 - 37.5 / 480 - 0.05 - 0.1)
    assert by_group["shrinkage", "front"] == pytest.approx(front, abs=0.06)
    assert by_group["occupancy", "experts"] <= 1


def test_contacts_balance_with_transfers_lines_and_redials(tallies, journals):
    for tally, journal in zip(tallies, journals, strict=True):
        assert_slices_add_up(tally)
        arrived = journal.counted_contacts.sum()
        ends = ("handled", "abandoned", "blocked", "balked", "closed", "waiting", "in_hand")
        assert sum(tally.total(end) for end in ends) == arrived
        assert tally.total("blocked") > 0 and tally.total("transferred") > 0
        assert tally.total("redials") > 0 and tally.total("repeats") > 0


def test_measures_agree_with_pandas(tallies, journals):
    for tally, journal in zip(tallies, journals, strict=True):
        route = Route(journal)
        assert_same_by_pandas(tally, route)
        assert tally.by_group["busy"].sum() / tally.by_group["seated"].sum() == pytest.approx(
            route.occupancy(journal), rel=1e-9
        )
