"""Each headline figure as a sentence that stands alone, with its interval and what kind it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ccsim.words import cells
from ccsim.words.judging import WORDS, told_apart
from ccsim.words.phrases import clause, sentence

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.summary import Row


def of_run(run: Run) -> list[str]:
    """One sentence a figure that is known, in the order of the summary."""
    return [_sentence(run, row) for row in told_apart(run.headlines) if not math.isnan(row.value)]


def _sentence(run: Run, row: Row) -> str:
    """`8.8 % of contacts are abandoned (95 % interval 8.2–9.5, 20 replications); the target … is missed.`"""
    doubts = "; ".join(_doubts(run, row))
    target = cells.target(row.unit, row.measure, row.target_min, row.target_max)
    judged = f"; the target, {target}, is {WORDS[row.verdict]}" if target else ""
    return sentence(clause(run.scenario, row) + (f" ({doubts})" if doubts else "") + judged)


def _doubts(run: Run, row: Row) -> list[str]:
    chance = cells.interval(row.unit, row.measure, row.low, row.high)
    model = cells.interval(row.unit, row.measure, row.model_low, row.model_high)
    return [
        *([row.note] if row.note else []),
        *([f"95 % interval {chance}, {run.replications} replications"] if chance else []),
        *([f"80 % range of the outcome model {model}"] if model else []),
    ]
