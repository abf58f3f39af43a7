"""Part of the agents under new terms: each group that changes becomes a pilot group and the rest.

What belongs to agents can be staged so: skills, channels, tools, training, tenure. A rule of the whole
centre cannot: every contact meets one rule, whoever answers it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from ccsim.errors import CcsimError
from ccsim.scenario.headcount import Headcount
from ccsim.scenario.individuals import mean_wage, skills_of

if TYPE_CHECKING:
    from ccsim.scenario import Scenario
    from ccsim.scenario.agents import Group
    from ccsim.scenario.routing import Routing

HEADS: Final = ("on_seat", "scheduled", "employed", "rota", "part_time", "workforce")
_NO_RULES: Final = ("agents", "variants", "name", "source")


def stageable(before: Scenario, after: Scenario, shares: Sequence[float]) -> None:
    """CcsimError where shares are no shares, or the change does not belong to agents; all of it at once."""
    odd = [share for share in shares if not 0 < share <= 1]
    if odd:
        raise CcsimError(f"--share {odd[0]:.4g}: a share of the agents is above 0 % and at most 100 %")
    trouble = [*_rules(before, after), *_heads(before, after)]
    if trouble:
        raise CcsimError(
            "cannot be rolled out to part of the agents:\n  "
            + "\n  ".join(trouble)
            + "\nStage it rule by rule instead, a variant each: --to FIRST, then --from FIRST --to SECOND."
        )
    if not changed_groups(before, after):
        raise CcsimError("cannot be rolled out to part of the agents: no group of agents changes")
    for share in shares:
        if share < 1 and not sum(pilots(before, after, share).values()):
            told = "that is less than one agent of the groups that change"
            raise CcsimError(f"--share {100 * share:.4g}%: {told}")


def changed_groups(before: Scenario, after: Scenario) -> list[str]:
    """Groups whose terms differ."""
    return [name for name, group in before.agents.items() if after.agents.get(name) != group]


def pilots(before: Scenario, after: Scenario, share: float) -> dict[str, int]:
    """Agents in the pilot of each group that changes: at its peak, on its roster or in its table."""
    names = changed_groups(before, after)
    return {name: _part(before.agents[name], before.agents[name], share, True).strength for name in names}


def split(before: Scenario, after: Scenario, share: float) -> tuple[Scenario, Scenario]:
    """Both scenarios with the pilots as groups of their own; only in the second they have the new terms.

    So that what the splitting itself moves (whose turn it is among equals, other days absent) is the
    same on both sides, and the difference between them is that of the terms alone.
    """
    changed = changed_groups(before, after)
    named = {name: _pilot_name(name, before) for name in changed}
    sides = []
    for terms in (before, after):
        groups: dict[str, Group] = {}
        for name, group in before.agents.items():
            if name not in named:
                groups[name] = group
                continue
            new = after.agents[name]
            parts = (_part(group, new, share, False), _part(group, new, share, True, terms.agents[name]))
            groups |= {
                label: part for label, part in zip((name, named[name]), parts, strict=True) if part.strength
            }
        routing = _routing(before.routing, named, groups, share)
        sides.append(before.model_copy(update={"agents": groups, "routing": routing}))
    return sides[0], sides[1]


def _rules(before: Scenario, after: Scenario) -> Iterator[str]:
    """What differs and belongs to no agent."""
    for section in type(before).model_fields:
        old, new = getattr(before, section), getattr(after, section)
        if section in _NO_RULES or old == new:
            continue
        inner = type(old).model_fields if hasattr(type(old), "model_fields") else ()
        keys = [key for key in inner if getattr(old, key) != getattr(new, key)]
        named = ", ".join(f"`{section}.{key}`" for key in keys) or f"`{section}`"
        one = len(keys) <= 1
        yield (
            f"{named} {'is a rule' if one else 'are rules'} of the whole centre: a contact meets "
            + ("it" if one else "them")
            + ", whoever answers"
        )


def _heads(before: Scenario, after: Scenario) -> Iterator[str]:
    """Agents who come or go: that is staffing, not a rule for part of those who are there."""
    for name in {**before.agents, **after.agents}:
        old, new = before.agents.get(name), after.agents.get(name)
        if old is None or new is None:
            yield f"the group `{name}` is there only {'before' if new is None else 'after'}"
        elif any(getattr(old, key) != getattr(new, key) for key in HEADS) or _names(old) != _names(new):
            yield f"`agents.{name}` has other numbers of agents: that is staffing (ccsim compare)"
        elif old.site != new.site:
            yield f"`agents.{name}.site` moves the whole group"


def _names(group: Group) -> set[str]:
    return {person.name for person in group.people}


def _pilot_name(name: str, scenario: Scenario) -> str:
    found = f"{name}_pilot"
    while found in scenario.agents:
        found += "_"
    return found


def _part(old: Group, new: Group, share: float, pilot: bool, terms: Group | None = None) -> Group:
    """The pilot of a group, or the rest of it; with the terms of `terms` (default: the old)."""
    body = old if terms is None else terms
    if not old.people:
        heads = {key: _some(getattr(old, key), share, pilot) for key in ("on_seat", "scheduled", "employed")}
        return body.model_copy(update=heads)
    order = _changed_first(old, new)
    count = math.floor(share * len(order) + 0.5)
    chosen = set(order[:count] if pilot else order[count:])
    people = tuple(person for person in body.people if person.name in chosen)
    if not people:
        return body.model_copy(update={"people": ()})
    update = {"people": people, "skills": skills_of(people, {}), "wage": mean_wage(people, body.wage)}
    return body.model_copy(update=update)


def _changed_first(old: Group, new: Group) -> list[str]:
    """The people of a table: those whose rows change first, else in its order."""
    later = {person.name: person for person in new.people}
    return [p.name for p in sorted(old.people, key=lambda person: later[person.name] == person)]


def _some(heads: Any, share: float, pilot: bool) -> Any:
    """The pilot's part of a number of agents, or the rest of it."""
    if heads is None:
        return None
    if isinstance(heads, Headcount):
        days = (tuple((at, _count(n, share, pilot)) for at, n in day) for day in heads.steps)
        return Headcount(tuple(days))
    if isinstance(heads, dict):
        return dict(zip(heads, _counts(heads.values(), share, pilot), strict=True))
    if isinstance(heads, int):
        return _count(heads, share, pilot)
    return heads.model_copy(update={"people": _count(heads.people, share, pilot)})


