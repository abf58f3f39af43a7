"""The parts that every report ends with: what was assumed, what was given, how it was computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ccsim.report.page import Block, Column, Group, Paragraph, Row, Section, Table, said, section
from ccsim.words import method, run_story

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario


Pairs = Sequence[tuple[str, str]]


def of_run(run: Run, told: Pairs) -> list[Section | None]:
    """The parts, of a run or of the base of several; told: how it was computed, in pairs of lead and text."""
    stated = said("Assumed, not given:", run_story.assumed(run)), said("Volume:", run_story.volumes(run))
    return sections(run.scenario, method.stands_on_run(run), told, *stated)


def sections(scenario: Scenario, stands_on: Pairs, told: Pairs, *first: Block | None) -> list[Section | None]:
    """The parts; stands_on: what brings the figures out again; first: what is said of the assumptions."""
    return [
        section("Assumptions", *first, assumptions(scenario)),
        section("What was given", given(scenario)),
        section("How it was computed", *_method(stands_on, told)),
    ]


def assumptions(scenario: Scenario) -> Table:
    """Every figure that nobody gave, the most influential first."""
    from ccsim.scenario.explain import assumed

    rows = []
    for one in assumed(scenario):
        of = f" ({', '.join(f'`{name}`' for name in one.items)})" if one.items else ""
        span = f"{one.low} to {one.high}" if one.low or one.high else ""
        value = one.text.replace("|", " | ")
        rows.append(Row((one.path, value, span, f"{one.meaning}{of}", one.source, one.confidence)))
    heads = ("what", "value", "range", "meaning", "source", "evidence")
    columns = tuple(Column(head) for head in heads)
    return Table("Assumed, not given, the most influential first", columns, (Group(tuple(rows)),),
                 "A line in the scenario under this name puts your own figure in its place.")  # fmt: skip


def given(scenario: Scenario) -> Table | None:
    """Every value that the scenario states; None where it was not read from text."""
    from ccsim.scenario.explain import given as rows_of

    stated = [one for one in rows_of(scenario) if one.path not in ("ccsim", "name")]
    rows = tuple(Row((one.path, one.text)) for one in stated)
    return Table("Given", (Column("what"), Column("value")), (Group(rows),)) if rows else None


def _method(stands_on: Pairs, told: Pairs) -> list[Block]:
    rows = tuple(Row(pair) for pair in stands_on)
    columns = (Column("what"), Column("value"))
    table = Table("What brings the same figures out again", columns, (Group(rows),))
    return [*(Paragraph(text, lead) for lead, text in told), table]
