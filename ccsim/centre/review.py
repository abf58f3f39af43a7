"""The weekly review: at the boundary of each week people leave, come, learn and tire, and the next
week's shifts are planned. Plain Python, the same for both clocks."""

from __future__ import annotations

from typing import Any

from ccsim.centre.learning import Form
from ccsim.centre.team import Line, Plan, Team
from ccsim.centre.turnover import Turnover
from ccsim.demand.grid import WEEK
from ccsim.scenario import Scenario


def boundaries(scenario: Scenario) -> tuple[float, ...]:
    """Ends of weeks within the run, s; weeks are counted from the scenario's start."""
    first, last = int(scenario.begin // WEEK) + 1, int(-(-scenario.end // WEEK))
    return tuple(float(week * WEEK) for week in range(first, last))


class Review:
    """Called at each pause with the clock's tables and the time; returns the lines of the plan up to
    the next pause.

    It reads `idle_time` and `seat_time` of `rows.agents` and sets `pace`, `quality` and `strain`.
    later: lines planned already that lie beyond the next pause.
    """

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        teams: list[Team],
        forms: list[Form],
        turnovers: list[Turnover],
        later: list[Line],
    ) -> None:
        self.end = scenario.end
        self.plan = plan
        self.teams = list(zip(teams, forms, strict=True))
        self.turnovers = turnovers
        self.later = later
        self.seen: dict[int, tuple[float, float]] = {}  # seat and idle time of each agent so far
        self.strained: list[tuple[int, float, float, float]] = []  # rows of `people.STRAINS`

    def __call__(self, rows: Any, now: float) -> list[Line]:
        """Hold the review at `now` (s): new lines of the plan, in order of time."""
        until = min(now + WEEK, self.end)
        for team, _ in self.teams:
            if team.workforce.strain is not None:
                self._tire(rows, team, now)
        fresh = Plan()
        for turnover in self.turnovers:
            if turnover.team.moves:
                turnover.leave(now)
                turnover.come(until)
                turnover.team.plan(now, until, fresh)
        self.plan.absent += fresh.absent
        self.plan.away += fresh.away
        for team, form in self.teams:
            if team.changes:
                _set_form(rows, team, form, now, until)
                self.strained += _strained(team, now, until)
        return self._due(fresh.lines, until)

    def _tire(self, rows: Any, team: Team, now: float) -> None:
        """The week's occupancy of each agent becomes strain, or rest."""
        strain = team.workforce.strain
        assert strain is not None
        for person in team.people:
            if person.left >= now and person.hired < now:
                agent = rows.agents[person.agent]
                seat, idle = float(agent.seat_time), float(agent.idle_time)
                before = self.seen.get(person.agent, (0.0, 0.0))
                self.seen[person.agent] = seat, idle
                seated = seat - before[0]
                busy = 1.0 - (idle - before[1]) / seated if seated > 0.0 else 0.0
                person.strain = strain.after(person.strain, busy)

    def _due(self, fresh: list[Line], until: float) -> list[Line]:
        """Lines before the next pause; what lies beyond is kept."""
        every = sorted(self.later + fresh, key=lambda line: line[0])
        last = until >= self.end
        self.later = [] if last else [line for line in every if line[0] >= until]
        return every if last else [line for line in every if line[0] < until]


def _set_form(rows: Any, team: Team, form: Form, now: float, until: float) -> None:
    """Pace, quality and strain of those there in the coming week, hires as on their first day."""
    for person in team.people:
        if person.hired < until and person.left > now:
            agent = rows.agents[person.agent]
            moment = max(now, person.hired)
            agent.pace = form.pace(person, moment)
            agent.quality = form.quality(person, moment)
            agent.strain = person.strain


def _strained(team: Team, now: float, until: float) -> list[tuple[int, float, float, float]]:
    """Who goes strained through the coming week: agent, from when to when (s), how much."""
    return [
        (person.agent, max(now, person.hired), min(until, person.left), person.strain)
        for person in team.people
        if person.strain > 0.0 and person.hired < until and person.left > now
    ]
