"""Who leaves and who comes: attrition, replacement and hiring classes, week by week."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from ccsim.centre.posts import Post
from ccsim.centre.team import Employee, Team
from ccsim.demand.streams import name_key
from ccsim.scenario.workforce import Workforce
from ccsim.units import WEEK, YEAR


@dataclass(order=True)
class Hire:
    """Somebody on the way: first day (s), time in training (s), and the post where it is known."""

    day: float
    training: float
    post: Post | None = field(default=None, compare=False)
    agent: int = field(default=-1, compare=False)


@dataclass(eq=False)
class Turnover:
    """The coming and going of one group. awaited: hires by first day; spare: posts of their own for
    the people of hiring classes; vacant: posts that nobody replaces."""

    team: Team
    awaited: list[Hire]
    spare: list[tuple[Post, int]]
    vacant: list[tuple[Post, int]] = field(default_factory=list)
    fillings: dict[int, int] = field(default_factory=dict)  # how often each post was filled again

    def leave(self, now: float) -> None:
        """Those who leave at the end of the week before `now` (s); their successors are called for."""
        terms, week = self.team.workforce, int(now // WEEK)
        for person in [each for each in self.team.people if each.here(now) and each.hired < now]:
            chance = weekly_chance(terms, person.strain)
            if chance > 0.0 and self.team.draws.uniform("attrition", person.key, week) < chance:
                person.left = now
                place = (person.post, person.agent)
                if terms.replace is None:
                    self.vacant.append(place)
                else:
                    self.awaited.append(Hire(now + terms.replace.lead, terms.training, *place))

    def come(self, until: float) -> None:
        """Those whose first day lies before `until` (s) fill their posts."""
        self.awaited.sort()
        while self.awaited and self.awaited[0].day < until:
            hire = self.awaited.pop(0)
            place = (hire.post, hire.agent) if hire.post is not None else self._place()
            if place is not None and place[0] is not None:
                self._fill(place[0], place[1], hire)

    def _place(self) -> tuple[Post, int] | None:
        """A post for somebody hired beyond replacement: one left empty, else one of its own."""
        for posts in (self.vacant, self.spare):
            if posts:
                return posts.pop(0)
        return None

    def _fill(self, post: Post, agent: int, hire: Hire) -> None:
        turn = self.fillings[post.own] = self.fillings.get(post.own, 0) + 1
        key = name_key("agents", self.team.name, post.own, "hire", turn)
        ready = hire.day + hire.training
        self.team.people.append(Employee(post, agent, key, hire.day, hire.day, ready))


def weekly_chance(terms: Workforce, strain: float = 0.0) -> float:
    """Chance that somebody leaves in a week: the yearly one as a hazard, times what strain makes of it."""
    if not terms.attrition:
        return 0.0
    factor = 1.0 if terms.strain is None else terms.strain.attrition**strain
    stay = 1.0 - terms.attrition
    return float(1.0 - stay ** (factor * WEEK / YEAR)) if stay > 0.0 else inf
