"""Why satisfaction is lost and customers leave: drivers and places in points and money, adding up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.errors import CcsimError
from ccsim.results import uncertainty
from ccsim.results.drivers import CALLING_AGAIN, NAMES, SLICES, Place, Placed, places_of
from ccsim.results.explained import Explained, explain
from ccsim.results.gained import margin_gained
from ccsim.results.journeys import Journeys
from ccsim.results.lost_in import lost_in
from ccsim.results.loyalty import MONTHS, YEAR_WEEKS

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes
    from ccsim.results.uncertainty import Case, World

Floats = npt.NDArray[np.float64]
By = str | Sequence[str] | None

OF: Final = ("csat", "churn")
NOBODY: Final = "nobody"  # the site where no person answered
COLUMNS: Final = (
    "points", "model_low", "model_high", "margin", "margin_low", "margin_high", "handling", "unit",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Why:
    """Parts of what is lost, central and over draws, (drivers, places, draws): points of CSAT and of
    churn a year (shares), and margin; handling, (drivers, places): cost of the contacts it makes again.

    Of one run: what is lost, money a year. Of a run against another: what is gained, below 0 where it
    is worse; money over the horizon, margin as the comparison has it, contacts at the base's mean cost.
    best: what CSAT and churn are taken from (without any driver, or in the other run), now: what is
    left. months: the horizon.
    """

    currency: str
    places: tuple[Place, ...]
    central: Explained
    spread: Explained
    handling: Floats
    months: int
    against: bool = False

    def frame(self, of: str = "csat", by: By = None) -> pd.DataFrame:
        """See `Run.why`."""
        import pandas as pd

        slices = asked(of, by)
        columns = [SLICES.index(name) for name in slices]
        labels = [tuple(place[c] or NOBODY for c in columns) for place in self.places]
        names = sorted(set(labels))
        into = np.array([names.index(label) for label in labels], np.int64)
        points, points_drawn = (_folded(100.0 * getattr(x, of), into, len(names)) for x in self.sides)
        margin, margin_drawn = (_folded(x.margin, into, len(names)) for x in self.sides)
        handling = _folded(self.handling[:, :, None], into, len(names))
        bands = [np.quantile(drawn, uncertainty.BAND, axis=2) for drawn in (points_drawn, margin_drawn)]
        rows = []
        for driver, called in enumerate(NAMES):
            for place, label in enumerate(names):
                here = (driver, place)
                counted = [points[here][0], margin[here][0], handling[here][0]]
                if slices and not np.nan_to_num(counted).any():
                    continue
                of_points, of_margin = (band[:, driver, place] for band in bands)
                again = counted[2] if called == CALLING_AGAIN else np.nan
                rows.append(
                    [called, *label, counted[0], *of_points, counted[1], *of_margin, again, self.currency]
                )
        found = pd.DataFrame(rows, columns=["driver", *slices, *COLUMNS])
        return found.sort_values("points", ascending=False, kind="stable", ignore_index=True)

    @property
    def sides(self) -> tuple[Explained, Explained]:
        """Central, and over draws."""
        return self.central, self.spread

    @cached_property
    def money(self) -> tuple[Floats, Floats]:
        """What it comes to by driver and place, central (drivers, places, 1) and over draws.

        Margin and handling; of a difference margin alone: what is paid is in the comparison's costs.
        """
        handling = 0.0 if self.against else self.handling[:, :, None]
        central, spread = (side.margin + handling for side in self.sides)
        return central, spread


def asked(of: str, by: By) -> tuple[str, ...]:
    """The slices that `by` names; ValueError for another word."""
    if of not in OF:
        raise ValueError(f"cannot explain {of!r}; use one of {', '.join(OF)}")
    slices = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    for name in slices:
        if name not in SLICES:
            raise ValueError(f"cannot slice by {name!r}; use one of {', '.join(SLICES)}, or several")
    if len(set(slices)) < len(slices):
        raise ValueError("each slice once, please")
    return slices


def _folded(parts: Floats, into: npt.NDArray[np.int64], size: int) -> Floats:
    """Parts of places added up to slices: (drivers, slices, draws)."""
    found = np.zeros((parts.shape[0], size, parts.shape[2]))
    for place, slot in enumerate(into):
        found[:, slot] += parts[:, place]
    return found


def why(outcomes: Outcomes, draws: int | None = None) -> Why:
    """What takes satisfaction away and drives customers out in one run."""
    case, on = outcomes.case, outcomes.base_case or outcomes.case
    places = tuple(places_of(case.pooled, on.pooled))
    central, spread = (explain(case, on, world, places) for world in (on.central, on.drawn(draws)))
    return Why(
        outcomes.scenario.currency,
        places,
        central,
        spread,
        _handling(case, places, case.costs.per_contact),
        on.horizon,
    )


def why_against(outcomes: Outcomes, base: Outcomes, draws: int | None = None) -> Why:
    """Through what a run gains or loses against another one, which is taken as its base.

    CcsimError where their customers are not in the same segments.
    """
    before, other = base.case, outcomes.case
    if before.customers.segments != other.customers.segments:
        raise CcsimError(
            "the two runs have other segments: only runs with the same customers can be compared"
        )
    after = uncertainty.on_base(other, before)
    places = tuple(places_of(before.pooled, after.pooled))
    central, spread = (
        _gained(before, after, world, places) for world in (before.central, before.drawn(draws))
    )
    each, months = before.costs.per_contact, before.horizon
    saved = _handling(before, places, each) - _handling(after, places, each)
    saved = saved * months / MONTHS
    return Why(base.scenario.currency, places, central, spread, saved, months, against=True)


def _gained(before: Case, after: Case, world: World, places: Sequence[Place]) -> Explained:
    lots = [lost_in(case, before, world, places) for case in (before, after)]
    one, other = (
        explain(case, before, world, places, lot) for case, lot in zip((before, after), lots, strict=True)
    )
    whole = uncertainty.gain_of(before, after, world)[0].margin_by_segment
    return Explained(
        csat=one.csat - other.csat,
        churn=one.churn - other.churn,
        margin=margin_gained(before, after, world, places, whole, lots),
        best_csat=one.csat_now,
        csat_now=other.csat_now,
        best_churn=one.churn_now,
        churn_now=other.churn_now,
    )


def _handling(case: Case, places: Sequence[Place], per_contact: float) -> Floats:
    """Cost a year of contacts that came again and were handled, at so much each."""
    rows = case.pooled
    found = np.zeros((len(NAMES), len(places)))
    each = per_contact * YEAR_WEEKS / rows.weeks
    again = _handled_again(rows)[:, None]
    found[NAMES.index(CALLING_AGAIN)] = each * Placed.of(rows, places).counted(again)[:, 0]
    return found


def _handled_again(rows: Journeys) -> Floats:
    """Contacts of each journey after the first that were handled: those abandoned were not."""
    return np.asarray(np.maximum(rows.contacts - rows.abandons - 1.0, 0.0))
