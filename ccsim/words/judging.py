"""Targets in words: met or missed, and whether chance could have made it so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ccsim.words import cells

if TYPE_CHECKING:
    from ccsim.experiments.summary import Row

MISSED: Final = "MISS"
WORDS: Final = {"ok": "met", MISSED: "missed", "": ""}


def told_apart(rows: Sequence[Row]) -> list[Row]:
    """The figures, their channel or self-service named only where there are several."""
    parts = {row.part for row in rows if row.section in ("service", "self_service") and row.part}
    return [replace(row, part="") if parts == {row.part} else row for row in rows]


def judged(rows: Sequence[Row]) -> list[Row]:
    """The figures that have a target."""
    return [row for row in rows if row.verdict]


def named(row: Row) -> str:
    """The figure's label, with the channel or self-service it is of."""
    return f"{row.label}, {row.part}" if row.part and not row.label.endswith(row.part) else row.label


def beside_target(row: Row) -> str:
    """`service level (20 s) 65.8 % (target 80 %)`."""
    write = cells.writer(row.unit, row.measure)
    wanted = cells.target(row.unit, row.measure, row.target_min, row.target_max)
    return f"{named(row)} {write(row.value)} (target {wanted})"


def close(row: Row) -> bool | None:
    """Whether a limit of the target lies within the 95 % interval; None where there is no interval."""
    return _within(row, row.low, row.high)


def turned_by_model(row: Row) -> bool:
    """Whether a limit of the target lies within the 80 % range of the outcome model."""
    return bool(_within(row, row.model_low, row.model_high))


def _within(row: Row, low: float, high: float) -> bool | None:
    if math.isnan(low) or math.isnan(high):
        return None
    return any(low <= limit <= high for limit in (row.target_min, row.target_max))
