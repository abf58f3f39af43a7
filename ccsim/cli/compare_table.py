"""The table that `ccsim compare` prints for one variant: differences, verdicts, money."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

from ccsim.cli.terminal import BAD, DIM, GOOD, HEAD, WIDTH, Line, plain_line
from ccsim.words import numbers
from ccsim.words.compare_cells import (
    by_chance,
    chance_better,
    chance_text,
    difference,
    money_range,
    payback,
    signed,
    value,
)
from ccsim.words.compare_head import heading, why_of
from ccsim.words.compare_notes import CHANCE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ccsim.experiments.compare import Comparison, Row
    from ccsim.results.economics import Gain
    from ccsim.results.uncertainty import Comparison as Money

# Where columns end; the verdict begins where it says.
BASE_END, VARIANT_END, DIFFERENCE_END, WITHIN_END, CHANCE_END, VERDICT = 34, 43, 54, 60, 69, 71
MONEY_ENDS = (35, 46, 58, 79)
RANGE_END = MONEY_ENDS[-1]
Floats: TypeAlias = "npt.NDArray[np.float64]"
STYLES = {"better": GOOD, "worse": BAD}


def one_variant(result: Comparison, name: str) -> list[Line]:
    """The table of the only variant."""
    lines: list[Line] = [_at(("", "base", _cut(name, 8), "difference", "95 %", "P better", "verdict"), HEAD)]
    lines += [_figure(row) for row in result.rows[name]]
    if result.base.replications > 1:
        lines.append(plain_line(f"  {CHANCE}", DIM))
    lines += [(), *money_lines(result, name)]
    return lines


def title(result: Comparison) -> list[Line]:
    """What is compared, and why."""
    from ccsim.cli.run_table import fold_parts

    scenario, pairs = result.base.scenario, result.base.replications
    head = wrap(heading(result), WIDTH, break_long_words=False)
    lines: list[Line] = [plain_line(line, HEAD) for line in head]
    for name in result.variants:
        why = why_of(result, name)
        if why:
            lines.append(plain_line(f'"{why}"' if len(result.variants) == 1 else f'{name}: "{why}"'))
    told = ["same customers, same draws", f"{pairs} pair{'s' if pairs != 1 else ''}", f"seed {scenario.seed}"]
    return [*lines, plain_line(fold_parts(told)[0])]


def _figure(row: Row) -> Line:
    found = row.found
    apart, within = difference(row)
    word = f"({row.verdict})" if row.verdict in ("higher", "lower") else row.verdict
    figures = (value(row, found.base), value(row, found.variant), apart, within, chance_better(row))
    return (*_at((row.label, *figures, "")), (word, STYLES.get(row.verdict, "")))


def _at(texts: tuple[str, str, str, str, str, str, str], style: str = "") -> Line:
    label, base, variant, apart, within, chance, word = texts
    text = f"  {label}"
    for cell, end in (
        (base, BASE_END),
        (variant, VARIANT_END),
        (apart, DIFFERENCE_END),
        (within, WITHIN_END),
        (chance, CHANCE_END),
    ):
        text = text.ljust(max(end - len(cell), len(text) + 1)) + cell
    return ((text.ljust(VERDICT) + word, style),)


def money_lines(result: Comparison, name: str) -> Iterator[Line]:
    """Cost, margin kept, net gain and ROI with their 80 % model range."""
    money, currency = result.money[name], result.base.scenario.currency
    totals = [float(costs[0]) for costs in money.gain.costs_of]
    yield money_row(
        (f"{money.gain.horizon} months, {currency}", "base", _cut(name), "difference", "80 % model range"),
        HEAD,
    )
    yield money_row(
        ("cost", numbers.money(totals[0]), numbers.money(totals[1]), *_gained(money, lambda gain: gain.costs))
    )
    if money.missing:
        yield plain_line(f"  margin kept, net gain, ROI: add {', '.join(money.missing)}")
        return
    yield money_row(("margin kept", "", "", *_gained(money, lambda gain: gain.margin)))
    for label, pick in (
        ("upsell, contacts avoided", _rest),
        ("word of mouth", _talked),
    ):
        if pick(money.gain).any() or pick(money.spread).any():
            yield money_row((label, "", "", *_gained(money, pick)))
    yield money_row(("net gain", "", "", *_gained(money, lambda gain: gain.net)))
    if result.base.replications > 1:
        pairs = f"– by chance alone, {result.base.replications} pairs"
        yield money_row((pairs, "", "", by_chance(result.net_gain[name]), "(95 % interval)"))
    yield from _ratio(money)


def _rest(gain: Gain) -> Floats:
    return gain.gains - gain.margin - gain.word_of_mouth


def _talked(gain: Gain) -> Floats:
    return gain.word_of_mouth


def _ratio(money: Money) -> Iterator[Line]:
    from ccsim.experiments.economics import AFTER

    gain, spread = money.gain, money.spread
    if spread.why_not or gain.why_not:
        told = f"not defined: {spread.why_not or gain.why_not}"
        yield plain_line(f"  incremental ROI{told:>{RANGE_END - 17}}")
    else:
        yield _ratio_row("incremental ROI", gain.roi, spread.roi)
        for months in AFTER:
            ratios = (gain.roi_after(months), spread.roi_after(months))
            if months != gain.horizon and not any(math.isnan(ratio[0]) for ratio in ratios):
                yield _ratio_row(f"– after {months} months", *ratios)
    chance = f"  chance that net gain > 0{chance_text(money):>10}"
    told = f"pays back  {payback(gain)}" if float(gain.costs[0]) > 0 else _lost_again(gain)
    yield plain_line((chance + f"{told:>{RANGE_END - 36}}").rstrip())


def _ratio_row(label: str, central: Floats, spread: Floats) -> Line:
    low, high = _band(spread)
    span = f"{signed(low, 0)}..{signed(high, 0)} %"
    return money_row((label, "", "", f"{signed(float(central[0]), 0)} %", span))


def _lost_again(gain: Gain) -> str:
    """When what a cheaper variant saves is gone; nothing to tell if it never is, or was from the start."""
    month = float(gain.lost_again[0])
    return "" if math.isnan(month) or month == 1 else f"saving lost  in month {month:.0f}"


def _gained(money: Money, pick: Callable[[Gain], Floats]) -> tuple[str, str]:
    low, high = _band(pick(money.spread))
    central = float(pick(money.gain)[0])
    return numbers.signed(numbers.money(central)), money_range(low, high)


def _band(values: Floats) -> tuple[float, float]:
    from ccsim.results.uncertainty import band

    return band(values)


def money_row(texts: tuple[str, str, str, str, str], style: str = "") -> Line:
    """Label, base, variant, difference and range at their columns."""
    label, base, variant, apart, span = texts
    text = f"  {label}"
    for cell, end in zip((base, variant, apart, span), MONEY_ENDS, strict=True):
        if cell:
            text = text.ljust(max(end - len(cell), len(text) + 1)) + cell
    return ((text, style),)


def _cut(name: str, most: int = 10) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
