"""Cost per contact and per resolution. The costs themselves are the economics ledger's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.results.borne import costs_by_cell
from ccsim.results.facts import FactsAlong
from ccsim.results.loyalty import YEAR_WEEKS
from ccsim.results.measure import By, Measure
from ccsim.results.tally import Tally

if TYPE_CHECKING:
    from ccsim.results.ledger import Ledger
    from ccsim.results.prices import Prices

FloatArray = npt.NDArray[np.float64]

BEARS: tuple[By, ...] = (None, "channel", "intent", "segment", "site")
COSTS = (
    Measure(
        "cost_per_contact", "cost a contact handled", "money", "cost", "handled", BEARS, "down",
        "All costs of the counted weeks, per contact handled. A channel, an intent and a segment bear what "
        "their contacts take of each group's time, their telecom and their self-service; nobody bears "
        "outreach and groups with nothing to do, so that these slices add up to the whole less that. A site "
        "bears what its groups cost, per contact that one of them handled, passed on or not; no site "
        "bears self-service and outreach.",
    ),
    Measure(
        "cost_per_resolution", "cost an issue resolved", "money", "cost", "resolved", BEARS, "down",
        "All costs of the counted weeks, per issue resolved; slices bear the same as per contact. A "
        "channel's issues began on it; a site's were answered last by one of its groups.",
    ),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Paid:
    """Costs of the counted weeks of one replication: in all, and who bears them.

    by_channel (channels,), by_cell (cells,) and by_group (groups,) add up to less than the total: some
    costs nobody bears.
    """

    total: float
    by_channel: FloatArray
    by_cell: FloatArray
    by_group: FloatArray

    @classmethod
    def of(cls, book: Ledger, tally: Tally, prices: Prices) -> Paid:
        """From the ledger (a year) of one replication."""
        part = tally.grid.weeks / YEAR_WEEKS
        return cls(
            total=part * book.total,
            by_channel=part * book.by_channel[:-1],
            by_cell=part * costs_by_cell(book, tally, prices),
            by_group=part * np.array(list(book.by_group.values())),
        )

    @classmethod
    def unknown(cls, tally: Tally) -> Paid:
        """nan, and so is what is computed from it."""
        names = tally.names
        sizes = (len(names.channels), names.cells, len(names.groups))
        return cls(np.nan, *(np.full(size, np.nan) for size in sizes))


def with_costs(tallies: Sequence[Tally], costs: Sequence[Paid] | None) -> list[Tally]:
    """Tallies with the fact `cost`: unknown without costs."""
    paid = costs or [Paid.unknown(tally) for tally in tallies]
    return [_with(tally, each) for tally, each in zip(tallies, paid, strict=True)]


def _with(tally: Tally, paid: Paid) -> Tally:
    """The whole stands on the first day: it is asked for without a slice only."""
    whole = np.zeros(tally.by_day.shape)
    whole[:1] = paid.total
    return replace(
        tally,
        by_day=_cost(tally.by_day, whole),
        by_channel=_cost(tally.by_channel, paid.by_channel),
        by_cell=_cost(tally.by_cell, paid.by_cell),
        by_group=_cost(tally.by_group, paid.by_group),
    )


def _cost(facts: FactsAlong, cost: FloatArray) -> FactsAlong:
    return FactsAlong(facts.shape, {**facts, "cost": cost})
