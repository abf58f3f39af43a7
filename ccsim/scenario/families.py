"""Distributions written as mappings: ``{lognormal: {mean: 8min, cv: 1.1}}``, mixtures, tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ccsim.distributions import FAMILIES, Distribution, Never
from ccsim.scenario.context import Context
from ccsim.scenario.csv_tables import open_sheet
from ccsim.scenario.readers import HUNDRED_YEARS, parse_ratio, read_duration, scalar, show_seconds
from ccsim.scenario.trouble import Trouble, as_table, nearest, refuse
from ccsim.units import UnitError, parse_duration, parse_number, parse_rate, parse_share

MAX_PARTS = 1000
_EXAMPLE = "{lognormal: {mean: 4min, cv: 0.9}}"
_read_positive = scalar(parse_duration, "4min", above=0, high=HUNDRED_YEARS, show=show_seconds)
_READERS: dict[str, Callable[[Any], Any]] = {
    "cv": scalar(parse_ratio, "0.9", low=0.01, high=20),
    "shape": scalar(parse_number, "0.8", low=0.1, high=50),
    "k": scalar(lambda text: int(parse_number(text)), "2", low=1, high=1000),
    "mean": _read_positive,
}


def read_family(value: dict[str, Any], context: Context) -> Distribution:
    if len(value) != 1:
        raise refuse("one family of distribution is needed here", f"write `{_EXAMPLE}`")
    name, body = next(iter(value.items()))
    if name not in FAMILIES:
        hint = nearest(name, FAMILIES) or f"families: {', '.join(FAMILIES)}"
        raise refuse("is not a family of distributions", hint, name, key=True)
    special = {"empirical": _empirical, "piecewise_hazard": _hazard, "mixture": _mixture}
    trouble = Trouble()
    reader = special.get(name)
    read = reader or (lambda body, context: _simple(name, body))
    made = trouble.take(lambda given: read(given, context), body, name)
    trouble.settle()
    if made is None:  # pragma: no cover - settle has raised
        raise refuse("cannot be read", None, name)
    return made


def _build(name: str, values: dict[str, Any]) -> Distribution:
    try:
        return FAMILIES[name](values)
    except ValueError as error:
        raise refuse(str(error), None) from None


def _simple(name: str, body: Any) -> Distribution:
    """A family whose parameters are single numbers."""
    fields = FAMILIES[name].fields
    if not isinstance(body, dict) and len(fields) == 1:
        body = {next(iter(fields)): body}
    if name == "never":
        return Never()
    example = ", ".join(f"{key}: {'4min' if kind == 'duration' else '1'}" for key, kind in fields.items())
    trouble, values = Trouble(), {}
    for key, text in as_table(body, f"{name}: {{{example}}}").items():
        if key not in fields:
            trouble.add("unknown key", nearest(key, fields) or f"it takes {', '.join(fields)}", key, key=True)
            continue
        values[key] = trouble.take(_READERS.get(key, read_duration), text, key)
    for key in fields:
        if key not in body:
            trouble.add(f"needs `{key}`", f"write `{name}: {{{example}}}`")
    trouble.settle()
    return _build(name, values)


def _empirical(body: Any, context: Context) -> Distribution:
    """``[30s, 1min]``, ``{values: [...], weights: [...]}`` or ``{from: data/x.csv}``."""
    if isinstance(body, dict) and "from" in body:
        return _empirical_file(body, context)
    table = body if isinstance(body, dict) else {"values": body}
    trouble = Trouble()
    for key in set(table) - {"values", "weights"}:
        trouble.add("unknown key", "it takes values, weights or from", key, key=True)
    values = _list(trouble, table.get("values"), read_duration, "values")
    weights = _list(trouble, table.get("weights"), _read_weight, "weights")
    trouble.settle()
    return _build("empirical", {"values": values, **({"weights": weights} if weights else {})})


def _list(trouble: Trouble, items: Any, read: Callable[[Any], Any], at: str) -> list[Any]:
    if items is None:
        return []
    if not isinstance(items, list):
        trouble.add("a list is needed here", "write `[30s, 1min, 2min]`", at)
        return []
    return [trouble.take(read, item, at, i) for i, item in enumerate(items)]


def _read_weight(value: Any) -> float:
    if isinstance(value, str) and value.endswith("%"):
        weight = scalar(parse_share, "25%", low=0, high=1e9)(value)
    else:
        weight = scalar(parse_number, "1", low=0, high=1e12)(value)
    return float(weight)


def _seconds(text: str) -> float:
    """A cell of a CSV table: seconds as a bare number, or with a unit."""
    try:
        value = parse_number(text)
    except UnitError:
        value = parse_duration(text)
    if value < 0:
        raise UnitError(f"`{text}` is less than nothing", "durations are 0 or more")
    return value


def _empirical_file(body: dict[str, Any], context: Context) -> Distribution:
    _only(body, "from")
    sheet = open_sheet(context, str(body["from"]), ("value",), ("weight",))
    values = [sheet.cell(row, "value", _seconds) for row in sheet.rows]
    weights = [sheet.cell(row, "weight", _read_weight) if row.get("weight") else 1.0 for row in sheet.rows]
    sheet.trouble.settle()
    return _build("empirical", {"values": values, "weights": weights})


def _only(body: dict[str, Any], *keys: str) -> None:
    for key in body:
        if key not in keys:
            raise refuse("unknown key", f"it takes {', '.join(keys)}", key, key=True)
    if not isinstance(body.get("from", ""), str):
        raise refuse("a file name is needed here", "write `from: data/x.csv`", "from")


def _hazard(body: Any, context: Context) -> Distribution:
    """``{0s: 0.1/min, 60s: 2/min}`` or ``{from: data/x.csv}`` (columns from, hazard)."""
    table = as_table(body, "piecewise_hazard: {0s: 0.1/min, 60s: 0.4/min}")
    trouble = Trouble()
    if "from" in table:
        _only(table, "from")
        sheet = open_sheet(context, str(table["from"]), ("from", "hazard"))
        steps = [
            (sheet.cell(row, "from", _seconds), sheet.cell(row, "hazard", _hazard_cell)) for row in sheet.rows
        ]
        sheet.trouble.settle()
    else:
        steps = [
            (trouble.take(read_duration, key, key), trouble.take(_hazard_text, value, key))
            for key, value in table.items()
        ]
    trouble.settle()
    return _build(
        "piecewise_hazard", {"starts": [start for start, _ in steps], "hazards": [rate for _, rate in steps]}
    )


def _hazard_text(value: Any) -> float:
    if not isinstance(value, str):
        raise refuse("a rate is needed here", "write `0.4/min`")
    number, period = parse_rate(value, "0.4/min")
    if period not in ("s", "min", "h"):
        raise UnitError(f"`/{period}` does not suit here", "write `0.4/min`")
    if number < 0:
        raise UnitError(f"`{value}` is less than nothing", "a hazard is 0 or more")
    return number / {"s": 1.0, "min": 60.0, "h": 3600.0}[period]


def _hazard_cell(text: str) -> float:
    if "/" in text:
        return _hazard_text(text)
    return float(scalar(parse_number, "0.005", low=0, high=1e6)(text))


def _mixture(body: Any, context: Context) -> Distribution:
    """``[{weight: 25%, exponential: 5min}, {weight: 75%, lognormal: {...}}]``."""
    if not isinstance(body, list) or not 0 < len(body) <= MAX_PARTS:
        raise refuse(
            "a list of parts is needed here",
            "write `[{weight: 25%, constant: 0s}, {weight: 75%, exponential: 5min}]`",
        )
    trouble = Trouble()
    parts = [
        trouble.take(lambda given: _part(given, context), part, index) for index, part in enumerate(body)
    ]
    trouble.settle()
    return _build("mixture", {"parts": parts})


def _part(body: Any, context: Context) -> tuple[float, Distribution]:
    table = as_table(body, "{weight: 25%, exponential: 5min}")
    if "weight" not in table:
        raise refuse("needs `weight`", "write `{weight: 25%, exponential: 5min}`")
    trouble = Trouble()
    weight = trouble.take(_read_weight, table["weight"], "weight")
    family = {key: value for key, value in table.items() if key != "weight"}
    made = trouble.take(lambda given: read_family(given, context), family)
    trouble.settle()
    return float(weight or 0.0), made or Never()
