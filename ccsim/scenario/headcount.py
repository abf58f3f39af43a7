"""How many: agents on seat by weekday and time (a number, steps, a table), or places by shift."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationInfo

from ccsim.scenario.context import context_of
from ccsim.scenario.csv_tables import open_sheet
from ccsim.scenario.days import looks_like_days, parse_days, read_steps, read_weekdays
from ccsim.scenario.readers import is_none, read_count
from ccsim.scenario.trouble import Trouble, as_table, refuse
from ccsim.units import parse_time

Steps = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Headcount:
    """Agents on seat by weekday and time: seven days of (seconds of the day, agents) steps."""

    steps: tuple[Steps, ...]

    def at(self, weekday: int, second: float) -> int:
        """Agents on seat; before a day's first step there are none."""
        agents = 0
        for time, number in self.steps[weekday]:
            if time > second:
                break
            agents = number
        return agents

    @property
    def constant(self) -> int | None:
        """The number if it is the same at all times, else None."""
        levels = {number for day in self.steps for _, number in day}
        same = len(levels) == 1 and all(day and day[0][0] == 0 for day in self.steps)
        return next(iter(levels)) if same else None

    @property
    def peak(self) -> int:
        """The most agents at any time."""
        return max((number for day in self.steps for _, number in day), default=0)


def steady(agents: int) -> Headcount:
    """The same number at all times."""
    return Headcount((((0, agents),),) * 7)


def read_on_seat(value: Any, info: ValidationInfo) -> Any:
    if value is None or is_none(value):
        return None
    if isinstance(value, Headcount):
        return value
    if not isinstance(value, dict):
        return steady(read_count(value))
    if "from" in value:
        return _on_seat_table(value, info)
    if value and not any(looks_like_days(key) for key in value):
        return Headcount((read_steps(value, read_count),) * 7)
    trouble = Trouble()
    found = read_weekdays(as_table(value, "{mon-fri: {08:00: 4, 10:00: 6}}"), _day, trouble)
    trouble.settle()
    return Headcount(tuple(found.get(day, ()) for day in range(7)))


def read_scheduled(value: Any) -> Any:
    """Places by shift (``{early: 12, late: 8}``), or the number of people on a rota."""
    if value is None or is_none(value):
        return None
    if isinstance(value, str | int):
        return read_count(value)
    trouble, numbers = Trouble(), {}
    for shift, item in as_table(value, "{early: 12, late: 8}").items():
        numbers[shift] = trouble.take(read_count, item, shift)
    trouble.settle()
    return numbers


def _day(value: Any) -> Steps:
    if isinstance(value, dict):
        return read_steps(value, read_count)
    return ((0, int(read_count(value))),)


def _on_seat_table(value: dict[str, Any], info: ValidationInfo) -> Headcount:
    """Columns weekday, time, agents; a number holds until the day's next row."""
    if set(value) != {"from"} or not isinstance(value["from"], str):
        raise refuse("a table of agents is needed here", "write `{from: data/staff.csv}`")
    sheet = open_sheet(context_of(info), value["from"], ("weekday", "time", "agents"))
    days: list[dict[int, int]] = [{} for _ in range(7)]
    for row in sheet.rows:
        weekdays = sheet.cell(row, "weekday", parse_days)
        time = sheet.cell(row, "time", parse_time)
        agents = sheet.cell(row, "agents", read_count)
        for day in weekdays or ():
            if time in days[day]:
                sheet.fault(row, "time", "this time stands in the table already")
            days[day][time or 0] = int(agents or 0)
    sheet.trouble.settle()
    return Headcount(tuple(tuple(sorted(day.items())) for day in days))
