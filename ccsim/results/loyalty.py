"""From bad episodes to churn and survival.

    monthly churn  p = 1 - exp(-u - h0 exp(-β (Z - Z̄) + δ B))     δ = ln HR, B = min(n, 3)^0.5

n, the bad episodes of the last 12 months, is Poisson with the simulated rate per customer of the
segment. A severe failure adds a small chance to leave at once. u is the part of the churn stated that
no service moves (`churn.uncontrollable_share`): a risk that competes with the others, so that each
customer is lost once. Here is the steady state, a year like the one simulated; what happens on the
way to it is in `projection`. Arrays are (segments, draws).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.results.draws import Draws
from ccsim.results.journeys import SEVERE, Journeys

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

YEAR_WEEKS: Final = 365.25 / 7.0
MONTHS: Final = 12
MOST_EPISODES: Final = 3
BURDEN: Final = np.sqrt(np.arange(MOST_EPISODES + 1.0))  # B for n = 0, 1, 2, 3 and more


@dataclass(frozen=True, eq=False)
class Customers:
    """Segments' customers: count, margin a month, churn a year; nan where not given.

    growth: customers won in a year, as a share of today's count.
    """

    segments: tuple[str, ...]
    count: Floats
    margin: Floats
    churn: Floats
    growth: Floats = field(default_factory=lambda: np.zeros(1))  # nobody, in any number of segments

    @property
    def year(self) -> Floats:
        """Hazard of a year that goes with the churn stated, (segments,)."""
        return np.asarray(-np.log1p(-self.churn))

    def missing(self) -> list[str]:
        """The scenario lines without which money stays unknown."""
        fields = {"count": self.count, "margin": self.margin, "churn": self.churn}
        return [
            f"customers.{segment}.{field}"
            for place, segment in enumerate(self.segments)
            for field, values in fields.items()
            if np.isnan(values[place])
        ]


def customers_of(scenario: Scenario) -> Customers:
    """What the scenario says of its customers, in its order of segments."""
    segments = scenario.customers

    def column(field: str) -> Floats:
        given = [getattr(segment, field) for segment in segments.values()]
        return np.array([np.nan if value is None else float(value) for value in given])

    return Customers(tuple(segments), column("count"), column("margin"), column("churn"), column("growth"))


def monthly_issues(journeys: Journeys, customers: Customers) -> Floats:
    """Issues a customer and month, by segment; nan where the count is not known."""
    issues = np.bincount(journeys.segment, journeys.count, len(journeys.segments))
    return _monthly(issues.astype(np.float64), journeys, customers)


def _monthly(total: Floats, journeys: Journeys, customers: Customers) -> Floats:
    """Totals over the counted weeks as rates a customer and month."""
    months = journeys.weeks * MONTHS / YEAR_WEEKS
    count = np.where(customers.count > 0, customers.count, np.nan)
    return np.asarray(total / (count if total.ndim == 1 else count[:, None]) / months)


def effort_cut(journeys: Journeys, spent: Floats, draws: Draws) -> Floats:
    """The bad-episode cut: smallest effort that the stated share of issues does not exceed."""
    order = np.argsort(spent, axis=0)
    upto = np.cumsum(journeys.count[order], axis=0)
    wanted = draws["churn.bad_effort_percentile"] * journeys.count.sum()
    place = np.argmax(upto >= wanted * (1.0 - 1e-12), axis=0)
    draw = np.arange(draws.size)
    return np.asarray(spent[order[place, draw], draw])


def episodes(
    journeys: Journeys, spent: Floats, cut: Floats, customers: Customers, draws: Draws
) -> tuple[Floats, Floats]:
    """Bad and severe episodes a customer and month, by segment."""
    bad, severe = (
        _monthly(_by_segment(journeys, what), journeys, customers)
        for what in hurt(journeys, spent, cut, draws)
    )
    return bad, severe


def hurt(journeys: Journeys, spent: Floats, cut: Floats, draws: Draws) -> tuple[Mask, Mask]:
    """Which journeys are a bad, which a severe episode, (rows, draws).

    Bad: effort above the cut, or never resolved. Severe: never resolved, or three abandonments or
    more. A weight of zero says that the thing does not hurt: then it makes no episode either.
    """
    unresolved, given_up = severe_for(journeys, draws)
    return (spent > cut) | unresolved, unresolved | given_up


def severe_for(journeys: Journeys, draws: Draws) -> tuple[Mask, Mask]:
    """Which journeys are severe for never being resolved, which for three abandonments, (rows, draws)."""
    unresolved = np.logical_and.outer(draws["csat.weights.unresolved"] > 0, journeys.resolved == 0)
    given_up = np.logical_and.outer(draws["csat.weights.abandonment"] > 0, journeys.abandons >= SEVERE)
    return unresolved.T, given_up.T


def _by_segment(journeys: Journeys, what: Mask) -> Floats:
    own = np.arange(len(journeys.segments))[:, None] == journeys.segment
    return np.asarray((own * journeys.count) @ what.astype(np.float64))


def episode_shares(monthly: Floats) -> Floats:
    """P(n = 0, 1, 2, >= 3) bad episodes in 12 months, shape (4, …): Poisson."""
    mean = MONTHS * monthly
    none = np.exp(-mean)
    one, two = none * mean, none * mean**2 / 2.0
    return np.stack([none, one, two, np.maximum(1.0 - none - one - two, 0.0)])


def hazard_ratios(draws: Draws) -> Floats:
    """HR^B for n = 0, 1, 2, 3 and more, shape (4, 1, draws)."""
    ratio = draws["churn.hr_bad_episode"]
    return np.asarray(ratio ** BURDEN[:, None])[:, None, :]


def monthly_stay(hazard: Floats, shares: Floats, ratios: Floats, leaving: Floats) -> Floats:
    """Chance to be a customer a month later.

    hazard: h0, times the relation's factor; shares, ratios: of the classes of n (first axis);
    leaving: hazard a month of what does not depend on n (severe failures, what no service moves).
    """
    mixture = (shares * np.exp(-hazard * ratios)).sum(axis=0)
    return np.asarray(np.exp(-leaving) * mixture)


def solve_hazard(stay: Floats, shares: Floats, ratios: Floats) -> Floats:
    """h0 at which `stay` of the customers stay a month; `shares`, `ratios` as `monthly_stay`.

    Newton from 0: the mixture is convex and falling, so every step stays below the root.
    """
    hazard = np.zeros(np.broadcast_shapes(stay.shape, shares.shape[1:], ratios.shape[1:]))
    for _ in range(200):
        each = shares * np.exp(-hazard * ratios)
        step = (each.sum(axis=0) - stay) / (each * ratios).sum(axis=0)
        hazard = hazard + step
        if not np.any(np.abs(step) > 1e-16 + 1e-14 * hazard):
            break
    return hazard


def annual(stay: Floats) -> Floats:
    """Churn a year from the chance to stay a month."""
    return np.asarray(1.0 - stay**MONTHS)


def survival(stay: Floats, months: int) -> Floats:
    """Share still customers at the end of months 1 … months, shape (months, …)."""
    month = np.arange(1.0, months + 1.0).reshape(-1, *([1] * np.ndim(stay)))
    return np.asarray(stay**month)
