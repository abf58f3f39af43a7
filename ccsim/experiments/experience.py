"""What customers experienced, whole or by channel, intent, segment or site, with both intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.results.slice_scores import CES_ENDS, SliceScores, groups, slice_scores
from ccsim.results.statistics import student_mean
from ccsim.results.uncertainty import BAND, Case, World

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes
    from ccsim.results.journeys import Journeys

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Found = Mapping[str, Floats]  # by measure, (slices, draws)
Parts = Callable[["Journeys"], Sequence[Mask]]

SLICES: Final = ("channel", "intent", "segment", "site")
NOBODY: Final = "nobody"  # the site where no person answered
LIMITS: Final = {"share": (0.0, 1.0), "points": (-100.0, 100.0), "issues/week": (0.0, np.inf)}
# Each measure, its unit and what it is.
EXPERIENCE: Final[dict[str, tuple[str, str]]] = {
    "issues": ("issues/week", "issues born a week"),
    "effort": ("logit", "mean effort index E; 0 is one contact without wait"),
    "ces": ("number", "mean effort score 1-7, 7 easy"),
    "ces_effort": ("number", "the same with 7 hard: 8 less the ease"),
    "effort_low": ("share", "ease 6-7"),
    "effort_moderate": ("share", "ease 4-5"),
    "effort_high": ("share", "ease 1-3"),
    "csat": ("share", "answers 4 and 5 of 5"),
    "csat_top": ("share", "answers 5 of 5"),
    "csat_mean": ("number", "mean answer 1-5"),
    "csat_surveyed": ("share", "answers 4 and 5 among those who answer the survey"),
    "csat_top_surveyed": ("share", "answers 5 among them"),
    "csat_mean_surveyed": ("number", "mean answer among them"),
    "response": ("share", "who answers the survey"),
    "nps": ("points", "% 9-10 less % 0-6, asked of the relation; the whole, or by segment"),
    "promoters": ("share", "9-10, of the relation"),
    "passives": ("share", "7-8, of the relation"),
    "detractors": ("share", "0-6, of the relation"),
    "nps_after": ("points", "% 9-10 less % 0-6, asked just after the issue (transactional)"),
    "promoters_after": ("share", "9-10, just after the issue"),
    "passives_after": ("share", "7-8, just after the issue"),
    "detractors_after": ("share", "0-6, just after the issue"),
}


def experience_frame(outcomes: Outcomes, by: str | None = None) -> pd.DataFrame:
    """The scores over replications and draws; see `Run.experience`."""
    if by is not None and by not in SLICES:
        raise ValueError(f"cannot slice experience by {by!r}; use one of {', '.join(SLICES)}")
    pooled = outcomes.case.pooled
    if by is None:
        return parts_frame(outcomes, None, ["all"], lambda rows: [np.ones(len(rows), np.bool_)])
    known: dict[str, tuple[str, ...]] = {
        "channel": pooled.channels,
        "intent": pooled.intents,
        "segment": pooled.segments,
        "site": tuple(name or NOBODY for name in pooled.sites),
    }
    names = known[by]
    return parts_frame(
        outcomes, by, names, lambda rows: [getattr(rows, by) == place for place in range(len(names))]
    )


def parts_frame(outcomes: Outcomes, column: str | None, names: Sequence[str], parts: Parts) -> pd.DataFrame:
    """The scores of any parts of the journeys, named in `column` (None: they have no names).

    parts: the masks of rows, one a name, for the journeys of a replication or of all. The NPS of the
    relation is there for the whole and by segment only.
    """
    import pandas as pd

    case, on = outcomes.case, outcomes.base_case or outcomes.case
    own = column in (None, "segment")
    central, spread = (
        _scored(case, case.pooled, parts, world, case.outcome(world).relation, own)
        for world in (on.central, on.drawn())
    )
    each = [
        _scored(case, rows, parts, on.central, outcome.relation, own)
        for rows, outcome in zip(case.journeys, outcomes.each, strict=True)
    ]
    found = [
        _rows(measure, column, names, central[measure], [one[measure] for one in each], spread[measure])
        for measure in EXPERIENCE
        if measure in central
    ]
    return pd.concat(found, ignore_index=True)


def _scored(
    case: Case, journeys: Journeys, parts: Parts, world: World, relation: Floats, related: bool
) -> Found:
    """Every measure of some journeys of a case in the worlds of its base."""
    masks = parts(journeys)
    scores = slice_scores(journeys, masks, world.calibration, relation, world.draws)
    found: dict[str, Floats] = {field.name: getattr(scores, field.name) for field in fields(SliceScores)}
    weekly = np.array([journeys.count[rows].sum() for rows in masks]) / journeys.weeks
    found["issues"] = np.tile(weekly[:, None], world.draws.size)
    found["ces_effort"] = CES_ENDS - found["ces"]
    found["nps_after"] = 100.0 * (found["promoters_after"] - found["detractors_after"])
    if related:
        found |= _of_the_relation(case, journeys, len(masks), relation, world)
    return found


def _of_the_relation(
    case: Case, journeys: Journeys, parts: int, relation: Floats, world: World
) -> dict[str, Floats]:
    """Recommendation as the relation has it, of all or by segment.

    Segments weigh by customers where all counts are known, by issues else.
    """
    count = case.customers.count
    issues = np.bincount(journeys.segment, journeys.count, len(journeys.segments)).astype(np.float64)
    weight = issues if np.isnan(count).any() else count
    weights = list(np.eye(len(weight))) if parts > 1 else [weight]
    shares = [groups(relation, part, world.draws) for part in weights]
    promoters, passives, detractors = (np.stack(column) for column in zip(*shares, strict=True))
    return {
        "nps": 100.0 * (promoters - detractors),
        "promoters": promoters,
        "passives": passives,
        "detractors": detractors,
    }


def _rows(
    measure: str,
    column: str | None,
    names: Sequence[str],
    central: Floats,
    each: Sequence[Floats],
    spread: Floats,
) -> pd.DataFrame:
    import pandas as pd

    mean = student_mean(np.array([one[:, 0] for one in each]))
    half, value, unit = mean.high - mean.value, central[:, 0], EXPERIENCE[measure][0]
    least, most = LIMITS.get(unit, (-np.inf, np.inf))
    low, high = np.quantile(spread, BAND, axis=1)
    slices = {} if column is None else {column: list(names)}
    if measure == "issues":
        low = high = np.full(len(value), np.nan)  # no parameter of the outcome model moves it
    return pd.DataFrame(
        {
            "measure": measure,
            **slices,
            "value": value,
            "low": np.maximum(value - half, least),
            "high": np.minimum(value + half, most),
            "model_low": low,
            "model_high": high,
            "unit": unit,
        },
        index=range(len(value)),
    )
