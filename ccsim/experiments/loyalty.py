"""Loyalty: churn, retention and value by segment, by number of bad episodes, and month by month."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.seen import Reading, Seen, frame
from ccsim.results import loyalty, relation
from ccsim.results.clv import lifetime, surviving

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes

Floats = npt.NDArray[np.float64]

SLICES: Final = ("segment", "episodes", "month")
CLASSES: Final = ("0", "1", "2", "3+")  # bad episodes in the last 12 months
ALL: Final = "all"
YEAR: Final = loyalty.MONTHS
AFTER: Final = (12, 24, 36)  # months after which retention is told


def loyalty_frame(outcomes: Outcomes, by: str = "segment") -> pd.DataFrame:
    """What loyalty comes to; see `Run.loyalty`."""
    if by not in SLICES:
        raise ValueError(f"cannot slice loyalty by {by!r}; use one of {', '.join(SLICES)}")
    return {"segment": _by_segment, "episodes": _by_episodes, "month": _by_month}[by](outcomes)


def _by_segment(outcomes: Outcomes) -> pd.DataFrame:
    currency = outcomes.scenario.currency
    readings = {
        "issues": Reading("number", lambda seen: YEAR * _issues(seen)[:, None]),
        "bad_episodes": Reading("number", lambda seen: YEAR * seen.side.outcome.bad),
        "severe_episodes": Reading("number", lambda seen: YEAR * seen.side.outcome.severe),
        "relation": Reading("logit", lambda seen: seen.side.outcome.relation),
        "nps": Reading("points", _nps),
        "churn": Reading("share", lambda seen: seen.side.outcome.churn),
        "churn_without_bad": Reading(
            "share", lambda seen: loyalty.annual(seen.side.outcome.stay_without_bad)
        ),
        "churn_uncontrollable": Reading("share", _uncontrollable),
        **{f"retention_{months}": Reading("share", _retention(months)) for months in AFTER},
        "clv": Reading(currency, lambda seen: seen.side.value(seen.world.draws)),
    }
    return frame(outcomes.seen, ["segment"], [(name,) for name in _segments(outcomes)], readings)


def _by_episodes(outcomes: Outcomes) -> pd.DataFrame:
    rows = [(segment, number) for segment in _segments(outcomes) for number in CLASSES]
    readings = {
        "share_of_customers": Reading("share", lambda seen: _flat(_shares(seen))),
        "hazard_ratio": Reading("ratio", _ratios),
        "churn": Reading("share", lambda seen: _flat(-np.expm1(-YEAR * _hazards(seen)))),
        "retention_24": Reading("share", lambda seen: _flat(_survival(seen, 24.0))),
        "clv": Reading(outcomes.scenario.currency, _values),
        "share_of_churn": Reading("share", _leavers),
    }
    return frame(outcomes.seen, ["segment", "episodes"], rows, readings)


def _by_month(outcomes: Outcomes) -> pd.DataFrame:
    import pandas as pd

    segments = _segments(outcomes)
    months = range(1, len(outcomes.seen.central.side.ahead.stay) + 1)
    names = ["segment", "episodes", "month"]
    every = [(segment, ALL, month) for segment in segments for month in months]
    classes = [(segment, number, month) for segment in segments for number in CLASSES for month in months]

    def by_class(seen: Seen) -> Floats:
        curves = np.stack([_survival(seen, float(month)) for month in months])
        return np.asarray(np.moveaxis(curves, 0, 2).reshape(len(classes), -1))

    survival = Reading("share", lambda seen: _of_months(seen.side.ahead.there / _count(seen)))
    alive = Reading("customers", lambda seen: _of_months(seen.side.ahead.everybody))
    return pd.concat(
        [
            frame(outcomes.seen, names, every, {"survival": survival}),
            frame(outcomes.seen, names, classes, {"survival": Reading("share", by_class)}),
            frame(outcomes.seen, names, every, {"customers": alive}),
        ],
        ignore_index=True,
    )


def _segments(outcomes: Outcomes) -> tuple[str, ...]:
    return outcomes.case.customers.segments


def _flat(by_class: Floats) -> Floats:
    """(classes, segments, draws) as rows: segment by segment, class by class."""
    return np.asarray(np.moveaxis(by_class, 0, 1).reshape(-1, by_class.shape[2]))


def _of_months(curves: Floats) -> Floats:
    """(months, segments, draws) as rows: segment by segment, month by month."""
    return _flat(curves)


def _count(seen: Seen) -> Floats:
    return seen.side.customers.count[:, None]


def _issues(seen: Seen) -> Floats:
    return loyalty.monthly_issues(seen.journeys, seen.side.customers)


def _nps(seen: Seen) -> Floats:
    promoters, detractors = relation.recommending(seen.side.outcome.relation, seen.world.draws)
    return 100.0 * (promoters - detractors)


def _uncontrollable(seen: Seen) -> Floats:
    return np.asarray(-np.expm1(-YEAR * seen.world.calibration.always))


def _retention(months: int) -> Callable[[Seen], Floats]:
    return lambda seen: seen.side.ahead.there[months - 1] / _count(seen)


def _shares(seen: Seen) -> Floats:
    return loyalty.episode_shares(seen.side.outcome.bad)


def _ratios(seen: Seen) -> Floats:
    """Hazard ratios of the classes, the same in every segment."""
    segments = len(seen.side.customers.segments)
    return np.tile(loyalty.hazard_ratios(seen.world.draws)[:, 0], (segments, 1))


def _hazards(seen: Seen) -> Floats:
    """Hazard a month by class, (classes, segments, draws)."""
    return seen.side.outcome.hazards(seen.world.calibration, seen.world.draws)


def _year(seen: Seen) -> Floats:
    return seen.side.customers.year[:, None]


def _survival(seen: Seen, months: float) -> Floats:
    """Share of each class still there after so many months, (classes, segments, draws)."""
    return surviving(months * _hazards(seen), _year(seen), seen.world.draws["value.heterogeneity"])


def _values(seen: Seen) -> Floats:
    """Value of a customer who is in a class for a year, then like the others."""
    draws, hazards = seen.world.draws, _hazards(seen)
    settled = -np.log(seen.side.outcome.stay)
    margin = seen.side.customers.margin[:, None]
    worth = [
        lifetime(
            margin,
            np.broadcast_to(hazard, (YEAR, *hazard.shape)),
            settled,
            _year(seen),
            draws["value.discount_annual"],
            draws["value.heterogeneity"],
        )
        for hazard in hazards
    ]
    return _flat(np.stack(worth))


def _leavers(seen: Seen) -> Floats:
    """Of those who leave in a month, the share in each class."""
    leave = _shares(seen) * -np.expm1(-_hazards(seen))
    return _flat(leave / leave.sum(axis=0))
