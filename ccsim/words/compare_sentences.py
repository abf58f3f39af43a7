"""Each difference of a comparison as a sentence that stands alone, with its interval and verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ccsim.results.uncertainty import band
from ccsim.words import compare_answer, compare_cells, numbers
from ccsim.words.phrases import sentence

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison, Row


def of_comparison(result: Comparison) -> list[str]:
    """The answer of each variant, then a sentence a figure, and what it is worth."""
    return [one for name in result.variants for one in _of_variant(result, name)]


def _of_variant(result: Comparison, name: str) -> Iterator[str]:
    yield compare_answer.answer(result, name)
    for row in result.rows[name]:
        if not math.isnan(row.found.difference):
            yield _sentence(result, row)
    money, currency = result.money[name], result.base.scenario.currency
    if not money.missing:
        gain = money.gain
        low, high = band(money.spread.net)
        net = numbers.signed(numbers.money(float(gain.net[0])))
        span = f"80 % range of the outcome model {compare_cells.money_range(low, high)}"
        chance = f"the chance that it is above 0 is {compare_cells.chance_text(money)}"
        head = f"the net gain of `{name}` over {gain.horizon} months is {net} {currency}"
        yield sentence(f"{head} ({span}); {chance}")


def _sentence(result: Comparison, row: Row) -> str:
    """`Under `two_more`, abandoned is 4.2 % instead of 8.8 %: -4.6 pt (95 % ±0.3, 20 pairs), better.`"""
    apart, within = compare_cells.difference(row)
    before, after = (compare_cells.value(row, figure) for figure in (row.found.base, row.found.variant))
    doubt = f" (95 % {within}, {result.base.replications} pairs)" if within else ""
    figures = f"{row.label} is {after} instead of {before}: {apart}{doubt}"
    return sentence(f"under `{row.variant}`, {figures}, {row.verdict}")
