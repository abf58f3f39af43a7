"""Work of one replication, by whom: contacts and seconds by group and intent, transfers, skill, occupancy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ESCALATED, HANDLING, IN_HAND, SEATED, SELF_SERVICE, TRANSFERRED, Journal
from ccsim.results.first_contacts import answered_legs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ROUNDING = 1e-9  # a mean of equal figures may differ from them by less
SERVED = ("answered", "in_skill", "strong", "speed", "fcr")


@dataclass(frozen=True, eq=False)
class Mastery:
    """How well each agent does each skill, both of shape (agents, skills).

    rank 0: the agent does not have it. speed, fcr: factors of the skill, 1 is fully proficient.
    """

    rank: Ints
    speed: Floats
    fcr: Floats


@dataclass(frozen=True, eq=False)
class WorkDone:
    """Legs that entered a queue in the counted weeks and were answered, and agents' time.

    contacts, seconds: (groups, intents), of legs and of their talk, hold and wrap-up. passed: legs passed
    on, (groups, groups + 1), the last column nobody. served: (intents, SERVED): legs answered, those by an
    agent for whom the skill has the best rank that anybody has it in, by one at least as good at it (speed x
    fcr) as those who have it are on average, and sums of speed and fcr. busy, seated: seconds of each agent.
    """

    contacts: Floats
    seconds: Floats
    passed: Floats
    served: Floats
    busy: Floats
    seated: Floats


def work_done(journal: Journal, groups: Sequence[str], mastery: Mastery) -> WorkDone:
    """The work in a journal; `groups` names the rows, whatever the journal's own order."""
    place = np.array([groups.index(name) for name in journal.names.groups], np.int64)
    rows = answered_legs(journal)
    rows = rows[journal.counted(journal.legs["entered"][rows])]
    legs = journal.legs[rows]
    group, intent = place[legs["group"]], legs["intent"].astype(np.int64)
    shape = (len(groups), len(journal.names.intents))
    length = (legs["talk"] + legs["hold"] + legs["wrap"]) * (legs["outcome"] != IN_HAND)
    busy, seated = agents_time(journal)
    return WorkDone(
        contacts=_table((group, intent), shape),
        seconds=_table((group, intent), shape, length),
        passed=_passed(journal, place, len(groups)),
        served=_served(journal, legs, mastery),
        busy=busy,
        seated=seated,
    )


def agents_time(journal: Journal) -> tuple[Floats, Floats]:
    """Seconds of the counted weeks that each agent has something in hand, and sits at the desk."""
    size, until = len(journal.names.agents), journal.counted_until
    spells = journal.spells()
    length = np.clip(spells.end, 0.0, until) - np.clip(spells.start, 0.0, until)
    busy = np.bincount(spells.agent, length * (spells.state == HANDLING), size)
    sits = journal.presence[journal.presence["state"] == SEATED]
    there = np.clip(sits["end"], 0.0, until) - np.clip(sits["start"], 0.0, until)
    return busy.astype(np.float64), np.bincount(sits["agent"], there, size).astype(np.float64)


def _table(at: tuple[Ints, Ints], shape: tuple[int, int], weight: Floats | None = None) -> Floats:
    code = at[0] * shape[1] + at[1]
    return np.bincount(code, weight, shape[0] * shape[1]).reshape(shape).astype(np.float64)


def _passed(journal: Journal, place: Ints, groups: int) -> Floats:
    """From the group of a leg that was passed on to that which answered the next leg of the contact."""
    legs = journal.legs[np.lexsort((journal.legs["leg"], journal.legs["contact"]))]
    on = np.isin(legs["outcome"][:-1], (TRANSFERRED, ESCALATED)) & journal.counted(legs["entered"][:-1])
    rows = np.flatnonzero(on & (legs["group"][:-1] >= 0))
    follows = legs["contact"][rows + 1] == legs["contact"][rows]
    taken = follows & (legs["group"][rows + 1] >= 0)
    target = np.where(taken, place[legs["group"][rows + 1]], groups)
    return _table((place[legs["group"][rows]], target), (groups, groups + 1))


def _served(journal: Journal, legs: npt.NDArray[np.void], mastery: Mastery) -> Floats:
    names = journal.names
    skill = np.where(names.queue_kind[legs["queue"]] == SELF_SERVICE, 0, names.queue_skill[legs["queue"]])
    own = mastery.rank[legs["agent"], skill]
    known = np.where(mastery.rank > 0, mastery.rank, np.iinfo(np.int64).max)
    best = known.min(axis=0, initial=np.iinfo(np.int64).max)
    able = mastery.speed * mastery.fcr
    usual = able.sum(axis=0) / np.maximum((mastery.rank > 0).sum(axis=0), 1)
    columns = (
        np.ones(len(legs)),
        (own == best[skill]).astype(np.float64),
        (able[legs["agent"], skill] >= usual[skill] - ROUNDING).astype(np.float64),
        mastery.speed[legs["agent"], skill],
        mastery.fcr[legs["agent"], skill],
    )
    size = len(names.intents)
    return np.stack([np.bincount(legs["intent"], column, size) for column in columns], axis=1)
