"""The roster: who is there when, as lines of a plan.

Groups on seat have headcounts by interval within opening hours. The people of the others have shifts
with breaks, days absent and time away, drawn from each person's own streams. Where people come, go or
are strained, the plan is made week by week (see `review`); else all of it is known before the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ccsim.centre.absences import Draws, post_key
from ccsim.centre.crews import Crew, build_crews
from ccsim.centre.journal import ABSENT, AWAY
from ccsim.centre.learning import form_of
from ccsim.centre.people import STRAINS, people_table
from ccsim.centre.posts import Post, posts_of
from ccsim.centre.review import Review, boundaries
from ccsim.centre.tables import HEADCOUNT
from ccsim.centre.team import Employee, Line, Plan, Team
from ccsim.centre.turnover import Hire, Turnover
from ccsim.centre.working_days import WorkingDays
from ccsim.demand.grid import DAY
from ccsim.demand.streams import name_key
from ccsim.scenario import Scenario
from ccsim.scenario.headcount import Headcount, steady
from ccsim.scenario.terms import hires_planned, learning_of, tenure_of, workforce_of

__all__ = ["Line", "Roster", "build_roster"]


@dataclass
class Roster(Plan):
    """The plan, and the agents it speaks of.

    agents: crew of each agent; first: first agent of each crew. pace, quality: of each agent at the
    beginning. pauses: week boundaries (s) at which `review` wants to be called, None where nothing
    changes in the course of the run; then `lines` are the whole plan, else those up to the first pause.
    """

    crews: list[Crew] = field(default_factory=list)
    agents: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    pace: list[float] = field(default_factory=list)
    quality: list[float] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    begin: float = 0.0
    pauses: tuple[float, ...] = ()
    review: Review | None = None

    @property
    def off_phones(self) -> list[tuple[int, int, float, float]]:
        """Whole days off the phones, for `presence`: (agent, ABSENT or AWAY, start s, end s)."""
        ill = [(agent, ABSENT, start, end) for agent, start, end in self.absent]
        return ill + [(agent, AWAY, start, end) for agent, start, end in self.away]

    @property
    def people(self) -> npt.NDArray[np.void]:
        """Everyone employed in the run so far, one row each: see `people.PEOPLE`."""
        return people_table((each for team in self.teams for each in team.people), self.begin)

    @property
    def strains(self) -> npt.NDArray[np.void] | None:
        """How strained people were in the run so far: see `people.STRAINS`; None where nobody can be."""
        if all(team.workforce.strain is None for team in self.teams):
            return None
        return np.array(self.review.strained if self.review else [], STRAINS)


def build_roster(scenario: Scenario, replication: int) -> Roster:
    """The roster of one replication."""
    roster = Roster(crews=build_crews(scenario), begin=scenario.begin)
    draws = Draws(scenario.seed, replication)
    turnovers = []
    for number, name in enumerate(scenario.agents):
        team = _team(scenario, name, draws)
        roster.teams.append(team)
        if team.group.rostered:
            turnovers.append(_fill_posts(scenario, team, number, roster))
        else:
            _fill_seats(scenario, team, number, roster)
    _set_off(scenario, roster, turnovers)
    return roster


def _team(scenario: Scenario, name: str, draws: Draws) -> Team:
    group = scenario.agents[name]
    days = WorkingDays(scenario, tuple(channel for channel, most in group.handles.items() if most))
    return Team(name, group, days, draws, workforce_of(scenario, name), learning_of(scenario, name))


def _set_off(scenario: Scenario, roster: Roster, turnovers: list[Turnover]) -> None:
    """Make the plan, up to the first pause where it goes on changing; agents begin in their form."""
    pauses = boundaries(scenario) if any(team.changes for team in roster.teams) else ()
    moving = any(team.moves for team in roster.teams)
    until = pauses[0] if pauses and moving else scenario.end
    for team, turnover in zip([each for each in roster.teams if each.group.rostered], turnovers, strict=True):
        turnover.come(until if team.moves else scenario.end)
        team.plan(scenario.begin, until if team.moves else scenario.end, roster)
    roster.lines.sort(key=lambda line: line[0])
    forms = [form_of(scenario, team) for team in roster.teams]
    roster.pace, roster.quality = [1.0] * len(roster.agents), [0.0] * len(roster.agents)
    for team, form in zip(roster.teams, forms, strict=True):
        for person in team.people if team.learning is not None else ():
            moment = max(person.hired, scenario.begin)
            roster.pace[person.agent] = form.pace(person, moment)
            roster.quality[person.agent] = form.quality(person, moment)
    if pauses:
        roster.pauses = pauses
        later = [line for line in roster.lines if moving and line[0] >= until]
        roster.lines = [line for line in roster.lines if not moving or line[0] < until]
        roster.review = Review(scenario, roster, roster.teams, forms, turnovers, later)


def _fill_seats(scenario: Scenario, team: Team, number: int, roster: Roster) -> None:
    """A group on seat: the headcount of each crew, and as many agents as its peak."""
    for c, crew in enumerate(roster.crews):
        if crew.group != number:
            continue
        headcount = team.group.on_seat or steady(len(crew.members))
        lines = list(_headcounts(scenario, c, team.days, headcount))
        roster.lines += lines
        roster.first.append(len(roster.agents))
        for k in range(max((int(line[3]) for line in lines), default=0)):
            own = crew.members[k] if crew.members else k
            _employ(scenario, team, Post(own, ((),)), len(roster.agents), roster)
            roster.agents.append(c)


def _headcounts(scenario: Scenario, crew: int, days: WorkingDays, headcount: Headcount) -> Iterator[Line]:
    """A line wherever the headcount changes: at opening, at its own steps, at midnight, at closing."""
    first = scenario.start.weekday()
    present = 0
    for begin, end in days.openings:
        for day in range(int(begin // DAY), int(-(-end // DAY))):
            weekday = (first + day) % 7
            steps = [day * DAY + float(time) for time, _ in headcount.steps[weekday]]
            opened = max(begin, day * DAY)
            for at in [
                opened,
                *(time for time in steps if opened < time < min(end, (day + 1) * DAY)),
            ]:
                target = headcount.at(weekday, at - day * DAY)
                if target != present:
                    yield at, HEADCOUNT, crew, float(target)
                    present = target
        if present:
            yield end, HEADCOUNT, crew, 0.0
            present = 0


def _fill_posts(scenario: Scenario, team: Team, number: int, roster: Roster) -> Turnover:
    """A rostered group: its posts crew by crew; those for hiring classes belong to the largest crew."""
    classes = hires_planned(scenario, team.name)
    more = sum(people for _, _, people in classes)
    posts = posts_of(scenario, team.group, more)
    crews = [(c, crew) for c, crew in enumerate(roster.crews) if crew.group == number]
    largest = max(crews, key=lambda each: len(each[1].members))[0]
    spare = posts[len(posts) - more :] if more else []
    taken = []
    for c, crew in crews:
        mine = [posts[own] for own in crew.members] if crew.members else posts[: len(posts) - len(spare)]
        roster.first.append(len(roster.agents))
        for post in mine:
            _employ(scenario, team, post, len(roster.agents), roster)
            roster.agents.append(c)
        for post in spare if c == largest else ():
            taken.append((post, len(roster.agents)))
            roster.agents.append(c)
    awaited = [Hire(day, training) for day, training, people in classes for _ in range(people)]
    return Turnover(team, awaited, taken)


def _employ(scenario: Scenario, team: Team, post: Post, agent: int, roster: Roster) -> None:
    """Somebody there from the beginning, with a time in the job where learning asks for one."""
    table = team.group.people
    person = table[post.own] if table else None
    key = post_key(team.name, post.own) if person is None else name_key("agents", team.name, person.name)
    employee = Employee(post, agent, key)
    if team.learning is not None:
        tenure = None if person is None else person.tenure
        if tenure is None:
            u = team.draws.uniform("tenure", key, 0)
            tenure = float(tenure_of(scenario, team.name).quantile(u))
        employee.since = scenario.begin - tenure
    team.people.append(employee)
