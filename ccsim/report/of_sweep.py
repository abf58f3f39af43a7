"""The report of a sweep: where it is best, where it breaks even, what matters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ccsim.report import book, foundations
from ccsim.report.page import Column, Group, Highlight, Page, Paragraph, Row, Section, Table, numeric, section
from ccsim.words import method, numbers, run_head, sweep_answer, sweep_head
from ccsim.words.phrases import sentence

if TYPE_CHECKING:
    from ccsim.experiments.sensitivity import Index
    from ccsim.experiments.sweep import Sweep
    from ccsim.report.book import Sheet
    from ccsim.report.pictures import Album

MOST: Final = 60  # points shown; of more, the best
FOLLOWED: Final = ("service_level", "abandonment", "first_response", "csat", "cost")
DOUBT: Final = "Doubt"


def page(result: Sweep, album: Album) -> Page:
    """The whole report; pictures are those of `album`."""
    told = sweep_answer.answer(result, "the table of bends")
    return Page(
        title=result.base.name,
        about=sweep_head.varied(result),
        kind="Report of a sweep over a simulated contact centre",
        question=_question(result),
        facts=_facts(result),
        answer=tuple(_said(lead, text) for lead, text in told if lead != DOUBT),
        certainty=tuple(Paragraph(text, _of_best(result)) for lead, text in told if lead == DOUBT),
        highlights=tuple(_highlights(result)),
        sections=tuple(part for part in _sections(result, album) if part is not None),
        sentences=tuple(_sentences(result, told)),
    )


def sheets(result: Sweep, page: Page) -> list[Sheet]:
    """What the workbook holds: the frames of the sweep."""
    about = "low, high: 95 % interval over replications; model_low, model_high: 80 % range"
    frames = {
        "Points": result.points(),
        "Responses": result.responses(),
        "Break-even": result.break_even(),
        "Knees": result.knees(),
        "Indices": result.indices(),
    }
    return [
        book.answer(page),
        *(book.Sheet(name, about, frame) for name, frame in frames.items() if len(frame)),
        book.assumptions(result.scenario),
        book.given(result.scenario),
        book.computed(_stands_on(result), method.of_sweep()),
    ]


def _question(result: Sweep) -> str:
    named = [f"`{lever.key}`" for lever in result.levers]
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"What happens when {listed} {'is' if len(named) == 1 else 'are'} moved, and where is it best?"


def _facts(result: Sweep) -> tuple[tuple[str, str], ...]:
    return (
        ("simulated at each point", run_head.weeks(result.base)),
        ("points", f"{len(result.rows)}, {sweep_head.KIND_NAMES[result.design.kind]}"),
        ("replications of each", str(result.replications)),
        ("money in", result.base.currency),
    )


def _said(lead: str, text: str) -> Paragraph:
    return Paragraph(text, "" if lead == "Answer" else f"{lead}:")


def _of_best(result: Sweep) -> str:
    """Of which point the doubt speaks."""
    best = result.best
    return "" if best is None else f"{sweep_answer.place(result, best.point)}:"


def _highlights(result: Sweep) -> list[Highlight]:
    """The best point, and the cheapest that reaches the target."""
    found = []
    if result.worth_known and result.best is not None:
        point = result.best.point
        net = float(result["net_gain"].value[point])
        tone = "good" if net > 0 else "bad" if net < 0 else ""
        where = sweep_answer.place(result, point)
        found.append(Highlight("largest net gain", sweep_answer.amount(result, net), f"at {where}", tone))
    if result.cheapest is not None:
        where = sweep_answer.place(result, result.cheapest)
        found.append(Highlight("service target, most cheaply", where))
    return found


def _sections(result: Sweep, album: Album) -> list[Section | None]:
    return [
        section("The points", _points(result)),
        section("Responses", _knees(result), *album.pictures.values()),
        section("What matters", _indices(result)),
        *foundations.sections(result.scenario, _stands_on(result), method.of_sweep()),
    ]


def _stands_on(result: Sweep) -> list[tuple[str, str]]:
    counted = str(result.replications)
    return method.stands_on(result.scenario, counted, result.clock, result.draws)


def _points(result: Sweep) -> Table:
    """Each point with its service, satisfaction and money; of very many, the best."""
    shown = _shown(result)
    keys = [key for name in FOLLOWED for key in result.responses_by if key[0] == name]
    labels = [result[key].what.label for key in keys]
    heads = [f"{label}, {result.base.currency}" if key[0] == "cost" else label
             for label, key in zip(labels, keys, strict=True)]  # fmt: skip
    worth = (f"net gain, {result.base.currency}", "95 % interval (chance)", "80 % range (model)")
    first, *rest = result.names
    columns = (Column(first), *numeric(*rest, *heads, *(worth if result.worth_known else ())), Column("mark"))
    left = len(result.rows) - len(shown)
    note = "Net gain and its intervals: against the base, in pairs." if result.worth_known else ""
    more = f" The best {len(shown)} of {len(result.rows)} points; the workbook has all." if left else ""
    rows = tuple(_point(result, keys, point) for point in shown)
    return Table("Every point", columns, (Group(rows),), f"{note}{more}".strip())


def _shown(result: Sweep) -> list[int]:
    """All points in their order; of very many, those of largest net gain or service level."""
    points = range(len(result.rows))
    if len(points) <= MOST:
        return list(points)
    level = next(key for key in result.responses_by if key[0] == "service_level")
    values = result[("net_gain", "") if result.worth_known else level].value
    known = [point for point in points if not math.isnan(values[point])]
    return sorted(known, key=lambda point: -float(values[point]))[:MOST]


def _point(result: Sweep, keys: list[tuple[str, str]], point: int) -> Row:
    texts = [one.text for one in result.rows[point]]
    texts += [sweep_answer.figure(result, key, point) for key in keys]
    if result.worth_known:
        net = result["net_gain"]
        found, (low, high) = net.differences[point], net.band
        model = "" if low[point] == high[point] else numbers.money_span(float(low[point]), float(high[point]))
        chance = "" if found.low == found.high else numbers.money_span(found.low, found.high)
        texts += [sweep_answer.figure(result, ("net_gain", ""), point), chance, model]
    best = result.best is not None and result.best.point == point and not result.as_base[point]
    other = "base" if result.as_base[point] else "target" if result.cheapest == point else ""
    return Row((*texts, "best" if best else other), "good" if best else "")


def _knees(result: Sweep) -> Table | None:
    """Where each figure bends; None where none surely does."""
    rows = tuple(Row(sweep_answer.knee_cells(result, one)) for one in result.all_knees)
    columns = (Column("figure"), Column("along"), *numeric("from", "95 % interval (bootstrap)"))
    note = "It says where a curve bends, not where to stop: that is for net gain and the target."
    return Table("From where on more brings clearly less", columns, (Group(rows),), note) if rows else None


def _indices(result: Sweep) -> Table | None:
    """How much of each figure's spread each lever makes; None where that is not known."""
    rows = tuple(_index(one) for one in result.all_indices)
    columns = (*map(Column, ("lever", "figure", "index")), *numeric("value", "95 % interval (bootstrap)"))
    note = (
        "First: alone; total: with all it does together with others; srrc: standardized rank regression "
        "coefficient, -1 to 1."
    )
    caption = "How much of each figure's spread a lever makes"
    return Table(caption, columns, (Group(rows),), note) if rows else None


def _index(one: Index) -> Row:
    figure = ", ".join(part for part in (one.measure.replace("_", " "), one.part) if part)
    span = numbers.span(one.low, one.high, _two)
    return Row((one.lever, figure, one.index, _two(one.value), span))


def _two(value: float) -> str:
    return f"{value:.2f}"


def _sentences(result: Sweep, told: list[tuple[str, str]]) -> list[str]:
    """The answers, and a sentence a point."""
    levels = [key for key in result.responses_by if key[0] == "service_level"]
    found = [text for _, text in told]
    for point in _shown(result):
        figures = [f"the {result[key].what.label} is {sweep_answer.figure(result, key, point)}"
                   for key in levels]  # fmt: skip
        if result.worth_known:
            gain = sweep_answer.figure(result, ("net_gain", ""), point)
            figures.append(f"the net gain over the base is {gain} {result.base.currency}")
        found.append(sentence(f"at {sweep_answer.place(result, point)} {' and '.join(figures)}"))
    return found
