"""How many people a roster puts on each shift: in an average week, before absence and leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.scenario.rota import Weeks

if TYPE_CHECKING:
    from ccsim.scenario.agents import Group
    from ccsim.scenario.scenario import Scenario


def places(scenario: Scenario, group: Group) -> dict[str, float]:
    """People by shift on a day of that shift; none for a group on seat."""
    if isinstance(group.scheduled, dict):
        return {name: float(number) for name, number in group.scheduled.items()}
    found: dict[str, float] = {}
    for rota, people in rotas(scenario, group):
        for week in rota:
            for name in week:
                found[name] = found.get(name, 0.0) + people / len(rota)
    return found


def rotas(scenario: Scenario, group: Group) -> list[tuple[Weeks, float]]:
    """Rotas and how many full-time people work each."""
    if group.people:
        return [(person.rota, 1.0) for person in group.people if person.rota]
    if group.heads is None:
        return []
    full = contract_share(scenario, group)
    part = 0.0 if group.part_time is None else group.part_time.share
    less = full if group.part_time is None else part_time_share(scenario, group)
    return [(group.rota, group.heads * ((1.0 - part) * full + part * less))]


def rota_hours(scenario: Scenario, rota: Weeks) -> float:
    """Seconds a week that a rota asks of one person, on average over its weeks."""
    shifts = [scenario.shifts[name] for week in rota for name in week if name in scenario.shifts]
    return sum((shift.end - shift.start) * len(shift.days) for shift in shifts) / max(1, len(rota))


def contract_share(scenario: Scenario, group: Group) -> float:
    """Share of the days of the rota that a full-time contract works."""
    hours = group.employed.hours if group.employed is not None else None
    return 1.0 if hours is None else _share(hours, rota_hours(scenario, group.rota))


def part_time_share(scenario: Scenario, group: Group) -> float:
    """Share of the days of the rota that the part-timers work."""
    full = contract_share(scenario, group)
    if group.part_time is None:
        return full
    if group.part_time.hours <= 1.0:
        return full * group.part_time.hours
    return min(full, _share(group.part_time.hours, rota_hours(scenario, group.rota)))


def _share(hours: float, of: float) -> float:
    """Hours up to 1 are a share already, others s a week."""
    return hours if hours <= 1.0 else min(1.0, hours / of) if of else 1.0
