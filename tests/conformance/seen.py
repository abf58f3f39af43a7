"""What an observer with a stop-watch would note of a journal: each measure is a numerator and a
denominator, so that replications can be added up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ABANDONED, BALKED, BLOCKED, HANDLED, TRANSFERRED, Journal

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Pair = tuple[float, float]
Measure = Callable[["Seen"], Pair]


@dataclass(frozen=True, eq=False)
class Seen:
    """The legs of a journal, watched from `start` to `stop` (s): those that entered then are counted,
    time averages are taken over the time between."""

    journal: Journal
    start: float
    stop: float
    rows: npt.NDArray[np.void]

    @classmethod
    def of(cls, journal: Journal, start: float, stop: float) -> Seen:
        return cls(journal, start, stop, journal.legs[journal.legs["entered"] < stop])

    def only(self, keep: Bools) -> Seen:
        return Seen(self.journal, self.start, self.stop, self.rows[keep])

    def intent(self, name: str) -> Seen:
        return self.only(self.rows["intent"] == self.journal.names.intents.index(name))

    @property
    def length(self) -> float:
        return self.stop - self.start

    @cached_property
    def counted(self) -> Bools:
        return np.asarray(self.entered >= self.start)

    @cached_property
    def entered(self) -> Floats:
        return np.ascontiguousarray(self.rows["entered"])

    @cached_property
    def left(self) -> Floats:
        left = np.ascontiguousarray(self.rows["left"])
        return np.where(np.isnan(left), self.journal.end, left)

    @cached_property
    def wait(self) -> Floats:
        return np.asarray(self.left - self.entered)

    @cached_property
    def outcome(self) -> npt.NDArray[np.int32]:
        return np.ascontiguousarray(self.rows["outcome"])

    @cached_property
    def lost(self) -> Bools:
        return np.asarray((self.outcome == ABANDONED) | (self.outcome == BALKED))

    @cached_property
    def answered(self) -> Bools:
        return np.asarray((self.outcome == HANDLED) | (self.outcome == TRANSFERRED))

    @cached_property
    def accepted(self) -> Bools:
        return np.asarray(self.outcome != BLOCKED)

    @cached_property
    def delayed(self) -> Bools:
        """Found nobody free: waited, or would not."""
        return np.asarray(((self.wait > 0.0) & self.accepted) | (self.outcome == BALKED))

    @cached_property
    def group(self) -> npt.NDArray[np.int32]:
        return np.ascontiguousarray(self.rows["group"])

    def share(self, hit: Bools, among: Bools | None = None) -> Pair:
        base = self.counted if among is None else self.counted & among
        return float((hit & base).sum()), float(base.sum())

    def mean(self, values: Floats, among: Bools | None = None) -> Pair:
        base = self.counted if among is None else self.counted & among
        return float(values[base].sum()), float(base.sum())

    def time_in(self, begin: Floats, end: Floats) -> float:
        """Total time of spells from `begin` to `end` inside the window."""
        inside = np.minimum(end, self.stop) - np.maximum(begin, self.start)
        return float(np.maximum(inside, 0.0).sum())


def p_block(v: Seen) -> Pair:
    return v.share(~v.accepted)


def p_wait(v: Seen) -> Pair:
    return v.share(v.delayed)


def p_abandon(v: Seen) -> Pair:
    return v.share(v.lost)


def mean_wait_all(v: Seen) -> Pair:
    return v.mean(v.wait)


def mean_wait_accepted(v: Seen) -> Pair:
    return v.mean(v.wait, v.accepted)


def mean_wait_given_wait(v: Seen) -> Pair:
    return v.mean(v.wait, v.delayed)


def asa_answered(v: Seen) -> Pair:
    return v.mean(v.wait, v.answered)


def mean_wait_abandoned(v: Seen) -> Pair:
    return v.mean(v.wait, v.lost)


def mean_queue(v: Seen) -> Pair:
    return v.time_in(v.entered, v.left), v.length


def rate(v: Seen) -> Pair:
    """Legs that entered, a second."""
    return float(v.counted.sum()), v.length


def sl_offered(within: float) -> Measure:
    return lambda v: v.share(v.answered & (v.wait <= within))


def sl_answered(within: float) -> Measure:
    return lambda v: v.share(v.wait <= within, v.answered)


def sl_accepted(within: float) -> Measure:
    return lambda v: v.share(v.wait <= within, v.accepted)


def p_ab_within(within: float) -> Measure:
    return lambda v: v.share(v.lost & (v.wait <= within))


def sl_excl_short_ab(within: float) -> Measure:
    return lambda v: v.share(v.answered & (v.wait <= within), ~(v.lost & (v.wait <= within)))


def p_wait_gt(within: float) -> Measure:
    return lambda v: v.share(v.wait > within)


def busy(agents: float, part: str = "all", group: str | None = None) -> Measure:
    """Agents busy on average, over `agents`: talking and holding, in wrap-up, or all of it."""

    def measure(v: Seen) -> Pair:
        chosen = v.rows["agent"] >= 0
        if group is not None:
            chosen = chosen & (v.group == v.journal.names.groups.index(group))
        rows, answered = v.rows[chosen], v.left[chosen]
        spoken = answered + (rows["talk"] + rows["hold"])
        done = spoken + rows["wrap"]
        spells = {"all": (answered, done), "talk": (answered, spoken), "wrap": (spoken, done)}
        return v.time_in(*spells[part]), agents * v.length

    return measure


def for_intent(intent: str, measure: Measure) -> Measure:
    return lambda v: measure(v.intent(intent))


def served_by(group: str) -> Measure:
    """Share of those answered who were answered by a group."""
    return lambda v: v.share(v.group == v.journal.names.groups.index(group), v.answered)
