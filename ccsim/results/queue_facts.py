"""Facts of whatever entered a queue: contacts by their first leg, or legs one by one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import (
    BALKED,
    BLOCKED,
    CLOSED,
    CONTAINED,
    IN_HAND,
    IN_SESSION,
    MESSAGE,
    OUTCOMES,
    QUIT,
)
from ccsim.results.axis import Axis, Slots, counts, histogram
from ccsim.results.columns import HUNG_UP, IN_TIME, LATE, STAYS, Stays
from ccsim.results.histogram import BINS, wait_bins

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]
Histograms = npt.NDArray[np.uint32]
Facts = dict[str, FloatArray]

# Contacts that ended so never asked for a person, or found nobody to ask.
NOT_OFFERED = (CLOSED, MESSAGE, CONTAINED, QUIT, IN_SESSION)
_HANDED_ON = ("handled", "transferred", "escalated")
# Ways a leg of self-service ends, and a turn that is yet to come: nothing has entered a queue.
_NO_LEG = ("handed_over", "asked", "awaiting")
_KEPT = (
    "balked", "blocked", "closed", "waiting", "in_hand", "dropped", "silent", "message", "contained",
    "quit", "in_session", "no_reply", "awaiting", "interrupted", "replied", "transferred", "escalated",
)  # fmt: skip


def is_offered(outcome: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Which contacts asked for a person, from the outcomes of their last legs."""
    if int(outcome.max(initial=0)) <= IN_HAND:  # nothing but what a telephone knows
        return np.asarray(outcome != CLOSED)
    table = np.ones(len(OUTCOMES), np.bool_)
    table[list(NOT_OFFERED)] = False
    return table[outcome]


def queue_facts(stays: Stays, axes: tuple[Axis, ...], contacts: bool = True) -> list[Facts]:
    """The facts of `tally.FACTS` that outcome, wait and work give, along each axis.

    contacts: each row is a contact with its final outcome; else a leg.
    """
    kinds = np.flatnonzero(np.bincount(stays.outcome, minlength=1))  # a handful of all outcomes
    rank = np.zeros(len(OUTCOMES), np.uint8)
    rank[kinds] = np.arange(len(kinds))
    code = rank[stays.outcome] * np.uint8(STAYS) + stays.stay
    sums = {"wait": stays.wait * answered(stays), "talk": stays.talk, "wrap": stays.wrap}
    if stays.hold.any():
        sums["hold"] = stays.hold
    return [_along(axis, code, kinds, sums, contacts) for axis in axes]


def _along(
    axis: Axis, code: npt.NDArray[np.uint8], kinds: npt.NDArray[np.intp], sums: Facts, contacts: bool
) -> Facts:
    table = counts(axis, code, len(kinds) * STAYS).reshape(len(kinds), STAYS, axis.size)
    facts = {name: axis.sums(values) for name, values in sums.items()}
    facts.setdefault("hold", np.zeros(axis.size))
    by_outcome = dict(zip((OUTCOMES[kind] for kind in kinds), table.sum(axis=1), strict=True))
    return facts | _ends(by_outcome, np.zeros(axis.size), contacts) | _stays(table.sum(axis=0))


def _ends(ends: Facts, none: FloatArray, contacts: bool) -> Facts:
    """Facts of the outcomes there are; those of contacts that never occur are left out."""
    left_out = {OUTCOMES[code] for code in NOT_OFFERED} | set(() if contacts else _NO_LEG)
    asked = [count for name, count in ends.items() if name not in left_out]
    found = {name: ends[name] for name in _KEPT if name in ends}
    found["handled"] = np.sum([ends.get(name, none) for name in _HANDED_ON], axis=0)
    found["abandoned"] = ends.get("abandoned", none) + ends.get("silent", none)
    if "to_callback" in ends:
        found["callbacks"] = ends["to_callback"]
    return found | {"offered": np.sum([none, *asked], axis=0)}


def _stays(by_stay: FloatArray) -> Facts:
    hung_up = by_stay[HUNG_UP:]
    return {
        "answered": by_stay[LATE] + by_stay[IN_TIME],
        "in_time": by_stay[IN_TIME],
        "short": hung_up[1] + hung_up[3],
        "early": hung_up[2] + hung_up[3],
    }


def answered(stays: Stays) -> npt.NDArray[np.bool_]:
    """Which stays ended with an agent."""
    found: npt.NDArray[np.bool_] = (stays.stay == LATE) | (stays.stay == IN_TIME)
    return found


class Waits:
    """Histograms of waits, of the answered and of all offered, along any axis.

    Waits of all offered: who was blocked or balked waited 0 s; who still waits at the end of the
    run, or will be called back, is left out.
    """

    def __init__(self, stays: Stays) -> None:
        self._bins = wait_bins(stays.wait)
        self._bins += np.where(answered(stays), 0, BINS)
        outcome = stays.outcome
        known = (stays.stay > 0) | (outcome == BALKED) | (outcome == BLOCKED)
        self._known = None if known.all() else np.flatnonzero(known)

    def along(self, axis: Axis) -> Histograms:
        """Counts of shape (axis.size, 2, BINS)."""
        bins = self._bins
        if self._known is not None:
            axis, bins = Slots(axis.index[self._known], axis.size), bins[self._known]
        table = histogram(axis, bins, 2 * BINS).reshape(axis.size, 2, BINS)
        table[:, 1] += table[:, 0]
        return table.astype(np.uint32)
