"""Overrides by path: those of a variant, of ``--set`` and of ``Scenario.with_changes``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ccsim.errors import Fault, ScenarioError
from ccsim.parameters import outcome_parameters
from ccsim.scenario.merging import DEFAULTS
from ccsim.scenario.names import channel_kind, channel_names
from ccsim.scenario.nodes import Mark, Node, Path, Scalar, Table, find, put, without
from ccsim.scenario.outcomes import ROOMS
from ccsim.scenario.paths import split, with_long_forms
from ccsim.scenario.reader import read_text
from ccsim.scenario.readers import is_none
from ccsim.scenario.relative import changed_node, is_relative
from ccsim.scenario.self_service import kind_of
from ccsim.scenario.shape import NAMED_SECTIONS, keys_at, left_out, model_at
from ccsim.scenario.trouble import nearest
from ccsim.scenario.usual import usual_text, written
from ccsim.units import UnitError

ONE_OF_A_KIND = {
    "customers": "segment",
    "intents": "intent",
    "channels": "channel",
    "arrivals": "channel",
    "events": "event",
    "self_service": "self-service",
    "proactive": "outreach",
    "sites": "site",
    "shifts": "shift",
    "agents": "group",
    "variants": "variant",
}

# Keys of their own for parameters.
_OWN_KEYS = {"economics.discount": "value.discount_annual", "economics.horizon": "value.horizon_months"}
_USUAL = Mark("default")


@dataclass(frozen=True)
class Change:
    """One override: the path as written, the new node, and where it was asked for."""

    path: str
    node: Node
    mark: Mark


def parse_sets(sets: Sequence[str]) -> list[Change]:
    """The changes of ``--set path=value`` texts; ScenarioError lists those that cannot be read."""
    changes, faults = [], []
    for text in sets:
        path, equals, value = text.partition("=")
        label = f"--set {' '.join(text.split())[:60]}"
        if not equals or not path.strip():
            faults.append(
                Fault(label, 0, 0, "", "needs a path and a value", "write `--set agents.front.on_seat=+2`")
            )
            continue
        try:
            changes.append(Change(path.strip(), value_node(value, label), Mark(label)))
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return changes


def value_node(value: str, label: str) -> Node:
    """The node of a value written as text: one text, or YAML's ``[...]`` and ``{...}``."""
    if value.strip().startswith(("{", "[")):
        return read_text(value, label, one_value=True)
    if len(value) > 1000 or not value.strip():
        raise ScenarioError([Fault(label, 0, 0, "", "needs a value", "write `path=value`")])
    return Scalar(value.strip().strip("'\""), Mark(label))


def stated(tree: Node, text: str) -> tuple[str, bool]:
    """What stands at a path, as one would write it, and whether it is only the usual value.

    The text is empty where nothing is said and nothing is usual.
    """
    path = split(text)
    node = _base(with_long_forms(tree, path), path)
    return ("", True) if node is None else (_one_line(node), node.mark == _USUAL)


def _one_line(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Table):
        return "{" + ", ".join(f"{key}: {_one_line(item)}" for key, item in node.items()) + "}"
    return "[" + ", ".join(map(_one_line, node.nodes)) + "]"


def applied(tree: Node, changes: Iterable[Change]) -> Node:
    """The tree with all changes in order; ScenarioError lists those that do not fit."""
    faults: list[Fault] = []
    for change in changes:
        try:
            tree = _applied(tree, change)
        except UnitError as error:
            faults.append(
                Fault(
                    change.mark.file,
                    change.mark.line,
                    change.mark.column,
                    change.path[:120],
                    error.message,
                    error.hint,
                )
            )
    if faults:
        raise ScenarioError(faults)
    return tree


def _applied(tree: Node, change: Change) -> Node:
    path = split(change.path)
    _known(tree, path, change.node)
    if _takes_out(path, change.node):
        if find(tree, path) is not None:
            return without(tree, path)
        if len(path) == 1:
            return tree
    tree = with_long_forms(tree, path)
    node = _absolute(tree, path, change)
    try:
        return put(tree, path, node, change.mark)
    except KeyError as error:
        raise UnitError(
            f"there is no `{error.args[0]}` in what stands there", "set the value above it as a whole"
        ) from None


