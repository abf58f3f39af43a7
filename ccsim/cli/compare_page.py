"""All that `ccsim compare` prints of a comparison, so that `ccsim open` prints the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.cli.compare_many import many_variants
from ccsim.cli.compare_story import story
from ccsim.cli.compare_table import one_variant, title
from ccsim.cli.finishing import where_is
from ccsim.cli.terminal import Line

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison


def lines(result: Comparison) -> list[Line]:
    """Title, table, the answer for each variant, and what holds for all of them."""
    names = list(result.variants)
    table = one_variant(result, names[0]) if len(names) == 1 else many_variants(result)
    return [(), *title(result), (), *table, *story(result)]


def ending(folder: Path) -> list[Line]:
    """Where everything is."""
    return where_is(folder, "report.html", "differences.csv")


def found(result: Comparison) -> dict[str, Any]:
    """What `--json` tells of a comparison."""
    from ccsim.cli.as_json import about
    from ccsim.words import compare_answer, compare_notes

    variants = {name: about(run) for name, run in result.variants.items()}
    frames = {
        "differences": result.differences(),
        "money": result.money_frame(),
        "frontier": result.frontier(),
        "precision": result.precision(),
    }
    answers = {
        name: {"answer": compare_answer.answer(result, name), "doubt": compare_answer.doubt(result, name)}
        for name in variants
    }
    notes = [compare_notes.family(result), *compare_notes.frontier(result), *compare_notes.reached(result)]
    return {"about": about(result.base), "variants": variants, **frames, "answers": answers, "notes": notes}


def opened(folder: Path) -> Comparison:
    """The comparison in a folder; CcsimError as `ccsim.open_comparison`."""
    from ccsim.experiments.store import open_comparison

    return open_comparison(folder)


def reprinted(result: Comparison, folder: Path) -> list[Line]:
    """What the command printed."""
    return [*lines(result), *ending(folder)]
