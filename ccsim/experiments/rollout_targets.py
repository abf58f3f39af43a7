"""Go or no-go: each target of the scenario before and after, and how sure that is.

A target that is met after the rollout, surely, is a go; one that the rollout loses, or that it misses
and moves away from, a no-go. A target missed before and after says nothing against the rollout: nearer
is a go, and where nothing moves there is no verdict. Surely: with 95 % over replications (Student). Nearer
and away: surely, and by at least a tenth of what was missing; a cent is told, but decides nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import stdtr, stdtrit

from ccsim.experiments.compared import of_score
from ccsim.experiments.pairs import LEVEL, Difference, holm, of_measure
from ccsim.results.costs import with_costs
from ccsim.results.measures import MEASURES

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run
    from ccsim.experiments.summary import Row

GO, NO_GO, NOT_SURE, NONE = "go", "no-go", "not sure", ""
SURE: Final = 0.95
MATERIAL: Final = 0.1  # of the distance to a target that was missed


@dataclass(frozen=True)
class Target:
    """One target: shares 0..1, seconds, money.

    low, high: 95 % interval of the change over pairs. p_holm: of the change, over all targets.
    certainty: chance, as far as replications tell, that the target is met after. verdict: 'go', 'no-go',
    'not sure', or empty where the rollout does not decide it. note: reached, kept, lost ...
    """

    measure: str
    label: str
    part: str
    unit: str
    target_min: float
    target_max: float
    before: float
    after: float
    change: float
    low: float
    high: float
    p_holm: float
    certainty: float
    verdict: str
    note: str


def targets_of(before: Run, after: Run) -> list[Target]:
    """Every headline figure that has a target."""
    rows = {(row.measure, row.part): row for row in before.headlines}
    judged = [row for row in after.headlines if row.verdict and (row.measure, row.part) in rows]
    both = [(rows[row.measure, row.part], row) for row in judged]
    found = [_difference(before, after, new) for _, new in both]
    adjusted = holm([each.p for each in found])
    runs = before.replications
    return [_judged(*sides, each, p, runs) for sides, each, p in zip(both, found, adjusted, strict=True)]


def targets_frame(targets: Sequence[Target]) -> pd.DataFrame:
    """The targets as a frame, one a row; columns as `Target` says."""
    import pandas as pd

    names = [field.name for field in fields(Target)]
    return pd.DataFrame([[getattr(each, name) for name in names] for each in targets], columns=names)


def overall(targets: Sequence[Target]) -> str:
    """No-go if any target is; not sure if any is; go if any is; else empty."""
    found = {each.verdict for each in targets}
    return next((word for word in (NO_GO, NOT_SURE, GO) if word in found), NONE)


def _judged(old: Row, new: Row, found: Difference, p: float, runs: int) -> Target:
    chances = [_chance_met(row, runs) for row in (old, new)]
    verdict, note = _verdict(chances[0], chances[1], found, p, new)
    return Target(
        new.measure, new.label, new.part, new.unit, new.target_min, new.target_max, old.value, new.value,
        found.difference, found.low, found.high, p, chances[1], verdict, note,
    )  # fmt: skip


def _verdict(was: float, met: float, found: Difference, p: float, row: Row) -> tuple[str, str]:
    if math.isnan(met) or math.isnan(was):
        return NOT_SURE, "not known"
    if found.difference == 0 and found.low == found.high == 0:
        return NONE, "no difference"
    if met >= SURE:
        return GO, "kept" if was >= SURE else "reached" if was <= 1 - SURE else "surely met after"
    if met > 1 - SURE:
        return NOT_SURE, "too near to call"
    moves = p < LEVEL and abs(found.difference) >= MATERIAL * _missing(found.base, row)
    nearer = moves and (found.difference > 0) == (row.value < row.target_min)
    if was > 1 - SURE:
        return NO_GO, "lost" if was >= SURE else "missed after"
    if not moves:
        return NONE, "missed before and after"
    return (GO, "nearer, still missed") if nearer else (NO_GO, "further away")


def _missing(value: float, row: Row) -> float:
    """How far a value is from being within the target."""
    return float(np.nanmax([row.target_min - value, value - row.target_max, 0.0]))


def _chance_met(row: Row, runs: int) -> float:
    """Chance that the true mean lies within the target, of a Student interval; nan from one replication."""
    half = np.nanmax([row.high - row.value, row.value - row.low]) if runs > 1 else math.nan
    se = half / float(stdtrit(max(runs - 1, 1), 0.975))
    if math.isnan(row.value) or math.isnan(se):
        return math.nan
    below = _below(row.target_max, row.value, se, runs) if not math.isnan(row.target_max) else 1.0
    above = _below(row.target_min, row.value, se, runs) if not math.isnan(row.target_min) else 0.0
    return max(below - above, 0.0)


def _below(limit: float, value: float, se: float, runs: int) -> float:
    """Chance that the mean is at most `limit`."""
    if se == 0:
        return float(value <= limit)
    return float(stdtr(runs - 1, (limit - value) / se))


def _difference(before: Run, after: Run, row: Row) -> Difference:
    """The paired difference of a headline figure."""
    if row.measure in MEASURES:
        sides = [with_costs(run.tallies, run.outcomes.counted_costs) for run in (before, after)]
        if row.part and row.part in sides[0][0].names.channels:
            number = sides[0][0].names.channels.index(row.part)
            sides = [[tally.in_channel(number) for tally in tallies] for tallies in sides]
        return of_measure(MEASURES[row.measure], *sides)
    return of_score(row.measure, before.outcomes, after.outcomes)
