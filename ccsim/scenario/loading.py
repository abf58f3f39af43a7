"""From files to a frozen ``Scenario``: read, merge, lay defaults under, validate, check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario.calendar import Calendar
from ccsim.scenario.context import FIRST_MONDAY, Context
from ccsim.scenario.faults import faults_of
from ccsim.scenario.merging import expanded, tidied
from ccsim.scenario.nodes import Node, Scalar, Table, find, plain
from ccsim.scenario.reader import read_file, read_text
from ccsim.scenario.scenario import Scenario, Source
from ccsim.units import UnitError, parse_date


def load(path: str | PathLike[str], variant: str | None = None,
         sets: Sequence[str] = ()) -> Scenario:
    """Read a scenario file; apply a variant of it and ``--set`` changes (``path=value``).

    Raises ScenarioError with every fault found; nothing is ever written.
    """
    label = str(path)
    file = Path(label)
    tree = tidied(read_file(file, label))
    return _made(tree, file, label, variant, tuple(sets))


def loads(text: str, folder: str | PathLike[str] | None = None, variant: str | None = None,
          sets: Sequence[str] = (), label: str = "scenario") -> Scenario:
    """The same from YAML text; tables are looked for in ``folder``."""
    tree = tidied(read_text(text, label))
    file = Path(folder) / "scenario.yaml" if folder is not None else None
    return _made(tree, file, label, variant, tuple(sets))


def _made(tree: Node, file: Path | None, label: str, variant: str | None,
          sets: tuple[str, ...]) -> Scenario:
    source = Source(file, label, variant, sets, tree)
    return validated(expanded(tree), source)


def validated(tree: Node, source: Source) -> Scenario:
    """The scenario of an expanded tree."""
    if not isinstance(tree, Table):
        raise ScenarioError([Fault(source.label, 1, 1, "", "this is not a scenario",
                                   "start with `ccsim: 1`")])
    values: dict[str, Any] = plain(tree)
    try:
        return Scenario.model_validate({**values, "source": source},
                                       context=context_for(tree, source))
    except ValidationError as error:
        raise ScenarioError(faults_of(error, tree)) from None


def context_for(tree: Node, source: Source) -> Context:
    """What sections must know of each other, read leniently: their own faults come later."""
    folder = source.path.parent if source.path else None
    label = str(Path(source.label).parent) if source.path else ""
    context = Context(folder, label, _start(tree))
    node = find(tree, ("calendar",))
    try:
        calendar = Calendar.model_validate(plain(node) if node else {}, context=context)
    except ValidationError:
        return context
    context.open_days = calendar.open_days("voice") or 7
    context.open_seconds = calendar.open_seconds("voice") or context.open_seconds
    return context


def _start(tree: Node) -> date:
    node = find(tree, ("start",))
    try:
        return parse_date(node.text) if isinstance(node, Scalar) else FIRST_MONDAY
    except UnitError:
        return FIRST_MONDAY


def changed(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with values replaced by path."""
    raise ScenarioError([Fault("changes", 0, 0, key, "cannot be set yet") for key in changes])
