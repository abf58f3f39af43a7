"""Checks across sections on the tree as written: does every name lead somewhere?

They need no valid models, so they are reported together with the faults of single sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ccsim.errors import Fault
from ccsim.scenario.faults import fault_at
from ccsim.scenario.kinds import NO_KIND, USUAL_KINDS, kind_trouble
from ccsim.scenario.names import Names, keys, listed, names_of, skill_of, unknown
from ccsim.scenario.nodes import Node, Path, Scalar, Table, find
from ccsim.scenario.pointers import pointer_faults, talk_channels
from ccsim.scenario.readers import NONE_WORDS
from ccsim.scenario.shape import NAMED_SECTIONS
from ccsim.scenario.trouble import nearest
from ccsim.units import quote

NO_CHANNEL, HOW_MANY = "is not a channel", "does not say how many"
_NAME = re.compile(r"[^\W\d][\w-]{0,59}")
_RESERVED = ("all", "none", "from", "others")
_ONE_OF = (
    ("agents", ("on_seat", "scheduled", "employed")),
    ("arrivals", ("contacts", "counts", "gaps", "log")),
)


def reference_faults(tree: Node) -> list[Fault]:
    """Faults of names that lead nowhere, of items that say too little or contradict themselves."""
    names = names_of(tree)
    faults: list[Fault] = []
    for check in (
        _item_names,
        _channels,
        _one_of,
        _skills,
        _intents,
        pointer_faults,
        talk_channels,
        _to_itself,
        _reserved,
    ):
        faults += check(tree, names)
    return faults


def is_foreign(fault: Fault) -> bool:
    """Whether a fault says that a word is no channel, or of no kind: what is below is not judged."""
    return fault.message.endswith((NO_CHANNEL, NO_KIND))


def says_too_little(fault: Fault) -> bool:
    """Whether a fault is that an item does not say how many."""
    return fault.message.startswith(HOW_MANY)


def _item_names(tree: Node, names: Names) -> Iterator[Fault]:
    for section in (*NAMED_SECTIONS, "customers"):
        for name in keys(tree, section):
            if (section, name) == ("agents", "from"):
                continue
            if not _NAME.fullmatch(name) or name.lower() in _RESERVED:
                yield fault_at(
                    tree,
                    (section, name),
                    f"{quote(name)} cannot be a name",
                    "letters, digits, _ and -, the first a letter",
                    at_key=True,
                )


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
        yield fault_at(tree, ("arrivals", "voice"), "is missing", "write `voice: {contacts: 6000/week}`")


def unknown_channel(tree: Node, path: Path, known: tuple[str, ...]) -> Fault:
    """The fault for a word that is not a channel."""
    hint = nearest(path[-1], known) or (
        f"channels: {', '.join(dict.fromkeys(known))}; another one needs a place and its kind "
        "under `channels:`"
    )
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
                yield fault_at(tree, (section, name), f"says both {words}", "keep one of them", at_key=True)
            elif (
                not given
                and "headcount" not in item.entries
                and not (section == "agents" and "from" in keys(tree, "agents"))
            ):  # its table says it
                yield fault_at(tree, (section, name), *_lacking(section), at_key=True)


def _none(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.text.lower() in NONE_WORDS


def _lacking(section: str) -> tuple[str, str]:
    if section == "agents":
        return (
            f"{HOW_MANY} agents",
            "write `on_seat: 12` (ready for work) or `scheduled: {early: 12}` (on the roster)",
        )
    return f"{HOW_MANY} contacts", "write `contacts: 6000/week` or `counts: {from: ...}`"


def _skills(tree: Node, names: Names) -> Iterator[Fault]:
    if not names.intents:
        return
    for group in names.groups:
        skills = listed(tree, ("agents", group, "skills"))
        if not skills and find(tree, ("agents", group, "skills")) is not None:
            yield fault_at(
                tree,
                ("agents", group, "skills"),
                "names no skill: nobody can reach this group",
                f"skills in use: {', '.join(sorted(names.needed)[:12])}",
            )
        for skill, path in skills.items():
            if skill not in names.needed:
                yield fault_at(
                    tree,
                    (*path[:3], skill) if path[-1].isdecimal() else path,
                    "no intent needs this skill",
                    f"skills in use: {', '.join(sorted(names.needed)[:12])}",
                    at_key=True,
                )


def _intents(tree: Node, names: Names) -> Iterator[Fault]:
    for intent in names.intents:
        skill = skill_of(tree, intent)
        if names.groups and skill not in names.had:
            stated = find(tree, ("intents", intent, "skill")) is not None
            path = ("intents", intent, "skill") if stated else ("intents", intent)
            own = "no agent has this skill" if stated else f"no agent has the skill `{skill[:40]}`"
            hint = f"skills of the agents: {', '.join(sorted(names.had)[:12]) or 'none'}"
            yield fault_at(tree, path, own, hint, at_key=not stated)


def _to_itself(tree: Node, names: Names) -> Iterator[Fault]:
    """What must lead elsewhere: transfers, escalations, switches."""
    for intent in names.intents:
        for key, done in (("transfer", "transferred"), ("escalate", "escalated")):
            to = listed(tree, ("intents", intent, key, "to"))
            if intent in to:
                yield fault_at(tree, to[intent], f"is {done} to itself", "name another intent")
    for channel in keys(tree, "channels"):
        if channel in keys(tree, "channels", channel, "switches"):
            yield fault_at(
                tree,
                ("channels", channel, "switches", channel),
                "is the channel itself",
                "name the others: the rest stays",
                at_key=True,
            )


def _reserved(tree: Node, names: Names) -> Iterator[Fault]:
    for group in keys(tree, "routing", "reserved"):
        path = ("routing", "reserved", group)
        has = tuple(listed(tree, ("agents", group, "skills")))
        if group in names.groups:
            yield from unknown(tree, listed(tree, (*path, "skills")), has, "skill of this group")
