"""The table that `ccsim run` prints: service, customers, money; at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ccsim.cli.terminal import BAD, DIM, GOOD, HEAD, WIDTH, Line, plain_line
from ccsim.words import cells
from ccsim.words.numbers import UNKNOWN
from ccsim.words.run_blocks import blocks
from ccsim.words.run_head import called, weeks, why

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.summary import Row

VALUE_END, INTERVAL, BAD_DAY_END, MODEL, TARGET = 39, 42, 65, 56, 68


def run_table(run: Run) -> list[Line]:
    """The lines of the table: a block for each channel and self-service, agents, customers, money."""
    lines: list[Line] = []
    for section, title, rows in blocks(run):
        lines += [_heads_of(run, section, title, first=not lines), *(_line(row) for row in rows)]
    return [*lines, (), *_notes(run)]


def _heads_of(run: Run, section: str, title: str, first: bool) -> Line:
    if first:
        return _heads(title, "mean", "95 % interval", "bad day*", "", "target")
    if section == "money":
        return _heads(title, run.scenario.currency, "", "", "", "")
    return _heads(title, "", "", "", "model range**" if section == "customers" else "", "")


def head_lines(run: Run) -> list[Line]:
    """What was simulated: name, weeks, seed; the variant and why."""
    scenario = run.scenario
    texts = fold_parts([called(scenario), weeks(scenario), f"seed {scenario.seed}"])
    if asked := why(scenario):
        texts.append(f'"{asked}"')
    return [((texts[0], HEAD),), *(plain_line(text) for text in texts[1:])]


def fold_parts(parts: Sequence[str], width: int = 80) -> list[str]:
    """Parts joined by dots, on as many lines as they need."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + 3 + len(part) <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def _heads(name: str, value: str, interval: str, bad: str, model: str, target: str) -> Line:
    return ((placed(name, value, interval, bad, model, target), HEAD),)


def _line(row: Row) -> Line:
    write = cells.writer(row.unit, row.measure)
    if row.note and row.value != row.value:
        return ((f"  {row.label:<29} {row.note}"[:80], DIM),)
    text = placed(
        "  " + row.label,
        write(row.value),
        row.note or cells.interval(row.unit, row.measure, row.low, row.high),
        write(row.bad_day) if row.bad_day == row.bad_day else "",
        cells.interval(row.unit, row.measure, row.model_low, row.model_high),
        "",
    )
    wanted = cells.target(row.unit, row.measure, row.target_min, row.target_max)
    if not wanted:
        return ((text, ""),)
    style = BAD if row.verdict == "MISS" else GOOD
    start = max(len(text) + 2, min(TARGET, WIDTH - len(f"{wanted} {row.verdict}")))
    return ((text.ljust(start) + wanted + " ", ""), (row.verdict, style))


def placed(name: str, value: str, interval: str, bad: str, model: str, target: str) -> str:
    """The cells at their columns; cells that would touch keep two blanks between them."""
    text = name
    for cell, column, right in (
        (value, VALUE_END, True), (interval, INTERVAL, False), (bad, BAD_DAY_END, True),
        (model, MODEL, False), (target, TARGET, False),
    ):  # fmt: skip
        if cell:
            start = column - len(cell) if right else column
            text = text.ljust(max(start, len(text) + (1 if right else 2))) + cell
    return text


def _notes(run: Run) -> Iterator[Line]:
    yield plain_line(" * the worst day in ten    ** 80 % of draws of the outcome parameters", DIM)
    if run.replications < 2:
        yield plain_line(f"   {UNKNOWN} no intervals: one replication says nothing of chance", DIM)
