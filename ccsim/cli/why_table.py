"""The tables of `ccsim why`: drivers in points and money, then the places where most is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccsim.cli.terminal import DIM, HEAD, Line, plain_line
from ccsim.words import numbers
from ccsim.words.compare_cells import money_range

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run
    from ccsim.experiments.why import Why

ENDS: Final = (31, 43, 55, 68, 79)  # columns: points, their band, margin, its band, handling
SPOT_ENDS: Final = (62, 72)
PLACES: Final = 5  # named, of all channels and intents
SLICES_SHOWN, DRIVERS_SHOWN = 8, 5
SMALL: Final = 0.005  # points that are none
PLACE_AT, PLACE_WIDTH = 24, 30


def head_lines(run: Run, base: Run | None, found: Why, of: str) -> list[Line]:
    """What is explained: the best, what is predicted, and what lies between."""
    names = _called(run) + ("" if base is None else f" against {_apart(run, base)}")
    titles = {"csat": "Why CSAT is what it is", "churn": "Why customers leave"}
    start, end = _levels(found, of)
    if base is None:
        first = "best these agents could give" if of == "csat" else "without any driver"
        last = "predicted CSAT" if of == "csat" else "predicted churn a year"
        apart = "lost" if of == "csat" else "caused"
    else:
        titles = {"csat": "Through what CSAT gains", "churn": "Through what customers stay"}
        first, last, apart = "the base", "this run", "gained" if of == "csat" else "avoided"
    points = [100 * (before - after) for before, after in zip(start, end, strict=True)]
    signs = {("csat", False): 1, ("churn", False): -1, ("csat", True): -1, ("churn", True): 1}
    sign = signs[of, base is not None]
    total = sign * points[0][0]
    low, high = _band(sign * points[1])
    return [
        *(plain_line(line, HEAD) for line in wrap(f"{titles[of]}: {names}", 80, subsequent_indent="  ")),
        _level(first, start),
        _level(last, end),
        plain_line(f"  {apart:<30}{total:>6.1f} points   {numbers.span(low, high, _one)}"),
    ]


def _called(run: Run) -> str:
    variant = run.scenario.source.variant
    return run.scenario.name + (f", variant `{variant}`" if variant else "")


def _apart(run: Run, base: Run) -> str:
    """What the base is called beside the run."""
    if base.scenario.name != run.scenario.name:
        return _called(base)
    variant = base.scenario.source.variant
    return f"variant `{variant}`" if variant else "its base"


def _levels(found: Why, of: str) -> tuple[list[Any], list[Any]]:
    """First and last level, each central and over draws."""
    return tuple(  # type: ignore[return-value]
        [getattr(side, name) for side in found.sides] for name in (f"best_{of}", f"{of}_now")
    )


def _level(name: str, level: list[Any]) -> Line:
    low, high = _band(level[1])
    band = numbers.span(low, high, lambda v: numbers.share(v, 1)) if high - low > 5e-4 else ""
    return plain_line(f"  {name:<30}{100 * float(level[0][0]):>6.1f} %        {band}".rstrip())


def tables(found: Why, of: str, by: str | None) -> list[Line]:
    """The drivers (of each slice), and the places where most is lost."""
    known = not np.isnan(found.central.margin).any()
    lines: list[Line] = [_row(("", *_heads(found, known)), HEAD)]
    if by is None:
        lines += _drivers(found.frame(of), known, found.against)
    else:
        lines += _sliced(found.frame(of, by), by, known, found.against)
    return [*lines, plain_line(_note(found, known), DIM), (), *_spots(found, of)]


def _note(found: Why, known: bool) -> str:
    if not known:
        return "  money needs the customers' count, margin and churn a year"
    when = f"over {found.months} months" if found.against else "a year"
    return f"  money {when}; handling: contacts again, at the mean cost of a contact"


def _heads(found: Why, known: bool) -> tuple[str, ...]:
    if not known:
        return "points", "80 % model", "", "", ""
    kept = f"margin, {found.currency}"
    return "points", "80 % model", kept, "80 % model", "handling"


def _drivers(frame: pd.DataFrame, known: bool, signed: bool, indent: str = "  ") -> Iterator[Line]:
    """A line a driver, what is too small for one named together, and the sum."""
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    shown = [row for row in rows if abs(row["points"]) >= SMALL or abs(row["handling"] or 0.0) >= 1.0]
    for row in shown:
        yield _driver(row, known, signed, indent)
    sums: dict[str, Any] = {"driver": "sum", **_sums(frame)}
    yield _driver({**sums, **dict.fromkeys(_BANDS, np.nan)}, known, signed, indent)
    rest = [row["driver"] for row in rows if row not in shown]
    if rest:
        yield from _folded(f"nothing by {', '.join(rest)}")


_BANDS: Final = ("model_low", "model_high", "margin_low", "margin_high")


def _folded(text: str) -> list[Line]:
    return [plain_line(line, DIM) for line in wrap(text, 80, initial_indent="  ", subsequent_indent="  ")]


def _driver(row: dict[str, Any], known: bool, signed: bool, indent: str) -> Line:
    def points(value: float) -> str:
        return f"{value:+.2f}" if signed else f"{value:.2f}"

    def money(value: float) -> str:
        text = numbers.money(value) if value else ""
        return numbers.signed(text) if signed and value else text

    cells = [points(row["points"]), numbers.span(row["model_low"], row["model_high"], points)]
    if known:
        low, high = row["margin_low"], row["margin_high"]
        span = "" if np.isnan(low) or not (low or high) else _span(low, high, signed)
        cells += [money(row["margin"]), span]
        again = row["handling"]
        cells.append("" if np.isnan(again) or (again == 0 and row["driver"] != "sum") else money(again))
    return _row((indent + row["driver"], *cells), HEAD if row["driver"] == "sum" else "")


def _span(low: float, high: float, signed: bool) -> str:
    return money_range(low, high) if signed else numbers.money_span(low, high)


def _sliced(frame: pd.DataFrame, by: str, known: bool, signed: bool) -> Iterator[Line]:
    """Slices where most is lost first, each with its greatest drivers."""
    order = frame.groupby(by)["points"].sum().abs().sort_values(ascending=False).index
    for name in order[:SLICES_SHOWN]:
        rows = frame[frame[by] == name]
        head = {"driver": str(name)[:26], **_sums(rows), **dict.fromkeys(_BANDS, np.nan)}
        yield _styled(_driver(head, known, signed, "  "), HEAD)
        size = rows["points"].abs()
        for row in rows.loc[size.sort_values(ascending=False).index].to_dict("records")[:DRIVERS_SHOWN]:
            if abs(row["points"]) >= SMALL:
                yield _driver(row, known, signed, "    ")
    if len(order) > SLICES_SHOWN:
        yield plain_line(f"  and {len(order) - SLICES_SHOWN} more: Run.why(by={by!r}) has them all", DIM)


def _sums(frame: pd.DataFrame) -> dict[str, Any]:
    return {name: float(frame[name].sum()) for name in ("points", "margin", "handling")}


def _styled(line: Line, style: str) -> Line:
    return tuple((text, style) for text, _ in line)


def _spots(found: Why, of: str) -> Iterator[Line]:
    """The places, channel and intent, where most is lost (or most moves), with their driver."""
    from ccsim.experiments.fix_first import in_money, spots

    rows = sorted(spots(found, of), key=lambda spot: -abs(spot.worth))[:PLACES]
    if not rows:
        return
    head = "Where most of it happens" if not found.against else "Where most of it moves"
    unit = found.currency if found.against else f"{found.currency} a year"
    money = in_money(found)
    yield _spot(head, "", "points", unit if money else "", HEAD)
    for spot in rows:
        points = f"{spot.points:+.2f}" if found.against else f"{spot.points:.2f}"
        worth = numbers.money(spot.worth)
        worth = numbers.signed(worth) if found.against else worth
        where = f"{spot.channel} · {spot.intent}"
        yield _spot(f"  {spot.driver}", where, points, worth if money else "")


def _spot(name: str, where: str, points: str, worth: str, style: str = "") -> Line:
    text = f"{name:<{PLACE_AT}}{where[:PLACE_WIDTH]}"
    for cell, end in zip((points, worth), SPOT_ENDS, strict=True):
        if cell:
            text = text.ljust(max(end - len(cell), len(text) + 1)) + cell
    return plain_line(text, style)


def _row(texts: Sequence[str], style: str = "") -> Line:
    text = texts[0]
    for cell, end in zip(texts[1:], ENDS, strict=False):
        if cell:
            text = text.ljust(max(end - len(cell), len(text) + 1)) + cell
    return plain_line(text, style)


def _band(values: Any) -> tuple[float, float]:
    from ccsim.results.uncertainty import band

    return band(np.asarray(values))


def _one(value: float) -> str:
    return f"{value:.1f}"
