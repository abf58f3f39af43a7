"""Calibration: what is solved once on the base and then frozen for every variant.

So that the base reproduces the churn its owner states, h0 is solved by segment; Z̄, the cut above
which effort makes a bad episode, the mean satisfaction to which each segment drifts, and the base
of the survey's response are taken from the base too; the CSAT intercept only where the owner says
which CSAT the surveys show (`csat.observed`). For each draw of the parameters all are solved again.
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
from ccsim.results.loyalty import Customers

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Calibration:
    """What a base fixes. Shapes: (draws,), or (segments, draws) where by segment.

    intercept: S0 of satisfaction; offset: base of the logit of answering a survey; cut: effort
    above which an episode is bad; anchor: mean satisfaction to which the relation drifts; mean: Z̄,
    the base's relation; hazard: h0 a month; exit: chance to leave at once at a severe failure.
    """

    segments: tuple[str, ...]
    intercept: Floats
    offset: Floats
    cut: Floats
    anchor: Floats
    mean: Floats
    hazard: Floats
    exit: Floats
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
    if not base.issues > 0:
        raise CcsimError("nobody made contact in the counted weeks: simulate more weeks, or more contacts")
    spent = experience.effort(base, draws)
    intercept, offset = _intercept(base, spent, draws)
    satisfied = experience.satisfaction(base, spent, draws, intercept)
    rate = loyalty.monthly_issues(base, customers)
    anchor = relation.segment_means(base, satisfied)
    mean = relation.steady_relation(base, satisfied, rate, anchor, draws)
    cut = loyalty.effort_cut(base, spent, draws)
    bad, severe = loyalty.episodes(base, spent, cut, customers, draws)
    hazard, leave = _hazard(bad, severe, customers, draws)
    return Calibration(customers.segments, intercept, offset, cut, anchor, mean, hazard=hazard, exit=leave)


def _hazard(bad: Floats, severe: Floats, customers: Customers, draws: Draws) -> tuple[Floats, Floats]:
    """h0 and the chance to leave at a severe failure, so that the stated churn comes out.

    Severe exits may make up at most `churn.exit_cap` of it: where more would follow, the chance
    is lowered.
    """
    stay = (1.0 - customers.churn[:, None]) ** (1.0 / loyalty.MONTHS)
    room = -np.log(stay) * draws["churn.exit_cap"]
    with np.errstate(divide="ignore", invalid="ignore"):
        most = np.where(severe > 0, room / severe, np.inf)
    leave = np.minimum(draws["churn.exit_prob_severe"], most)
    shares, ratios = loyalty.episode_shares(bad), loyalty.hazard_ratios(draws)
    hazard = loyalty.solve_hazard(stay * np.exp(severe * leave), shares, ratios)
    return hazard, leave


def _intercept(base: Journeys, spent: Floats, draws: Draws) -> tuple[Floats, Floats]:
    """The CSAT intercept and the survey's offset; solved together where CSAT was observed."""
    intercept = draws["csat.intercept"]
    wanted = draws["csat.observed"]
    for _ in range(60):
        satisfied = experience.satisfaction(base, spent, draws, intercept)
        answers = experience.csat_answers(satisfied, base.count, draws)
        offset = experience.survey_offset(answers, draws)
        seen = experience.surveyed(answers, offset, draws)[0][3:].sum(axis=0)
        step = np.where(np.isnan(wanted), 0.0, logit(wanted) - logit(seen))
        if not np.any(np.abs(step) > 1e-12):
            break
        intercept = intercept + step
    return intercept, offset
