"""The figures around the answer: what a few agents more or fewer would give."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ccsim.theory.queue import Queue
from ccsim.theory.staffing import Patience, agents_for, queue

HEADINGS = ("agents", "service level", "ASA", "must wait", "abandoned", "occupancy", "queue")


@dataclass(frozen=True)
class Row:
    """One number of agents: shares 0..1, asa in seconds, mean queue in contacts."""

    agents: int
    service_level: float
    asa: float
    p_wait: float
    p_abandon: float
    occupancy: float
    mean_queue: float
    enough: bool


def rows(
    rate: float,
    aht: float,
    patience: Patience,
    agents: Sequence[int],
    *,
    within: float = 20.0,
    target_share: float = 0.8,
    short_abandon: float = 5.0,
) -> list[Row]:
    """A row for each number of agents; `enough` says whether it reaches the target."""
    found: list[Row] = []
    for number in agents:
        steady = queue(rate, aht, number, patience)
        level = steady.service_level(within, short_abandon)
        found.append(_row(steady, level, level >= target_share))
    return found


def _row(steady: Queue, level: float, enough: bool) -> Row:
    return Row(
        agents=steady.agents,
        service_level=level,
        asa=steady.asa,
        p_wait=steady.p_wait,
        p_abandon=steady.p_abandon,
        occupancy=steady.occupancy,
        mean_queue=steady.mean_queue,
        enough=enough,
    )


def around(
    rate: float,
    aht: float,
    patience: Patience = None,
    *,
    within: float = 20.0,
    target_share: float = 0.8,
    spread: int = 3,
) -> list[Row]:
    """Rows for the fewest agents that reach the target and `spread` more and fewer."""
    best = agents_for(target_share, within, rate, aht, patience)
    numbers = range(max(1, best - spread), best + spread + 1)
    return rows(rate, aht, patience, numbers, within=within, target_share=target_share)


def text(table: Sequence[Row]) -> str:
    """The rows as an aligned table, the first that reaches the target marked with `<`."""
    lines = [HEADINGS, *(_cells(row) for row in table)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    first = next((place for place, row in enumerate(table, 1) if row.enough), None)
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        + ("  <" if place == first else "")
        for place, line in enumerate(lines)
    )


def _cells(row: Row) -> tuple[str, ...]:
    return (
        str(row.agents),
        _percent(row.service_level),
        _seconds(row.asa),
        _percent(row.p_wait),
        _percent(row.p_abandon),
        _percent(row.occupancy),
        "endless" if math.isinf(row.mean_queue) else f"{row.mean_queue:.1f}",
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _seconds(value: float) -> str:
    if math.isinf(value):
        return "endless"
    return f"{value:.1f} s" if value < 600 else f"{value / 60:.0f} min"
