"""Replications: the same tallies for any number of processes, in order, with progress."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from ccsim.experiments.executors import Serial
from ccsim.experiments.replicate import compile_clock, default_jobs, executor_for, replicate, run_length
from ccsim.scenario import loads

CENTRE = """
ccsim: 1
name: Small
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon: 08:00-12:00}}
intents: {billing: {talk: 4min, fcr: 70%}}
channels: {voice: {patience: 2min}}
arrivals: {voice: {contacts: 300/week, counted: first}}
agents: {front: {on_seat: 5, skills: [billing]}}
"""


@pytest.fixture(scope="module")
def scenario():
    return loads(CENTRE)


def facts(tally):
    return {name: values.tobytes() for name, values in tally.by_interval.items()}


def test_same_bytes_for_any_number_of_processes(scenario):
    alone = replicate(scenario, 3, jobs=1, clock="simpy")
    together = replicate(scenario, 3, jobs=2, clock="simpy")
    assert [facts(tally) for tally in alone] == [facts(tally) for tally in together]
    assert [tally.replication for tally in together] == [0, 1, 2]


def test_replications_differ(scenario):
    first, second = replicate(scenario, 2, jobs=1, clock="simpy")
    assert not np.array_equal(first.by_interval["offered"], second.by_interval["offered"])


def test_progress_counts_contacts(scenario):
    seen = []
    tallies = replicate(scenario, 2, jobs=1, clock="simpy", progress=lambda *at: seen.append(at))
    assert [done for done, _ in seen] == [0, 1, 2]
    assert seen[-1][1] == sum(tally.contacts for tally in tallies)


def test_a_tally_is_small(scenario):
    tally = replicate(scenario, 1, jobs=1, clock="simpy")[0]
    assert len(pickle.dumps(tally)) < 400_000


def test_small_runs_stay_in_one_process(scenario):
    assert default_jobs(run_length(scenario), "simpy") == 1
    assert run_length(scenario) == 300


@pytest.mark.parametrize(("clock", "times"), [("compiled", 1), ("simpy", 0)])
def test_the_clock_is_compiled_before_the_first_job(clock, times):
    class Noted(Serial):
        asked = 0

        def prepare(self, once):
            Noted.asked += once is compile_clock

    with executor_for(1, clock, 1, given=Noted()):
        assert Noted.asked == times
