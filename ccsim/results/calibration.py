"""Calibration: what is solved once on the base and then frozen for every variant.

So that the base reproduces the churn its owner states, h0 is solved by segment; Z̄, the cut above
which effort makes a bad episode, how many episodes there are, the mean satisfaction to which each
segment drifts, and the base of the survey's response are taken from the base too; the CSAT intercept
only where the owner says which CSAT the surveys show (`csat.observed`). For each draw of the parameters
all are solved again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import logit

from ccsim.errors import CcsimError
from ccsim.parameters import PARAMETER_VERSION
from ccsim.results import experience, loyalty, relation
from ccsim.results.draws import Draws
from ccsim.results.journeys import Journeys
from ccsim.results.lived import Lived, lived
from ccsim.results.loyalty import Customers

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Calibration:
    """What a base fixes. Shapes: (draws,), or (segments, draws) where by segment.

    intercept: S0 of satisfaction; offset: base of the logit of answering a survey; cut: effort
    above which an episode is bad; anchor: mean satisfaction to which the relation drifts; mean: Z̄,
    the base's relation; bad, severe: the base's episodes a customer and month; hazard: h0 a month;
    exit: chance to leave at once at a severe failure; always: hazard a month that no service moves.
    """

    segments: tuple[str, ...]
    intercept: Floats
    offset: Floats
    cut: Floats
    anchor: Floats
    mean: Floats
    bad: Floats
    severe: Floats
    hazard: Floats
    exit: Floats
    always: Floats
    version: str = PARAMETER_VERSION

    def to_json(self) -> dict[str, Any]:
        """Plain lists and text, for a manifest; unknown numbers are None."""
        values: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            values[item.name] = _plain(value.tolist()) if isinstance(value, np.ndarray) else value
        return {**values, "segments": list(self.segments)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Calibration:
        """The calibration that `to_json` wrote, to the last bit."""
        arrays = {
            name: np.array(value, dtype=np.float64)
            for name, value in values.items()
            if name not in ("segments", "version")
        }
        return cls(segments=tuple(values["segments"]), version=values["version"], **arrays)


def _plain(values: Any) -> Any:
    if isinstance(values, list):
        return [_plain(value) for value in values]
    return None if values != values else values


def calibrate(base: Journeys, customers: Customers, draws: Draws) -> Calibration:
    """Solve the calibration on the base's journeys, pooled over replications.

    Raises CcsimError where the base has no issues at all.
    """
    return solve(base, customers, draws)[0]


def solve(base: Journeys, customers: Customers, draws: Draws) -> tuple[Calibration, Lived]:
    """The calibration, and the base's journeys scored under it."""
    if not base.issues > 0:
        raise CcsimError("nobody made contact in the counted weeks: simulate more weeks, or more contacts")
    own, intercept, offset = _satisfied(base, draws)
    rate = loyalty.monthly_issues(base, customers)
    anchor = relation.segment_means(base, own.felt)
    mean = relation.steady_relation(base, own.felt, rate, anchor, draws)
    cut = loyalty.effort_cut(base, own.spent, draws)
    bad, severe = loyalty.episodes(base, own.spent, cut, customers, draws)
    hazard, leave, always = _hazard(bad, severe, customers, draws)
    return Calibration(
        segments=customers.segments,
        intercept=intercept,
        offset=offset,
        cut=cut,
        anchor=anchor,
        mean=mean,
        bad=bad,
        severe=severe,
        hazard=hazard,
        exit=leave,
        always=always,
    ), own


def _hazard(bad: Floats, severe: Floats, customers: Customers, draws: Draws) -> tuple[Floats, Floats, Floats]:
    """h0, the chance to leave at a severe failure, and what no service moves: together the churn stated.

    Severe exits may make up at most `churn.exit_cap` of what service moves: where more would follow,
    the chance is lowered.
    """
    stated = customers.year[:, None] / loyalty.MONTHS
    always = draws["churn.uncontrollable_share"] * stated
    moved = stated - always
    with np.errstate(divide="ignore", invalid="ignore"):
        most = np.where(severe > 0, draws["churn.exit_cap"] * moved / severe, np.inf)
    leave = np.minimum(draws["churn.exit_prob_severe"], most)
    shares, ratios = loyalty.episode_shares(bad), loyalty.hazard_ratios(draws)
    hazard = loyalty.solve_hazard(np.exp(severe * leave - moved), shares, ratios)
    return hazard, leave, always


def _satisfied(base: Journeys, draws: Draws) -> tuple[Lived, Floats, Floats]:
    """The base scored, its CSAT intercept, the survey's offset: solved together where CSAT was observed."""
    intercept, wanted = draws["csat.intercept"], draws["csat.observed"]
    spent = experience.effort(base, draws)
    for _ in range(60):
        own = lived(base, intercept, draws, spent)
        offset = experience.survey_offset(own.csat, draws)
        seen = experience.surveyed(own.csat, offset, draws)[0][3:].sum(axis=0)
        step = np.where(np.isnan(wanted), 0.0, logit(wanted) - logit(seen))
        if not np.any(np.abs(step) > 1e-12):
            break
        intercept = intercept + step
    return own, intercept, offset
