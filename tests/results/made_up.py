"""Random journals, coherent but not simulated: every feature of the tables occurs in them."""

from __future__ import annotations

import dataclasses

import handmade
import numpy as np

from ccsim.centre.journal import (
    ABANDONED,
    BALKED,
    BLOCKED,
    CLOSED,
    GAVE_UP,
    HANDLED,
    IN_HAND,
    ISSUE,
    LEG,
    PRESENCE,
    RESOLVED,
    SEATED,
    TRANSFERRED,
    WAITING,
    Journal,
)

ENDS = (HANDLED, TRANSFERRED, ABANDONED, BALKED, BLOCKED, CLOSED, WAITING, IN_HAND)
WEIGHTS = (0.5, 0.15, 0.15, 0.04, 0.04, 0.04, 0.04, 0.04)
AGENT_GROUP = np.array([0, 0, 1])


def journal(seed: int, contacts: int = 300, weeks: int = 2) -> Journal:
    """A journal of `weeks` counted weeks with one before and one after."""
    random = np.random.default_rng(seed)
    until, begin = weeks * handmade.WEEK, -handmade.WEEK
    end = until + handmade.WEEK
    entered = np.sort(random.uniform(begin, end, contacts))
    fresh = random.random(contacts) < 0.7
    fresh[0] = True
    born = np.cumsum(fresh) - 1
    issue = np.where(fresh, born, random.integers(0, born + 1))
    issues = _issues(random, entered[fresh])
    rows = []
    for contact in range(contacts):
        rows += _legs(random, contact, int(issue[contact]), int(entered[contact] * 8) / 8)
    legs = np.array(rows, LEG)[random.permutation(len(rows))]
    first = np.zeros(len(issues))
    first[:] = np.inf
    np.minimum.at(first, legs["issue"], legs["entered"])
    issues["born"] = first
    presence = np.array([(a, SEATED, begin, end, end - 5000.0 * a) for a in range(3)], PRESENCE)
    return dataclasses.replace(
        handmade.journal(),
        begin=begin,
        counted_until=until,
        end=end,
        issues=issues,
        legs=legs,
        presence=presence,
    )


def _issues(random: np.random.Generator, born: np.ndarray) -> np.ndarray:
    issues = np.zeros(len(born), ISSUE)
    issues["key"] = np.arange(len(born))
    issues["cell"] = random.integers(0, 4, len(born))
    issues["customer"] = random.integers(-1, 12, len(born))
    issues["born"] = born
    issues["status"] = random.choice([0, RESOLVED, GAVE_UP], len(born))
    issues["ended"] = np.where(issues["status"] > 0, born + 900.0, np.nan)
    return issues


def _legs(random: np.random.Generator, contact: int, issue: int, now: float) -> list[tuple]:
    legs: list[tuple] = []
    while True:
        number = len(legs)
        outcome = int(random.choice(ENDS, p=WEIGHTS))
        outcome = BLOCKED if legs and outcome == CLOSED else outcome  # who is in is not turned away
        queue = int(random.integers(0, 2))
        wait = float(random.choice([0.0, 3.0, 12.0, 20.0, 47.0, 180.0]))
        wait = 0.0 if outcome in (BALKED, BLOCKED, CLOSED) else wait
        served = outcome in (HANDLED, TRANSFERRED, IN_HAND)
        agent = int(random.integers(0, 3)) if served else -1
        group = int(AGENT_GROUP[agent]) if served else -1
        work = [float(x) for x in random.integers(1, 400, 3)] if served else [0.0] * 3
        left = float("nan") if outcome == WAITING else now + wait
        solved = int(outcome == HANDLED and random.random() < 0.6)
        row = (contact, issue, number, queue, queue, group, agent, outcome, now, left)
        ended = float("nan") if outcome in (WAITING, IN_HAND) else left + sum(work)
        legs.append((*row, ended, *work, solved, 0))
        if outcome != TRANSFERRED:
            return legs
        now = left + work[0]
