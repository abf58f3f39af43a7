"""A log of single contacts, to be replayed at their very moments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import ValidationInfo

from ccsim.scenario.context import Context, context_of, inside
from ccsim.scenario.csv_tables import Row, Sheet, open_sheet
from ccsim.scenario.nodes import Mark
from ccsim.scenario.readers import is_none
from ccsim.scenario.trouble import Spot, Trouble, as_table, nearest
from ccsim.units import UnitError, quote

EPOCH = datetime(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)
COLUMNS, NAMED = ("intent", "segment", "customer"), ("intent", "segment")
_KEPT = 4
_read: dict[tuple[Any, ...], CallLog] = {}  # a scenario is validated once a variant: read the file once


@dataclass(frozen=True)
class CallLog:
    """One row a contact, in the order of the file; equal logs have equal digests.

    moment: local time, whole microseconds since 1970. codes: for each of COLUMNS the place of the
    row's text in `names`, -1 where it says nothing. marks: where each intent and segment first stands.
    """

    digest: str
    moment: npt.NDArray[np.int64] = field(repr=False, compare=False)
    codes: dict[str, npt.NDArray[np.int32]] = field(repr=False, compare=False)
    names: dict[str, tuple[str, ...]] = field(repr=False, compare=False)
    marks: dict[str, tuple[Mark, ...]] = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.moment)

    def seconds(self, start: date) -> npt.NDArray[np.float64]:
        """Moments in seconds from midnight of `start`."""
        midnight = (datetime.combine(start, datetime.min.time()) - EPOCH) // MICROSECOND
        return np.asarray((self.moment - midnight) / 1e6, np.float64)

    @cached_property
    def span(self) -> tuple[str, str]:
        """The first and the last moment, as text."""
        ends = (EPOCH + int(edge) * MICROSECOND for edge in (self.moment.min(), self.moment.max()))
        first, last = (edge.isoformat(" ", "minutes") for edge in ends)
        return first, last


def read_log(value: Any, info: ValidationInfo) -> Any:
    """The log that ``{from: calls.csv}`` names; None for none."""
    if value is None or is_none(value) or isinstance(value, CallLog):
        return None if isinstance(value, str) else value
    table = as_table(value, "{from: data/calls.csv}")
    trouble = Trouble()
    for key in table:
        if key != "from":
            trouble.add("unknown key", "it takes from", key, key=True)
    if not isinstance(table.get("from"), str):
        trouble.add("needs a file", "write `from: data/calls.csv`")
    trouble.settle()
    return _logged(context_of(info), table["from"])


def _logged(context: Context, name: str) -> CallLog:
    path = inside(context, name)
    key = _identity(path, context, name)
    if key is None or key not in _read:
        sheet = open_sheet(context, name, ("time", "intent"), ("segment", "customer"))
        log = _columns(sheet)
        if key is None:
            return log
        while len(_read) >= _KEPT:
            _read.pop(next(iter(_read)))
        _read[key] = log
    return _read[key]


def _identity(path: Path, context: Context, name: str) -> tuple[Any, ...] | None:
    """What tells whether the file is still the one that was read; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return path, found.st_mtime_ns, found.st_size, context.label, name


def _columns(sheet: Sheet) -> CallLog:
    n = len(sheet.rows)
    moment = np.empty(n, np.int64)
    codes = {column: np.full(n, -1, np.int32) for column in COLUMNS}
    known: dict[str, dict[str, int]] = {column: {} for column in COLUMNS}
    marks: dict[str, list[Mark]] = {column: [] for column in NAMED}
    for at, row in enumerate(sheet.rows):
        moment[at] = sheet.cell(row, "time", _moment) or 0
        if not row.get("intent"):
            sheet.fault(row, "intent", "has no value", "write why this customer makes contact")
    for column in COLUMNS:
        mine, numbers = codes[column], known[column]
        for at, row in enumerate(sheet.rows):
            text = row.get(column)
            if text:
                if text not in numbers and column in NAMED:
                    marks[column].append(_mark(row, column))
                mine[at] = numbers.setdefault(text, len(numbers))
    sheet.trouble.settle()
    names = {column: tuple(texts) for column, texts in known.items()}
    places = {column: tuple(marks[column]) for column in NAMED}
    return CallLog(_digest(moment, codes, names), moment, codes, names, places)


def _mark(row: Row, column: str) -> Mark:
    return Mark(row.mark.file, row.mark.line, row.places.get(column, 1))


def _moment(text: str) -> int:
    """Whole microseconds since 1970 of ``2026-01-05 08:00:12.345``, local time."""
    fix = "write `2026-01-05 08:00:12`"
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UnitError(f"{quote(text)} is not a moment", fix) from None
    if ":" not in text:
        raise UnitError(f"{quote(text)} has no time of day", fix)
    if found.tzinfo is not None:
        raise UnitError(f"{quote(text)} names a time zone", f"times are the centre's own: {fix}")
    if not 1900 <= found.year <= 2200:
        raise UnitError(f"{quote(text)} is in no year to simulate", "write a year from 1900 to 2200")
    return (found - EPOCH) // MICROSECOND


def _digest(
    moment: npt.NDArray[np.int64], codes: dict[str, npt.NDArray[np.int32]], names: dict[str, tuple[str, ...]]
) -> str:
    together = blake2b(moment.tobytes(), digest_size=16)
    for column, values in codes.items():
        together.update(values.tobytes() + "\0".join(names[column]).encode() + b"\1")
    return together.hexdigest()


def log_faults(log: CallLog, known: dict[str, tuple[str, ...]], trouble: Trouble, *at: str) -> None:
    """Note names of intents and segments that the scenario does not have, at their line of the table."""
    for what, names in known.items():
        for name, mark in zip(log.names[what], log.marks[what], strict=True):
            if name not in names:
                hint = nearest(name, names) or f"{what}s: {', '.join(names[:12])}"
                message = f"column {what}: there is no {what} {quote(name)}"
                trouble.spots.append(Spot((*at, "from"), message, hint, mark))