def _takes_out(path: Path, node: Node) -> bool:
    """Whether a change leaves out a whole section or a named item of one: ``none`` stands for it."""
    if not isinstance(node, Scalar) or not is_none(node.text):
        return False
    named = len(path) == 2 and path[0] in NAMED_SECTIONS
    return named or (len(path) == 1 and model_at(path) is not None)


def _absolute(tree: Node, path: Path, change: Change) -> Node:
    """The change's value in full: relative ones are worked out from the base."""
    node = change.node
    if not isinstance(node, Scalar):
        return node
    if node.text.startswith("="):
        return Scalar(node.text[1:].strip(), node.mark)
    later = path[0] == "variants" and path[2:3] == ("set",)  # worked out when it is applied
    if later or not is_relative(node.text, path):
        return node
    base = _base(tree, path)
    if base is None:
        raise UnitError(
            f"`{node.text}` has nothing to change: no value is given there", "write the value in full"
        )
    return changed_node(base, node.text, path, node.mark)


def _base(tree: Node, path: Path) -> Node | None:
    """What stands at the path: the item's own, its section's default, the parameter's default."""
    found = find(tree, path)
    if found is None and len(path) > 2:
        section = find(tree, path[:1])
        if isinstance(section, Table) and DEFAULTS in section.entries:
            below = with_long_forms(tree, (path[0], DEFAULTS, *path[2:]))
            found = find(below, (path[0], DEFAULTS, *path[2:]))
    text = _default(tree, path) if found is None else None
    return found if text is None else Scalar(text, _USUAL)


def _default(tree: Node, path: Path) -> str | None:
    if path[0] in ROOMS:
        parameter = outcome_parameters().get(parameter_at(path))
        if parameter is not None and not isinstance(parameter.value, tuple):
            return written(parameter.number, parameter.unit)
    return usual_text(path, _kind(tree, path))


def parameter_at(path: Path) -> str:
    """What the parameter that a path of the outcome model's sections sets would be called."""
    name = ".".join(path)
    return _OWN_KEYS.get(name, name.partition(".")[2])


def _kind(tree: Node, path: Path) -> str:
    """The kind of channel or self-service that a path leads into."""
    if path[0] in ("channels", "arrivals") and len(path) > 1:
        return channel_kind(tree, path[1])
    stated = find(tree, (*path[:2], "kind"))
    if path[0] == "self_service" and len(path) > 1:
        return stated.text if isinstance(stated, Scalar) else kind_of(path[1])
    return ""


def _known(tree: Node, path: Path, node: Node) -> None:
    """Refuse paths into nowhere: an unknown section, key, or an item that nobody named."""
    if not all(path):
        raise UnitError("is not a path", "write it like `agents.front.on_seat`")
    top = keys_at(())
    if path[0] not in top:
        raise UnitError(
            f"there is no section `{path[0][:40]}`", nearest(path[0], top) or f"sections: {', '.join(top)}"
        )
    if len(path) == 1 and _takes_out(path, node):
        if path[0] not in left_out():
            raise UnitError("cannot be left out", f"`none` is for {', '.join(left_out())}")
    elif path[0] in NAMED_SECTIONS:
        _named(tree, path, node)
    elif len(path) == 1 and isinstance(find(tree, path), Table) and isinstance(node, Scalar):
        raise UnitError("is a whole section", f"name a key of it: {', '.join(keys_at(path)[:8])}")


def _named(tree: Node, path: Path, node: Node) -> None:
    kind = ONE_OF_A_KIND[path[0]]
    if len(path) == 1:
        raise UnitError("is a whole section", f"name a {kind} of it")
    section = find(tree, path[:1])
    names = [name for name in section.entries if name != DEFAULTS] if isinstance(section, Table) else []
    new = len(path) == 2 and isinstance(node, Table)
    assumed = path[:2] == ("customers", "everyone") or (
        path[0] == "channels" and path[1] in channel_names(tree)
    )
    listed = path[0] == "agents" and "from" in names  # its groups may stand in the table
    if path[1] in (*names, DEFAULTS) or new or assumed or listed:
        return
    raise UnitError(
        f"there is no {kind} `{path[1][:40]}`",
        nearest(path[1], names)
        or (f"{kind}s: {', '.join(names[:12])}" if names else f"no {kind} is named in the file"),
    )
