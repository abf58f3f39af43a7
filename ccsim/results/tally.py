"""The tally: what one replication leaves behind once its journal is dropped.

Facts are sums, kept by name (`facts.FACTS` says what each is) along an axis. The facts of contacts and
issues lie on channels, intervals, days and cells; those of legs on queues and groups, under the same
names: `by_queue["offered"]` counts legs that entered the queue, `by_cell["offered"]` contacts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Names
from ccsim.results.facts import FactsAlong
from ccsim.results.grid import Grid

if TYPE_CHECKING:
    from ccsim.results.journeys import Journeys

FloatArray = npt.NDArray[np.float64]
Counts = npt.NDArray[np.uint32]

SHARES = (0.5, 0.8, 0.95)  # the wait quantiles reported
ANSWERED, ALL = 0, 1  # places in the wait histograms


@dataclass(frozen=True, eq=False)
class Tally:
    """Facts of one replication (or of several, pooled), counted weeks only.

    Shapes: `by_interval` (intervals of the week,), `by_day` (counted days,), the same by channel in
    `by_channel_interval` and `by_channel_day` with the channels first; `by_channel` (facts of agents'
    time and money), `by_cell`, `by_queue`, `by_group` and `by_self_service` one entry each. `waits` holds
    histograms by 'channel', 'intent', 'segment', 'queue' and 'group', each (n, 2, BINS): of the
    answered and of all offered; `responses` the same of first responses, (channels, BINS).
    `day_waits` (days, 2, len(SHARES)) are the quantiles of each day (s), `channel_day_waits` those by
    channel. `busy` and `seated` are agent-seconds (groups, intervals of the week), `work` those used
    by (groups, channels), `cell_work` by (groups, channels, cells); `reached_by` customers, by programme
    of outreach; `offered` counts (cells, intervals of the day), None if they are too many. `contacts` and
    `issues` count all rows, warm-up and follow-up included.
    """

    seed: int
    replication: int
    names: Names
    grid: Grid
    contacts: int
    issues: int
    by_interval: FactsAlong
    by_day: FactsAlong
    by_channel_interval: FactsAlong
    by_channel_day: FactsAlong
    by_channel: FactsAlong
    by_cell: FactsAlong
    by_queue: FactsAlong
    by_group: FactsAlong
    by_self_service: FactsAlong
    waits: Mapping[str, Counts]
    responses: Counts
    day_waits: FloatArray
    channel_day_waits: FloatArray
    busy: FloatArray
    seated: FloatArray
    work: FloatArray
    cell_work: FloatArray
    reached_by: FloatArray
    offered: Counts | None
    journeys: Journeys | None = None
    replications: int = field(default=1)

    def total(self, fact: str) -> float:
        """Sum of a fact over the counted weeks."""
        axes = (self.by_day, self.by_group, self.by_cell)
        return float(next((axis for axis in axes if fact in axis), self.by_day)[fact].sum())

    def add(self, others: Sequence[Tally]) -> Tally:
        """This tally and `others` pooled: facts, histograms and journeys summed."""
        every = [self, *others]
        pooled: dict[str, Any] = {name: sum(getattr(t, name) for t in every) for name in _NUMBERS}
        pooled |= {name: _facts([getattr(t, name) for t in every]) for name in _FACTS}
        pooled |= {name: np.sum([getattr(t, name) for t in every], axis=0) for name in _SUMS}
        pooled |= {name: _mean([getattr(t, name) for t in every]) for name in _MEANS}
        return replace(
            self,
            **pooled,
            waits={k: np.sum([t.waits[k] for t in every], axis=0) for k in self.waits},
            offered=_offered(every),
            journeys=_pooled_journeys(every),
        )

    def in_channel(self, channel: int) -> Tally:
        """Of one channel: contacts and issues by interval and day; no agents, whom channels share."""

        def part(facts: FactsAlong) -> FactsAlong:
            return FactsAlong(facts.shape[1:], {name: values[channel] for name, values in facts.items()})

        def none(facts: FactsAlong) -> FactsAlong:
            return FactsAlong(facts.shape, {})

        own = {name: values[[channel]] for name, values in self.by_channel.items()}
        mine = slice(channel, channel + 1)
        return replace(
            self,
            by_interval=part(self.by_channel_interval),
            by_day=part(self.by_channel_day),
            by_group=FactsAlong((1,), own),
            by_cell=none(self.by_cell),
            by_queue=none(self.by_queue),
            waits={"intent": self.waits["channel"][mine]},
            responses=self.responses[mine],
            day_waits=self.channel_day_waits[channel],
            offered=None,
        )


_NUMBERS = ("contacts", "issues", "replications")
_MEANS = ("day_waits", "channel_day_waits")
_FACTS = (
    "by_interval", "by_day", "by_channel_interval", "by_channel_day", "by_channel", "by_cell",
    "by_queue", "by_group", "by_self_service",
)  # fmt: skip
_SUMS = ("responses", "busy", "seated", "work", "cell_work", "reached_by")


def _facts(parts: Sequence[FactsAlong]) -> FactsAlong:
    names = dict.fromkeys(name for part in parts for name in part)
    sums = {name: np.sum([part[name] for part in parts], axis=0) for name in names}
    return FactsAlong(parts[0].shape, sums)


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
