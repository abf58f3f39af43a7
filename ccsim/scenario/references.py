"""Checks across sections on the tree as written: does every name lead somewhere?

They need no valid models, so they are reported together with the faults of single sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ccsim.errors import Fault
from ccsim.scenario.faults import fault_at
from ccsim.scenario.kinds import USUAL_KINDS, kind_trouble
from ccsim.scenario.nodes import Items, Node, Path, Scalar, Table, find
from ccsim.scenario.readers import NONE_WORDS
from ccsim.scenario.shape import NAMED_SECTIONS
from ccsim.scenario.trouble import nearest
from ccsim.units import quote

NO_CHANNEL, HOW_MANY = "is not a channel", "does not say how many"
_NAME = re.compile(r"[^\W\d][\w-]{0,59}")
_RESERVED = ("all", "none", "from", "others")
_ONE_OF = (("agents", ("on_seat", "scheduled", "employed")),
           ("arrivals", ("contacts", "counts", "gaps", "log")))


@dataclass(frozen=True)
class Names:
    """The names a scenario defines, in the order written."""

    intents: tuple[str, ...]
    needed: tuple[str, ...]
    had: tuple[str, ...]
    groups: tuple[str, ...]
    shifts: tuple[str, ...]
    segments: tuple[str, ...]
    channels: tuple[str, ...]


def reference_faults(tree: Node) -> list[Fault]:
    """Faults of names that lead nowhere, of items that say too little or contradict themselves."""
    names = names_of(tree)
    faults: list[Fault] = []
    for check in (_item_names, _channels, _one_of, _skills, _intents, _shifts, _shares, _events,
                  _routing):
        faults += check(tree, names)
    return faults


def is_foreign(fault: Fault) -> bool:
    """Whether a fault says that a word is no channel: what is below it is not judged."""
    return fault.message.endswith(NO_CHANNEL)


def says_too_little(fault: Fault) -> bool:
    """Whether a fault is that an item does not say how many."""
    return fault.message.startswith(HOW_MANY)


def names_of(tree: Node) -> Names:
    """The names in a tree, however faulty the rest of it is."""
    intents = keys(tree, "intents")
    groups = keys(tree, "agents")
    skills = [skill for group in groups for skill in listed(tree, ("agents", group, "skills"))]
    return Names(intents, tuple(dict.fromkeys(skill_of(tree, i) for i in intents)),
                 tuple(dict.fromkeys(skills)), groups, keys(tree, "shifts"),
                 keys(tree, "customers") or ("everyone",), channel_names(tree))


def channel_names(tree: Node) -> tuple[str, ...]:
    """The channels of a tree: those described, and usual ones that have arrivals."""
    arriving = (name for name in keys(tree, "arrivals") if name in USUAL_KINDS)
    return tuple(dict.fromkeys((*keys(tree, "channels"), *arriving))) or ("voice",)


def keys(tree: Node, *path: str) -> tuple[str, ...]:
    """The keys of the mapping at a path."""
    node = find(tree, path)
    return tuple(node.entries) if isinstance(node, Table) else ()


def listed(tree: Node, path: Path) -> dict[str, Path]:
    """Names in a list, a mapping's keys, or one text; each with its own path."""
    node = find(tree, path)
    if isinstance(node, Table):
        return {key: (*path, key) for key in node.entries}
    if isinstance(node, Items):
        return {item.text: (*path, str(index)) for index, item in enumerate(node.nodes)
                if isinstance(item, Scalar)}
    if isinstance(node, Scalar) and node.text and node.text.lower() not in NONE_WORDS:
        return {node.text: path}
    return {}


def skill_of(tree: Node, intent: str) -> str:
    """The skill an intent needs: the one it names, else its own name."""
    node = find(tree, ("intents", intent, "skill"))
    return node.text if isinstance(node, Scalar) else intent


def _unknown(tree: Node, names: dict[str, Path], known: tuple[str, ...], what: str) -> list[Fault]:
    faults = []
    for name, path in names.items():
        if name not in known:
            hint = nearest(name, known) or f"{what}s: {', '.join(known[:12]) or 'none'}"
            faults.append(fault_at(tree, path, f"there is no {what} {quote(name)}", hint,
                                   at_key=path[-1] == name))
    return faults


def _item_names(tree: Node, names: Names) -> Iterator[Fault]:
    for section in (*NAMED_SECTIONS, "customers"):
        for name in keys(tree, section):
            if (section, name) == ("agents", "from"):
                continue
            if not _NAME.fullmatch(name) or name.lower() in _RESERVED:
                yield fault_at(tree, (section, name), f"{quote(name)} cannot be a name",
                               "letters, digits, _ and -, the first a letter", at_key=True)


def _channels(tree: Node, names: Names) -> Iterator[Fault]:
    for name in keys(tree, "channels"):
        kind = find(tree, ("channels", name, "kind"))
        stated = kind.text if isinstance(kind, Scalar) else None
        trouble = kind_trouble(name, stated)
        if trouble and stated is None and nearest(name, USUAL_KINDS):
            yield unknown_channel(tree, ("channels", name), tuple(USUAL_KINDS))
        elif trouble:
            path = ("channels", name, *(("kind",) if stated else ()))
            yield fault_at(tree, path, *trouble, at_key=stated is None)
    for name in keys(tree, "arrivals"):
        if name not in names.channels:
            yield unknown_channel(tree, ("arrivals", name), (*names.channels, *USUAL_KINDS))
    arrivals = find(tree, ("arrivals",))
    if isinstance(arrivals, Table) and not arrivals.entries:
        yield fault_at(tree, ("arrivals", "voice"), "is missing",
                       "write `voice: {contacts: 6000/week}`")
    for group in names.groups:
        for name in keys(tree, "agents", group, "handles"):
            if name not in names.channels:
                yield unknown_channel(tree, ("agents", group, "handles", name), names.channels)


