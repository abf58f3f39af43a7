"""Several variants side by side: differences from the base, one column a variant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ccsim.cli.compare_table import STYLES
from ccsim.cli.terminal import HEAD, Line, Piece, plain_line
from ccsim.words import numbers
from ccsim.words.compare_cells import by_chance, chance_text, difference, value

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison

MOST = 4  # columns that fit beside label and base
LABEL, BASE, CELL = 26, 8, 11
MARKS = {"better": "+", "worse": "-", "no change": "=", "higher": "~", "lower": "~", "unknown": " "}


def many_variants(result: Comparison) -> list[Line]:
    """The table: measures in rows for up to four variants, else variants in blocks."""
    names = list(result.variants)
    lines: list[Line] = []
    for start in range(0, len(names), MOST):
        lines += [*_block(result, names[start : start + MOST]), ()]
    legend = " + better  - worse  ~ differs, neither good nor bad  = no verdict  (95 %, Holm)"
    return [*lines, plain_line(legend)]


def _block(result: Comparison, names: list[str]) -> Iterator[Line]:
    heads = "".join(f"{_cut(name):>{CELL}}  " for name in names)
    yield ((f"  {'':<{LABEL}}{'base':>{BASE}}{heads}".rstrip(), HEAD),)
    for place, first in enumerate(result.rows[names[0]]):
        pieces: list[Piece] = [(f"  {first.label:<{LABEL}}{value(first, first.found.base):>{BASE}}", "")]
        for name in names:
            row = result.rows[name][place]
            pieces += [
                (f"{difference(row)[0]:>{CELL}}", ""),
                (f" {MARKS[row.verdict]}", STYLES.get(row.verdict, "")),
            ]
        yield pieces
    yield from _money(result, names)


def _money(result: Comparison, names: list[str]) -> Iterator[Line]:
    money = [result.money[name] for name in names]
    if money[0].missing:
        yield plain_line(f"  net gain: add {', '.join(money[0].missing)}")
        return
    months, currency = money[0].gain.horizon, result.base.scenario.currency
    net = [numbers.signed(numbers.money(float(one.gain.net[0]))) for one in money]
    yield _across(f"net gain, {months} months, {currency}", net)
    if result.base.replications > 1:
        yield _across("– by chance alone (95 %)", [by_chance(result.net_gain[name]) for name in names])
    yield _across("chance net gain > 0", [chance_text(one) for one in money])
    if any(not math.isnan(float(one.gain.roi[0])) for one in money):
        yield _across("incremental ROI", [_roi(float(one.gain.roi[0])) for one in money])


def _across(label: str, cells: list[str]) -> Line:
    """A figure that the base has not, one cell a variant."""
    return plain_line(f"  {label:<{LABEL + BASE}}" + "".join(f"{text:>{CELL}}  " for text in cells).rstrip())


def _roi(value: float) -> str:
    return numbers.UNKNOWN if math.isnan(value) else f"{value:+.0f} %"


def _cut(name: str) -> str:
    return name if len(name) < CELL else name[: CELL - 2] + "…"
