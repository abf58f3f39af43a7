"""Tables that people keep in CSV files: rows with their line numbers, faults with theirs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from ccsim.scenario.context import Context, inside
from ccsim.scenario.nodes import Mark
from ccsim.scenario.trouble import Spot, Trouble, nearest, refuse, spots_of
from ccsim.units import UnitError

T = TypeVar("T")
MAX_BYTES, MAX_ROWS, MAX_FAULTS = 20_000_000, 500_000, 10


@dataclass(frozen=True)
class Row:
    """One row: its cells by column, its place, and the place of each cell's column (from 1)."""

    cells: dict[str, str]
    mark: Mark
    places: dict[str, int]

    def get(self, column: str) -> str:
        """The cell's text, empty if the table has no such column."""
        return self.cells.get(column, "")


class Sheet:
    """The rows of one CSV file while they are being read; collects at most ten faults."""

    def __init__(self, rows: list[Row], trouble: Trouble) -> None:
        self.rows = rows
        self.trouble = trouble

    def cell(self, row: Row, column: str, parse: Callable[[str], T]) -> T | None:
        """The parsed cell, or None where it is at fault (noted with file and line)."""
        try:
            return parse(row.get(column))
        except UnitError as error:
            self.fault(row, column, error.message, error.hint)
        except PydanticCustomError as error:
            for spot in spots_of(error.context):
                self.fault(row, column, spot.message, spot.hint)
        return None

    def fault(self, row: Row, column: str, message: str, hint: str | None = None) -> None:
        """Note a fault at a cell; after ten the rest are not listed."""
        mark = Mark(row.mark.file, row.mark.line, row.places.get(column, 1))
        self.trouble.spots.append(Spot(("from",), f"column {column}: {message}", hint, mark))
        if len(self.trouble.spots) >= MAX_FAULTS:
            self.trouble.settle()


def open_sheet(context: Context, name: str, needed: tuple[str, ...], allowed: tuple[str, ...] = ()) -> Sheet:
    """Read a CSV file in the scenario's folder, comma or semicolon separated, UTF-8.

    ``needed`` columns must be there, ``allowed`` may be. Raises faults at the value that names
    the file, or inside the file with its line.
    """
    path = inside(context, name)
    rows, header = _rows(context, path, name)
    problems = Trouble()
    mark = Mark(_label(context, name), 1, 1)
    for column in header:
        if column not in (*needed, *allowed):
            hint = nearest(column, (*needed, *allowed)) or _columns(needed, allowed)
            problems.spots.append(Spot(("from",), f"unknown column `{column[:40]}`", hint, mark))
    for column in needed:
        if column not in header:
            problems.spots.append(
                Spot(("from",), f"has no column `{column}`", _columns(needed, allowed), mark)
            )
    problems.settle()
    if not rows:
        raise refuse("this table has no rows", None, "from")
    return Sheet(rows, Trouble())


def _columns(needed: tuple[str, ...], allowed: tuple[str, ...]) -> str:
    may = f" and may have {', '.join(allowed)}" if allowed else ""
    return f"it needs {', '.join(needed)}{may}"


def _label(context: Context, name: str) -> str:
    return f"{context.label}/{name}" if context.label not in ("", ".") else name


def _rows(context: Context, path: Path, name: str) -> tuple[list[Row], list[str]]:
    if name not in context.files:
        context.files[name] = _read(path, _label(context, name))
    rows: tuple[list[Row], list[str]] = context.files[name]
    return rows


def _read(path: Path, label: str) -> tuple[list[Row], list[str]]:
    try:
        if not path.is_file():
            raise refuse("there is no such file in the scenario's folder", None, "from")
        if path.stat().st_size > MAX_BYTES:
            raise refuse("this table is larger than 20 MB", None, "from")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise refuse("this file cannot be read as UTF-8 text", None, "from") from None
    lines = text.splitlines()
    header = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    reader = csv.reader(lines, delimiter=";" if ";" in header else ",")
    try:
        return _collect(reader, label)
    except csv.Error as error:
        mark = Mark(label, reader.line_num, 1)
        spot = Spot(("from",), f"not a CSV table ({error})", None, mark)
        raise PydanticCustomError("fault", "fault", {"spots": (spot,)}) from None


def _collect(reader: Any, label: str) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    header: list[str] = []
    for cells in reader:
        texts = [cell.strip() for cell in cells]
        if not any(texts) or texts[0].startswith("#"):
            continue
        if not header:
            header = [text.lower() for text in texts]
            continue
        places, column = {}, 1
        for key, cell in zip(header, cells, strict=False):
            places[key], column = column, column + len(cell) + 1
        rows.append(Row(dict(zip(header, texts, strict=False)), Mark(label, reader.line_num, 1), places))
        if len(rows) > MAX_ROWS:
            raise refuse(f"this table has more than {MAX_ROWS} rows", None, "from")
    return rows, header
