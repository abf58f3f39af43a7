"""Trees laid over trees: ``extends``, ``defaults``; the order is file < extends < variant < set."""

from __future__ import annotations

from ccsim.scenario.days import DAYS, looks_like_days, parse_days
from ccsim.scenario.nodes import Entry, Node, Scalar, Table
from ccsim.scenario.outcomes import ROOMS
from ccsim.scenario.readers import NONE_WORDS
from ccsim.scenario.shape import NAMED_SECTIONS, WITH_DEFAULTS, left_out

DEFAULTS = "defaults"


def laid_over(base: Node | None, top: Node, depth: int = 0, section: str = "") -> Node:
    """Mappings merge key by key, everything else is replaced.

    ``none`` in place of a named item (an agent group, an intent) takes the item out. What lies on top
    wins day by day: ``mon-fri`` over ``mon``, though it is the wider key.
    """
    if not isinstance(base, Table) or not isinstance(top, Table):
        return top
    named = depth == 1 and section in NAMED_SECTIONS
    entries = dict(base.entries if named else other_days(base, top))
    for key, entry in top.entries.items():
        if named and key in entries and _is_none(entry.node):
            del entries[key]
            continue
        below = entries.get(key)
        entries[key] = Entry(
            entry.mark,
            laid_over(_mergeable(below, entry), entry.node, depth + 1, key if depth == 0 else section),
        )
    return Table(entries, top.mark)


def other_days(base: Table, top: Table) -> dict[str, Entry]:
    """The entries of a mapping by weekday without the days that another one names.

    Keys that stand in both stay, to be merged. Other mappings, and those that name a day twice, stay whole.
    """
    keys = {key: parse_days(key) for key in (*base.entries, *top.entries) if looks_like_days(key)}
    if len(keys) < len({*base.entries, *top.entries}):
        return base.entries
    owner: dict[int, str] = {}
    for key in sorted(base.entries, key=lambda key: -len(keys[key])):
        if any(len(keys[owner[day]]) == len(keys[key]) for day in keys[key] if day in owner):
            return base.entries
        owner |= dict.fromkeys(keys[key], key)
    named = {day for key in top.entries for day in keys[key]}
    found: dict[str, Entry] = {}
    for key, entry in base.entries.items():
        left = [DAYS[day] for day in sorted(keys[key] - named) if owner[day] == key]
        if key in top.entries or not keys[key] & named:
            found[key] = entry
        elif left:
            found[",".join(left)] = entry
    return found


def _mergeable(below: Entry | None, above: Entry) -> Node | None:
    """What lies below, unless one of the two is a distribution: those replace each other."""
    if below is None or _is_family(below.node) or _is_family(above.node):
        return None
    return below.node


def _is_family(node: Node) -> bool:
    from ccsim.distributions import FAMILIES

    return isinstance(node, Table) and len(node.entries) == 1 and set(node.entries) <= set(FAMILIES)


def _is_none(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.lower() in NONE_WORDS


def said(tree: Table) -> Table:
    """The tree without the sections that are ``none``: they are left out."""
    kept = {
        key: entry for key, entry in tree.entries.items() if not (key in left_out() and _is_none(entry.node))
    }
    return Table(kept, tree.mark)


def expanded(tree: Node) -> Node:
    """The tree with ``defaults`` laid under the items of each section."""
    if not isinstance(tree, Table):
        return tree
    entries = {}
    for key, entry in tree.entries.items():
        node = _with_defaults(entry.node) if key in WITH_DEFAULTS else entry.node
        entries[key] = Entry(entry.mark, node)
    return Table(entries, tree.mark)


def _with_defaults(section: Node) -> Node:
    if not isinstance(section, Table) or DEFAULTS not in section.entries:
        return section
    defaults = section.entries[DEFAULTS].node
    items = {
        key: Entry(entry.mark, laid_over(defaults, entry.node, 2))
        for key, entry in section.entries.items()
        if key != DEFAULTS
    }
    return Table(items, section.mark)


def tidied(tree: Node) -> Node:
    """One spelling for what may be written in two: dotted parameter names, ``x_ahead_by``."""
    if not isinstance(tree, Table):
        return tree
    entries = dict(tree.entries)
    for room in ROOMS:
        if room in entries:
            entries[room] = Entry(entries[room].mark, _nested(entries[room].node))
    if "routing" in entries:
        entries["routing"] = Entry(entries["routing"].mark, _credits(entries["routing"].node))
    return Table(entries, tree.mark)


def _nested(node: Node) -> Node:
    """``{a.b: 1}`` as ``{a: {b: 1}}``."""
    if not isinstance(node, Table):
        return node
    made: Node = Table({}, node.mark)
    for key, entry in node.entries.items():
        inner: Node = _nested(entry.node)
        for step in reversed(key.split(".")[1:]):
            inner = Table({step: Entry(entry.mark, inner)}, entry.mark)
        piece = Table({key.split(".")[0]: Entry(entry.mark, inner)}, node.mark)
        made = laid_over(made, piece)
    return made


def _credits(node: Node) -> Node:
    """``members_ahead_by: 60s`` as ``wait_credit: {members: 60s}``."""
    if not isinstance(node, Table):
        return node
    ahead = {key: entry for key, entry in node.entries.items() if key.endswith("_ahead_by")}
    rest = {key: entry for key, entry in node.entries.items() if key not in ahead}
    credit = rest.get("wait_credit")
    if not ahead or (credit and not isinstance(credit.node, Table)):
        return node
    names = {key.removesuffix("_ahead_by"): entry for key, entry in ahead.items()}
    mark = credit.mark if credit else next(iter(ahead.values())).mark
    stated = credit.node.entries if credit and isinstance(credit.node, Table) else {}
    rest["wait_credit"] = Entry(mark, Table({**stated, **names}, mark))
    return Table(rest, node.mark)
