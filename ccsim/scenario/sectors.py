"""What is usual, good and excellent in a sector: published levels, their sources, how sure they are."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "target_presets.csv"
LEVELS = ("usual", "good", "excellent")
CONFIDENCES = ("strong", "moderate", "folklore", "assumption")


@dataclass(frozen=True)
class Benchmark:
    """The levels of one measure in one sector, worst first; None where no source gives one.

    Units: shares 0..1, money, scores (CES as ease, 7 easy). better: 'up' or 'down'. target: the level
    below which the preset calls it a miss, '' where the evidence is too thin for that. confidence:
    one of `CONFIDENCES`.
    """

    sector: str
    measure: str
    better: str
    usual: float | None
    good: float | None
    excellent: float | None
    target: str
    source: str
    confidence: str

    @property
    def levels(self) -> dict[str, float]:
        """The levels that are known, worst first."""
        found = {name: getattr(self, name) for name in LEVELS}
        return {name: value for name, value in found.items() if value is not None}


@lru_cache(maxsize=1)
def benchmarks() -> dict[str, dict[str, Benchmark]]:
    """By sector and measure, from the package's data."""
    found: dict[str, dict[str, Benchmark]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            usual, good, excellent = (float(row[name]) if row[name] else None for name in LEVELS)
            one = Benchmark(
                row["sector"],
                row["measure"],
                row["better"],
                usual,
                good,
                excellent,
                row["target"],
                row["source"],
                row["confidence"],
            )
            found.setdefault(one.sector, {})[one.measure] = one
    return found
