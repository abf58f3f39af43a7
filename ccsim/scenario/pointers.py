"""Names used in one section and defined in another: each must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ccsim.errors import Fault
from ccsim.scenario.faults import fault_at
from ccsim.scenario.kinds import USUAL_KINDS
from ccsim.scenario.names import Names, listed, unknown
from ccsim.scenario.nodes import Items, Node, Path, Scalar, Table, find
from ccsim.scenario.shares import OTHERS
from ccsim.scenario.trouble import nearest

ANY = "*"
# Where names stand (`*`: any item, or any place in a list) and what they must be the names of.
_POINTERS: tuple[tuple[str, str], ...] = (
    ("intents.*.transfer.to", "intent"),
    ("intents.*.escalate.to", "intent"),
    ("arrivals.*.mix", "intent"),
    ("arrivals.*.segments", "segment"),
    ("events.*.intents", "intent"),
    ("events.*.channels", "channel"),
    ("channels.*.switches", "channel"),
    ("channels.*.messages.to", "channel"),
    ("self_service.*.channels", "channel"),
    ("self_service.*.returns_on", "channel"),
    ("self_service.*.contains", "intent"),
    ("proactive.*.intents", "intent"),
    ("proactive.*.channels", "channel"),
    ("agents.*.scheduled", "shift"),
    ("agents.*.rota", "shift"),
    ("agents.*.rota.*", "shift"),
    ("agents.*.handles", "channel"),
    ("agents.*.at_most", "channel"),
    ("agents.*.site", "site"),
    ("agents.*.workforce.hiring.group", "group"),
    ("agents.*.workforce.hiring.*.group", "group"),
    ("workforce.hiring.group", "group"),
    ("workforce.hiring.*.group", "group"),
    ("routing.blending", "channel"),
    ("routing.reserved", "group"),
    ("routing.overflow.to", "group"),
    ("routing.overflow.*.to", "group"),
    ("routing.overflow.skills", "skill"),
    ("routing.overflow.*.skills", "skill"),
)
_KEYED = (
    "switches",
    "returns_on",
    "contains",
    "scheduled",
    "handles",
    "at_most",
    "blending",
    "reserved",
    "mix",
    "segments",
)  # names are the keys here; one text is something else
_MAY_BE_NONE = (
    "events.*.intents",
    "events.*.channels",
    "proactive.*.channels",
    "agents.*.rota",
    "routing.overflow.skills",
    "routing.overflow.*.skills",
)
_NAMED_BY_TEXT = ("priority", "wait_credit", "points.start", "points.a_minute")
_HINTS = {"shift": "name it under `shifts:` with its days and hours", "site": "name it under `sites:`"}


def pointer_faults(tree: Node, names: Names) -> Iterator[Fault]:
    """Faults of all names that lead nowhere."""
    for pattern, what in _POINTERS:
        known = names.of(what)
        for path in paths_of(tree, tuple(pattern.split("."))):
            used = _used(tree, path) or _none_as_name(tree, path, pattern)
            for name, at in used.items():
                free = (path[-1] == "contains" and name == OTHERS) or (what == "site" and not names.sites)
                if name not in known and not free:
                    yield from unknown(tree, {name: at}, known, what, _hint(what, name, known))
    yield from _matched(tree, names)


def _hint(what: str, name: str, known: tuple[str, ...]) -> str | None:
    if what == "channel" and name in USUAL_KINDS:
        return f"name it under `channels:`, for example `{name}: {{talk: +10%}}`"
    return nearest(name, known) or (None if known else _HINTS.get(what))


def paths_of(tree: Node, pattern: Path, at: Path = ()) -> Iterator[Path]:
    """The paths of a tree that a pattern with ``*`` fits, where something stands."""
    if not pattern:
        yield at
        return
    node = find(tree, at)
    step, rest = pattern[0], pattern[1:]
    if step != ANY:
        if find(tree, (*at, step)) is not None:
            yield from paths_of(tree, rest, (*at, step))
    elif isinstance(node, Table):
        for key in node.entries:
            yield from paths_of(tree, rest, (*at, key))
    elif isinstance(node, Items):
        for index in range(len(node.nodes)):
            yield from paths_of(tree, rest, (*at, str(index)))


def _used(tree: Node, path: Path) -> dict[str, Path]:
    """Names at a path: keys, items of a list, or one text (``early+saturday`` on a rota)."""
    node = find(tree, path)
    if path[-1] in _KEYED and not isinstance(node, Table):
        return {}
    if "rota" in path[2:]:
        return _on_rota(tree, path)
    return listed(tree, path)


def _none_as_name(tree: Node, path: Path, pattern: str) -> dict[str, Path]:
    """``to: none`` where a name is needed: no such name either."""
    node = find(tree, path)
    needed = pattern not in _MAY_BE_NONE and path[-1] not in _KEYED and "rota" not in path[2:]
    return {node.text: path} if needed and isinstance(node, Scalar) and node.text else {}


def _on_rota(tree: Node, path: Path) -> dict[str, Path]:
    found = {part.strip(): at for text, at in listed(tree, path).items() for part in text.split("+")}
    return {name: at for name, at in found.items() if name and name != "off"}


def _matched(tree: Node, names: Names) -> Iterator[Fault]:
    """Names in priority, wait credit and points: whatever a contact can be told by."""
    known = tuple(dict.fromkeys((*names.channels, *names.intents, *names.needed, *names.segments)))
    for key in _NAMED_BY_TEXT:
        path = ("routing", *key.split("."))
        node = find(tree, path)
        for name in node.entries if isinstance(node, Table) else ():
            if name not in known:
                yield fault_at(
                    tree,
                    (*path, name),
                    "is no channel, intent, skill or segment",
                    nearest(name, known) or f"names: {', '.join(known[:12])}",
                    at_key=True,
                )


def talk_channels(tree: Node, names: Names) -> Iterator[Fault]:
    """Talk times by channel: each key must be one."""
    for path in paths_of(tree, ("intents", ANY, "talk")):
        node = find(tree, path)
        by_name = isinstance(node, Table) and set(node.entries) & {OTHERS, *names.channels}
        for name in node.entries if by_name and isinstance(node, Table) else ():
            if name not in (OTHERS, *names.channels):
                yield from unknown(tree, {name: (*path, name)}, names.channels, "channel")
