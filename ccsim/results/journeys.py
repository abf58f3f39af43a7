"""Journeys: what customers went through, issue by issue, compressed into rows with counts.

Everything after the service measures (effort, CSAT, churn, money) needs only this: issues that
had the same contacts, transfers, repetitions, abandonments and (binned) wait share one row, so 200
draws of the outcome model over millions of issues stay a product of small arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ABANDONED, BLOCKED, RESOLVED, Journal, Records

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

WAIT_STEP: Final = 0.05  # width of a bin of ln(1 + W/60 s); no wait at all has a bin of its own
WEEK: Final = 604_800.0
FEATURES: Final = ("contacts", "transfers", "switches", "retold", "abandons")
COLUMNS: Final = (*FEATURES, "segment", "intent", "resolved", "wait_bin")  # rare ones first


@dataclass(frozen=True, eq=False)
class Journeys:
    """Compressed journeys of one replication, or of several pooled.

    segments, intents: what the integers of `segment` and `intent` (of the issue) name.
    Per row: contacts n (every attempt), transfers t, switches s of channel, retold u (times the
    story was told again), abandons a (balked and blocked too), resolved (0 or 1), wait_bin,
    ln_wait (mean over the row of ln(1 + W/60), W the seconds queued in all), count of issues.
    weeks: counted weeks in all (added up when pooled); replications: how many are pooled.
    """

    segments: tuple[str, ...]
    intents: tuple[str, ...]
    segment: Ints
    intent: Ints
    contacts: Ints
    transfers: Ints
    switches: Ints
    retold: Ints
    abandons: Ints
    resolved: Ints
    wait_bin: Ints
    ln_wait: Floats
    count: Floats
    weeks: float
    replications: int

    def __len__(self) -> int:
        return len(self.count)

    @property
    def issues(self) -> float:
        """Number of issues in all."""
        return float(self.count.sum())

    @property
    def severe(self) -> Mask:
        """Rows that are a severe failure: never resolved, or three abandonments or more."""
        return np.asarray((self.resolved == 0) | (self.abandons >= 3))

    def where(self, rows: Mask) -> Journeys:
        """Only these rows (a mask): the journeys of an intent or a segment, say."""
        chosen = {name: getattr(self, name)[rows] for name in (*COLUMNS, "ln_wait", "count")}
        return replace(self, **chosen)


def compress(journal: Journal, scenario: object = None) -> Journeys:
    """Journeys of the issues born in the counted weeks, as they stand at the end of the run.

    An issue still open then counts as not resolved. The scenario is not needed; it is accepted so
    that every reduction of a journal is called alike.
    """
    names, chosen = journal.names, np.flatnonzero(journal.counted_issues)
    sums = _per_issue(journal)
    wait = sums.wait[chosen]
    ln_wait = np.log1p(wait / 60.0)
    met_kinds, met = _kinds(sums.met[chosen])
    hard_kinds, hard = _kinds(sums.hard[chosen])
    columns = {
        "met": met,
        "hard": hard,
        "cell": journal.issues["cell"][chosen],
        "resolved": journal.issues["status"][chosen] == RESOLVED,
        "wait_bin": np.ceil(ln_wait / WAIT_STEP),
    }
    rows, count, weighted = _group(columns, None, ln_wait)
    cell = rows["cell"]
    journeys = Journeys(
        segments=names.segments,
        intents=names.intents,
        segment=names.cell_segment[cell].astype(np.int64),
        intent=names.cell_intent[cell].astype(np.int64),
        switches=np.zeros(len(cell), np.int64),  # voice alone: nobody changes channel
        resolved=rows["resolved"],
        wait_bin=rows["wait_bin"],
        ln_wait=weighted / count,
        count=count,
        weeks=journal.counted_until / WEEK,
        replications=1,
        **_unpacked(met_kinds[rows["met"]], hard_kinds[rows["hard"]], sums.pack),
    )
    return add([journeys])  # the same order of rows however they came about


def add(parts: Sequence[Journeys]) -> Journeys:
    """Replications pooled: equal rows joined, counts and weeks added up."""
    first = parts[0]
    columns = {key: np.concatenate([getattr(part, key) for part in parts]) for key in COLUMNS}
    count = np.concatenate([part.count for part in parts])
    ln_wait = np.concatenate([part.ln_wait for part in parts])
    rows, total, weighted = _group(columns, count, ln_wait)
    return replace(
        first,
        **rows,
        ln_wait=weighted / total,
        count=total,
        weeks=sum(part.weeks for part in parts),
        replications=sum(part.replications for part in parts),
    )


FIRST_LEG, SPOKE, WARM, LEFT = 1, 2, 4, 8  # flags of a leg
SLICE: Final = 8192  # legs read at a time: so many rows stay in the processor's cache


@dataclass(frozen=True, eq=False)
class _Sums:
    """Per issue, sums over its legs, packed as digits to the base `pack` (exact in a float64).

    met: contacts, transfers, contacts that reached somebody. hard: repetitions after cold
    transfers, abandonments. wait: seconds queued.
    """

    pack: int
    met: Floats
    hard: Floats
    wait: Floats


def _per_issue(journal: Journal) -> _Sums:
    issue, flags, wait = _leg_columns(journal.legs, journal.end)
    kind = np.arange(16)
    pack = 1 + int(np.bincount(issue, minlength=1).max())
    opens, spoke, warm = (kind & FIRST_LEG) > 0, (kind & SPOKE) > 0, (kind & WARM) > 0
    met = opens + pack * ~opens + pack**2 * (opens & spoke)
    hard = (~opens & spoke & ~warm) + pack * ((kind & LEFT) > 0)

    def summed(values: npt.NDArray[Any]) -> Floats:
        sums = np.bincount(issue, values, len(journal.issues))
        return np.asarray(sums, dtype=np.float64)

    met_sum, hard_sum = (summed(by_flag.astype(np.float64)[flags]) for by_flag in (met, hard))
    return _Sums(pack, met_sum, hard_sum, summed(wait))


def _unpacked(met: Ints, hard: Ints, pack: int) -> dict[str, Any]:
    """Contacts, transfers, repetitions and abandonments of packed sums.

    The story is told again at each contact after the first that reaches somebody, and after each
    transfer that is not warm.
    """
    reached = met // pack**2
    return {
        "contacts": met % pack,
        "transfers": met // pack % pack,
        "retold": np.maximum(reached - 1, 0) + hard % pack,
        "abandons": hard // pack,
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
        flags[here] += WARM * (part["context"] != 0)
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


def _group(
    columns: Mapping[str, npt.NDArray[Any]], count: Floats | None, value: Floats
) -> tuple[dict[str, Any], Floats, Floats]:
    """Distinct rows of the columns (the rare values in the first of them); per row the summed
    count (None: 1 each) and the count-weighted sum of value.

    Rows come in the order of their mixed-radix code. Nearly all codes are small: those are
    counted in a table, the rest sorted.
    """
    radices = [int(column.max(initial=0)) + 1 for column in columns.values()]
    code = _codes(columns.values(), radices)
    dense = _dense_limit(radices, len(code))
    large = np.flatnonzero(code >= dense)
    odd, place = np.unique(code[large], return_inverse=True)
    code[large] = dense + place
    size = dense + odd.size
    total = np.asarray(np.bincount(code, count, size), dtype=np.float64)
    summed = np.asarray(np.bincount(code, value if count is None else count * value, size))
    here = np.flatnonzero(total)
    codes = np.concatenate((np.arange(dense), odd))[here]
    rows = dict(zip(columns, _decoded(codes, radices), strict=True))
    return rows, total[here], summed[here].astype(np.float64)


def _codes(columns: Iterable[npt.NDArray[Any]], radices: list[int]) -> Ints:
    code: Ints | None = None
    for column, radix in zip(columns, radices, strict=True):
        digit = column.astype(np.int64)
        code = digit if code is None else code * radix + digit
    return np.zeros(0, np.int64) if code is None else code


def _dense_limit(radices: list[int], rows: int) -> int:
    """Codes below this are counted in a table, of no more entries than there are rows or so."""
    limit, most = 1, max(rows, 4096)
    for radix in reversed(radices):
        if limit * radix > most:
            return limit * max(1, most // limit)
        limit *= radix
    return limit


def _decoded(code: Ints, radices: list[int]) -> list[Ints]:
    columns: list[Ints] = []
    for radix in reversed(radices):
        columns.append(code % radix)
        code = code // radix
    return columns[::-1]
