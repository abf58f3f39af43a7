"""What time in the job and strain do to an agent's pace and quality."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import ndtri

from ccsim.centre.team import Employee, Team
from ccsim.scenario import Scenario
from ccsim.scenario.learning import Learning
from ccsim.scenario.strain import Strain

SOLVED_LEAST, SOLVED_MOST = 0.01, 0.999


@dataclass(frozen=True)
class Form:
    """How the agents of a group differ from experienced and rested ones.

    novices: further factor on a beginner's talk, from the assist tool. solved: a typical chance to
    resolve, at which a factor on it is turned into a shift of the normal score.
    """

    learning: Learning | None
    strain: Strain | None
    novices: float
    solved: float

    def pace(self, person: Employee, now: float) -> float:
        """Factor on talk and wrap-up times."""
        found = 1.0
        if self.learning is not None:
            new = self.learning.novelty(now - person.since)
            found *= (1.0 + (self.learning.talk - 1.0) * new) * (1.0 + (self.novices - 1.0) * new)
        return found if self.strain is None else found * float(self.strain.talk**person.strain)

    def quality(self, person: Employee, now: float) -> float:
        """Shift of the normal score below which an issue is solved; 0 for an experienced agent."""
        factor = 1.0
        if self.learning is not None:
            factor += (self.learning.fcr - 1.0) * self.learning.novelty(now - person.since)
        if self.strain is not None:
            factor *= self.strain.fcr**person.strain
        if factor == 1.0:
            return 0.0
        return float(ndtri(_bounded(self.solved * factor)) - ndtri(_bounded(self.solved)))


def form_of(scenario: Scenario, team: Team) -> Form:
    """The form of a group's agents."""
    group = team.group
    chances = [
        min(1.0, intent.fcr * group.skills[intent.skill].fcr)
        for intent in scenario.intents.values()
        if intent.skill in group.skills
    ]
    solved = sum(chances) / len(chances) if chances else 0.5
    novices = 1.0 if group.assist is None else group.assist.for_novices
    return Form(team.learning, team.workforce.strain, novices, solved)


def _bounded(chance: float) -> float:
    return min(SOLVED_MOST, max(SOLVED_LEAST, chance))
