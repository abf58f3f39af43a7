"""Experience of parts of the journeys: the scores of a channel, an intent, a segment, a site.

Recommendation is asked in two ways. Of the relation (`nps`): what is left of all journeys, by segment.
Just after an issue (`nps_after`, transactional): the relation moved one step by it, Z + λ± (S - Z), as
`relation` has it, from where the segment stands. Arrays are (slices, draws).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ccsim.results import experience
from ccsim.results.calibration import Calibration
from ccsim.results.chunks import in_chunks, some_of
from ccsim.results.draws import Draws
from ccsim.results.journeys import Journeys
from ccsim.results.lived import lived
from ccsim.results.relation import recommending

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

CES_ENDS: Final = 8.0  # ease and effort on the scale 1-7 add up to this


@dataclass(frozen=True, eq=False)
class SliceScores:
    """Scores by slice, (slices, draws); nan where a slice has no issues. Shares 0..1, NPS in points.

    ces: mean ease 1-7; low, moderate, high effort: ease 6-7, 4-5, 1-3. *_surveyed: by those who answer,
    of whom `response` is the share. promoters, passives, detractors `_after` an issue.
    """

    effort: Floats
    ces: Floats
    effort_low: Floats
    effort_moderate: Floats
    effort_high: Floats
    csat: Floats
    csat_top: Floats
    csat_mean: Floats
    csat_surveyed: Floats
    csat_top_surveyed: Floats
    csat_mean_surveyed: Floats
    response: Floats
    promoters_after: Floats
    passives_after: Floats
    detractors_after: Floats


def slice_scores(
    journeys: Journeys,
    slices: Sequence[Mask],
    calibration: Calibration,
    relation: Floats,
    draws: Draws,
) -> SliceScores:
    """The scores of some parts of the journeys (masks over the rows) in the worlds of `draws`.

    calibration: of the base, solved with the same draws; relation: Z by segment, (segments, draws).
    """

    def work(some: Draws, where: slice) -> SliceScores:
        solved, steady = some_of(calibration, where), relation[:, where]
        own = lived(journeys, solved.intercept, some)
        after = moved(steady[journeys.segment], own.felt, some)
        found = [
            _of_one(journeys.where(rows), own.spent[rows], own.satisfied[rows], after[rows], solved, some)
            for rows in slices
        ]
        return SliceScores(*(np.stack(column) for column in zip(*found, strict=True)))

    return in_chunks(draws, len(journeys), work)


def moved(relation: Floats, felt: Floats, draws: Draws) -> Floats:
    """The relation one issue later, (rows, draws): a step towards how it felt, losses weighing more."""
    gap = felt - relation
    step = np.where(gap > 0, draws["relation.lambda_pos"], draws["relation.lambda_neg"])
    return np.asarray(relation + step * gap)


def groups(relation: Floats, weight: Floats, draws: Draws) -> tuple[Floats, Floats, Floats]:
    """Shares of promoters, passives and detractors over rows (first axis) of the given weights."""
    known = (weight > 0) & ~np.isnan(relation[:, 0])
    if not known.any():
        none = np.full(draws.size, np.nan)
        return none, none, none
    share = weight[known] / weight[known].sum()
    promoters, detractors = (share @ part for part in recommending(relation[known], draws))
    return promoters, 1.0 - promoters - detractors, detractors


def _of_one(
    journeys: Journeys,
    spent: Floats,
    satisfied: Floats,
    after: Floats,
    calibration: Calibration,
    draws: Draws,
) -> tuple[Floats, ...]:
    """The columns of `SliceScores` for one slice."""
    weight = journeys.count
    true = experience.csat_answers(satisfied, weight, draws)
    seen, rate = experience.surveyed(true, calibration.offset, draws)
    ease = experience.ces_answers(journeys, spent, weight, draws)
    total = weight.sum()
    return (
        weight @ spent / total if total > 0 else np.full(draws.size, np.nan),
        experience.mean_answer(ease),
        ease[5:].sum(axis=0),
        ease[3:5].sum(axis=0),
        ease[:3].sum(axis=0),
        *_csat(true),
        *_csat(seen),
        rate,
        *groups(after, weight, draws),
    )


def _csat(answers: Floats) -> tuple[Floats, Floats, Floats]:
    """Shares of 4-5 and of 5, and the mean."""
    return answers[3:].sum(axis=0), answers[4], experience.mean_answer(answers)
