"""Messaging where each site has queues of its own: who writes again stays where there is room."""

from __future__ import annotations

import numpy as np

from ccsim.centre.journal import HANDLED, REPLIED
from ccsim.centre.simulate import simulate
from ccsim.scenario import loads

CENTRE = """
ccsim: 1
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon-fri: 08:00-18:00}}
intents:
  sales: {talk: 6min, fcr: 100%, repeat: none}
  repair: {talk: 6min, fcr: 100%, repeat: none, transfer: {chance: 50%, to: sales, priority: 2}}
channels: {messaging: {turns: 4, think: 2min}}
arrivals: {messaging: {contacts: 600/week, counted: first, busyness: none}}
agents:
  sellers_here: {on_seat: 2, skills: [sales], handles: {messaging: 3}, site: here}
  sellers_there: {on_seat: 1, skills: [sales], handles: {messaging: 3}, site: there}
  menders_here: {on_seat: 1, skills: [repair], handles: {messaging: 3}, site: here}
  menders_there: {on_seat: 2, skills: [repair], handles: {messaging: 3}, site: there}
routing: {across_sites: expected_wait}
"""


def test_turns_are_answered_by_those_who_can() -> None:
    journal = simulate(loads(CENTRE), 0, "simpy")
    names = journal.names
    taken = journal.legs[np.isin(journal.legs["outcome"], (REPLIED, HANDLED))]
    trade = np.array(["sellers" if intent == "sales" else "menders" for intent in names.intents])
    of_group = np.array([group.split("_")[0] for group in names.groups])
    assert np.array_equal(trade[taken["intent"]], of_group[taken["group"]])
    assert len(set(taken["group"].tolist())) == 4


def test_most_turns_stay_with_the_agent() -> None:
    legs = simulate(loads(CENTRE), 0, "simpy").legs
    legs = legs[np.lexsort((legs["leg"], legs["contact"]))]
    turn = (legs["outcome"][:-1] == REPLIED) & (legs["contact"][1:] == legs["contact"][:-1])
    turn &= legs["agent"][1:] >= 0
    assert turn.sum() > 500
    same = legs["agent"][1:][turn] == legs["agent"][:-1][turn]
    assert same.mean() > 0.8
