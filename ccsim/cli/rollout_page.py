"""All that `ccsim rollout` prints: go or no-go first, then who gains, what flips, load, next steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ccsim.cli.finishing import where_is
from ccsim.cli.terminal import BAD, GOOD, HEAD, WIDTH, Line, advice, paragraph, plain_line
from ccsim.words import numbers
from ccsim.words import rollout_table as table
from ccsim.words import rollout_words as words

if TYPE_CHECKING:
    from ccsim.experiments.rollout import Rollout

STYLES = {"go": GOOD, "no-go": BAD, "better": GOOD, "worse": BAD}
LABEL = 28
SIDES = ("before", "after")
BY = {"segment": "by segment", "intent": "by reason", "weekday_hour": "by hour", "group": "answered by"}


def lines(result: Rollout, file: str) -> list[Line]:
    """The whole page, at most 80 columns; `file` is what commands name."""
    return [
        (), *title(result), (), *_targets(result), (), *_gains(result), (), *_flips(result),
        (), *_load(result), *_staged(result), *_taught(result), (),
        *paragraph("Answer ", words.answer(result), 8),
        *paragraph("Worst  ", words.worst_hit(result), 8),
        *paragraph("Growth ", words.overloaded(result), 8),
        *paragraph("Doubt  ", words.doubt(result), 8),
        *(line for lead, command in words.next_steps(result, file) for line in advice(lead, command)),
    ]  # fmt: skip


def title(result: Rollout) -> list[Line]:
    """What is rolled out, and why."""
    scenario, (old, new) = result.after.scenario, result.names
    why = scenario.variants[new].why if new in scenario.variants else ""
    pairs = result.replications
    told = [
        f"{scenario.name}: from `{old}` to `{new}`",
        *([f'"{why}"'] if why else []),
        f"same contacts, {pairs} pair{'s' if pairs != 1 else ''} of replications, seed {scenario.seed}",
    ]
    head, *rest = [line for text in told for line in wrap(text, WIDTH)]
    return [plain_line(head, HEAD), *map(plain_line, rest)]


def ending(folder: Path) -> list[Line]:
    """Where everything is."""
    return where_is(folder, "report.html", "targets.csv")


def found(result: Rollout, individuals: bool = False) -> dict[str, Any]:
    """What `--json` tells."""
    from ccsim.experiments.rollout_folder import frames_of

    told = {
        "from": result.names[0],
        "to": result.names[1],
        "replications": result.replications,
        "verdict": result.verdict,
        "answer": words.answer(result),
        "doubt": words.doubt(result),
    }
    return {**told, **frames_of(result, individuals)}


def opened(folder: Path) -> Rollout:
    """The rollout in a folder; CcsimError as `ccsim.open_run`."""
    from ccsim.experiments.rollout_folder import open_rollout

    return open_rollout(folder)


def reprinted(result: Rollout, folder: Path) -> list[Line]:
    """What the command printed, but for individuals; commands name its file where it still is."""
    from ccsim.experiments.manifest import read

    called = read(folder, "rollout")["called"]
    return [*lines(result, called or str(folder / "before" / "scenario.yaml")), *ending(folder)]


def individuals(result: Rollout) -> list[Line]:
    """Occupancy of everybody, before and after."""
    rows = [
        table.Line(f"{row['group']}: {row['agent']}", tuple(numbers.share(row[side], 0) for side in SIDES))
        for _, row in result.individuals().iterrows()
    ]
    return [(), _head("Occupancy of each", ("before", "after"), (9, 9)), *_rows(rows, (9, 9))]


def _targets(result: Rollout) -> Iterator[Line]:
    widths = (9, 9, 9, 7)
    yield _head("Go or no-go, by target", ("target", "before", "after", "met?*"), widths, " verdict")
    rows = table.target_lines(result)
    if not rows:
        yield plain_line("  no targets: write `targets: {preset: bank}` or bands of your own")
        return
    for row in rows:
        text = _cells(row, widths)
        yield (text, ""), (f" {row.verdict or '–'}", STYLES.get(row.verdict, ""))
        if row.note and row.note not in ("kept", "reached", "no difference"):
            yield plain_line(f"    {row.note}")
    yield plain_line(" * how sure it is met after, by chance alone")


def _gains(result: Rollout) -> Iterator[Line]:
    widths = (9, 9, 10, 9)
    yield _head("Who waits, of the same", ("before", "after", "change", "95 %"), widths, "  verdict")
    for by, word in (("channel", "by channel"), *BY.items()):
        rows = table.wait_lines(result, by)
        if len(rows) > 1 or by == "channel":
            yield from _rows(rows, widths, f"{word}: ")
    yield _head("What becomes of them", ("before", "after", "change", "95 %"), widths, "  verdict")
    yield from _rows([*table.share_lines(result), *table.skill_lines(result)], widths)
    passed = table.transfer_lines(result)
    if passed:
        yield _head("Passed on, a week", ("before", "after", "change", "95 %"), widths)
        yield from _rows(passed, widths)


def _flips(result: Rollout) -> Iterator[Line]:
    head, *rows = table.flip_lines(result)
    widths = (13,) * min(len(head.cells), 4)
    cut = [table.Line(row.label, row.cells[:4]) for row in (head, *rows)]
    cut[1:] = [table.Line(f"before: {row.label}", row.cells) for row in cut[1:]]
    yield _head("First contacts a week, after", tuple(cut[0].cells), widths)
    yield from _rows(cut[1:], widths)


def _load(result: Rollout) -> Iterator[Line]:
    widths = (8, 8, 7, 7, 10, 10)
    yield _head("Load by group", ("hours", "after", "busy %", "after", "of agents", "after"), widths)
    yield from _rows(table.load_lines(result), widths)
    moved = table.moved_lines(result)
    if moved:
        yield _head("Contacts that moved", ("a week",), (9,))
        yield from _rows(moved, (9,))


def _staged(result: Rollout) -> Iterator[Line]:
    if result.staged().empty:
        return
    yield ()
    yield _head("Part of the agents", ("what moves", "change"), (26, 12), "  verdict")
    yield from _rows(list(table.stage_lines(result)), (26, 12))


def _taught(result: Rollout) -> Iterator[Line]:
    if result.teaching().empty:
        return
    yield ()
    first = result.teaching().iloc[0]
    months, currency = result.after.scenario.economics.horizon, result.after.scenario.currency
    yield plain_line(f"Teach whom what; {currency} in {months} months, teaching not paid", HEAD)
    moved = "wait" if first["unit"] == "s" else "change"
    yield _head("", (moved, "net gain", "80 % of models"), (10, 10, 19), "  verdict")
    yield from _rows(table.lesson_lines(result), (10, 10, 19))


def _rows(rows: Sequence[table.Line], widths: Sequence[int], lead: str = "") -> Iterator[Line]:
    for number, row in enumerate(rows):
        label = lead + row.label if number == 0 and lead else row.label
        if lead and number:
            label = f"{'':<{len(lead)}}{row.label}"
        text = _cells(table.Line(label, row.cells), widths)
        yield (text, ""), (f"  {row.verdict}" if row.verdict else "", STYLES.get(row.verdict, ""))


def _cells(row: table.Line, widths: Sequence[int]) -> str:
    label = f"  {row.label}"
    if len(label) > LABEL:
        label = label[: LABEL - 1] + "…"
    return f"{label:<{LABEL}}" + "".join(f"{cell:>{w}}" for cell, w in zip(row.cells, widths, strict=False))


def _head(label: str, names: Sequence[str], widths: Sequence[int], last: str = "") -> Line:
    cells = "".join(f"{name:>{width}}" for name, width in zip(names, widths, strict=True))
    return plain_line((f"{label:<{LABEL}}{cells}{last}").rstrip(), HEAD)
