"""Posts: who works which shifts in which week, without a thought of who is absent.

A post is a place in a group that one person fills at a time. Groups by shift count places, which are
given to as few people as can work them; groups by rota or contract, and tables, count people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import floor

from ccsim.demand.grid import DAY
from ccsim.scenario import Scenario
from ccsim.scenario.agents import Group
from ccsim.scenario.places import contract_share, part_time_share
from ccsim.scenario.rota import Weeks
from ccsim.scenario.shifts import Shift

GOLDEN_PART = 0.6180339887498949  # spreads the days off of part-timers over the week


@dataclass(frozen=True)
class Duty:
    """A shift to be worked: `number` among those on it (it decides the wave of breaks), `rank` of the
    shift in the group's list."""

    shift: Shift
    number: int
    rank: int = 0

    @cached_property
    def breaks(self) -> tuple[tuple[float, float], ...]:
        """When each break begins after midnight, and how long it lasts, s."""
        shift = self.shift
        return tuple(
            (float(shift.break_at(self.number, begin, length)), float(length))
            for begin, length in shift.breaks
        )


@dataclass(frozen=True)
class Post:
    """A place number `own` in its group: duties week by week of its rota, from week `phase` of it on,
    worked on a `share` of its days."""

    own: int
    weeks: tuple[tuple[Duty, ...], ...]
    phase: int = 0
    share: float = 1.0

    def on(self, week: int, weekday: int) -> Iterator[Duty]:
        """Duties on one day; weeks are counted from the Monday of the scenario's first."""
        turn = (week + self.phase) % len(self.weeks)
        for duty in self.weeks[turn]:
            if weekday in duty.shift.days and self._works(week, turn, duty, weekday):
                yield duty

    def _works(self, week: int, turn: int, duty: Duty, weekday: int) -> bool:
        """Whether this is none of the days off of a part-timer: they are spread evenly."""
        if self.share >= 1.0:
            return True
        rounds = (week + self.phase) // len(self.weeks)
        day = rounds * self._days + self._order[turn, weekday, duty.rank]
        offset = self.own * GOLDEN_PART % 1.0
        return floor((day + 1) * self.share + offset) > floor(day * self.share + offset)

    @cached_property
    def ranks(self) -> int:
        """One more than the highest rank of its duties."""
        return max((duty.rank + 1 for week in self.weeks for duty in week), default=0)

    @cached_property
    def _order(self) -> dict[tuple[int, int, int], int]:
        """Running number of each working day of the rota: by week, weekday and shift."""
        days = [
            (turn, weekday, duty.rank)
            for turn, week in enumerate(self.weeks)
            for weekday in range(7)
            for duty in week
            if weekday in duty.shift.days
        ]
        return {day: number for number, day in enumerate(days)}

    @cached_property
    def _days(self) -> int:
        return len(self._order)


def posts_of(scenario: Scenario, group: Group, more: int = 0) -> list[Post]:
    """The posts of a rostered group, and `more` for people hired later, who follow the same pattern."""
    if isinstance(group.scheduled, dict):
        posts = _by_shift(scenario, group.scheduled)
    elif group.people:
        posts = _by_person(scenario, [person.rota for person in group.people])
    else:
        return _by_rota(scenario, group, (group.heads or 0) + more)
    return posts + [_after(posts, len(posts) + k) for k in range(more if posts else 0)]


def _after(posts: list[Post], own: int) -> Post:
    """A later post with the duties of an earlier one."""
    like = posts[own % len(posts)]
    weeks = tuple(tuple(Duty(duty.shift, own, duty.rank) for duty in week) for week in like.weeks)
    return Post(own, weeks, like.phase, like.share)


def _by_shift(scenario: Scenario, scheduled: dict[str, int]) -> list[Post]:
    """Places by shift: a place goes to whoever is free on all its days, else to another person."""
    taken: list[set[int]] = []  # weekdays on which each person has a shift already
    duties: list[list[Duty]] = []
    for rank, (name, people) in enumerate(scheduled.items()):
        shift = scenario.shifts[name]
        needed = _days_taken(shift)
        free = [k for k, days in enumerate(taken) if not days & needed]
        for place in range(people):
            k = free[place] if place < len(free) else len(taken)
            if k == len(taken):
                taken.append(set())
                duties.append([])
            taken[k] |= needed
            duties[k].append(Duty(shift, place, rank))
    return [Post(own, (tuple(mine),)) for own, mine in enumerate(duties)]


def _days_taken(shift: Shift) -> set[int]:
    """Weekdays on which an agent of this shift can have no other: after a night also the next one."""
    after_midnight = {(day + 1) % 7 for day in shift.days} if shift.end > DAY else set()
    return set(shift.days) | after_midnight


def _by_rota(scenario: Scenario, group: Group, people: int) -> list[Post]:
    """People on one rota, each a week further in it than the one before."""
    full, part = contract_share(scenario, group), part_time_share(scenario, group)
    few = group.part_time.share if group.part_time is not None else 0.0
    count = len(group.rota)
    posts = []
    for own in range(people):
        weeks = tuple(
            tuple(Duty(scenario.shifts[name], own // count, rank) for rank, name in enumerate(week))
            for week in group.rota
        )
        less = floor((own + 1) * few + 1e-9) > floor(own * few + 1e-9)
        posts.append(Post(own, weeks, own % count, part if less else full))
    return posts


def _by_person(scenario: Scenario, rotas: list[Weeks]) -> list[Post]:
    """Rotas of individuals: their places on a shift are in the order of the table."""
    placed: dict[str, int] = {}
    posts = []
    for own, rota in enumerate(rotas):
        numbers = {name: placed.get(name, 0) for week in rota for name in week}
        placed.update({name: number + 1 for name, number in numbers.items()})
        weeks = tuple(
            tuple(Duty(scenario.shifts[name], numbers[name], rank) for rank, name in enumerate(week))
            for week in rota
        )
        posts.append(Post(own, weeks))
    return posts
