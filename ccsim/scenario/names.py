"""The names that a scenario defines and those it uses, read off the tree as written."""

from __future__ import annotations

from dataclasses import dataclass

from ccsim.errors import Fault
from ccsim.scenario.faults import fault_at
from ccsim.scenario.kinds import USUAL_KINDS
from ccsim.scenario.nodes import Items, Node, Path, Scalar, Table, find
from ccsim.scenario.readers import NONE_WORDS
from ccsim.scenario.trouble import nearest
from ccsim.units import quote


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
    sites: tuple[str, ...]

    def of(self, what: str) -> tuple[str, ...]:
        """The names that something may have: an intent, segment, channel, group, shift..."""
        return {
            "intent": self.intents,
            "skill": self.needed,
            "group": self.groups,
            "shift": self.shifts,
            "segment": self.segments,
            "channel": self.channels,
            "site": self.sites,
        }[what]


def names_of(tree: Node) -> Names:
    """The names in a tree, however faulty the rest of it is."""
    intents = keys(tree, "intents")
    groups = keys(tree, "agents")
    skills = [skill for group in groups for skill in listed(tree, ("agents", group, "skills"))]
    return Names(
        intents,
        tuple(dict.fromkeys(skill_of(tree, i) for i in intents)),
        tuple(dict.fromkeys(skills)),
        groups,
        keys(tree, "shifts"),
        keys(tree, "customers") or ("everyone",),
        channel_names(tree),
        keys(tree, "sites"),
    )


def channel_names(tree: Node) -> tuple[str, ...]:
    """The channels of a tree: those described, and usual ones that have arrivals."""
    arriving = (name for name in keys(tree, "arrivals") if name in USUAL_KINDS)
    return tuple(dict.fromkeys((*keys(tree, "channels"), *arriving))) or ("voice",)


def channel_kind(tree: Node, channel: str) -> str:
    """The kind of a channel: as stated, else usual for its name, else voice."""
    stated = find(tree, ("channels", channel, "kind"))
    return stated.text if isinstance(stated, Scalar) else USUAL_KINDS.get(channel, "voice")


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
        return {
            item.text: (*path, str(index))
            for index, item in enumerate(node.nodes)
            if isinstance(item, Scalar)
        }
    if isinstance(node, Scalar) and node.text and node.text.lower() not in NONE_WORDS:
        return {node.text: path}
    return {}


def skill_of(tree: Node, intent: str) -> str:
    """The skill an intent needs: the one it names, else its own name."""
    node = find(tree, ("intents", intent, "skill"))
    return node.text if isinstance(node, Scalar) else intent


def unknown(
    tree: Node, names: dict[str, Path], known: tuple[str, ...], what: str, hint: str | None = None
) -> list[Fault]:
    """Faults of names that are not among those known, each at its place."""
    listing = f"{what}s: {', '.join(known[:12]) or 'none'}"
    return [
        fault_at(
            tree,
            path,
            f"there is no {what} {quote(name)}",
            hint or nearest(name, known) or listing,
            at_key=path[-1] == name,
        )
        for name, path in names.items()
        if name not in known
    ]
