"""Cells of a comparison's tables: differences, chances, ranges of money, for terminal and report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ccsim.words import cells, numbers

if TYPE_CHECKING:
    from ccsim.experiments.compare import Row
    from ccsim.experiments.pairs import Difference
    from ccsim.results.economics import Gain
    from ccsim.results.uncertainty import Comparison as Money


def value(row: Row, figure: float) -> str:
    """The base's or the variant's figure of a row."""
    if row.unit == "share":
        return numbers.share(figure, 2 if row.measure == "churn" else 1)
    return cells.writer(row.unit, row.measure)(figure)


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


def chance(share: float) -> str:
    """`2 %`, `< 1 %`, `> 99 %`; a dash where it is not known."""
    if math.isnan(share):
        return numbers.UNKNOWN
    if 0.005 <= share <= 0.995:
        return f"{100 * share:.0f} %"
    return "< 1 %" if share < 0.5 else "> 99 %"


def chance_better(row: Row) -> str:
    """How probable it is that the variant is truly better; empty where neither direction is good."""
    return "" if math.isnan(row.chance_better) else chance(row.chance_better)


def chance_text(money: Money) -> str:
    """The chance that net gain is above 0; nothing to tell where nothing differs."""
    if not (money.gain.net.any() or money.spread.net.any()):
        return numbers.UNKNOWN
    return chance(money.doubt.chance)


def payback(gain: Gain) -> str:
    """When the variant has paid for itself."""
    month = float(gain.payback[0])
    longest = len(gain.curves.net)
    if math.isnan(month):
        return f"not within {longest} months"
    return f"in month {month:.0f}"


def money_range(low: float, high: float) -> str:
    """`+18..+165 k`."""
    largest = max(abs(low), abs(high))
    scale, suffix = numbers.money_scale(largest)
    digits = numbers.money_digits(largest / scale, suffix)
    return f"{signed(low / scale, digits)}..{signed(high / scale, digits)}{suffix}"


def by_chance(net: Difference) -> str:
    """`±4 k`: half the 95 % interval of a net gain over pairs; a dash where it is not known."""
    return numbers.UNKNOWN if math.isnan(net.half) else f"±{numbers.money(net.half)}"
