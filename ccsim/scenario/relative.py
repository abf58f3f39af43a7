"""Changes relative to the base: ``+4``, ``-10%``, ``x1.2``, ``+30s``, ``+5pt``.

A percentage is of the value, ``pt`` are percentage points; on a mapping (agents by time, by
shift) every number in it changes. ``=-0.3`` sets a negative value as it is.
"""

from __future__ import annotations

import re

from ccsim.distributions import FAMILIES
from ccsim.scenario.nodes import Entry, Items, Mark, Node, Path, Scalar, Table
from ccsim.units import UnitError, format_duration, parse_duration, plain, quote

_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,15})?"
_CHANGE = re.compile(rf"([+-])\s*({_NUMBER})\s*(.*)|x\s*({_NUMBER})")
_VALUE = re.compile(rf"([+-]?{_NUMBER})(.*)")
_WHOLE = (
    "on_seat",
    "scheduled",
    "count",
    "lines",
    "queue_limit",
    "cap",
    "weeks",
    "replications",
    "seed",
    "keep",
    "rank",
    "priority",
    "k",
    "capacity",
    "tries",
    "keep_idle",
    "people",
    "offer_if_waiting",
    "initial_backlog",
    "waiting_above",
    "idle_below",
    "blending",
    "handles",
    "at_most",
    "agents",
    "employed",
)
# Below these keys `fcr: +6%` says by how much, whatever stood there before.
_FACTORS = {"assist", "training", "learning", "empowerment", "strain"}
_FACTOR_KEYS = ("talk", "wrap_up", "novices", "fcr", "speed", "absence", "attrition")
_SIZES = ("mean", "value", "low", "mode", "high")


def is_relative(text: str, path: Path) -> bool:
    """Whether a text changes what is there; ``channels.voice.talk: +40%`` is a value itself."""
    if path[0] == "channels" and path[-1] in ("talk", "patience_factor"):
        return False
    factor = _FACTORS & set(path[:-1]) and path[-1] in _FACTOR_KEYS
    if path[0] in ("agents", "workforce") and factor:
        return False
    return _CHANGE.fullmatch(text) is not None


def changed_node(base: Node, text: str, path: Path, mark: Mark) -> Node:
    """The node that a relative change makes of the base; UnitError where the two do not fit."""
    if isinstance(base, Scalar):
        return Scalar(_changed(base.text, text, path), mark)
    if isinstance(base, Items):
        raise UnitError(f"`{text}` cannot change a list", "change one value of it")
    if "from" in base.entries:
        raise UnitError(
            f"`{text}` cannot change a table in a file",
            "for arrivals set `counts.factor`; else write another table",
        )
    names = tuple(base.entries)
    if len(names) == 1 and names[0] in FAMILIES:
        return _resized(base, names[0], text, path, mark)
    return Table(
        {
            key: Entry(entry.mark, changed_node(entry.node, text, (*path, key), mark))
            for key, entry in base.entries.items()
        },
        mark,
    )


def _resized(base: Table, family: str, text: str, path: Path, mark: Mark) -> Node:
    """A distribution changes its size and keeps its shape."""
    entry = base.entries[family]
    body = entry.node
    sized = isinstance(body, Scalar) or (
        isinstance(body, Table) and any(key in _SIZES for key in body.entries)
    )
    if not sized:
        raise UnitError(f"`{text}` cannot change a distribution of this kind", "write the new distribution")
    if isinstance(body, Table):
        sizes = {
            key: Entry(e.mark, changed_node(e.node, text, (*path, family, key), mark))
            for key, e in body.entries.items()
            if key in _SIZES
        }
        body = Table({**body.entries, **sizes}, body.mark)
    else:
        body = changed_node(body, text, (*path, family), mark)
    return Table({family: Entry(entry.mark, body)}, mark)


def _changed(base: str, text: str, path: Path) -> str:
    change = _CHANGE.fullmatch(text)
    value = _VALUE.fullmatch(base.strip())
    if change is None or value is None:
        raise UnitError(
            f"{quote(base)} is no number that `{text}` could change", "write the new value in full"
        )
    number, unit = float(value[1]), value[2].strip()
    if change[4] or change[3].strip() == "%":
        factor = float(change[4]) if change[4] else 1 + _signed(change) / 100
        return _scaled(base, number, unit, factor, path)
    return _added(base, number, unit, change, path)


def _signed(change: re.Match[str]) -> float:
    return float(change[2]) * (-1 if change[1] == "-" else 1)


def _scaled(base: str, number: float, unit: str, factor: float, path: Path) -> str:
    if re.search(r"[0-9]", unit):  # 1h30min, or 80% in 20s
        return format_duration(round(_compound(base) * factor, 6))
    return _written(number * factor, unit, path)


def _compound(base: str) -> float:
    try:
        return parse_duration(base)
    except UnitError:
        raise UnitError(
            f"{quote(base)} holds more than one number", "set one of them, or write the new value in full"
        ) from None


def _added(base: str, number: float, unit: str, change: re.Match[str], path: Path) -> str:
    step, amount = _signed(change), change[3].strip()
    if amount == unit:
        return _written(number + step, unit, path)
    if amount == "pt" and unit.startswith("%"):
        return _written(number + step, unit, path)
    sign = change[1]
    if not amount and unit.startswith("%"):
        raise UnitError(
            f"`{sign}{change[2]}` has no unit",
            f"write `{sign}{change[2]}pt` (points) or `{sign}{change[2]}%` (of it)",
        )
    if not amount:
        raise UnitError(f"`{sign}{change[2]}` has no unit", f"write `{sign}{change[2]}{unit}`")
    try:
        added = parse_duration(f"{change[2]}{amount}") * (1 if sign == "+" else -1)
        total = parse_duration(base) + added
    except UnitError:
        raise UnitError(
            f"`{change[0]}` does not fit {quote(base)}",
            f"write it in the same unit: `{sign}{change[2]}{unit}`",
        ) from None
    return format_duration(round(total, 6))


def takes_whole(path: Path, unit: str = "") -> bool:
    """Whether only whole numbers make sense at a path: agents, tries, people."""
    return not unit and any(step in _WHOLE for step in path[1:] or path)


def _written(number: float, unit: str, path: Path) -> str:
    if takes_whole(path, unit):
        number = int(number + 0.5) if number >= 0 else number
    return f"{plain(number)}{unit}"
