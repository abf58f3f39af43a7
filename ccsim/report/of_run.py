"""The report of a run: what a centre comes to, what it misses, what to fix first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ccsim.report import book, foundations
from ccsim.report import tables_of_run as tables
from ccsim.report.book import Sheet
from ccsim.report.page import Highlight, Page, Paragraph, Section, said, section
from ccsim.report.pictures import Album
from ccsim.words import cells, method, run_answer, run_head, run_story, sentences, why_story
from ccsim.words.judging import MISSED, WORDS, named, told_apart
from ccsim.words.phrases import unit_word
from ccsim.words.run_standing import standing

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.summary import Row as Figure

SERVICE: Final = ("demand_staffing", "service_wait", "abandonment_occupancy", "wait_distribution", "heat_map",
                  "backlog", "self_service")  # fmt: skip
CUSTOMERS: Final = ("effort_drivers", "csat_by_wait", "csat_by_contacts")
MONEY: Final = ("cost_ledger", "survival", "roi_by_month")
DOUBT: Final = ("tornado",)
DRIVERS: Final = ("outcome_drivers",)
PLAIN: Final = "What does this centre come to as it is described, and what does it miss?"
GLANCE: Final = ("service_level", "abandonment", "fcr", "csat", "nps", "churn", "cost", "at_stake")


def page(run: Run, album: Album) -> Page:
    """The whole report; pictures are those of `album`."""
    scenario = run.scenario
    return Page(
        title=scenario.name,
        about=f"variant `{scenario.source.variant}`" if scenario.source.variant else "",
        kind="Report of a simulated contact centre",
        question=run_head.why(scenario) or PLAIN,
        facts=_facts(run),
        answer=(Paragraph(run_answer.answer(run)),),
        certainty=(Paragraph(run_answer.certainty(run)),),
        highlights=tuple(_highlights(run)),
        sections=tuple(part for part in _sections(run, album) if part is not None),
        sentences=tuple(sentences.of_run(run)),
    )


def sheets(run: Run, page: Page) -> list[Sheet]:
    """What the workbook holds: the frames behind the tables of the page."""
    preset = run.scenario.targets.preset
    stands = [book.Sheet("Sector", f"Where it stands: {preset}", run.standing())] if preset else []
    return [
        book.answer(page),
        book.Sheet("Figures", "Headline figures; low and high: 95 % interval", run.summary()),
        book.Sheet("Why", "What takes satisfaction away, in points of CSAT; money a year", run.why()),
        book.Sheet("Where", "The same by channel and intent", run.why(by=("channel", "intent"))),
        *stands,
        book.assumptions(run.scenario),
        book.given(run.scenario),
        book.computed(method.stands_on_run(run), method.of_run()),
    ]


def _facts(run: Run) -> tuple[tuple[str, str], ...]:
    scenario = run.scenario
    preset = (("sector", scenario.targets.preset),) if scenario.targets.preset else ()
    return (
        ("simulated", run_head.weeks(scenario)),
        ("replications", str(run.replications)),
        *preset,
        ("money in", scenario.currency),
    )


def _highlights(run: Run) -> list[Highlight]:
    """The figures that a manager asks for first, of each channel where there are several."""
    return [
        _highlight(run, row)
        for name in GLANCE
        for row in told_apart(run.headlines)
        if row.measure == name and not math.isnan(row.value)
    ]


def _highlight(run: Run, row: Figure) -> Highlight:
    value = cells.writer(row.unit, row.measure)(row.value) + unit_word(row.unit, run.scenario.currency)
    target = cells.target(row.unit, row.measure, row.target_min, row.target_max)
    note = f"target {target}: {WORDS[row.verdict]}" if target else row.note
    tone = {"": "", MISSED: "bad"}.get(row.verdict, "good")
    return Highlight(named(row), value, note, tone)


def _sections(run: Run, album: Album) -> list[Section | None]:
    found = run.reasons()
    sector = said("Where it stands:", standing(run))
    rest = album.but((SERVICE, CUSTOMERS, MONEY, DOUBT, DRIVERS))
    return [
        section("The figures", tables.figures(run)),
        section("What to fix first",
                said("Fix first:", why_story.fix_first(found, "csat")),
                said("Doubt:", why_story.doubt(run, found, "csat")),
                tables.drivers(found), tables.places(found), *album.of(*DRIVERS)),
        section("Service", said("Where it hurts:", run_story.where_it_hurts(run)), *album.of(*SERVICE)),
        section("Customers", *album.of(*CUSTOMERS)),
        section("Money", said("Not known:", _lacking(run)), *album.of(*MONEY)),
        section("Its sector", sector, tables.standing(run)),
        section("What the figures hang on", *album.of(*DOUBT)),
        section("More charts", *rest),
        *foundations.of_run(run, method.of_run()),
    ]  # fmt: skip


def _lacking(run: Run) -> str:
    lacking = run_story.lacking(run)
    named = "; ".join(f"`customers.{name}`: {', '.join(keys)}" for name, keys in lacking.items())
    return f"churn and money need, for example, {named}." if lacking else ""
