"""Tables of counted contacts: as rates, or replayed as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import ValidationInfo

from ccsim.scenario.context import context_of
from ccsim.scenario.csv_tables import Row, Sheet, open_sheet
from ccsim.scenario.days import parse_days
from ccsim.scenario.fields import Section
from ccsim.scenario.readers import choice, is_none, read_factor, scalar
from ccsim.scenario.trouble import Trouble, as_table
from ccsim.units import parse_date, parse_number, parse_time


@dataclass(frozen=True)
class CountRow:
    """Contacts in one interval: ``day`` is a weekday (0 Monday) or a date, ``time`` seconds."""

    day: int | date
    time: int
    contacts: float
    intent: str | None = None
    segment: str | None = None


class Counts(Section):
    """A table of counts: ``rates`` are expectations, ``replay`` repeats them exactly."""

    mode: Literal["rates", "replay"] = "rates"
    rows: tuple[CountRow, ...]


def read_counts(value: Any, info: ValidationInfo) -> Any:
    if value is None or is_none(value) or isinstance(value, Counts):
        return None if isinstance(value, str) else value
    table = as_table(value, "{from: data/counts.csv, as: rates}")
    trouble = Trouble()
    for key in table:
        if key not in ("from", "as", "factor"):
            trouble.add("unknown key", "it takes from, as, factor", key, key=True)
    if not isinstance(table.get("from"), str):
        trouble.add("needs a file", "write `from: data/counts.csv`")
    mode = trouble.take(choice(("rates", "replay")), table.get("as", "rates"), "as")
    factor = trouble.take(read_factor, table.get("factor", "1"), "factor")
    trouble.settle()
    rows = _count_rows(str(table["from"]), info)
    return Counts.model_construct(
        mode=mode or "rates",
        rows=tuple(
            CountRow(r.day, r.time, r.contacts * float(factor or 1), r.intent, r.segment) for r in rows
        ),
    )


def _count_rows(name: str, info: ValidationInfo) -> list[CountRow]:
    sheet = open_sheet(context_of(info), name, ("time", "contacts"), ("weekday", "date", "intent", "segment"))
    rows = [_count_row(sheet, row) for row in sheet.rows]
    sheet.trouble.settle()
    return rows


def _count_row(sheet: Sheet, row: Row) -> CountRow:
    day: int | date = 0
    if bool(row.get("weekday")) == bool(row.get("date")):
        sheet.fault(row, "weekday", "each row needs a weekday or a date, not both")
    elif row.get("date"):
        day = sheet.cell(row, "date", parse_date) or day
    else:
        days = sheet.cell(row, "weekday", parse_days) or frozenset({0})
        day = min(days)
        if len(days) > 1:
            sheet.fault(row, "weekday", "each row needs one weekday", "write `mon`")
    contacts = sheet.cell(row, "contacts", scalar(parse_number, "42", low=0, high=1e7))
    return CountRow(
        day,
        sheet.cell(row, "time", parse_time) or 0,
        contacts or 0.0,
        row.get("intent") or None,
        row.get("segment") or None,
    )
