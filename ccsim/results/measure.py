"""A measure: what it divides by what, of which facts, and how it is estimated."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from ccsim.results.facts import FactsAlong
from ccsim.results.slices import SLICES, facts_by
from ccsim.results.statistics import Estimate, ratio, student_mean
from ccsim.results.tally import Tally

FloatArray = npt.NDArray[np.float64]
By = str | None

EVERY: tuple[By, ...] = (None, *(by for by in SLICES if by != "self_service"))
# Where contacts that were not answered can be placed: no group ever had them.
QUEUED: tuple[By, ...] = tuple(by for by in EVERY if by not in ("group", "site"))
# Where customers and their issues can be placed.
BORN: tuple[By, ...] = tuple(by for by in QUEUED if by != "queue")
# Where stays in self-service can be placed.
SESSIONS: tuple[By, ...] = (*BORN, "self_service")
# Where work that waits can be placed.
OPEN: tuple[By, ...] = (None, "interval", "day", "weekday_hour", "channel")
# Where agents' time can be placed.
SEATS: tuple[By, ...] = (None, "interval", "day", "weekday_hour", "group", "site")
PAYROLL: tuple[By, ...] = (None, "group", "site")


@dataclass(frozen=True)
class Measure:
    """One figure of the registry.

    numerator, denominator: sums and differences of facts (`facts.FACTS`), such as
        'offered - short'. The value over replications is the ratio of their sums.
    slices: how it can be sliced; None is the whole.
    unit: 'share', 's', 'number', 'agents', 'money', or 'contacts' and 'hours' (per week; per day
        when sliced by day).
    better: 'up', 'down', or None where neither is.
    each: for figures that are no ratio: its values in one replication, averaged over them; the
        numerator then says in words what it is.
    """

    name: str
    label: str
    unit: str
    numerator: str
    denominator: str
    slices: tuple[By, ...]
    better: str | None
    doc: str
    each: Callable[[Tally, By], FloatArray] | None = None

    @property
    def formula(self) -> str:
        """How it is computed, in the names of facts."""
        if self.each is not None:
            return self.numerator
        return f"{_bracketed(self.numerator)} / {_bracketed(self.denominator)}"

    def pair(self, tally: Tally, by: By = None) -> tuple[FloatArray, FloatArray]:
        """Numerator and denominator in one replication, each of shape (slices,)."""
        facts = facts_by(tally, by)
        return evaluate(self.numerator, facts), evaluate(self.denominator, facts)

    def values(self, tally: Tally, by: By = None) -> FloatArray:
        """Values in one replication, shape (slices,); nan where nothing was counted."""
        if self.each is not None:
            return self.each(tally, by)
        numerator, denominator = self.pair(tally, by)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(denominator != 0, numerator / denominator, np.nan)

    def estimate(
        self, tallies: Sequence[Tally], by: By = None, facts: Sequence[FactsAlong] | None = None
    ) -> Estimate:
        """Values over replications with their 95 % intervals, shapes (slices,).

        `facts` of the tallies by slice may be handed in, to slice once for many measures.
        """
        if self.each is not None:
            return student_mean(np.array([self.each(tally, by) for tally in tallies]))
        sliced = facts or [facts_by(tally, by) for tally in tallies]
        return ratio(
            np.array([evaluate(self.numerator, each) for each in sliced]),
            np.array([evaluate(self.denominator, each) for each in sliced]),
        )


@cache
def terms(expression: str) -> tuple[tuple[float, str], ...]:
    """The signed facts of an expression: 'offered - short' is ((1, offered), (-1, short))."""
    found = re.findall(r"([+-]?)\s*(\w+)", expression)
    return tuple((-1.0 if sign == "-" else 1.0, name) for sign, name in found)


def evaluate(expression: str, facts: FactsAlong) -> FloatArray:
    """The value of an expression, by slice."""
    total: FloatArray | float = 0.0
    for sign, name in terms(expression):
        total = total + sign * facts[name]
    return np.asarray(total, np.float64)


def _bracketed(expression: str) -> str:
    return f"({expression})" if len(terms(expression)) > 1 else expression
