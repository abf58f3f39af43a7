"""Sheets as a workbook: numbers as numbers, formatted by their unit; no text of a user is ever a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from ccsim.errors import CcsimError

if TYPE_CHECKING:
    from ccsim.report.book import Sheet

# The same content is to be the same bytes: a workbook bears a date, so all bear this one.
EPOCH: Final = datetime(2000, 1, 1)
FORMATS: Final = {
    "share": "0.0%", "s": '0.0" s"', "points": "+0.0;-0.0;0.0", "percent": '0.0" %"', "month": "0",
    "number": "#,##0.00", "": "#,##0.####",
}  # fmt: skip
# What users wrote is text, even where it begins with `=` or looks like an address.
TEXT_IS_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MONEY: Final = "#,##0.00"
WHOLE: Final = "#,##0"
PLAIN: Final = ("p", "p_holm", "saved", "replications", "pairs")  # of no unit, whatever the row's is
LIMIT: Final = 1000.0  # of money from here on cents are left out
WIDEST: Final = 70  # letters


def written(sheets: Sequence[Sheet]) -> bytes:
    """The workbook. CcsimError where XlsxWriter is not installed."""
    xlsxwriter = _library()
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **TEXT_IS_TEXT})
    book.set_properties({"title": "ccsim report", "comments": "", "created": EPOCH})
    formats = _Formats(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return target.getvalue()


def _library() -> Any:
    try:
        import xlsxwriter
    except ImportError:
        raise CcsimError("a workbook needs XlsxWriter: pip install 'ccsim[excel]'") from None
    return xlsxwriter


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 12})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, pattern: str) -> Any:
        """The format of numbers of this pattern."""
        if pattern not in self._made:
            self._made[pattern] = self._book.add_format({"num_format": pattern, "valign": "top"})
        return self._made[pattern]


def _write(place: Any, sheet: Sheet, formats: _Formats) -> None:
    """Title, heads in the third row, and the rows; heads stay in sight and carry filters."""
    frame = sheet.frame
    place.write_string(0, 0, sheet.about, formats.title)
    for column, name in enumerate(frame.columns):
        place.write_string(2, column, str(name).replace("_", " "), formats.head)
        place.set_column(column, column, _width(name, frame[name]))
    for line, row in enumerate(frame.to_dict("records"), start=3):
        for column, name in enumerate(frame.columns):
            unit = "" if name in PLAIN else str(row.get("unit", ""))
            _cell(place, line, column, row[name], unit, formats)
    place.freeze_panes(3, 1)
    place.autofilter(2, 0, 2 + len(frame), len(frame.columns) - 1)


def _cell(place: Any, line: int, column: int, value: Any, unit: str, formats: _Formats) -> None:
    if isinstance(value, bool) or value is None:
        place.write_string(line, column, "" if value is None else str(value).lower(), formats.text)
    elif isinstance(value, int | float):
        if value == value and abs(value) != float("inf"):
            place.write_number(line, column, value, formats.of(_pattern(unit, float(value))))
    else:
        place.write_string(line, column, str(value), formats.text)


def _pattern(unit: str, value: float) -> str:
    if unit in FORMATS:
        return FORMATS[unit]
    return WHOLE if abs(value) >= LIMIT else MONEY


def _width(name: Any, values: Any) -> int:
    longest = max((len(str(one)) for one in values if not isinstance(one, float)), default=0)
    return min(WIDEST, max(len(str(name)) + 3, longest + 2, 11))
