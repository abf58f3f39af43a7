"""What `ccsim roi --against` prints: gains and costs by line, how sure, what it hangs on, and where."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ccsim.cli import bars
from ccsim.cli.compare_table import RANGE_END, money_row
from ccsim.cli.roi_table import amount, notes
from ccsim.cli.terminal import DIM, HEAD, Line, paragraph, plain_line
from ccsim.words import numbers
from ccsim.words.compare_cells import chance_text, money_range, signed

if TYPE_CHECKING:
    from ccsim.experiments.roi import Roi

Floats = npt.NDArray[np.float64]

GAINS = {
    "margin": "margin kept",
    "upsell": "upsell",
    "avoided": "contacts avoided",
    "word_of_mouth": "word of mouth",
}
WIDEST = 6  # bars
SLICES = ("channel", "intent", "segment", "site")
MOST = 8  # slices of a kind
ENDS = (27, 36, 46, 57, 73, 80)


def against_base(found: Roi) -> list[Line]:
    """The table of a run against its base."""
    lines: list[Line] = []
    blocks: list[Iterable[Line]] = [_costs(found)]
    if found.money.missing:
        lacking = ", ".join(found.money.missing)
        blocks.append(paragraph("Gains are not told.", f"The scenario lacks {lacking}."))
    else:
        blocks += [_gains(found), _sure(found), _hangs_on(found), *(_by(found, by) for by in SLICES)]
    for block in blocks:
        rows = list(block)
        lines += [*rows, ()] if rows else []
    return [*lines, *notes()]


def _costs(found: Roi) -> Iterator[Line]:
    head = f"{found.horizon} months, {found.comparison.base.scenario.currency}"
    name = found.name if len(found.name) <= 10 else found.name[:9] + "…"
    yield money_row((head, "base", name, "difference", "80 % model range*"), HEAD)
    rows = found.lines().to_dict("records")
    for row in [*rows[1:], rows[0]]:
        if row["base"] or row["value"]:
            label = "cost" if row["line"] == "cost" else str(row["line"]).replace("_", " ")
            apart = amount(row["difference"], signed=True)
            still = row["high"] - row["low"] < 0.005
            span = "" if still else money_range(row["low"], row["high"])
            yield money_row((label, amount(row["base"]), amount(row["value"]), apart, span))


def _gains(found: Roi) -> Iterator[Line]:
    """Gains line by line, net gain, its value today, and the ratio."""
    money, last = found.money, found.horizon - 1
    gain, spread = money.gain, money.spread
    for name, label in GAINS.items():
        central, drawn = (getattr(one.curves, name)[last] for one in (gain, spread))
        if central.any() or drawn.any():
            yield _gained(label, central, drawn)
    yield _gained("net gain", gain.net, spread.net)
    yield _gained("net present value", gain.npv, spread.npv)
    yield _gained("customers kept", gain.customers_kept, spread.customers_kept, _count, _counts)
    if spread.why_not or gain.why_not:
        told = f"not defined: {spread.why_not or gain.why_not}"
        yield plain_line(f"  incremental ROI{told:>{RANGE_END - 17}}")
    else:
        low, high = np.quantile(spread.roi, (0.1, 0.9))
        span = f"{signed(low, 0)}..{signed(high, 0)} %"
        yield money_row(("incremental ROI", "", "", f"{signed(float(gain.roi[0]), 0)} %", span))


def _gained(
    label: str,
    central: Floats,
    drawn: Floats,
    write: Callable[[float], str] | None = None,
    spanned: Callable[[float, float], str] | None = None,
) -> Line:
    low, high = np.quantile(drawn, (0.1, 0.9))
    value = float(central[0])
    told = amount(value, signed=True) if write is None or not value else numbers.signed(write(value))
    span = (spanned or money_range)(float(low), float(high)) if low < high else ""
    return money_row((label, "", "", told, span))


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _counts(low: float, high: float) -> str:
    return f"{low:+,.0f}..{high:+,.0f}"


def _sure(found: Roi) -> Iterator[Line]:
    """Chance, payback, what a customer must be worth, and where the doubt comes from."""
    from ccsim.experiments.pays_back import pays_back

    money, currency = found.money, found.comparison.base.scenario.currency
    yield _said("chance that net gain > 0", chance_text(money))
    if float(money.gain.costs[0]) > 0:
        month, low, high = pays_back(money.gain.payback, money.spread.payback)
        longest = len(money.gain.curves.net)
        told = f"not within {longest} months" if math.isinf(month) else f"month {month:.0f}"
        ends = [f"{end:.0f}" if not math.isinf(end) else f"later than {longest}" for end in (low, high)]
        yield _said("pays back", told + ("" if low == high else f"   80 %: {' to '.join(ends)}*"))
    factor, margin = float(money.gain.break_even[0]), _mean_margin(found)
    if not math.isnan(factor):
        worth = f"{margin * factor:.2f} {currency} a month"
        yield _said("break-even customer", f"{worth}, {factor:.2f} times the {margin:.2f} stated")
    share = money.doubt.operations
    if not math.isnan(share):
        pairs = found.run.replications
        yield _said(
            "share of the doubt",
            f"{100 * share:.0f} % chance between {pairs} pairs, {100 * (1 - share):.0f} % outcome model",
        )
        yield plain_line(f"{'':30}(their two variances side by side, no more)", DIM)


def _said(label: str, text: str) -> Line:
    return plain_line(f"  {label:<27} {text}")


def _mean_margin(found: Roi) -> float:
    """Margin a month of a customer, over all segments."""
    customers = found.comparison.base.outcomes.case.customers
    return float((customers.margin * customers.count).sum() / customers.count.sum())


def _hangs_on(found: Roi) -> list[Line]:
    return bars.bars("What net gain hangs on", found.tornado, numbers.money, WIDEST)


def _by(found: Roi, by: str) -> Iterator[Line]:
    """Gains by slice, where there are several."""
    frame = found.gain_by(by)
    rows = [
        row
        for row in frame.to_dict("records")
        if any(row[name] for name in ("margin", "other_gains", "cost"))
    ]
    if len([row for row in rows if row[by] != "nobody"]) < 2:
        return
    rows.sort(key=lambda row: (row[by] == "nobody", -abs(row["net"])))
    yield _slice((f"By {by}", "kept", "other", "cost", "net gain", "80 % range*", "ROI"), HEAD)
    for row in rows[:MOST]:
        yield _slice(_cells(found, by, row))
    if len(rows) > MOST:
        yield plain_line(f"  … {len(rows) - MOST} more in the tables that --out writes", DIM)


def _cells(found: Roi, by: str, row: dict[Any, Any]) -> tuple[str, ...]:
    name = str(row[by])
    site = found.run.scenario.sites.get(name)
    if by == "site" and site is not None and site.partner:
        name = f"{name} (partner)"
    amounts = [amount(row[key], signed=True) for key in ("margin", "other_gains", "cost", "net")]
    ratio = "–" if math.isnan(row["roi"]) or name == "nobody" else f"{signed(row['roi'], 0)} %"
    still = row["net_high"] - row["net_low"] < 0.005
    span = "" if still else money_range(row["net_low"], row["net_high"])
    return (name, *amounts, span, ratio)


def _slice(cells: tuple[str, ...], style: str = "") -> Line:
    text = cells[0] if style else f"  {cells[0]}"[:18]
    for cell, end in zip(cells[1:], ENDS, strict=True):
        text = text.ljust(max(end - len(cell), len(text) + 1)) + cell
    return plain_line(text.rstrip(), style)
