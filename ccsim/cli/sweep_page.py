"""All that `ccsim sweep` prints: title, points, what stands out in sentences, what to type next."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ccsim.cli.finishing import where_is
from ccsim.cli.sweep_table import table
from ccsim.cli.terminal import HEAD, WIDTH, Line, advice, paragraph, plain_line
from ccsim.words.sweep_answer import answer
from ccsim.words.sweep_head import KIND_NAMES, heading

if TYPE_CHECKING:
    from ccsim.experiments.sweep import Sweep


def lines(result: Sweep, file: str) -> list[Line]:
    """The whole page, at most 80 columns; `file` is what commands name."""
    found: list[Line] = [(), *title(result), (), *table(result), ()]
    told = answer(result)
    width = max(len(lead) for lead, _ in told) + 1
    for lead, text in told:
        found += paragraph(lead.ljust(width - 1), text, width)
    return [*found, *next_steps(result, file)]


def title(result: Sweep) -> list[Line]:
    """What was varied, and how."""
    each = f"{result.replications} replication{'s' if result.replications != 1 else ''} each"
    told = [KIND_NAMES[result.design.kind], "same contacts, same draws", each, f"seed {result.base.seed}"]
    parts = wrap(" · ".join(told), WIDTH, break_long_words=False)
    head = wrap(heading(result), WIDTH, break_long_words=False)
    titled: list[Line] = [plain_line(line, HEAD) for line in head]
    return [*titled, *(plain_line(line) for line in parts)]


def next_steps(result: Sweep, file: str) -> list[Line]:
    """What to type next."""
    best = result.best
    point = best.point if best is not None and not result.as_base[best.point] else result.cheapest
    if point is None:
        return []
    variant = f" --variant {result.scenario.source.variant}" if result.base is not result.scenario else ""
    sets = " ".join(
        f"--set {lever.key}={one.text}"
        for lever, one in zip(result.levers, result.rows[point], strict=True)
        if not one.kept
    )
    which = "The best point, whole" if best is not None and point == best.point else "The cheapest, whole"
    return advice(f"{which}:", f"ccsim run {file}{variant} {sets}")


def ending(folder: Path) -> list[Line]:
    """Where everything is."""
    return where_is(folder, "report.html", "responses.csv")


def found(result: Sweep) -> dict[str, Any]:
    """What `--json` tells."""
    from ccsim.experiments.sweep_folder import tables

    told = [{"about": lead, "text": text} for lead, text in answer(result)]
    return {"answer": told, **tables(result)}


def opened(folder: Path) -> Sweep:
    """The sweep in a folder; CcsimError as `ccsim.open_sweep`."""
    from ccsim.experiments.stored_sweep import open_sweep

    return open_sweep(folder)


def reprinted(result: Sweep, folder: Path) -> list[Line]:
    """What the command printed; commands name its file where it still is."""
    from ccsim.experiments.manifest import read

    called = read(folder, "sweep")["called"]
    return [*lines(result, called or str(folder / "scenario.yaml")), *ending(folder)]
