"""The tally: what one replication leaves behind once its journal is dropped.

Facts are sums, kept by name (`FACTS` says what each is) along an axis. The facts of contacts and
issues lie on intervals, days and cells; those of legs on queues and groups, under the same names:
`by_queue["offered"]` counts legs that entered the queue, `by_cell["offered"]` contacts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Names
from ccsim.results.grid import Grid

if TYPE_CHECKING:
    from ccsim.results.journeys import Journeys

FloatArray = npt.NDArray[np.float64]
Counts = npt.NDArray[np.uint32]
Facts = Mapping[str, FloatArray]

SHARES = (0.5, 0.8, 0.95)  # the wait quantiles reported
ANSWERED, ALL = 0, 1  # places in the wait histograms

FACTS: dict[str, str] = {
    "offered": "contacts that asked for a person: handled, abandoned, balked, blocked, waiting "
    "and in hand (of a queue: legs that entered it)",
    "handled": "contacts whose last leg was handled (of a queue or group: legs handled)",
    "abandoned": "hung up while waiting, short abandons included",
    "balked": "left at once rather than wait",
    "blocked": "found no line or no place in the queue",
    "closed": "turned away outside opening hours; not offered",
    "waiting": "still in the queue when the run ended",
    "in_hand": "still with an agent when the run ended",
    "answered": "answered by an agent in the first leg",
    "in_time": "answered in the first leg within the threshold",
    "short": "hung up in the first leg before `short_abandon`",
    "early": "hung up in the first leg within the threshold",
    "wait": "seconds waited in the first leg by those answered",
    "talk": "seconds of talk, all legs",
    "hold": "seconds of hold, all legs",
    "wrap": "seconds of wrap-up, all legs",
    "transferred": "contacts transferred at least once (of a queue or group: legs passed on)",
    "redials": "offered contacts whose predecessor was not handled",
    "repeats": "offered contacts whose predecessor was handled without resolving the issue",
    "intervals": "intervals in which something was offered",
    "intervals_met": "of these, with the service level on target",
    "days": "days on which something was offered",
    "days_met": "of these, with the service level on target",
    "issues": "issues born",
    "issue_contacts": "contacts of these issues",
    "resolved": "of these issues, resolved by the end of the run",
    "gave_up": "of these issues, given up",
    "open": "of these issues, open at the end of the run",
    "fcr_issues": "of these issues, with at least one contact handled",
    "fcr_resolved": "of these, resolved by the first contact handled",
    "seen_issues": "of the issues with a contact handled, those whose seven days are complete",
    "seen_resolved": "of these, without a further contact of that customer on that intent within "
    "seven days of the first contact handled",
    "busy": "agent-seconds with at least one contact, overtime included",
    "seated": "agent-seconds ready or busy, overtime included",
    "on_break": "agent-seconds on break",
    "absent": "agent-seconds absent",
    "away": "agent-seconds in meetings, in training or off the plan",
    "meetings": "of these, by plan: the shift's share of meetings, training and coaching",
    "overtime": "agent-seconds seated after the end of the shift",
    "in_plan": "agent-seconds seated by plan: seated less overtime",
    "paid": "agent-seconds paid: on the roster and overtime; of an on_seat group, seated time "
    "grossed up by its shrinkage",
    "periods": "times the slice occurred: counted weeks (of a day: 1)",
    "clock": "seconds on the clock in the slice",
}


@dataclass(frozen=True, eq=False)
class Tally:
    """Facts of one replication (or of several, pooled), counted weeks only.

    Shapes: `by_interval` (intervals of the week,), `by_day` (counted days,), `by_cell`, `by_queue`
    and `by_group` one entry each. `waits` holds histograms by 'intent', 'segment', 'queue' and
    'group', each (n, 2, BINS): of the answered and of all offered; `day_waits` (days, 2,
    len(SHARES)) the quantiles of each day (s). `busy` and `seated` are agent-seconds (groups,
    intervals of the week); `offered` counts (cells, intervals of the day), None if they are too
    many. `contacts` and `issues` count all rows, warm-up and follow-up included.
    """

    seed: int
    replication: int
    names: Names
    grid: Grid
    contacts: int
    issues: int
    by_interval: Facts
    by_day: Facts
    by_cell: Facts
    by_queue: Facts
    by_group: Facts
    waits: Mapping[str, Counts]
    day_waits: FloatArray
    busy: FloatArray
    seated: FloatArray
    offered: Counts | None
    journeys: Journeys | None = None
    replications: int = field(default=1)

    def total(self, fact: str) -> float:
        """Sum of a contact, issue or agent fact over the counted weeks."""
        axis = self.by_day if fact in self.by_day else self.by_group
        return float(axis[fact].sum())

    def add(self, others: Sequence[Tally]) -> Tally:
        """This tally and `others` pooled: facts, histograms and journeys summed."""
        every = [self, *others]
        return replace(
            self,
            contacts=sum(t.contacts for t in every),
            issues=sum(t.issues for t in every),
            by_interval=_summed([t.by_interval for t in every]),
            by_day=_summed([t.by_day for t in every]),
            by_cell=_summed([t.by_cell for t in every]),
            by_queue=_summed([t.by_queue for t in every]),
            by_group=_summed([t.by_group for t in every]),
            waits={k: np.sum([t.waits[k] for t in every], axis=0) for k in self.waits},
            day_waits=_mean([t.day_waits for t in every]),
            busy=np.sum([t.busy for t in every], axis=0),
            seated=np.sum([t.seated for t in every], axis=0),
            offered=_offered(every),
            journeys=_pooled_journeys(every),
            replications=sum(t.replications for t in every),
        )


def _summed(parts: Sequence[Facts]) -> Facts:
    return {name: np.sum([part[name] for part in parts], axis=0) for name in parts[0]}


def _mean(parts: Sequence[FloatArray]) -> FloatArray:
    """Mean of the known values; nan where none is known."""
    stacked = np.array(parts)
    known = ~np.isnan(stacked)
    with np.errstate(invalid="ignore"):
        mean: FloatArray = np.where(known, stacked, 0.0).sum(axis=0) / known.sum(axis=0)
    return mean


def _offered(tallies: Sequence[Tally]) -> Counts | None:
    kept = [t.offered for t in tallies if t.offered is not None]
    return np.sum(kept, axis=0, dtype=np.uint32) if kept else None


def _pooled_journeys(tallies: Sequence[Tally]) -> Journeys | None:
    kept = [t.journeys for t in tallies if t.journeys is not None]
    if not kept:
        return None
    from ccsim.results.journeys import add

    return add(kept)