def unknown_channel(tree: Node, path: Path, known: tuple[str, ...]) -> Fault:
    """The fault for a word that is not a channel."""
    hint = nearest(path[-1], known) or (
        f"channels: {', '.join(dict.fromkeys(known))}; another one needs a place and its kind "
        "under `channels:`")
    return fault_at(tree, path, f"{quote(path[-1])} {NO_CHANNEL}", hint, at_key=True)


def _one_of(tree: Node, names: Names) -> Iterator[Fault]:
    for section, options in _ONE_OF:
        for name in keys(tree, section):
            item = find(tree, (section, name))
            if not isinstance(item, Table):
                continue
            given = [key for key in options if key in item.entries and not _none(item.get(key))]
            if len(given) > 1:
                words = " and ".join(f"`{key}`" for key in given)
                yield fault_at(tree, (section, name), f"says both {words}", "keep one of them",
                               at_key=True)
            elif not given and "headcount" not in item.entries:
                yield fault_at(tree, (section, name), *_lacking(section), at_key=True)


def _none(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.text.lower() in NONE_WORDS


def _lacking(section: str) -> tuple[str, str]:
    if section == "agents":
        return (f"{HOW_MANY} agents",
                "write `on_seat: 12` (ready for work) or `scheduled: {early: 12}` (on the roster)")
    return f"{HOW_MANY} contacts", "write `contacts: 6000/week` or `counts: {from: ...}`"


def _skills(tree: Node, names: Names) -> Iterator[Fault]:
    if not names.intents:
        return
    for group in names.groups:
        skills = listed(tree, ("agents", group, "skills"))
        if not skills and find(tree, ("agents", group, "skills")) is not None:
            yield fault_at(tree, ("agents", group, "skills"), "names no skill: nobody can reach "
                           "this group", f"skills in use: {', '.join(sorted(names.needed)[:12])}")
        for skill, path in skills.items():
            if skill not in names.needed:
                yield fault_at(tree, (*path[:3], skill) if path[-1].isdecimal() else path,
                               "no intent needs this skill",
                               f"skills in use: {', '.join(sorted(names.needed)[:12])}",
                               at_key=True)


def _intents(tree: Node, names: Names) -> Iterator[Fault]:
    for intent in names.intents:
        skill = skill_of(tree, intent)
        if names.groups and skill not in names.had:
            stated = find(tree, ("intents", intent, "skill")) is not None
            path = ("intents", intent, "skill") if stated else ("intents", intent)
            own = "no agent has this skill" if stated else f"no agent has the skill `{skill[:40]}`"
            hint = f"skills of the agents: {', '.join(sorted(names.had)[:12]) or 'none'}"
            yield fault_at(tree, path, own, hint, at_key=not stated)
        to = listed(tree, ("intents", intent, "transfer", "to"))
        yield from _unknown(tree, to, names.intents, "intent")
        if intent in to:
            yield fault_at(tree, to[intent], "is transferred to itself", "name another intent")


def _shifts(tree: Node, names: Names) -> Iterator[Fault]:
    for group in names.groups:
        for shift in keys(tree, "agents", group, "scheduled"):
            if shift not in names.shifts:
                hint = nearest(shift, names.shifts) or (
                    f"shifts: {', '.join(names.shifts[:12])}" if names.shifts
                    else "name it under `shifts:` with its days and hours")
                yield fault_at(tree, ("agents", group, "scheduled", shift),
                               f"there is no shift {quote(shift)}", hint, at_key=True)


def _shares(tree: Node, names: Names) -> Iterator[Fault]:
    for channel in keys(tree, "arrivals"):
        mix = listed(tree, ("arrivals", channel, "mix"))
        yield from _unknown(tree, mix, names.intents, "intent")
        segments = listed(tree, ("arrivals", channel, "segments"))
        yield from _unknown(tree, segments, names.segments, "segment")


def _events(tree: Node, names: Names) -> Iterator[Fault]:
    for event in keys(tree, "events"):
        intents = listed(tree, ("events", event, "intents"))
        yield from _unknown(tree, intents, names.intents, "intent")
        channels = listed(tree, ("events", event, "channels"))
        yield from _unknown(tree, channels, names.channels, "channel")


def _routing(tree: Node, names: Names) -> Iterator[Fault]:
    known = (*names.channels, *names.intents, *names.needed, *names.segments)
    for key in ("priority", "wait_credit"):
        for name in keys(tree, "routing", key):
            if name not in known:
                yield fault_at(tree, ("routing", key, name), "is no channel, intent, skill or "
                               "segment", nearest(name, known) or f"names: {', '.join(known[:12])}",
                               at_key=True)
    node = find(tree, ("routing", "overflow"))
    steps: list[Path] = [("routing", "overflow")]
    if isinstance(node, Items):
        steps = [("routing", "overflow", str(index)) for index in range(len(node.nodes))]
    for step in steps:
        yield from _unknown(tree, listed(tree, (*step, "to")), names.groups, "group")
        yield from _unknown(tree, listed(tree, (*step, "skills")), names.needed, "skill")
    yield from _reserved(tree, names)


def _reserved(tree: Node, names: Names) -> Iterator[Fault]:
    for group in keys(tree, "routing", "reserved"):
        path = ("routing", "reserved", group)
        yield from _unknown(tree, {group: path}, names.groups, "group")
        has = tuple(listed(tree, ("agents", group, "skills")))
        if group in names.groups:
            yield from _unknown(tree, listed(tree, (*path, "skills")), has,
                                "skill of this group")

