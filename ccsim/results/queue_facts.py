"""Facts of whatever entered a queue: contacts by their first leg, or legs one by one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import BALKED, BLOCKED, OUTCOMES
from ccsim.results.axis import Axis, Slots, counts, histogram
from ccsim.results.columns import HUNG_UP, IN_TIME, LATE, STAYS, Stays
from ccsim.results.histogram import BINS, wait_bins

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]
Histograms = npt.NDArray[np.uint32]
Facts = dict[str, FloatArray]


def queue_facts(stays: Stays, axes: tuple[Axis, ...]) -> list[Facts]:
    """The facts of `tally.FACTS` that outcome, wait and work give, along each axis."""
    code = stays.outcome.astype(np.uint8) * np.uint8(STAYS) + stays.stay
    sums = {"wait": stays.wait * answered(stays), "talk": stays.talk, "wrap": stays.wrap}
    if stays.hold.any():
        sums["hold"] = stays.hold
    return [_along(axis, code, sums) for axis in axes]


def _along(axis: Axis, code: npt.NDArray[np.uint8], sums: Facts) -> Facts:
    table = counts(axis, code, len(OUTCOMES) * STAYS).reshape(len(OUTCOMES), STAYS, axis.size)
    facts = {name: axis.sums(values) for name, values in sums.items()}
    facts.setdefault("hold", np.zeros(axis.size))
    return facts | _ends(table.sum(axis=1)) | _stays(table.sum(axis=0))


def _ends(by_outcome: FloatArray) -> Facts:
    ends = dict(zip(OUTCOMES[1:], by_outcome[1:], strict=True))
    ends["handled"] = ends["handled"] + ends["transferred"]
    asked = (ends[name] for name in OUTCOMES[1:] if name not in ("transferred", "closed"))
    return ends | {"offered": np.sum(list(asked), axis=0)}


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
    run is left out.
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
