"""The headline table that a folder keeps, as it stands there: for folders that are not opened again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccsim.cli.terminal import HEAD, Line, plain_line
from ccsim.words import cells

if TYPE_CHECKING:
    import pandas as pd

FILES: Final = {
    "run": "summary.csv", "compare": "differences.csv", "roi": "figures.csv", "rollout": "targets.csv",
    "sweep": "responses.csv",
}  # fmt: skip
NAMES: Final = ("variant", "part", "label", "measure")
NUMBERS: Final = (
    "before", "after", "change", "base", "value", "difference", "low", "high", "model_low", "model_high",
)  # fmt: skip
NAME, CELL = 30, 10


def kept(folder: Path, kind: str) -> pd.DataFrame | None:
    """The table; None where the folder has none, or something else in its place."""
    import pandas as pd

    try:
        return pd.read_csv(folder / FILES[kind])
    except (KeyError, OSError, ValueError):
        return None


def kept_lines(table: pd.DataFrame, folder: Path, kind: str) -> Iterator[Line]:
    """Names and figures of each row, in the columns that there are."""
    numbers = [name for name in NUMBERS if name in table][: (80 - NAME) // CELL]
    yield from ((), plain_line(f"{FILES[kind]} as {folder} keeps it", HEAD), ())
    yield plain_line(f"{'':<{NAME}}" + "".join(f"{name.replace('_', ' '):>{CELL}}" for name in numbers), HEAD)
    for row in table.to_dict("records"):
        figures = "".join(f"{_figure(row, name):>{CELL}}" for name in numbers)
        yield plain_line(f"{_name(row)[: NAME - 1]:<{NAME}}{figures}".rstrip())


def _name(row: dict[Any, Any]) -> str:
    """What a row is of: a label says more than the measure's name."""
    parts = [row[name] for name in NAMES if isinstance(row.get(name), str)]
    return "  ".join(parts[:-1] if "label" in row and "measure" in row else parts)


def _figure(row: dict[Any, Any], name: str) -> str:
    value, unit = row[name], row.get("unit")
    if not isinstance(value, int | float) or math.isnan(value):
        return ""
    if not isinstance(unit, str):
        return f"{value:g}"
    return cells.writer(unit, str(row.get("measure", "")))(float(value))
