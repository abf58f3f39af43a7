"""One spelling of paths everywhere: ``agents.front.on_seat``.

Long forms stand in for short ones where a path leads into them: ``redial: 55%`` is
``redial: {chance: 55%}``, ``talk: 4min`` is ``talk: {lognormal: {mean: 4min, cv: 0.9}}``,
``skills: [billing]`` is ``skills: {billing: 100%}``, ``contains: 35%`` is ``contains: {others:
35%}``.
"""

from __future__ import annotations

import re

from ccsim.distributions import FAMILIES
from ccsim.scenario.durations import SESSION_CV, TALK_CV
from ccsim.scenario.nodes import Entry, Items, Mark, Node, Path, Scalar, Table, find
from ccsim.scenario.readers import NONE_WORDS
from ccsim.scenario.shares import OTHERS
from ccsim.units import plain

_SPREAD = ("talk", "hold", "wrap_up")
_DELAY = ("patience", "after", "gaps", "think", "retry_after", "tenure")
_DRAWN = ("intents", "channels", "arrivals", "self_service", "agents")
_TARGET = re.compile(r"(\S+)\s+(?:in|within)\s+(.+)")
ONE_VALUE = {
    "redial": "chance",
    "repeat": "chance",
    "busyness": "cv",
    "shrinkage": "other",
    "handover": "context",
    "employed": "people",
}
_SWITCHES = ("learning", "assist", "training", "empowerment", "workforce", "strain", "replace")


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
    return Items((*tree.nodes[:index], changed, *tree.nodes[index + 1 :]), tree.mark)


def long_form(path: Path, node: Node, step: str) -> Node | None:
    """What a short form at ``path`` means as a mapping, None where it is none."""
    section, key = path[0], path[-1]
    if section == "agents" and len(path) == 3 and key == "skills" and isinstance(node, Items):
        return _skills(node)
    if path == ("routing", "overflow") and isinstance(node, Table) and step.isdecimal():
        return Items((node,), node.mark)
    drawn = key in (*_SPREAD, *_DELAY, "session") and section in _DRAWN
    if drawn and isinstance(node, Table) and step not in node.entries:
        return _instead(path, node, step)
    if isinstance(node, Scalar) and key in _SWITCHES and section in ("agents", "workforce"):
        return Table({}, node.mark)
    if not isinstance(node, Scalar) or len(path) < 3:
        return None
    if section == "agents" and len(path) == 4 and path[2] == "skills":
        return _table(node.mark, speed=node.text, fcr=node.text)
    if key == "target" and (match := _TARGET.fullmatch(node.text)):
        return _table(node.mark, share=match[1], within=match[2])
    if key in ONE_VALUE:
        none = node.text.lower() in NONE_WORDS
        return Table({}, node.mark) if none else _table(node.mark, **{ONE_VALUE[key]: node.text})
    if (section, key) == ("self_service", "contains") or _by_channel(path, step):
        return _table(node.mark, **{OTHERS: node.text})
    return _distribution(section, key, node)


def _by_channel(path: Path, step: str) -> bool:
    """Whether a path leads to the talk time of one channel rather than into a distribution."""
    return path[0] == "intents" and path[2:] == ("talk",) and step not in FAMILIES


def _instead(path: Path, node: Table, step: str) -> Node | None:
    """What gives way to another family, or becomes the talk of all other channels."""
    one_family = len(node.entries) == 1 and set(node.entries) <= set(FAMILIES)
    if _by_channel(path, step):
        return Table({OTHERS: Entry(node.mark, node)}, node.mark) if one_family else None
    return Table({}, node.mark) if step in FAMILIES else None


def _distribution(section: str, key: str, node: Scalar) -> Node | None:
    if section not in _DRAWN or node.text.lower() in NONE_WORDS:
        return None
    if key in _DELAY:
        body = _table(node.mark, mean=node.text)
        return Table({"exponential": Entry(node.mark, body)}, node.mark)
    spread = {("self_service", "session"): SESSION_CV, **{("intents", k): TALK_CV for k in _SPREAD}}
    if (section, key) in spread:
        body = _table(node.mark, mean=node.text, cv=plain(spread[section, key]))
        return Table({"lognormal": Entry(node.mark, body)}, node.mark)
    return None


def _skills(node: Items) -> Node | None:
    names = [item for item in node.nodes if isinstance(item, Scalar)]
    if len(names) < len(node.nodes):
        return None
    return Table({name.text: Entry(name.mark, Scalar("100%", name.mark)) for name in names}, node.mark)


def _table(mark: Mark, **texts: str) -> Table:
    return Table({key: Entry(mark, Scalar(text, mark)) for key, text in texts.items()}, mark)
