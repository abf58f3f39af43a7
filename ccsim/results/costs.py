"""Cost per contact and per resolution. The costs themselves are the economics ledger's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ccsim.results.facts import FactsAlong
from ccsim.results.measure import Measure
from ccsim.results.tally import Tally

FloatArray = npt.NDArray[np.float64]

COSTS = (
    Measure(
        "cost_per_contact", "cost a contact handled", "money", "cost", "handled", (None, "channel"),
        "down",
        "All costs of the counted weeks, per contact handled. A channel bears what its contacts take of "
        "each group's time, its telecom and its self-service.",
    ),
    Measure(
        "cost_per_resolution", "cost an issue resolved", "money", "cost", "resolved", (None, "channel"),
        "down", "All costs of the counted weeks, per issue resolved; a channel's issues began on it.",
    ),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Paid:
    """Costs of the counted weeks of one replication: in all, and what each channel bears of them."""

    total: float
    by_channel: FloatArray


def with_costs(tallies: Sequence[Tally], costs: Sequence[Paid] | None) -> list[Tally]:
    """Tallies with the fact `cost`. Without costs it is nan, and so is what is computed from it."""
    if costs is None:
        costs = [Paid(np.nan, np.full(len(tally.names.channels), np.nan)) for tally in tallies]
    return [_with(tally, paid) for tally, paid in zip(tallies, costs, strict=True)]


def _with(tally: Tally, paid: Paid) -> Tally:
    """The total stands on the first group: it is asked for the whole only."""
    spread = np.zeros(tally.by_group.shape)
    spread[:1] = paid.total
    return replace(
        tally,
        by_group=FactsAlong(tally.by_group.shape, {**tally.by_group, "cost": spread}),
        by_channel=FactsAlong(tally.by_channel.shape, {**tally.by_channel, "cost": paid.by_channel}),
    )
