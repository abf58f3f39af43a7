"""Facts of whatever entered a queue: contacts by their first leg, or legs one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ABANDONED, HANDLED, IN_HAND, OUTCOMES, TRANSFERRED, WAITING
from ccsim.results.axis import Axis
from ccsim.results.histogram import BINS

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]

# How the stay in the first queue ended. Answered late or in time; abandoned, with bits for before
# `short_abandon` (1) and within the threshold (2); or anything else.
OTHER, LATE, IN_TIME, HUNG_UP = 0, 1, 2, 3
STAYS = HUNG_UP + 4


def _stay_codes() -> Codes:
    """Stay by outcome * 4 + short + 2 * within."""
    table = np.zeros((len(OUTCOMES), 4), np.uint8)
    for outcome in (HANDLED, TRANSFERRED, IN_HAND):
        table[outcome] = (LATE, LATE, IN_TIME, IN_TIME)
    table[ABANDONED] = HUNG_UP + np.arange(4)
    return table.ravel()


_STAY_CODES = _stay_codes()


@dataclass(frozen=True, eq=False)
class Stays:
    """One row a contact or leg: `outcome`, `stay` code, `wait` (s, 0 where unknown), work (s)."""

    outcome: npt.NDArray[Any]
    stay: Codes
    wait: FloatArray
    talk: FloatArray
    hold: FloatArray
    wrap: FloatArray


def stay_codes(
    outcome: npt.NDArray[Any],
    wait: FloatArray,
    within: FloatArray | float,
    short: FloatArray | float,
) -> Codes:
    """The stay code of each leg, from its own outcome and wait (s)."""
    code = outcome.astype(np.uint8)
    code <<= 2
    code += wait < short
    code += (wait <= within).view(np.uint8) << 1
    return _STAY_CODES[code]


def queue_facts(stays: Stays, axis: Axis) -> dict[str, FloatArray]:
    """The facts named in `tally.FACTS` that outcome, wait and work give, along an axis."""
    ends = dict(zip(OUTCOMES, axis.counts(stays.outcome, len(OUTCOMES)), strict=True))
    del ends[""]
    transferred = ends.pop("transferred")
    ends["handled"] = ends["handled"] + transferred
    facts = ends | _stay_facts(axis.counts(stays.stay, STAYS))
    facts["offered"] = np.sum([ends[name] for name in ends if name != "closed"], axis=0)
    answered = (stays.stay == LATE) | (stays.stay == IN_TIME)
    facts["wait"] = axis.sums(stays.wait * answered)
    for name, work in (("talk", stays.talk), ("hold", stays.hold), ("wrap", stays.wrap)):
        facts[name] = axis.sums(work) if work.any() else np.zeros(axis.size)
    facts["transferred"] = transferred
    return facts


def _stay_facts(counts: FloatArray) -> dict[str, FloatArray]:
    hung_up = counts[HUNG_UP:]
    return {
        "answered": counts[LATE] + counts[IN_TIME],
        "in_time": counts[IN_TIME],
        "short": hung_up[1] + hung_up[3],
        "early": hung_up[2] + hung_up[3],
    }


def wait_histograms(stays: Stays, bins: IndexArray, axis: Axis) -> npt.NDArray[np.uint32]:
    """Waits of the answered and of all offered along an axis; shape (size, 2, BINS)."""
    answered = (stays.stay == LATE) | (stays.stay == IN_TIME)
    table = axis.histogram(bins + BINS * ~answered, 2 * BINS).reshape(axis.size, 2, BINS)
    table[:, 1] += table[:, 0]
    return table.astype(np.uint32)


def known_waits(outcome: npt.NDArray[Any], stay: Codes) -> npt.NDArray[np.bool_]:
    """Which rows have a wait to put in a histogram: offered, and no longer waiting."""
    closed = OUTCOMES.index("closed")
    known: npt.NDArray[np.bool_] = (stay != OTHER) | ((outcome != closed) & (outcome != WAITING))
    return known
