"""What a comparison means, below its table: answers and doubts, the frontier, the precision reached."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from ccsim.cli.terminal import WIDTH, Line, paragraph, plain_line
from ccsim.words import compare_answer, compare_notes

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison

INDENT = 8


def story(result: Comparison) -> list[Line]:
    """All paragraphs, with an empty line before each candidate's."""
    alone = len(result.variants) == 1
    lines: list[Line] = []
    for name in result.variants:
        lines += [(), *answer(result, name, compare_notes.family(result) if alone else "")]
    notes = _notes(result, alone)
    return [*lines, (), *notes] if notes and not alone else [*lines, *notes]


def answer(result: Comparison, name: str, family: str = "") -> list[Line]:
    """The paragraphs `Answer`, `Through` and `Doubt` for one variant; `family` ends the doubt."""
    through = compare_answer.through(result, name)
    doubt = " ".join(text for text in (compare_answer.doubt(result, name), family) if text)
    return [
        *paragraph("Answer ", compare_answer.answer(result, name), INDENT),
        *(paragraph("Through", through, INDENT) if through else []),
        *(paragraph("Doubt  ", doubt, INDENT) if doubt else []),
    ]


def _notes(result: Comparison, alone: bool) -> list[Line]:
    family = "" if alone else compare_notes.family(result)
    return [
        *(paragraph("Sure   ", family, INDENT) if family else []),
        *_several("Worth  ", compare_notes.frontier(result)),
        *_several("Enough?", compare_notes.reached(result)),
    ]


def _several(lead: str, texts: list[str]) -> list[Line]:
    """Sentences below one another, the first behind the lead."""
    room = " " * INDENT
    rest = [wrap(text, WIDTH, initial_indent=room, subsequent_indent=room) for text in texts[1:]]
    first = paragraph(lead, texts[0], INDENT) if texts else []
    return [*first, *(plain_line(line) for lines in rest for line in lines)]
