"""What customers lived through, scored: effort, satisfaction, and what of it stays in mind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ccsim.results import experience
from ccsim.results.draws import Draws
from ccsim.results.journeys import Journeys

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lived:
    """Journeys scored under each draw, (rows, draws).

    spent: effort E; satisfied: S as surveys would ask it; felt: S as the relation remembers it.
    """

    spent: Floats
    satisfied: Floats
    felt: Floats
    journeys: Journeys
    draws: Draws

    @cached_property
    def csat(self) -> Floats:
        """Shares of the answers 1 … 5, (5, draws), of all journeys together."""
        return experience.csat_answers(self.satisfied, self.journeys.count, self.draws)


def lived(journeys: Journeys, intercept: Floats, draws: Draws, spent: Floats | None = None) -> Lived:
    """The journeys scored with this intercept of satisfaction. spent: their effort, if it is known."""
    cost = experience.effort(journeys, draws) if spent is None else spent
    satisfied = experience.satisfaction(journeys, cost, draws, intercept)
    return Lived(cost, satisfied, experience.remembered(journeys, cost, satisfied, draws), journeys, draws)
