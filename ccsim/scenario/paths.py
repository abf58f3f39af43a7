"""One spelling of paths everywhere: ``agents.front.on_seat``.

Long forms stand in for short ones where a path leads into them: ``redial: 55%`` is
``redial: {chance: 55%}``, ``talk: 4min`` is ``talk: {lognormal: {mean: 4min, cv: 0.9}}``,
``skills: [billing]`` is ``skills: {billing: 100%}``.
"""

from __future__ import annotations

import re

from ccsim.distributions import FAMILIES
from ccsim.scenario.nodes import Entry, Items, Mark, Node, Path, Scalar, Table, find
from ccsim.scenario.readers import NONE_WORDS

_SPREAD, _DELAY = ("talk", "hold", "wrap_up"), ("patience", "after", "gaps")
_DRAWN = ("intents", "channels", "arrivals")
_TARGET = re.compile(r"(\S+)\s+(?:in|within)\s+(.+)")
_ONE_VALUE = {"redial": "chance", "repeat": "chance", "busyness": "cv", "shrinkage": "other"}


def split(text: str) -> Path:
    """The steps of a dotted path; below ``variants.NAME.set`` the rest is one key."""
    steps = tuple(step.strip() for step in text.strip().split("."))
    if len(steps) > 3 and steps[0] == "variants" and steps[2] == "set":
        return (*steps[:3], ".".join(steps[3:]))
    return steps


def with_long_forms(tree: Node, path: Path) -> Node:
    """The tree with whatever short form a path leads into written out."""
    for depth in range(1, len(path)):
        for _ in range(2):  # a bare duration is first its usual family, then maybe another one
            node = find(tree, path[:depth])
            longer = None if node is None else long_form(path[:depth], node, path[depth])
            if longer is not None:
                tree = replaced(tree, path[:depth], longer)
    return tree


def replaced(tree: Node, path: Path, node: Node) -> Node:
    """The tree with another node at a path that exists."""
    if not path:
        return node
    if isinstance(tree, Table):
        entry = tree.entries[path[0]]
        new = Entry(entry.mark, replaced(entry.node, path[1:], node))
        return Table({**tree.entries, path[0]: new}, tree.mark)
    assert isinstance(tree, Items)
    index = int(path[0])
    changed = replaced(tree.nodes[index], path[1:], node)
    return Items((*tree.nodes[:index], changed, *tree.nodes[index + 1:]), tree.mark)


def long_form(path: Path, node: Node, step: str) -> Node | None:
    """What a short form at ``path`` means as a mapping, None where it is none."""
    section, key = path[0], path[-1]
    if section == "agents" and len(path) == 3 and key == "skills" and isinstance(node, Items):
        return _skills(node)
    if path == ("routing", "overflow") and isinstance(node, Table) and step.isdecimal():
        return Items((node,), node.mark)
    if key in (*_SPREAD, *_DELAY) and section in _DRAWN and _other_family(node, step):
        return Table({}, node.mark)
    if not isinstance(node, Scalar) or len(path) < 3:
        return None
    if section == "agents" and len(path) == 4 and path[2] == "skills":
        return _table(node.mark, speed=node.text, fcr=node.text)
    if key == "target" and (match := _TARGET.fullmatch(node.text)):
        return _table(node.mark, share=match[1], within=match[2])
    if key in _ONE_VALUE:
        none = node.text.lower() in NONE_WORDS
        return Table({}, node.mark) if none else _table(node.mark, **{_ONE_VALUE[key]: node.text})
    return _distribution(section, key, node)


def _other_family(node: Node, step: str) -> bool:
    """Whether a path leads into another family than the one that stands there."""
    return step in FAMILIES and isinstance(node, Table) and step not in node.entries


def _distribution(section: str, key: str, node: Scalar) -> Node | None:
    if section in _DRAWN and node.text.lower() not in NONE_WORDS:
        if key in _SPREAD and section == "intents":
            body = _table(node.mark, mean=node.text, cv="0.9")
            return Table({"lognormal": Entry(node.mark, body)}, node.mark)
        if key in _DELAY:
            body = _table(node.mark, mean=node.text)
            return Table({"exponential": Entry(node.mark, body)}, node.mark)
    return None


def _skills(node: Items) -> Node | None:
    names = [item for item in node.nodes if isinstance(item, Scalar)]
    if len(names) < len(node.nodes):
        return None
    return Table({name.text: Entry(name.mark, Scalar("100%", name.mark)) for name in names},
                 node.mark)


def _table(mark: Mark, **texts: str) -> Table:
    return Table({key: Entry(mark, Scalar(text, mark)) for key, text in texts.items()}, mark)
