"""The tables of a comparison's report."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccsim.report.page import Column, Group, Row, Table, numeric
from ccsim.results.uncertainty import band
from ccsim.words import compare_cells as written
from ccsim.words import numbers
from ccsim.words.changed import ONE_OFF, changes_of
from ccsim.words.compare_notes import CHANCE

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.compare import Row as Figure
    from ccsim.results.economics import Gain
    from ccsim.results.uncertainty import Comparison as Money

TONES: Final = {"better": "good", "worse": "bad"}
SMALL: Final = 0.005  # points that are none


def changes(result: Comparison) -> Table | None:
    """What each variant changes; None where no file says so."""
    tree = result.base.scenario.source.tree
    return changed({
        f"`{name}`" if len(result.variants) > 1 else "": changes_of(tree, run.scenario)
        for name, run in result.variants.items()
    })  # fmt: skip


def changed(by_variant: dict[str, list[tuple[str, str, str]]]) -> Table | None:
    """What is set, by the name of who sets it; None where nobody does."""
    groups = tuple(Group(tuple(map(Row, set_)), name) for name, set_ in by_variant.items() if set_)
    columns = (Column("what"), Column("in the file"), Column("is set to"))
    told = {row.cells[0] for group in groups for row in group.rows}
    note = "A sign before a number changes the file's value by so much."
    spent = " one_off: what the change costs at once." if ONE_OFF in told else ""
    return Table("What is changed", columns, groups, note + spent) if groups else None


def differences(result: Comparison, name: str) -> Table:
    """The figures of base and variant, their paired difference and its verdict."""
    heads = ("base", f"`{name}`", "difference", "95 % interval (chance)", "P better")
    return Table(
        f"`{name}` against `base`",
        (Column("figure"), *numeric(*heads), Column("verdict")),
        (Group(tuple(_difference(row) for row in result.rows[name])),),
        f"95 % interval: of the difference, over pairs on the same draws. {CHANCE}",
    )  # fmt: skip


def _difference(row: Figure) -> Row:
    found = row.found
    apart, within = written.difference(row)
    word = f"({row.verdict})" if row.verdict in ("higher", "lower") else row.verdict
    figures = (written.value(row, found.base), written.value(row, found.variant), apart, within)
    return Row((row.label, *figures, written.chance_better(row), word), TONES.get(row.verdict, ""))


def money(result: Comparison, name: str) -> Table:
    """Cost, margin kept, net gain, ROI: chance and model in columns of their own."""
    found, currency = result.money[name], result.base.scenario.currency
    heads = ("base", f"`{name}`", "difference", "95 % interval (chance)", "80 % range (model)")
    note = f"Unknown: margin kept, net gain, ROI. Add {', '.join(found.missing)}." if found.missing else (
        "Net gain: margin kept and other gains, less cost.")  # fmt: skip
    return Table(
        f"Money over {found.gain.horizon} months, {currency}",
        (Column("what"), *numeric(*heads)),
        (Group(tuple(_money(result, name, found))),),
        note,
    )


def _money(result: Comparison, name: str, found: Money) -> Iterator[Row]:
    base, variant = (numbers.money(float(costs[0])) for costs in found.gain.costs_of)
    yield Row(("cost", base, variant, *_gained(found, lambda gain: gain.costs)))
    if found.missing:
        return
    yield Row(("margin kept", "", "", *_gained(found, lambda gain: gain.margin)))
    for label, pick in GAINS.items():
        if pick(found.gain).any() or pick(found.spread).any():
            yield Row((label, "", "", *_gained(found, pick)))
    net, chance = _gained(found, lambda gain: gain.net), result.net_gain[name]
    within = "" if math.isnan(chance.half) else written.by_chance(chance)
    yield Row(("net gain", "", "", net[0], within, net[2]), "strong")
    yield from _ratio(found)


GAINS: Final[dict[str, Callable[[Gain], Any]]] = {
    "upsell, contacts avoided": lambda gain: gain.gains - gain.margin - gain.word_of_mouth,
    "word of mouth": lambda gain: gain.word_of_mouth,
}


def _ratio(found: Money) -> Iterator[Row]:
    from ccsim.experiments.economics import AFTER

    gain, spread = found.gain, found.spread
    if why_not := spread.why_not or gain.why_not:
        yield Row((f"incremental ROI (not defined: {why_not})", "", "", "", "", ""))
    else:
        ratios = {gain.horizon: (gain.roi, spread.roi)}
        ratios |= {months: (gain.roi_after(months), spread.roi_after(months)) for months in AFTER}
        for months, (central, drawn) in sorted(ratios.items()):
            if not math.isnan(central[0]) and not np.isnan(drawn).all():
                low, high = band(drawn)
                ends = f"{written.signed(low, 0)}..{written.signed(high, 0)} %"
                value = f"{written.signed(float(central[0]), 0)} %"
                yield Row((f"incremental ROI after {months} months", "", "", value, "", ends))
    yield Row(("chance that net gain > 0", "", "", written.chance_text(found), "", ""))
    if float(gain.costs[0]) > 0:
        yield Row(("pays back", "", "", written.payback(gain), "", ""))


def _gained(found: Money, pick: Callable[[Gain], Any]) -> tuple[str, str, str]:
    """Central value, no interval, range over draws."""
    low, high = band(pick(found.spread))
    return numbers.signed(numbers.money(float(pick(found.gain)[0]))), "", written.money_range(low, high)


def drivers(result: Comparison, name: str) -> Table | None:
    """Through which drivers the variant gains; None where nothing moves."""
    frame = result.variants[name].why(against=result.base)
    rows = [row for row in frame.to_dict("records") if abs(row["points"]) >= SMALL]
    if not rows:
        return None
    known = not result.money[name].missing
    heads: tuple[str, ...] = ("points of CSAT gained", "80 % range (model)")
    if known:
        heads += (f"margin kept, {result.base.scenario.currency}", "80 % range (model)")
    return Table(f"Through what `{name}` gains", (Column("driver"), *numeric(*heads)),
                 (Group(tuple(_driver(row, known) for row in rows)),),
                 "Above 0: there is less of it than in the base.")  # fmt: skip


def _driver(row: dict[Any, Any], known: bool) -> Row:
    span = numbers.span(row["model_low"], row["model_high"], _signed)
    texts: tuple[str, ...] = (row["driver"], _signed(row["points"]), span)
    if known:
        margin = numbers.signed(numbers.money(row["margin"]))
        texts += (margin, written.money_range(row["margin_low"], row["margin_high"]))
    return Row(texts)


def _signed(value: float) -> str:
    return f"{value:+.2f}"
