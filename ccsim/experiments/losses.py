"""What takes satisfaction away and drives customers out: one cause removed at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ccsim.experiments.outcomes import Outcomes
from ccsim.results import draws as drawing
from ccsim.results import uncertainty
from ccsim.results.calibration import calibrate
from ccsim.results.journeys import FEATURES, Journeys
from ccsim.results.outcome import Outcome, assess

DRAWS = 80  # enough for the ends of an 80 % band in a picture
Floats = npt.NDArray[np.float64]

# Each makes the journeys what they would be without the cause, everything else as it was.
CAUSES: dict[str, Callable[[Journeys], Journeys]] = {
    "issues never resolved": lambda rows: replace(rows, resolved=np.ones_like(rows.resolved)),
    "calling again": lambda rows: replace(
        rows, contacts=np.ones_like(rows.contacts), retold=np.zeros_like(rows.retold)
    ),
    "waiting": lambda rows: replace(rows, ln_wait=np.zeros_like(rows.ln_wait)),
    "abandoned attempts": lambda rows: replace(rows, abandons=np.zeros_like(rows.abandons)),
    "transfers": lambda rows: replace(rows, transfers=np.zeros_like(rows.transfers)),
}
# The same, of what only some centres know.
SOME: dict[str, Callable[[Journeys], Journeys]] = {
    "changing channel": lambda rows: replace(rows, switches=np.zeros_like(rows.switches)),
    "self-service in vain": lambda rows: replace(rows, dead_ends=np.zeros_like(rows.dead_ends)),
    "agents with full hands": lambda rows: replace(rows, crowd=np.zeros_like(rows.crowd)),
    "beginners": lambda rows: replace(rows, novice=np.zeros_like(rows.novice)),
}


@dataclass(frozen=True)
class Loss:
    """Shares lost to a cause: CSAT and churn as they are less as they would be without it.

    Each with the 80 % band of the outcome model. Causes overlap: they do not add up.
    """

    cause: str
    csat: float
    csat_low: float
    csat_high: float
    churn: float
    churn_low: float
    churn_high: float


def losses(outcomes: Outcomes) -> list[Loss]:
    """The losses by cause, greatest in CSAT first."""
    case, on = outcomes.case, outcomes.base_case or outcomes.case
    one, many = drawing.central(case.parameters), drawing.sampled(case.parameters, DRAWS)
    frozen, solved = outcomes.alone.calibration, calibrate(on.pooled, on.customers, many)
    drawn = assess(case.pooled, solved, case.customers, many)
    found = []
    for cause, without in (CAUSES | SOME).items():
        rows = without(case.pooled)
        if cause in SOME and not _changed(rows, case.pooled):
            continue
        central = assess(rows, frozen, case.customers, one)
        spread = assess(rows, solved, case.customers, many)
        found.append(_loss(outcomes, cause, central, drawn, spread))
    return sorted(found, key=lambda loss: -loss.csat)


def _changed(rows: Journeys, pooled: Journeys) -> bool:
    return any(not np.array_equal(getattr(rows, name), getattr(pooled, name)) for name in FEATURES)


def _loss(outcomes: Outcomes, cause: str, central: Outcome, drawn: Outcome, spread: Outcome) -> Loss:
    now = outcomes.alone.outcome
    csat = central.scores.csat - now.scores.csat
    churn = outcomes.churn_of(now) - outcomes.churn_of(central)
    csat_band = uncertainty.band(spread.scores.csat - drawn.scores.csat)
    churn_band = uncertainty.band(outcomes.churn_of(drawn) - outcomes.churn_of(spread))
    return Loss(cause, float(csat[0]), *csat_band, float(churn[0]), *churn_band)
