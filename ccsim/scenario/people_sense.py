"""Checks of the people that need the whole valid scenario: shifts, sites, hiring, training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from ccsim.errors import Fault
from ccsim.scenario.agents import Group
from ccsim.scenario.days import DAYS, FULL_DAY
from ccsim.scenario.faults import fault_at
from ccsim.scenario.individuals import Person
from ccsim.scenario.nodes import Mark, Node, Path
from ccsim.scenario.places import rota_hours
from ccsim.scenario.rota import Weeks
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.trouble import nearest
from ccsim.scenario.workforce import HiringClass
from ccsim.units import HOUR, WEEK, format_duration, plain, quote

MOST_OF_A_TABLE = 10  # faults told of one table


def people_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Faults of groups, tables of people and hiring in a scenario whose names all lead somewhere."""
    for check in (_overlaps, _hours, _sites, _workforce, _training):
        yield from check(scenario, tree)


def table_names(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Shifts and channels that a table of people names and the scenario does not."""
    everyone = (person for group in scenario.agents.values() for person in group.people)
    faults = (fault for person in everyone for fault in _person(scenario, tree, person))
    yield from islice(faults, MOST_OF_A_TABLE)


def _person(scenario: Scenario, tree: Node, person: Person) -> Iterator[Fault]:
    for shift in dict.fromkeys(shift for week in person.rota for shift in week):
        if shift not in scenario.shifts:
            yield _in_table(
                tree,
                person,
                f"column shift: there is no shift {quote(shift)}",
                nearest(shift, scenario.shifts) or _listed("shifts", scenario.shifts),
            )
    for channel, _ in person.handles:
        if channel not in scenario.channels:
            yield _in_table(
                tree,
                person,
                f"column channels: {quote(channel)} is not a channel",
                nearest(channel, scenario.channels) or _listed("channels", scenario.channels),
            )


def _listed(what: str, names: Iterable[str]) -> str:
    return f"{what}: {', '.join(list(names)[:12]) or 'none'}"


def _in_table(tree: Node, person: Person, message: str, hint: str | None) -> Fault:
    """A fault at the first row of a person."""
    fault = fault_at(tree, ("agents", "from"), message, hint)
    mark = person.mark or Mark(fault.file, fault.line, fault.column)
    return Fault(mark.file, mark.line, mark.column, fault.key, message, hint)


def _overlaps(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Nobody works two shifts at once."""
    for name, group in scenario.agents.items():
        clash = _clash(scenario, group.rota)
        if clash:
            yield fault_at(tree, ("agents", name, "rota"), clash, "give each week shifts on other days")
        tables = {person.rota: person for person in group.people}
        for rota, person in tables.items():
            clash = _clash(scenario, rota)
            if clash:
                yield _in_table(tree, person, f"column shift: {clash}", "give each week shifts on other days")


def _clash(scenario: Scenario, rota: Weeks) -> str | None:
    """Two shifts of a rota that are at the same time, in words; over the end of the week too."""
    spans = sorted(
        (week * WEEK + day * FULL_DAY + shift.start, week * WEEK + day * FULL_DAY + shift.end, name, day)
        for week, names in enumerate((*rota, rota[0]) if rota else ())
        for name in names
        for shift in (scenario.shifts[name],)
        for day in shift.days
    )
    for (_, end, first, _), (start, _, second, day) in pairwise(spans):
        if start < end:
            return f"`{first}` and `{second}` overlap on {DAYS[day]}"
    return None


def _hours(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """A contract cannot ask for more than the rota has."""
    for name, group in scenario.agents.items():
        if not group.rota:
            continue
        there = rota_hours(scenario, group.rota)
        stated = [
            (("employed", "hours"), group.employed.hours if group.employed else None),
            (("part_time", "hours"), group.part_time.hours if group.part_time else None),
        ]
        for path, hours in stated:
            if hours is not None and hours > 1.0 and hours > there + 1.0:
                yield fault_at(
                    tree,
                    ("agents", name, *path),
                    f"is more than the rota has: {plain(round(there / HOUR, 1))}h a week",
                    f"write `{plain(round(there / HOUR, 1))}h`, or a rota of longer weeks",
                )


def _sites(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Where sites are named, every group is at one of them."""
    for name, group in scenario.agents.items():
        if scenario.sites and group.site not in scenario.sites:
            yield fault_at(
                tree,
                ("agents", name),
                "is at none of the sites",
                f"write `site: {next(iter(scenario.sites))}`",
                at_key=True,
            )


def _workforce(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    able = [name for name, group in scenario.agents.items() if group.rostered]
    if scenario.workforce is not None:
        if not able and scenario.workforce.moves:
            yield fault_at(
                tree,
                ("workforce",),
                "touches nobody: all groups are on seat",
                "write `scheduled` or `employed` for a group",
                at_key=True,
            )
        yield from _classes(scenario, tree, ("workforce",), scenario.workforce.hiring, able)
    for name, group in scenario.agents.items():
        if group.workforce is None:
            continue
        path = ("agents", name, "workforce")
        if name not in able:
            yield fault_at(
                tree,
                path,
                "is for people on a roster, this group is on seat",
                "write `scheduled` or `employed`",
                at_key=True,
            )
        yield from _classes(scenario, tree, path, group.workforce.hiring, [name])


def _classes(
    scenario: Scenario, tree: Node, path: Path, classes: tuple[HiringClass, ...], able: list[str]
) -> Iterator[Fault]:
    for number, each in enumerate(classes):
        where = (*path, "hiring", str(number))
        if each.group is None and len(able) > 1:
            yield fault_at(
                tree,
                where,
                "does not say for which group",
                f"write `group: {able[0]}` (groups: {', '.join(able[:12])})",
            )
        elif each.group is not None and each.group not in able:
            yield fault_at(tree, (*where, "group"), _no_hires(path), _listed("groups", able))


def _no_hires(path: Path) -> str:
    return (
        "nobody is hired for a group on seat"
        if len(path) == 1
        else "hires for another group belong there, or under `workforce:`"
    )


def _training(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """A programme must leave half of the working time."""
    for name, group in scenario.agents.items():
        programme = group.training
        if programme is None or not programme.hours or not group.rostered:
            continue
        hours = max(rota_hours(scenario, rota) for rota in _rotas(group))
        most = 0.5 * hours * programme.over / WEEK
        if programme.hours > most:
            yield fault_at(
                tree,
                ("agents", name, "training", "hours"),
                f"takes more than half of the working time of {format_duration(programme.over)}",
                f"write at most `{int(most // HOUR)}h`, or a longer `over`",
            )


def _rotas(group: Group) -> list[Weeks]:
    if group.people:
        return [person.rota for person in group.people]
    if isinstance(group.scheduled, dict):
        return [((name,),) for name in group.scheduled]
    return [group.rota]
