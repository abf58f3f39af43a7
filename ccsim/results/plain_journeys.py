"""Journeys of a telephone centre, issue by issue: sums over legs, packed into two numbers an issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ABANDONED, BLOCKED, Journal, Records

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Columns = dict[str, npt.NDArray[Any]]

FIRST_LEG, SPOKE, KNOWN, LEFT = 1, 2, 4, 8  # flags of a leg
SLICE: Final = 8192  # legs read at a time: so many rows stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Plain:
    """Of some issues, sums over their legs, packed as digits to the base `pack` (exact in a float64).

    columns: met (contacts, transfers, contacts in which the story was told) and hard (repetitions after
    cold transfers, abandonments), each as a number of one of its kinds. wait: seconds queued.
    """

    pack: int
    columns: Columns
    met_kinds: Ints
    hard_kinds: Ints
    wait: Floats

    @classmethod
    def of(cls, journal: Journal, chosen: npt.NDArray[np.intp]) -> Plain:
        """The sums of a journal in which nothing happened that a telephone centre does not know."""
        issue, flags, wait = _leg_columns(journal.legs, journal.end)
        kind = np.arange(16)
        pack = 1 + int(np.bincount(issue, minlength=1).max())
        opens, spoke, known = (kind & FIRST_LEG) > 0, (kind & SPOKE) > 0, (kind & KNOWN) > 0
        met = opens + pack * ~opens + pack**2 * (opens & spoke & ~known)
        hard = (~opens & spoke & ~known) + pack * ((kind & LEFT) > 0)

        def summed(values: npt.NDArray[Any]) -> Floats:
            sums = np.bincount(issue, values, len(journal.issues))
            return np.asarray(sums, dtype=np.float64)[chosen]

        met_sum, hard_sum = (summed(by_flag.astype(np.float64)[flags]) for by_flag in (met, hard))
        met_kinds, met_kind = _kinds(met_sum)
        hard_kinds, hard_kind = _kinds(hard_sum)
        return cls(pack, {"met": met_kind, "hard": hard_kind}, met_kinds, hard_kinds, summed(wait))

    def features(self, rows: Mapping[str, Any]) -> dict[str, Ints]:
        """What rows of these columns stand for.

        The story is told again at each contact after the first that reaches somebody who does not
        know it, and after each transfer that is not warm.
        """
        met, hard = self.met_kinds[rows["met"]], self.hard_kinds[rows["hard"]]
        told, nothing = met // self.pack**2, np.zeros(len(met), np.int64)
        return {
            "contacts": met % self.pack,
            "transfers": met // self.pack % self.pack,
            "switches": nothing,
            "retold": np.maximum(told - 1, 0) + hard % self.pack,
            "abandons": hard // self.pack,
            "dead_ends": nothing,
            "crowd": nothing,
            "novice": nothing,
        }


def _leg_columns(legs: Records, end: float) -> tuple[Ints, Ints, Floats]:
    """Issue, flags and seconds queued of each leg; in slices, so that rows are fetched once."""
    issue, flags = np.empty((2, len(legs)), np.int64)
    wait = np.empty(len(legs))
    for start in range(0, len(legs), SLICE):
        here = slice(start, start + SLICE)
        part = legs[here]
        issue[here], outcome = part["issue"], part["outcome"]
        wait[here] = part["left"] - part["entered"]
        left_early = (outcome >= ABANDONED) & (outcome <= BLOCKED)
        flags[here] = (part["leg"] == 0) + SPOKE * (part["agent"] >= 0) + LEFT * left_early
        flags[here] += KNOWN * (part["context"] != 0)
    still = np.flatnonzero(np.isnan(wait))
    wait[still] = end - legs["entered"][still]
    return issue, flags, wait


def _kinds(packed: Floats) -> tuple[Ints, Ints]:
    """Distinct values, ascending, and the place of each element among them."""
    whole = packed.astype(np.int64)
    highest = int(whole.max(initial=0))
    if highest > 1 << 20:  # an issue with a hundred contacts: no table, sort
        values, place = np.unique(whole, return_inverse=True)
        return values, place
    values = np.flatnonzero(np.bincount(whole, minlength=1))
    table = np.zeros(highest + 1, np.int64)
    table[values] = np.arange(len(values))
    return values, table[whole]
