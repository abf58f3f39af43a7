"""The table that `ccsim compare` prints for one variant: differences, verdicts, money."""

from __future__ import annotations

import math
from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

from ccsim.cli.terminal import BAD, GOOD, HEAD, WIDTH, Line, plain_line
from ccsim.words import cells, numbers

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ccsim.experiments.compare import Comparison, Row
    from ccsim.results.economics import Gain
    from ccsim.results.uncertainty import Comparison as Money

BASE_END, VARIANT_END, DIFFERENCE_END, WITHIN_END, VERDICT = 35, 46, 58, 68, 70
RANGE_END = 79
Floats: TypeAlias = "npt.NDArray[np.float64]"
STYLES = {"better": GOOD, "worse": BAD}


def one_variant(result: Comparison, name: str) -> list[Line]:
    """The table of the only variant."""
    lines: list[Line] = [_at(("", "base", _cut(name), "difference", "95 %", "verdict"), HEAD)]
    lines += [_figure(row) for row in result.rows[name]]
    lines += [(), *money_lines(result, name)]
    return lines


def title(result: Comparison) -> list[Line]:
    """What is compared, and why."""
    from ccsim.cli.run_table import fold_parts

    scenario, pairs = result.base.scenario, result.base.replications
    names = ", ".join(f"`{name}`" for name in result.variants)
    head = wrap(f"{scenario.name}: {names} against `base`", WIDTH, break_long_words=False)
    lines: list[Line] = [plain_line(line, HEAD) for line in head]
    for name in result.variants:
        why = scenario.variants[name].why if name in scenario.variants else ""
        if why:
            lines.append(plain_line(f'"{why}"' if len(result.variants) == 1 else f'{name}: "{why}"'))
    told = ["same customers, same draws", f"{pairs} pair{'s' if pairs != 1 else ''}", f"seed {scenario.seed}"]
    return [*lines, plain_line(fold_parts(told)[0])]


def _figure(row: Row) -> Line:
    found, share = row.found, row.unit == "share"
    digits = 2 if row.measure == "churn" else 1
    write = (lambda v: numbers.share(v, digits)) if share else cells.writer(row.unit, row.measure)
    apart, within = difference(row)
    word = f"({row.verdict})" if row.verdict in ("higher", "lower") else row.verdict
    line = _at((row.label, write(found.base), write(found.variant), apart, within, ""))
    return (*line, (word, STYLES.get(row.verdict, "")))


def difference(row: Row) -> tuple[str, str]:
    """The difference and half its interval, in points of a per cent where it is a share."""
    found = row.found
    factor, unit = {"share": (100.0, " pt"), "number": (1.0, "")}.get(row.unit, (1.0, f" {row.unit}"))
    if math.isnan(found.difference):
        return numbers.UNKNOWN, ""
    small = 0 < abs(found.difference * factor) < 0.15
    digits = 2 if row.measure == "churn" or small else 1
    half = (found.high - found.low) / 2 * factor
    within = "" if math.isnan(half) else f"±{half:.{digits}f}"
    return signed(found.difference * factor, digits) + unit, within


def signed(value: float, digits: int) -> str:
    """`+10.6`, `-0.3`, `0.0`."""
    text = f"{value:+.{digits}f}"
    return text if text.strip("+-0.") else text[1:]


def _at(texts: tuple[str, str, str, str, str, str], style: str = "") -> Line:
    label, base, variant, apart, within, word = texts
    text = f"  {label}"
    for cell, end in (
        (base, BASE_END),
        (variant, VARIANT_END),
        (apart, DIFFERENCE_END),
        (within, WITHIN_END),
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


def chance_text(money: Money) -> str:
    """`2 %`, `< 1 %`, `> 99 %`; nothing to tell where nothing differs."""
    chance = money.doubt.chance
    if math.isnan(chance) or not (money.gain.net.any() or money.spread.net.any()):
        return numbers.UNKNOWN
    if 0.005 <= chance <= 0.995:
        return f"{100 * chance:.0f} %"
    return "< 1 %" if chance < 0.5 else "> 99 %"


def payback(gain: Gain) -> str:
    """When the variant has paid for itself."""
    month = float(gain.payback[0])
    longest = len(gain.curves.net)
    if math.isnan(month):
        return f"not within {longest} months"
    return f"in month {month:.0f}"


def _lost_again(gain: Gain) -> str:
    """When what a cheaper variant saves is gone; nothing to tell if it never is, or was from the start."""
    month = float(gain.lost_again[0])
    return "" if math.isnan(month) or month == 1 else f"saving lost  in month {month:.0f}"


def _gained(money: Money, pick) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    low, high = _band(pick(money.spread))
    central = float(pick(money.gain)[0])
    return numbers.signed(numbers.money(central)), money_range(low, high)


def money_range(low: float, high: float) -> str:
    """`+18..+165 k`."""
    largest = max(abs(low), abs(high))
    scale, suffix = numbers.money_scale(largest)
    digits = numbers.money_digits(largest / scale, suffix)
    return f"{signed(low / scale, digits)}..{signed(high / scale, digits)}{suffix}"


def _band(values) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    from ccsim.results.uncertainty import band

    return band(values)


def money_row(texts: tuple[str, str, str, str, str], style: str = "") -> Line:
    """Label, base, variant, difference and range at their columns."""
    label, base, variant, apart, span = texts
    text = f"  {label}"
    for cell, end in ((base, BASE_END), (variant, VARIANT_END), (apart, DIFFERENCE_END), (span, RANGE_END)):
        if cell:
            text = text.ljust(max(end - len(cell), len(text) + 1)) + cell
    return ((text, style),)


def _cut(name: str) -> str:
    return name if len(name) <= 10 else name[:9] + "…"
