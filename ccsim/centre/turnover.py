"""Who leaves and who comes: attrition, replacement and hiring classes, week by week."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from ccsim.centre.posts import Post
from ccsim.centre.team import Employee, Team
from ccsim.demand.streams import name_key
from ccsim.scenario.workforce import Workforce
from ccsim.units import DAY, WEEK, YEAR


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
    vacant: list[tuple[Post, int, float]] = field(default_factory=list)  # and when it was left
    fillings: dict[int, int] = field(default_factory=dict)  # how often each post was filled again

    def leave(self, now: float) -> None:
        """Those who leave at the end of the week before `now` (s); their successors are called for."""
        terms, week = self.team.workforce, int(now // WEEK)
        for person in [each for each in self.team.people if each.here(now) and each.hired < now]:
            chance = weekly_chance(terms, person.strain)
            if chance > 0.0 and self.team.draws.uniform("attrition", person.key, week) < chance:
                person.left = now
                if terms.replace is None:
                    self.vacant.append((person.post, person.agent, now))
                else:
                    day = now + terms.replace.lead
                    self.awaited.append(Hire(day, terms.training, person.post, person.agent))

    def come(self, until: float) -> None:
        """Those whose first day lies before `until` (s) fill their posts."""
        self.awaited.sort()
        while self.awaited and self.awaited[0].day < until:
            hire = self.awaited.pop(0)
            if hire.post is not None:
                self._fill(hire.post, hire.agent, hire)
            else:
                self._fill(*self._place(hire.day), hire)

    def _place(self, day: float) -> tuple[Post, int]:
        """A post for somebody hired beyond replacement: one left empty the day before or earlier (a
        last night shift is over), else one of its own, of which there are enough for all."""
        for k, (post, agent, left) in enumerate(self.vacant):
            if left + DAY <= day:
                del self.vacant[k]
                return post, agent
        return self.spare.pop(0)

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
