"""The report of a rollout: go or no-go, who gains and who loses, where the load moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from ccsim.report import book, foundations
from ccsim.report.page import Column, Group, Highlight, Page, Paragraph, Row, Section, Table, numeric, section
from ccsim.report.tables_of_comparison import changed
from ccsim.words import method, numbers, run_head
from ccsim.words import rollout_table as rows
from ccsim.words import rollout_words as words
from ccsim.words.changed import changes_of
from ccsim.words.phrases import sentence

if TYPE_CHECKING:
    from ccsim.experiments.rollout import Rollout
    from ccsim.report.book import Sheet
    from ccsim.report.pictures import Album

TARGETS, WHO = ("rollout_targets",), ("rollout_waits", "rollout_week")
FLIPS, LOAD = ("rollout_flips",), ("rollout_load",)
PLAIN: Final = "May the new rules go live: who gains, who loses, which targets hold?"
TONES: Final = {"go": "good", "better": "good", "no-go": "bad", "worse": "bad"}
BY: Final = {
    "channel": "by channel", "segment": "by segment", "intent": "by reason",
    "weekday_hour": "by hour of the week", "group": "by who answered",
}  # fmt: skip
CHANGE: Final = ("before", "after", "change", "95 % interval (chance)")


def page(result: Rollout, album: Album) -> Page:
    """The whole report; pictures are those of `album`."""
    scenario, (old, new) = result.after.scenario, result.names
    return Page(
        title=scenario.name,
        about=f"from `{old}` to `{new}`",
        kind="Report of a rollout in a simulated contact centre",
        question=run_head.why(scenario) or PLAIN,
        facts=_facts(result),
        answer=(Paragraph(words.answer(result)), Paragraph(words.worst_hit(result))),
        certainty=(Paragraph(words.doubt(result)),),
        highlights=tuple(_highlights(result)),
        sections=tuple(part for part in _sections(result, album) if part is not None),
        sentences=tuple(_sentences(result)),
    )


def sheets(result: Rollout, page: Page) -> list[Sheet]:
    """What the workbook holds: every frame that the folder has, but for what names people."""
    from ccsim.experiments.rollout_folder import frames_of

    frames = frames_of(result).items()
    about = "low, high: 95 % interval over pairs of replications; shares 0..1, a week where counted"
    return [
        book.answer(page),
        *(book.Sheet(name.replace("_", " ")[:31], about, frame) for name, frame in frames),
        book.assumptions(result.after.scenario),
        book.given(result.after.scenario),
        book.computed(method.stands_on_run(result.after), method.of_rollout()),
    ]


def _facts(result: Rollout) -> tuple[tuple[str, str], ...]:
    return (
        ("simulated", run_head.weeks(result.after.scenario)),
        ("pairs on the same contacts", str(result.replications)),
        ("money in", result.after.scenario.currency),
    )


def _highlights(result: Rollout) -> list[Highlight]:
    kept, lost = words.flips(result)
    wait = words.headline(result, "wait")
    tone = TONES.get(result.verdict, "")
    found = [Highlight("verdict", words.SAID[result.verdict], "", tone)]
    if wait is not None and wait["change"] == wait["change"]:
        change = numbers.signed(numbers.spell(wait["change"]))
        found.append(Highlight("mean wait of the same contacts", change, wait["verdict"],
                               TONES.get(wait["verdict"], "")))  # fmt: skip
    return [
        *found,
        Highlight("answered that gave up before", f"{kept:,.0f}", "contacts a week"),
        Highlight("given up that were answered before", f"{lost:,.0f}", "contacts a week"),
    ]


def _sections(result: Rollout, album: Album) -> list[Section | None]:
    growth = words.overloaded(result)
    return [
        section("What was asked", _changes(result)),
        section("Go or no-go", _targets(result), *album.of(*TARGETS)),
        section("Who gains, who loses", _waits(result),
                _table("What becomes of the same contacts", CHANGE,
                       [*rows.share_lines(result), *rows.skill_lines(result)], judged=True),
                *album.of(*WHO)),
        section("Flipped: answered and given up", _flips(result), *album.of(*FLIPS)),
        section("Load", Paragraph(growth) if growth else None, _load(result),
                _table("Contacts that moved between groups", ("a week",), rows.moved_lines(result)),
                _table("Passed on, a week", CHANGE, rows.transfer_lines(result)), *album.of(*LOAD)),
        section("Part of the agents first", _stages(result)),
        section("Which skill to teach", _lessons(result)),
        section("More charts", *album.but((TARGETS, WHO, FLIPS, LOAD))),
        *foundations.of_run(result.after, method.of_rollout()),
    ]  # fmt: skip


def _changes(result: Rollout) -> Table | None:
    """What the rules of each side set beside the file."""
    sides = dict(zip(result.names, (result.before.scenario, result.after.scenario), strict=True))
    tree = result.before.scenario.source.base or result.before.scenario.source.tree
    found = {f"`{name}`": set_ for name, scenario in sides.items() if (set_ := changes_of(tree, scenario))}
    return changed(found if len(found) > 1 else dict(zip([""], found.values(), strict=False)))


def _targets(result: Rollout) -> Table | None:
    heads = (Column("target"), *numeric("wanted", "before", "after", "met after?"), Column("why"))
    lines = [Row((one.label, *one.cells, one.note, one.verdict or "–"), TONES.get(one.verdict, ""))
             for one in rows.target_lines(result)]  # fmt: skip
    note = "Met after?: how sure it is met after, by chance alone."
    columns = (*heads, Column("verdict"))
    return Table("Each target before and after", columns, (Group(tuple(lines)),), note) if lines else None


def _waits(result: Rollout) -> Table:
    groups = [
        Group(_rows(found, True), f"Mean wait {word}")
        for by, word in BY.items()
        if len(found := rows.wait_lines(result, by)) > 1 or by == "channel"
    ]
    columns = (Column("of the same contacts"), *numeric(*CHANGE), Column("verdict"))
    note = "Of many slices those that gain and lose most. A wait lasts until answered or gone."
    return Table("Who waits, before and after", columns, tuple(groups), note)


def _flips(result: Rollout) -> Table:
    head, *rest = rows.flip_lines(result)
    columns = (Column("before: after"), *numeric(*head.cells))
    return Table("First contacts a week, as they ended before (rows) and after (columns)", columns,
                 (Group(_rows(rest)),))  # fmt: skip


def _load(result: Rollout) -> Table | None:
    heads = [f"{what} {side}" for what in ("hours", "busy %", "of agents, %") for side in ("before", "after")]
    return _table("Hours of handling a week, how busy groups are and their agents", heads,
                  rows.load_lines(result))  # fmt: skip


def _stages(result: Rollout) -> Table | None:
    if result.staged().empty:
        return None
    return _table("What part of the agents alone would do", ("what moves", "change"),
                  list(rows.stage_lines(result)), judged=True)  # fmt: skip


def _lessons(result: Rollout) -> Table | None:
    if result.teaching().empty:
        return None
    months, currency = result.after.scenario.economics.horizon, result.after.scenario.currency
    heads = ("change", f"net gain, {currency} in {months} months", "80 % range (model)")
    return _table("What teaching would bring, not paid for", heads, rows.lesson_lines(result), judged=True)


def _table(caption: str, heads: Iterable[str], lines: list[rows.Line], judged: bool = False) -> Table | None:
    """A table of lines; None where there are none. judged: their verdicts make the last column."""
    if not lines:
        return None
    last = (Column("verdict"),) if judged else ()
    return Table(caption, (Column("what"), *numeric(*heads), *last), (Group(_rows(lines, judged)),))


def _rows(lines: Iterable[rows.Line], judged: bool = False) -> tuple[Row, ...]:
    return tuple(
        Row((one.label, *one.cells, *((one.verdict,) if judged else ())), TONES.get(one.verdict, ""))
        for one in lines
    )


def _sentences(result: Rollout) -> list[str]:
    """The answer, what is hit worst, the load, and a sentence a target."""
    told = [words.answer(result), words.worst_hit(result), words.overloaded(result)]
    for one in rows.target_lines(result):
        wanted, before, after, sure = one.cells
        text = f"{one.label}: {before} before, {after} after; target {wanted}, met after with {sure}"
        told.append(sentence(f"{text}: {one.verdict}" if one.verdict else text))
    return [text for text in told if text]
