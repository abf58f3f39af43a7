"""A rostered group over the run: who fills its posts, and the plan of their shifts day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from ccsim.centre.absences import Away, Draws, away_in, is_absent
from ccsim.centre.posts import Duty, Post
from ccsim.centre.tables import (
    LEAVE,
    PAUSE_AWAY,
    PAUSE_BREAK,
    SERVE_OUT,
    SHIFT_END,
    SHIFT_START,
)
from ccsim.centre.working_days import Day, WorkingDays
from ccsim.demand.grid import DAY
from ccsim.scenario.agents import Group
from ccsim.scenario.learning import Learning
from ccsim.scenario.shifts import Shift
from ccsim.scenario.workforce import Workforce

Line = tuple[float, int, int, float]  # time (s), kind, crew or agent, value


@dataclass
class Employee:
    """Who fills a post from `hired` until `left` (s), and takes contacts from `ready` on.

    agent: row of the post. key: of the person's draws. since: when time in the job began, s;
    -inf where it is long ago. strain: see `scenario.strain`.
    """

    post: Post
    agent: int
    key: int
    since: float = -inf
    hired: float = -inf
    ready: float = -inf
    left: float = inf
    strain: float = 0.0

    def here(self, time: float) -> bool:
        """Whether the person is employed at a time."""
        return self.hired <= time < self.left


@dataclass
class Plan:
    """What a roster says: lines of the plan; days absent and days in training (agent, start s, end s)."""

    lines: list[Line] = field(default_factory=list)
    absent: list[tuple[int, float, float]] = field(default_factory=list)
    away: list[tuple[int, float, float]] = field(default_factory=list)


@dataclass(eq=False)
class Team:
    """The people of one group: all who are there in the run, in the order in which they come."""

    name: str
    group: Group
    days: WorkingDays
    draws: Draws
    workforce: Workforce
    learning: Learning | None
    people: list[Employee] = field(default_factory=list)
    known: dict[object, Away] = field(default_factory=dict, repr=False)

    @property
    def moves(self) -> bool:
        """Whether anybody comes, goes or is strained, so that the plan is made week by week."""
        return self.workforce.moves

    @property
    def changes(self) -> bool:
        """Whether anything about its agents changes in the course of the run."""
        return self.moves or self.learning is not None

    def plan(self, begin: float, end: float, into: Plan) -> None:
        """Add the shifts that start in [begin, end): shift by shift, post by post, day by day."""
        days = [day for day in self.days.open_days if begin <= day.number * DAY < end]
        here = sorted((each for each in self.people if each.hired < end and each.left > begin),
                      key=lambda each: each.post.own)  # fmt: skip
        for rank in range(max((each.post.ranks for each in here), default=0)):
            for person in here:
                for day in days:
                    for duty in person.post.on(day.week, day.weekday):
                        if duty.rank == rank:
                            self._shift(person, duty, day, into)

    def _shift(self, person: Employee, duty: Duty, day: Day, into: Plan) -> None:
        """One shift of one person, if there that day."""
        midnight = float(day.number * DAY)
        start, end = midnight + duty.shift.start, midnight + duty.shift.end
        if not person.here(start):
            return
        agent = person.agent
        if is_absent(self.group, self.draws, person.key, day.number, day.week, self._illness(person)):
            into.absent.append((agent, start, end))
        elif start < person.ready:
            into.away.append((agent, start, end))
        else:
            into.lines.append((start, SHIFT_START, agent, end))
            for at, length in duty.breaks:
                into.lines.append((midnight + at, PAUSE_BREAK, agent, length))
            away = self._away(duty.shift, self._trained(person.post, start))
            for at, spell in away.spells(self.draws, person.key, day.number, start):
                into.lines.append((at, PAUSE_AWAY, agent, spell))
            how = LEAVE if self.days.is_open(end) else SERVE_OUT
            into.lines.append((end, SHIFT_END, agent, float(how)))

    def _away(self, shift: Shift, trained: float) -> Away:
        """Time off the phones in a shift: the same for all who have as much training in it."""
        key = (shift.start, shift.end, shift.breaks, trained)
        if key not in self.known:
            self.known[key] = away_in(self.group, shift, trained)
        return self.known[key]

    def _illness(self, person: Employee) -> float:
        strain = self.workforce.strain
        return 1.0 if strain is None else float(strain.absence**person.strain)

    def _trained(self, post: Post, start: float) -> float:
        """Seconds of a shift that go into the group's training programme."""
        programme = self.group.training
        if programme is None or not 0.0 <= start < programme.over:
            return 0.0
        days = self._training_days.get(post.own, 0)
        return float(round(programme.hours / days)) if days else 0.0

    @cached_property
    def _training_days(self) -> dict[int, int]:
        """Days of work in the time over which the programme is spread, by post."""
        over = 0.0 if self.group.training is None else self.group.training.over
        days = [day for day in self.days.open_days if 0 <= day.number * DAY < over]
        posts = {each.post.own: each.post for each in self.people}
        return {own: sum(len(list(post.on(day.week, day.weekday))) for day in days)
                for own, post in posts.items()}  # fmt: skip


def active(people: Iterable[Employee], time: float) -> list[Employee]:
    """Those employed at a time, in the order they were hired."""
    return [each for each in people if each.here(time)]