def _count(agents: int, share: float, pilot: bool) -> int:
    part = math.floor(share * agents + 0.5)
    return part if pilot else agents - part


def _counts(agents: Iterable[int], share: float, pilot: bool) -> Iterator[int]:
    """Of each shift, so that all together are the share."""
    total = taken = 0
    for number in agents:
        total += number
        part = math.floor(share * total + 0.5) - taken
        taken += part
        yield part if pilot else number - part


def _routing(routing: Routing, named: dict[str, str], groups: dict[str, Group], share: float) -> Routing:
    """Routing that names a group means its pilot too; reserves are split as the group is."""
    ladder = tuple(
        step.model_copy(update={"to": tuple(_both(step.to, named, groups))}) for step in routing.overflow
    )
    reserved = {}
    for name, rule in routing.reserved.items():
        for label, pilot in ((name, False), (named.get(name, name), True)):
            if label in groups and (name in named or not pilot):
                keep = _count(rule.keep, share, pilot) if name in named else rule.keep
                reserved[label] = rule.model_copy(update={"keep": keep})
    kept = {name: rule for name, rule in reserved.items() if rule.keep}
    return routing.model_copy(update={"overflow": ladder, "reserved": kept})


def _both(names: Iterable[str], named: dict[str, str], groups: dict[str, Group]) -> Iterator[str]:
    for name in names:
        yield from (label for label in dict.fromkeys((name, named.get(name, name))) if label in groups)
