"""The table that `ccsim sweep` prints: the points with their levers, service, customers and money."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.cli.terminal import DIM, GOOD, HEAD, WIDTH, Line, plain_line
from ccsim.words import numbers
from ccsim.words.sweep_answer import figure

if TYPE_CHECKING:
    from ccsim.experiments.sweep import Sweep

MOST: Final = 24  # points shown; of more, the best
SHOWN_OF_MANY: Final = 10
LEVER_WIDTH: Final = 18  # longer values are cut
MARK_WIDTH: Final = 6


@dataclass(frozen=True)
class Column:
    """A column: two lines of head, the text of each point, and which columns give way first (highest)."""

    head: tuple[str, str]
    cell: Callable[[int], str]
    width: int
    gives_way: int


def table(result: Sweep) -> list[Line]:
    """The points, at most `MOST` of them; of more, those of largest net gain (or service level)."""
    columns = _fitting(_columns(result))
    shown = _shown(result)
    found: list[Line] = [
        plain_line(_row([column.head[at] for column in columns], columns), HEAD) for at in (0, 1)
    ]
    for point in shown:
        mark = _mark(result, point)
        style = GOOD if mark == "best" else DIM if mark == "base" else ""
        cells = _row([column.cell(point) for column in columns], columns)
        found.append(((f"{cells}  {mark}".rstrip(), style),))
    if len(shown) < len(result.rows):
        rest = (
            f"  the best {len(shown)} of {len(result.rows)} points; all of them in points.csv, responses.csv"
        )
        found.append(plain_line(rest, DIM))
    return found


def _columns(result: Sweep) -> list[Column]:
    levers = [_lever(result, place) for place in range(len(result.levers))]
    service = [
        key for key in result.responses_by if key[0] in ("service_level", "abandonment", "first_response")
    ]
    columns = [*levers]
    for number, (measure, part) in enumerate(service[:4]):
        word = {"service_level": "service", "abandonment": "aban-", "first_response": "first"}[measure]
        under = (
            part or {"service_level": "level", "abandonment": "doned", "first_response": "answer"}[measure]
        )
        columns.append(
            _figure(result, (measure, part), (word, under[:9]), 8 if not part else 9, 1 if not number else 6)
        )
    columns.append(_figure(result, ("csat", ""), ("CSAT", ""), 8, 5))
    currency = result.base.currency
    columns.append(_figure(result, ("cost", ""), ("cost", currency), 9, 4))
    if result.worth_known:
        columns.append(_figure(result, ("net_gain", ""), ("net gain", currency), 10, 0))
        if result.replications > 1:
            columns.append(Column(("95 %", ""), lambda point: _half(result, point), 9, 2))
        if result.draws:
            columns.append(Column(("80 % model", "range"), lambda point: _model(result, point), 16, 3))
    return columns


def _lever(result: Sweep, place: int) -> Column:
    texts = [row[place].text for row in result.rows]
    name = result.names[place]
    width = min(max(len(text) for text in [*texts, name]), LEVER_WIDTH) + 2
    return Column(
        (name[: width - 2], ""), lambda point: _cut(result.rows[point][place].text, width - 2), width, -1
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _figure(result: Sweep, key: tuple[str, str], head: tuple[str, str], width: int, gives_way: int) -> Column:
    return Column(head, lambda point: figure(result, key, point), width, gives_way)


def _half(result: Sweep, point: int) -> str:
    found = result["net_gain"].differences[point]
    half = (found.high - found.low) / 2
    return "" if math.isnan(half) or not half else f"±{numbers.money(half)}"


def _model(result: Sweep, point: int) -> str:
    low, high = (float(end[point]) for end in result["net_gain"].band)
    return "" if low == high else numbers.money_span(low, high)


def _fitting(columns: Sequence[Column]) -> list[Column]:
    """The columns that fit, the most wanted first; the first lever always does."""
    room, chosen = WIDTH - MARK_WIDTH - 2, {0}
    room -= columns[0].width
    for place in sorted(range(1, len(columns)), key=lambda place: columns[place].gives_way):
        if columns[place].width <= room:
            chosen.add(place)
            room -= columns[place].width
    return [column for place, column in enumerate(columns) if place in chosen]


def _row(texts: Sequence[str], columns: Sequence[Column]) -> str:
    return "".join(text.rjust(column.width) for text, column in zip(texts, columns, strict=True)).rstrip()


def _shown(result: Sweep) -> list[int]:
    count = len(result.rows)
    if count <= MOST:
        return list(range(count))
    key = (
        "net_gain" if result.worth_known else next(k for k in result.responses_by if k[0] == "service_level")
    )
    values = np.nan_to_num(result[key].value, nan=-np.inf)
    seen: dict[tuple[str, ...], int] = {}
    for point in np.argsort(-values, kind="stable"):
        seen.setdefault(tuple(one.text for one in result.rows[point]), int(point))
    return list(seen.values())[:SHOWN_OF_MANY]


def _mark(result: Sweep, point: int) -> str:
    best = result.best
    if best is not None and best.point == point and not result.as_base[point]:
        return "best"
    if result.as_base[point]:
        return "base"
    return "target" if result.cheapest == point else ""
