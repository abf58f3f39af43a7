"""Cost per contact and per resolution. The costs themselves are the economics ledger's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ccsim.results.measure import Measure
from ccsim.results.tally import Tally

COSTS = (
    Measure(
        "cost_per_contact", "cost a contact handled", "money", "cost", "handled", (None,), "down",
        "All costs of the counted weeks, per contact handled.",
    ),
    Measure(
        "cost_per_resolution", "cost an issue resolved", "money", "cost", "resolved", (None,),
        "down", "All costs of the counted weeks, per issue resolved.",
    ),
)  # fmt: skip


def with_costs(tallies: Sequence[Tally], costs: Sequence[float] | None) -> list[Tally]:
    """Tallies with the fact `cost`: all costs of the counted weeks, one number a replication.

    Without costs they are nan, and so is what is computed from them.
    """
    amounts = [float("nan")] * len(tallies) if costs is None else list(costs)
    return [
        replace(tally, by_group={**tally.by_group, "cost": _spread(tally, amount)})
        for tally, amount in zip(tallies, amounts, strict=True)
    ]


def _spread(tally: Tally, amount: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The whole amount on the first group: only its total is asked for."""
    spread = np.zeros(max(1, len(tally.names.groups)))
    spread[0] = amount
    return spread
