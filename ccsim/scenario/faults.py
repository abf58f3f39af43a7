"""Pydantic's errors as faults: each at its place, in a planner's words, with the fix."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from ccsim.errors import Fault
from ccsim.scenario.glossary import meant
from ccsim.scenario.nodes import Mark, Node, Path, place
from ccsim.scenario.shape import keys_at
from ccsim.scenario.trouble import Spot, spots_of
from ccsim.units import UnitError

UNKNOWN_KEY = "unknown key"
MISSING: dict[Path, str] = {
    ("intents",): "write `billing: {share: 100%, talk: 4min}` under `intents:`",
    ("arrivals",): "write `voice: {contacts: 6000/week}` under `arrivals:`",
    ("agents",): "write `front: {on_seat: 12, skills: [billing]}` under `agents:`",
}
_MISSING_KEYS = {
    "talk": "write `talk: 4min`",
    "skills": "write `skills: [billing]`",
    "days": "write `days: mon-fri`",
    "hours": "write `hours: 08:00-16:00`",
    "from": "write `from: 2026-11-27`",
    "to": "write `to: 2026-12-02`",
    "share": "write `share: 80%`",
    "within": "write `within: 20s`",
    "chance": "write `chance: 6%`",
    "channels": "write `channels: [chat]`",
    "intents": "write `intents: [billing]`",
    "reach": "write `reach: 60%`",
    "effect": "write `effect: 40%`",
    "accepts": "write `accepts: 45%`",
    "people": "write `people: 60`",
    "agents": "write `agents: 12`",
    "margin": "write `margin: 18.00`",
    "after": "write `after: 45s`",
    "keep": "write `keep: 2`",
}
_TYPES = {
    "model_type": "a mapping is needed here",
    "dict_type": "a mapping is needed here",
    "model_attributes_type": "a mapping is needed here",
    "tuple_type": "a list is needed here",
    "list_type": "a list is needed here",
    "string_type": "one text is needed here",
}


def fault_at(tree: Node, path: Path, message: str, hint: str | None = None, at_key: bool = False) -> Fault:
    """A fault at a path of the tree, with the origin that the merged tree remembers."""
    return _fault(place(tree, path, at_key), path, message, hint)


def _fault(mark: Mark, path: Path, message: str, hint: str | None) -> Fault:
    return Fault(mark.file, mark.line, mark.column, ".".join(path)[:120], message, hint)


def faults_of(error: ValidationError, tree: Node) -> list[Fault]:
    """All faults of a failed validation."""
    faults: list[Fault] = []
    for item in error.errors(include_url=False):
        path = tuple(str(step) for step in item["loc"] if step != "[key]")
        if item["type"] == "fault":
            faults += [_spot(tree, path, spot) for spot in spots_of(item.get("ctx"))]
        else:
            faults.append(_plain(tree, path, dict(item)))
    return faults


def _spot(tree: Node, path: Path, spot: Spot) -> Fault:
    mark = spot.mark or place(tree, path + spot.at, spot.at_key)
    return _fault(mark, path + spot.at, spot.message, spot.hint)


def _plain(tree: Node, path: Path, item: dict[str, Any]) -> Fault:
    kind = item["type"]
    if kind == "missing":
        hint = MISSING.get(path) or _MISSING_KEYS.get(path[-1])
        return fault_at(tree, path, "is missing", hint, at_key=True)
    if kind == "extra_forbidden":
        return unknown_key(tree, path)
    if kind == "value_error" and isinstance(item["ctx"].get("error"), UnitError):
        error = item["ctx"]["error"]
        return fault_at(tree, path, error.message, error.hint)
    if kind in _TYPES:
        keys = keys_at(path)
        hint = f"keys here: {', '.join(keys[:12])}" if keys else None
        return fault_at(tree, path, _TYPES[kind], hint)
    message = str(item["msg"]).removeprefix("Value error, ")
    return fault_at(tree, path, message[:1].lower() + message[1:], None)


def unknown_key(tree: Node, path: Path) -> Fault:
    """The fault for a key that is not in the language."""
    known = keys_at(path[:-1])
    if path[-1] == "headcount" and path[0] == "agents":
        return fault_at(
            tree,
            path,
            "does not say which heads",
            "write `on_seat` (ready for work), `scheduled` (on the roster) or `employed` (contracts)",
            at_key=True,
        )
    hint = meant(path, known) or (f"keys here: {', '.join(known)}" if known else None)
    return fault_at(tree, path, UNKNOWN_KEY, hint, at_key=True)
