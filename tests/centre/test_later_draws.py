"""Draws of later contacts and legs, made inside handlers: the same laws as the first, tied as stated."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import kstest

from ccsim.centre.journal import ABANDONED, HANDLED, Journal
from ccsim.centre.simulate import simulate
from ccsim.distributions import Exponential, Lognormal
from ccsim.scenario import loads

CENTRE = """
ccsim: 1
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {daily: 24h}}
intents:
  ask: {talk: 200s, wrap_up: {exponential: 40s}, fcr: 50%, complexity: RHO,
        patience: 2min, repeat: {chance: 80%, after: 20min, cap: none}}
channels: {voice: {redial: {chance: 60%, after: 10min, cap: none}}}
arrivals: {voice: {contacts: 20000/week, profile: flat, busyness: none, counted: first}}
agents: {team: {on_seat: AGENTS, skills: [ask]}}
"""
TALK = Lognormal(200.0, 0.9)


@cache
def journal(rho: float, agents: int) -> Journal:
    return simulate(loads(CENTRE.replace("RHO", str(rho)).replace("AGENTS", str(agents))), 0, "simpy")


def handled_by_attempt(run: Journal, attempt: int) -> np.ndarray:
    """Rows of the last legs of handled contacts with this number."""
    contacts = run.contacts
    return np.asarray(contacts.last[(contacts.attempt == attempt) & (contacts.outcome == HANDLED)])


@pytest.mark.parametrize("attempt", [0, 1, 2])
@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_talk_and_wrap_up_keep_their_laws(rho: float, attempt: int) -> None:
    """With complexity, those who come back are harder: the law holds for attempt 0, or without it."""
    run = journal(rho, 24)
    rows = run.legs[handled_by_attempt(run, attempt)]
    assert len(rows) > 1000
    assert kstest(Exponential(40.0).cdf(rows["wrap"]), "uniform").pvalue > 1e-4
    if rho == 0.0 or attempt == 0:
        assert kstest(TALK.cdf(rows["talk"]), "uniform").pvalue > 1e-4
    else:
        assert rows["talk"].mean() > 1.05 * TALK.mean


def test_half_are_solved_at_every_attempt() -> None:
    run = journal(0.0, 24)
    for attempt in (0, 1, 2):
        solved = run.legs["resolved"][handled_by_attempt(run, attempt)]
        assert solved.mean() == pytest.approx(0.5, abs=3.5 * 0.5 / np.sqrt(len(solved)))


@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_two_talks_of_one_issue_share_its_complexity(rho: float) -> None:
    """Only who was not solved comes back, so the correlation falls short of the square of rho (transfers
    show it in full)."""
    run = journal(rho, 24)
    first, second = handled_by_attempt(run, 0), handled_by_attempt(run, 1)
    talk: dict[int, list[float]] = {}
    for rows in (first, second):
        for issue, seconds in zip(run.legs["issue"][rows].tolist(), run.legs["talk"][rows], strict=True):
            talk.setdefault(issue, []).append(seconds)
    pairs = np.array([seconds for seconds in talk.values() if len(seconds) == 2])
    one, two = ndtri(TALK.cdf(pairs)).T
    noise = 3.5 / np.sqrt(len(pairs))
    assert 0.7 * rho**2 - noise < np.corrcoef(one, two)[0, 1] < rho**2 + noise


def test_delays_before_coming_back_keep_their_law() -> None:
    """Returns after a solved or unsolved handling and after hanging up: 20 and 10 minutes on average."""
    run = journal(0.0, 12)
    contacts = run.contacts
    order = np.lexsort((contacts.attempt, contacts.issue))
    again = contacts.issue[order][1:] == contacts.issue[order][:-1]
    before, after = order[:-1][again], order[1:][again]
    delay = contacts.arrived[after] - contacts.ended[before]
    early = contacts.ended[before] < run.end - 6 * 3600  # later ones come back after the end, or never
    for outcome, mean in ((HANDLED, 1200.0), (ABANDONED, 600.0)):
        drawn = delay[early & (contacts.outcome[before] == outcome)]
        assert len(drawn) > 1000
        assert kstest(Exponential(mean).cdf(drawn), "uniform").pvalue > 1e-4


def test_chances_of_coming_back_are_kept() -> None:
    run = journal(0.0, 12)
    contacts = run.contacts
    last = np.zeros(len(run.issues), np.int64)
    np.maximum.at(last, contacts.issue, contacts.attempt)
    early = contacts.ended < run.end - 6 * 3600
    for outcome, chance in ((HANDLED, 0.8), (ABANDONED, 0.6)):
        mine = early & (contacts.outcome == outcome)
        if outcome == HANDLED:
            mine &= run.legs["resolved"][contacts.last] == 0
        back = last[contacts.issue[mine]] > contacts.attempt[mine]
        assert back.mean() == pytest.approx(chance, abs=3.5 * np.sqrt(chance * (1 - chance) / mine.sum()))
