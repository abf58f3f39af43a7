"""The report of a comparison: is it better, does it pay, and how sure is that."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ccsim.report import book, foundations
from ccsim.report import tables_of_comparison as tables
from ccsim.report.page import Highlight, Page, Paragraph, Section, said, section
from ccsim.results.uncertainty import band
from ccsim.words import compare_answer, compare_cells, compare_head, compare_notes, method, numbers, run_head
from ccsim.words.compare_certainty import certainty
from ccsim.words.compare_sentences import of_comparison
from ccsim.words.phrases import sentence

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.compare import Row as Figure
    from ccsim.report.book import Sheet
    from ccsim.report.pictures import Album

SERVICE: Final = ("compared_service", "differences")
MONEY: Final = ("net_gain_by_month", "net_gain_spread", "net_gain_drivers", "gains_by_slice")
WORTH: Final = ("frontier",)
PLAIN: Final = "Is it better, does it pay, and how sure is that?"
TONES: Final = {"better": "good", "worse": "bad"}


def page(result: Comparison, album: Album) -> Page:
    """The whole report; pictures are those of `album`."""
    names = list(result.variants)
    return Page(
        title=result.base.scenario.name,
        about=compare_head.sides(result),
        kind="Report of a comparison of simulated contact centres",
        question=_question(result),
        facts=_facts(result),
        answer=tuple(Paragraph(compare_answer.answer(result, name)) for name in names),
        certainty=tuple(_certainty(result)),
        highlights=tuple(one for name in names for one in _highlights(result, name)),
        sections=tuple(part for part in _sections(result, album) if part is not None),
        sentences=tuple(of_comparison(result)),
    )


def sheets(result: Comparison, page: Page) -> list[Sheet]:
    """What the workbook holds: the frames behind the tables of the page."""
    base = result.base
    frontier = [book.Sheet("Frontier", "Cost a year against what it buys", result.frontier())]
    precision = [book.Sheet("Precision", "Half widths asked for and reached", result.precision())]
    return [
        book.answer(page),
        book.Sheet("Differences", "Variant less base; low, high: 95 % over pairs", result.differences()),
        book.Sheet("Money", "Over the horizon; model_low, model_high: 80 % range", result.money_frame()),
        book.Sheet("By month", "So far at each month's end", result.by_month()),
        book.Sheet("Why", "Through which drivers each variant gains", result.why()),
        *(frontier if len(result.variants) > 1 else []),
        *(precision if result.reached is not None else []),
        book.Sheet("Base", "The base; low and high: 95 % interval", base.summary()),
        book.assumptions(base.scenario),
        book.given(base.scenario),
        book.computed(method.stands_on_run(base), method.of_comparison()),
    ]


def _question(result: Comparison) -> str:
    asked = [(name, compare_head.why_of(result, name)) for name in result.variants]
    told = [f"`{name}`: {why}" if len(asked) > 1 else why for name, why in asked if why]
    return " · ".join(told) or PLAIN


def _facts(result: Comparison) -> tuple[tuple[str, str], ...]:
    scenario = result.base.scenario
    return (
        ("simulated", run_head.weeks(scenario)),
        ("pairs on the same draws", str(result.base.replications)),
        ("variants", str(len(result.variants))),
        ("money in", scenario.currency),
    )


def _certainty(result: Comparison) -> list[Paragraph]:
    """How sure target and gain are, for each variant; for what verdicts hold; the precision reached."""
    several = len(result.variants) > 1
    told = [(f"`{name}`:" if several else "", certainty(result, name)) for name in result.variants]
    told += [("", text) for text in (compare_notes.family(result), *compare_notes.reached(result))]
    return [Paragraph(text, lead) for lead, text in told if text]


def _highlights(result: Comparison, name: str) -> list[Highlight]:
    """Service level, net gain and its chance, payback of one variant."""
    money, gain = result.money[name], result.money[name].gain
    of = f", {name}" if len(result.variants) > 1 else ""
    found = [_highlight(compare_answer.leading(result.rows[name]), of)]
    if money.missing:
        return found
    net, months, currency = float(gain.net[0]), gain.horizon, result.base.scenario.currency
    text = f"{numbers.signed(numbers.money(net)) if net else numbers.money(net)} {currency}"
    tone = "good" if net > 0 else "bad" if net < 0 else ""
    span = f"{compare_cells.money_range(*band(money.spread.net))} (80 % model)"
    found.append(Highlight(f"net gain, {months} months{of}", text, span, tone))
    found.append(Highlight(f"chance that net gain > 0{of}", compare_cells.chance_text(money)))
    if float(gain.costs[0]) > 0:
        found.append(Highlight(f"pays back{of}", compare_cells.payback(gain)))
    return found


def _highlight(row: Figure, of: str) -> Highlight:
    apart, within = compare_cells.difference(row)
    note = f"{within} (95 %): {row.verdict}" if within and not math.isnan(row.found.low) else row.verdict
    return Highlight(f"{row.label}{of}", apart, note, TONES.get(row.verdict, ""))


def _sections(result: Comparison, album: Album) -> list[Section | None]:
    names = list(result.variants)
    of_variants = [
        section(f"`{name}`: what changes" if len(names) > 1 else "What changes",
                said("Through:", sentence(compare_answer.through(result, name).removesuffix("."))),
                tables.differences(result, name), tables.money(result, name), tables.drivers(result, name))
        for name in names
    ]  # fmt: skip
    worth = [said("Worth its cost:", text) for text in compare_notes.frontier(result)]
    return [
        section("What was asked", tables.changes(result)),
        *of_variants,
        section("Service", *album.of(*SERVICE)),
        section("Money", *album.of(*MONEY)),
        section("What is worth its cost", *worth, *album.of(*WORTH)),
        section("More charts", *album.but((SERVICE, MONEY, WORTH))),
        *foundations.of_run(result.base, method.of_comparison()),
    ]
