"""Journeys: what customers went through, issue by issue, compressed into rows with counts.

Everything after the service measures (effort, CSAT, churn, money) needs only this: issues that
had the same contacts, transfers, repetitions, abandonments and (binned) wait share one row, so 200
draws of the outcome model over millions of issues stay a product of small arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import RESOLVED, Journal
from ccsim.results.answered_last import last_sites, made_good, sites_in
from ccsim.results.eventful_journeys import Eventful, is_eventful
from ccsim.results.grouping import grouped
from ccsim.results.ordered_legs import OrderedLegs
from ccsim.results.plain_journeys import Plain

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

WAIT_STEP: Final = 0.05  # width of a bin of ln(1 + W/60 s); no wait at all has a bin of its own
WEEK: Final = 604_800.0
SEVERE: Final = 3  # abandonments that make a failure severe
FEATURES: Final = (
    "dead_ends", "crowd", "novice", "contacts", "transfers", "switches", "retold", "abandons",
)  # fmt: skip
# What makes a row, rare ones first.
COLUMNS: Final = (
    "recovered", *FEATURES, "site", "channel", "segment", "intent", "resolved", "wait_bin",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Journeys:
    """Compressed journeys of one replication, or of several pooled.

    segments, intents, channels, sites: what the integers of `segment`, `intent`, `channel` (on which
    the issue began) and `site` name: the site of the group that answered last; the last of the sites is
    "", where nobody did. Per row: contacts n (every attempt; what answers a message left is none),
    transfers t (to a higher tier too), switches s of channel, retold u (times the story was told again),
    abandons a (balked, blocked, dropped and quit too), dead_ends (sessions of self-service that ended
    in nothing), resolved (0 or 1), wait_bin, ln_wait (mean over the row of ln(1 + W/60), W the seconds
    queued in all), crowd (contacts in the agent's hands above two, in quarters), novice (1: answered by
    agents still in their ramp), recovered (1: resolved by an empowered group after a mild failure, that
    is, the customer had come back after leaving or unresolved, and had left fewer than three times), count
    of issues. weeks: counted weeks in all (added up when pooled); replications: how many are pooled.
    """

    segments: tuple[str, ...]
    intents: tuple[str, ...]
    channels: tuple[str, ...]
    sites: tuple[str, ...]
    segment: Ints
    intent: Ints
    channel: Ints
    site: Ints
    contacts: Ints
    transfers: Ints
    switches: Ints
    retold: Ints
    abandons: Ints
    dead_ends: Ints
    crowd: Ints
    novice: Ints
    recovered: Ints
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
        return np.asarray((self.resolved == 0) | (self.abandons >= SEVERE))

    def where(self, rows: Mask) -> Journeys:
        """Only these rows (a mask): the journeys of an intent or a segment, say."""
        chosen = {name: getattr(self, name)[rows] for name in (*COLUMNS, "ln_wait", "count")}
        return replace(self, **chosen)


def compress(
    journal: Journal, scenario: Scenario | None = None, ordered: OrderedLegs | None = None
) -> Journeys:
    """Journeys of the issues born in the counted weeks, as they stand at the end of the run.

    An issue still open then counts as not resolved. Without a scenario every channel is taken as live
    and every agent as having one contact in hand. `ordered` may be handed in if it is known.
    """
    found, columns, ln_wait = _found(journal, scenario, ordered)
    rows, count, weighted = grouped(columns, None, ln_wait)
    journeys = _named(journal, found, rows, weighted / count, count)
    return add([journeys])  # the same order of rows however they came about


def issue_by_issue(
    journal: Journal, scenario: Scenario | None = None, ordered: OrderedLegs | None = None
) -> Journeys:
    """The same journeys uncompressed: a row for each counted issue, in order of birth."""
    found, columns, ln_wait = _found(journal, scenario, ordered)
    rows = {name: np.asarray(values).astype(np.int64) for name, values in columns.items()}
    return _named(journal, found, rows, ln_wait, np.ones(len(ln_wait)))


def _found(
    journal: Journal, scenario: Scenario | None, ordered: OrderedLegs | None
) -> tuple[Plain | Eventful, dict[str, npt.NDArray[Any]], Floats]:
    """What the counted issues went through: columns that make a row, and ln(1 + W/60), by issue."""
    chosen = np.flatnonzero(journal.counted_issues)
    if ordered is None and is_eventful(journal, scenario):
        ordered = OrderedLegs.of(journal)
    found: Plain | Eventful
    if ordered is not None:
        found = Eventful.of(journal, scenario, chosen, ordered)
    else:
        found = Plain.of(journal, chosen)
    ln_wait = np.log1p(found.wait / 60.0)
    good = made_good(journal, scenario)
    columns = {
        **({} if good is None else {"good": good[chosen]}),
        **found.columns,
        "site": last_sites(journal, ordered)[chosen],
        "cell": journal.issues["cell"][chosen],
        "resolved": journal.issues["status"][chosen] == RESOLVED,
        "wait_bin": np.ceil(ln_wait / WAIT_STEP),
    }
    return found, columns, ln_wait


def _named(
    journal: Journal, found: Plain | Eventful, rows: Mapping[str, Ints], ln_wait: Floats, count: Floats
) -> Journeys:
    """The journeys that rows of the columns of `_found` stand for."""
    names, cell, features = journal.names, rows["cell"], found.features(rows)
    return Journeys(
        segments=names.segments,
        intents=names.intents,
        channels=names.channels,
        sites=sites_in(names),
        segment=names.cell_segment[cell].astype(np.int64),
        intent=names.cell_intent[cell].astype(np.int64),
        channel=names.cell_channel[cell].astype(np.int64),
        site=rows["site"],
        recovered=_recovered(rows, features),
        resolved=rows["resolved"],
        wait_bin=rows["wait_bin"],
        ln_wait=ln_wait,
        count=count,
        weeks=journal.counted_until / WEEK,
        replications=1,
        **features,
    )


def _recovered(rows: Mapping[str, Ints], features: Mapping[str, Ints]) -> Ints:
    """Made good, resolved in the end, and nothing severe before."""
    if "good" not in rows:
        return np.zeros(len(rows["resolved"]), np.int64)
    return rows["good"] * rows["resolved"] * (features["abandons"] < SEVERE)


def add(parts: Sequence[Journeys]) -> Journeys:
    """Replications pooled: equal rows joined, counts and weeks added up."""
    first = parts[0]
    columns = {key: np.concatenate([getattr(part, key) for part in parts]) for key in COLUMNS}
    count = np.concatenate([part.count for part in parts])
    ln_wait = np.concatenate([part.ln_wait for part in parts])
    rows, total, weighted = grouped(columns, count, ln_wait)
    return replace(
        first,
        **rows,
        ln_wait=weighted / total,
        count=total,
        weeks=sum(part.weeks for part in parts),
        replications=sum(part.replications for part in parts),
    )
