"""Agent spells: what each agent did from when to when, derived from presence and legs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.codes import HANDLING, READY, SEATED

_ROUNDING = 1e-6  # s: sums of talk, hold and wrap-up differ from the clock by less than this

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
Records = npt.NDArray[np.void]


@dataclass(frozen=True, eq=False)
class Spells:
    """One row a spell, as columns, in order of agent and start.

    `state` is a code of the journal (never SEATED: it is split in READY and HANDLING), `load` the
    number of contacts in hand, `start` and `end` seconds.
    """

    agent: IntArray
    state: IntArray
    load: IntArray
    start: FloatArray
    end: FloatArray

    def __len__(self) -> int:
        return len(self.agent)

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        values: npt.NDArray[Any] = getattr(self, column)
        return values


def agent_spells(presence: Records, legs: Records, end: float) -> Spells:
    """Split the seated spells of `presence` by the legs handled in them; keep the others.

    Handling that goes on when the run ends (at `end`, s) is cut there.
    """
    seated = presence["state"] == SEATED
    worked = _seated_spells(presence[seated], legs[legs["agent"] >= 0], end)
    rest = presence[~seated]
    others = Spells(rest["agent"], rest["state"], np.zeros(len(rest), np.int32), rest["start"], rest["end"])
    return _joined(worked, others)


def _seated_spells(seated: Records, handled: Records, end: float) -> Spells:
    """A sweep over the moments at which an agent sits down, gets up, takes or ends a contact.

    Legs may overlap: an agent has as many in hand as have begun and not ended.
    """
    begun = handled["left"]
    over = np.minimum(begun + (handled["talk"] + handled["hold"] + handled["wrap"]), end)
    over[np.isnan(handled["ended"])] = end
    agent = np.concatenate([seated["agent"], seated["agent"], handled["agent"], handled["agent"]])
    time = np.concatenate([seated["start"], seated["end"], begun, over])
    up, down = np.ones(len(seated), np.int32), np.ones(len(handled), np.int32)
    sits = np.concatenate([up, -up, 0 * down, 0 * down])
    works = np.concatenate([0 * up, 0 * up, down, -down])
    order = np.lexsort((works, time, agent))
    agent, time = agent[order], time[order]
    present, load = np.cumsum(sits[order]), np.cumsum(works[order])
    keep = (present[:-1] > 0) & (agent[1:] == agent[:-1]) & (np.diff(time) > _ROUNDING)
    busy = load[:-1][keep].astype(np.int32)
    state = np.where(busy > 0, HANDLING, READY).astype(np.int32)
    return Spells(agent[:-1][keep], state, busy, time[:-1][keep], time[1:][keep])


def _joined(one: Spells, two: Spells) -> Spells:
    agent, state, load, start, end = (
        np.concatenate([one[name], two[name]]) for name in ("agent", "state", "load", "start", "end")
    )
    order = np.lexsort((start, agent))
    return Spells(agent[order], state[order], load[order], start[order], end[order])
