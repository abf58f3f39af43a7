"""What `ccsim roi` prints of a run alone: customers, costs, ROI against no service, what it hangs on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ccsim.cli import bars
from ccsim.cli.run_table import fold_parts, placed
from ccsim.cli.terminal import DIM, HEAD, Line, paragraph, plain_line
from ccsim.experiments.swings import STATED
from ccsim.words import cells, numbers

if TYPE_CHECKING:
    from ccsim.experiments.roi import Roi

CUSTOMERS = ("csat", "csat_surveyed", "ces", "nps", "churn")
WIDEST = 4  # bars of each figure
SHARE_END, HORIZON_END = 49, 66
Figures = dict[Any, dict[Any, Any]]


def head_lines(found: Roi, told: str) -> list[Line]:
    """What it is of, that nothing was simulated, and what is other than in the run."""
    scenario = found.run.scenario
    counts = f"{found.run.replications} replications, seed {scenario.seed}"
    draws = f"{found.run.draws:,} draws of the outcome model"
    lines: list[Line] = [((line, HEAD),) for line in fold_parts([scenario.name, told])]
    lines += [plain_line(line) for line in fold_parts([counts, draws, "nothing was simulated"])]
    if found.changed:
        lines += [(), plain_line("Other than in the run", HEAD)]
        width = max(len(one.path) for one in found.changed)
        for one in found.changed:
            before = one.before or "not given"
            lines.append(plain_line(f"  {one.path:<{min(width, 40)}}  {before} → {one.now}"))
    return lines


def of_a_run(found: Roi) -> list[Line]:
    """The table of a run alone."""
    blocks = [_customers(found), _costs(found), _against_none(found), _at_stake(found), _hangs_on(found)]
    lines: list[Line] = []
    for block in blocks:
        rows = list(block)
        lines += [*rows, ()] if rows else []
    return [*lines, *notes()]


def notes() -> list[Line]:
    """What stands under both tables."""
    return [
        plain_line(" * 80 % of draws of the outcome parameters", DIM),
        plain_line("   L, H: with the parameter alone at the low, the high end of its range", DIM),
    ]


def amount(value: float, signed: bool = False) -> str:
    """Money in whole units: `0`, `8,000`, `12.3 k`, `+1.69 M`."""
    text = f"{value:,.0f}" if abs(value) < 9_999.5 else numbers.money(value)
    return (
        numbers.signed(text) if signed and text != "0" else text.replace("-0", "0") if text == "-0" else text
    )


def _row(label: str, value: str, interval: str = "", model: str = "") -> Line:
    return plain_line(placed(f"  {label}", value, interval, "", model, ""))


def _head(label: str, value: str = "", interval: str = "", model: str = "") -> Line:
    return plain_line(placed(label, value, interval, "", model, ""), HEAD)


def _customers(found: Roi) -> Iterator[Line]:
    yield _head("Customers", "mean", "95 % interval", "model range*")
    for row in found.run.headlines:
        if row.measure not in CUSTOMERS:
            continue
        write = cells.writer(row.unit, row.measure)
        interval = row.note or cells.interval(row.unit, row.measure, row.low, row.high)
        model = cells.interval(row.unit, row.measure, row.model_low, row.model_high)
        yield _row(row.label, write(row.value), interval, model)


def _costs(found: Roi) -> Iterator[Line]:
    book, months = found.run.outcomes.case.costs, found.horizon
    frame = found.lines()
    lines = {str(name): float(cost) for name, cost in zip(frame["line"], frame["value"], strict=True)}
    head = f"Costs, {found.run.scenario.currency}"
    yield plain_line(_at(head, "a year", "share", f"over {months} months"), HEAD)
    once = {*book.once, "one_off"}
    for name, cost in sorted(lines.items(), key=lambda item: (item[0] in once, -item[1])):
        if name != "cost" and cost:
            year = "" if name in once else amount(book.by_line[name])
            share = "once" if name in once else numbers.share(book.by_line[name] / book.total)
            yield plain_line(_at(f"  {name.replace('_', ' ')}", year, share, amount(cost)))
    yield plain_line(_at("  all", amount(book.total), "", amount(lines["cost"])))


def _at(label: str, year: str, share: str, ahead: str) -> str:
    text = placed(label, year, "", "", "", "")
    for cell, end in ((share, SHARE_END), (ahead, HORIZON_END)):
        text = text.ljust(max(end - len(cell), len(text) + 2)) + cell
    return text.rstrip()


def _against_none(found: Roi) -> Iterator[Line]:
    """Total ROI, or what is missing for it."""
    outcomes, economics = found.run.outcomes, found.run.scenario.economics
    stated = economics.without_service_churn
    if outcomes.missing or stated is None:
        lacking = [*outcomes.missing, *([] if stated is not None else ["economics.without_service.churn"])]
        yield from paragraph("ROI against no service: not told.", f"The scenario lacks {', '.join(lacking)}.")
        return
    figures: Figures = found.run.economics().set_index("measure").to_dict("index")
    yield _head(f"Against no service at all (then {numbers.share(stated, 0)} lost a year, as stated)")
    for months in (12, 24, 36):
        yield _figure(f"total ROI after {months} months", figures[f"roi_{months}"])
    yield _row("breaks even", *_month(found))
    yield _head(f"The same over {found.horizon} months, {found.run.scenario.currency}")
    for name, label in (("gains", "gains"), ("net", "gains less costs"), ("npv", "net present value")):
        yield _figure(label, figures[name])


def _figure(label: str, row: dict[Any, Any]) -> Line:
    write = cells.writer(row["unit"])
    interval, model = (
        "" if math.isnan(low) or write(low) == write(high) else cells.interval(row["unit"], "", low, high)
        for low, high in ((row["low"], row["high"]), (row["model_low"], row["model_high"]))
    )
    return _row(label, write(row["value"]), interval, model)


def _month(found: Roi) -> tuple[str, str, str]:
    """Month of breaking even, and its range over the draws, in which some may never come to it."""
    from ccsim.experiments.pays_back import pays_back

    money = found.run.outcomes.alone
    month, low, high = pays_back(money.stake.payback, money.spread_stake.payback)
    longest = len(money.stake.costs)
    if math.isinf(month):
        return numbers.UNKNOWN, f"not within {longest} months", ""
    ends = [f"{end:.0f}" if not math.isinf(end) else "never" for end in (low, high)]
    return f"month {month:.0f}", "", "" if low == high else "–".join(ends)


def _at_stake(found: Roi) -> Iterator[Line]:
    run = found.run
    if run.outcomes.missing:
        return
    stake = run.outcomes.at_stake()
    yield _head(f"At stake, {found.horizon} months, {run.scenario.currency}")
    span = numbers.money_span(stake.model_low, stake.model_high)
    yield _row("margin lost to bad episodes", numbers.money(stake.value), "", span)
    count, every = run.outcomes.break_even_customers, float(run.outcomes.case.customers.count.sum())
    yield _row("customers who pay for it all", numbers.count(round(count)), f"of {every:,.0f}")


HANGS_ON = {
    "csat": "What CSAT hangs on",
    "at_stake": "What margin at stake hangs on",
    "roi": "What total ROI hangs on",
}


def _hangs_on(found: Roi) -> Iterator[Line]:
    for measure, title in HANGS_ON.items():
        swings = sorted((one for one in found.tornado if one.measure == measure), key=lambda one: -one.width)
        if swings:
            yield from bars.bars(title, swings, cells.writer(swings[0].unit, measure), WIDEST)
        if swings and measure == "roi" and not any(one.moves for one in swings if one.confidence != STATED):
            yield plain_line("  (no parameter of the outcome model moves it: churn is as stated)", DIM)
