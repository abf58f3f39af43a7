"""Agents one by one: ``agents.from: skills.csv``, one row an agent and skill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ccsim.scenario.context import Context, context_of
from ccsim.scenario.csv_tables import Row, Sheet, open_sheet
from ccsim.scenario.handles import read_handles
from ccsim.scenario.nodes import Entry, Mark, Node, Scalar, Table, find
from ccsim.scenario.periods import read_money_hour
from ccsim.scenario.readers import read_duration, read_whole, scalar
from ccsim.scenario.rota import Weeks, read_week
from ccsim.scenario.skills import Proficiency, read_proficiency
from ccsim.scenario.trouble import as_table, refuse
from ccsim.units import UnitError, parse_share

FROM = "from"
NEEDED = ("agent", "group", "skill")
ALLOWED = ("proficiency", "speed", "fcr", "rank", "channels", "shift", "wage", "tenure", "site")
_HOW_MANY = ("on_seat", "scheduled", "employed")
_share = scalar(parse_share, "90%", above=0, high=10)


@dataclass(frozen=True)
class Person:
    """One agent of a table.

    ``skills``: (skill, proficiency) in the order written; ``handles``: (channel, how many at
    once), empty where the group's hold; ``rota``: weeks of shifts, empty for who is there
    whenever the doors are open; ``wage`` an hour, ``tenure`` s at the beginning: None where the
    group's hold.
    """

    name: str
    group: str
    skills: tuple[tuple[str, Proficiency], ...]
    handles: tuple[tuple[str, int], ...] = ()
    rota: Weeks = ()
    wage: float | None = None
    tenure: float | None = None
    site: str | None = None
    mark: Mark | None = field(default=None, compare=False, repr=False)  # its first row


@dataclass
class _Draft:
    """A person while the rows are read: what is said once, with the line that said it."""

    row: Row
    skills: dict[str, Proficiency] = field(default_factory=dict)
    said: dict[str, tuple[str, int]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def read_groups(value: Any, info: Any) -> Any:
    """The section ``agents`` with the people of its table given to their groups."""
    if not isinstance(value, dict) or FROM not in value:
        return value
    name = value[FROM]
    if not isinstance(name, str) or not name:
        raise refuse("the name of a table is needed here", "write `from: skills.csv`", FROM)
    groups: dict[str, Any] = {key: item for key, item in value.items() if key != FROM}
    for group, people in people_of(name, context_of(info)).items():
        item = as_table(groups.get(group, {}), "{wage: 15.00/h}")
        stated = [key for key in _HOW_MANY if key in item]
        if stated:
            raise refuse(
                f"the table `{name[:40]}` says who is in this group",
                f"leave `{stated[0]}` out, or the group out of the table",
                group,
                stated[0],
            )
        skills = item.get("skills") or [skill for skill, _ in people[0].skills]
        groups[group] = {**item, "skills": skills, "people": people}
    for group, item in groups.items():
        if isinstance(item, dict) and not {"people", *_HOW_MANY} & set(item):
            raise refuse(
                "has nobody in the table and does not say how many agents",
                "write `on_seat: 12`, or name the group in the table",
                group,
                key=True,
            )
    return groups


def people_of(name: str, context: Context) -> dict[str, tuple[Person, ...]]:
    """The people of a table by group, in the order written. Raises its faults, at most ten."""
    known = f"people of {name}"
    if known not in context.files:
        context.files[known] = _people(open_sheet(context, name, NEEDED, ALLOWED))
    people: dict[str, tuple[Person, ...]] = context.files[known]
    return people


def with_listed_groups(tree: Node, context: Context) -> Node:
    """The tree with the groups and skills of the table in it, so that names lead somewhere.

    A table at fault leaves the tree as it is: validation says what is wrong with it.
    """
    agents, name = find(tree, ("agents",)), find(tree, ("agents", FROM))
    if not isinstance(tree, Table) or not isinstance(agents, Table) or not isinstance(name, Scalar):
        return tree
    try:
        rows = open_sheet(context, name.text, NEEDED, ALLOWED).rows
    except ValueError:
        return tree
    entries = dict(agents.entries)
    for group, skills in _names(rows).items():
        mark = next(iter(skills.values()))
        entry = entries.get(group) or Entry(mark, Table({}, mark))
        if isinstance(entry.node, Table) and "skills" not in entry.node.entries:
            listed = Table({skill: Entry(at, Scalar("100%", at)) for skill, at in skills.items()}, mark)
            node = Table({**entry.node.entries, "skills": Entry(mark, listed)}, entry.node.mark)
            entries[group] = Entry(entry.mark, node)
    section = Entry(tree.entries["agents"].mark, Table(entries, agents.mark))
    return Table({**tree.entries, "agents": section}, tree.mark)


def _names(rows: list[Row]) -> dict[str, dict[str, Mark]]:
    """Skills of each group, each where the table first names it."""
    names: dict[str, dict[str, Mark]] = {}
    for row in rows:
        group, skill = row.get("group"), row.get("skill")
        if group and skill:
            mark = Mark(row.mark.file, row.mark.line, row.places.get("skill", 1))
            names.setdefault(group, {}).setdefault(skill, mark)
    return names


def _people(sheet: Sheet) -> dict[str, tuple[Person, ...]]:
    drafts: dict[str, _Draft] = {}
    for row in sheet.rows:
        name = row.get("agent")
        if not name:
            sheet.fault(row, "agent", "has no value", "write the agent's name or number")
            continue
        draft = drafts.setdefault(name, _Draft(row))
        _add_skill(sheet, row, name, draft)
        for column in ("group", "channels", "shift", "wage", "tenure", "site"):
            _add_once(sheet, row, column, draft)
        if not row.get("group"):
            sheet.fault(row, "group", "has no value", "write the group's name")
    sheet.trouble.settle()
    groups: dict[str, list[Person]] = {}
    for name, draft in drafts.items():
        person = Person(name, skills=tuple(draft.skills.items()), mark=draft.row.mark, **draft.values)
        groups.setdefault(person.group, []).append(person)
    _same_in_group(sheet, groups, drafts)
    return {group: tuple(people) for group, people in groups.items()}


def _add_skill(sheet: Sheet, row: Row, name: str, draft: _Draft) -> None:
    skill = row.get("skill")
    if not skill:
        sheet.fault(row, "skill", "has no value", "write the skill's name, as intents do")
        return
    if skill in draft.skills:
        sheet.fault(row, "skill", f"`{name[:40]}` has the skill `{skill[:40]}` already")
    figures = {}
    if row.get("proficiency"):
        both = sheet.cell(row, "proficiency", read_proficiency)
        figures = {"speed": both.speed, "fcr": both.fcr} if both else {}
    for column, parse in _FIGURES.items():
        if row.get(column):
            value = sheet.cell(row, column, parse)
            figures |= {} if value is None else {column: value}
    draft.skills[skill] = Proficiency.model_construct(**{"speed": 1.0, "fcr": 1.0, "rank": 1, **figures})


def _add_once(sheet: Sheet, row: Row, column: str, draft: _Draft) -> None:
    """A value of the agent, not of the skill: said on one of its rows, or the same on several."""
    text = row.get(column)
    if not text:
        return
    said, line = draft.said.setdefault(column, (text, row.mark.line))
    if said != text:
        sheet.fault(
            row,
            column,
            f"line {line} says `{said[:40]}` of the same agent",
            "say it once, or the same on every row",
        )
    elif line == row.mark.line:
        value = sheet.cell(row, column, _READ[column])
        if value is not None:
            draft.values[_FIELDS.get(column, column)] = value


def _read_channels(text: str) -> tuple[tuple[str, int], ...]:
    """``voice+chat:3`` as (channel, how many at once)."""
    found: dict[str, str] = {}
    for part in text.replace("|", "+").split("+"):
        channel, _, number = (piece.strip() for piece in part.partition(":"))
        if not channel or channel in found:
            raise UnitError(f"`{text[:40]}` is no list of channels", "write `voice+chat:3`")
        found[channel] = number or "1"
    return tuple(read_handles(found).items())


def _read_shift(text: str) -> Weeks:
    """``early``, ``early+saturday``, or week by week ``early|late``."""
    weeks = tuple(read_week(part) for part in text.split("|"))
    if not any(weeks):
        raise UnitError("nobody works on this rota", "write `early`, or `early|late` by week")
    return weeks


_FIELDS = {"shift": "rota", "channels": "handles"}
_FIGURES: dict[str, Callable[[str], Any]] = {"speed": _share, "fcr": _share, "rank": read_whole}
_READ: dict[str, Callable[[str], Any]] = {
    "group": str,
    "site": str,
    "wage": read_money_hour,
    "tenure": read_duration,
    "channels": _read_channels,
    "shift": _read_shift,
}


def _same_in_group(sheet: Sheet, groups: dict[str, list[Person]], drafts: dict[str, _Draft]) -> None:
    """All of a group have shifts or none has; all work at one site."""
    for people in groups.values():
        first = people[0]
        for person in people[1:]:
            row = drafts[person.name].row
            if bool(person.rota) != bool(first.rota):
                sheet.fault(
                    row,
                    "shift",
                    f"`{first.name[:40]}` of the same group has {'a shift' if first.rota else 'no shift'}",
                    "give all of the group a shift, or none",
                )
                break
            if person.site != first.site:
                sheet.fault(
                    row,
                    "site",
                    f"`{first.name[:40]}` of the same group works at {first.site or 'none'}",
                    "make a group of each site",
                )
                break
    sheet.trouble.settle()


def mean_wage(people: tuple[Person, ...], usual: float | None) -> float | None:
    """What an hour of the group costs on average; ``usual`` for those without a wage of their own."""
    wages = [usual if person.wage is None else person.wage for person in people]
    known = [wage for wage in wages if wage is not None]
    return sum(known) / len(known) if len(known) == len(wages) else usual


def usual_of(people: tuple[Person, ...]) -> dict[str, Any]:
    """What the people of a table have in common: channels and site."""
    found: dict[str, Any] = {}
    handled: dict[str, int] = {}
    for person in people:
        for channel, number in person.handles:
            handled[channel] = max(number, handled.get(channel, 0))
    if handled:
        found["handles"] = handled
    if people[0].site is not None:
        found["site"] = people[0].site
    return found


def skills_of(people: tuple[Person, ...], written: dict[str, Proficiency]) -> dict[str, Proficiency]:
    """Every skill of the people, with the mean of their proficiencies and the best rank.

    `written` are the skills that the scenario names for the group: none that the table lacks.
    """
    by_skill: dict[str, list[Proficiency]] = {}
    for person in people:
        for skill, mastery in person.skills:
            by_skill.setdefault(skill, []).append(mastery)
    strangers = [skill for skill in written if skill not in by_skill]
    if strangers:
        raise refuse(
            "nobody of the group has this skill in the table",
            "the table says the skills",
            "skills",
            strangers[0],
        )
    return {
        skill: Proficiency(
            speed=sum(m.speed for m in masteries) / len(masteries),
            fcr=sum(m.fcr for m in masteries) / len(masteries),
            rank=min(m.rank for m in masteries),
        )
        for skill, masteries in by_skill.items()
    }
