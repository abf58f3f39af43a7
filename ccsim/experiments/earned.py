"""What each channel, intent, segment or site costs, loses to bad episodes, and earns.

Where it is known what customers would do with no service at all, its gains are shared out so that
they add up: what the service would earn if no episode were bad, by the issues resolved in each slice, less
the margin that bad episodes lose there (as `Run.why` shares it out). An issue is of the channel on which
it began and of the site that answered last. Costs that no channel, intent or segment bears are left out;
those that no site bears are nobody's, and so is what nobody answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.seen import INTERVALS
from ccsim.results import uncertainty
from ccsim.results.drivers import SLICES
from ccsim.results.economics import roi
from ccsim.results.loyalty import YEAR_WEEKS
from ccsim.results.statistics import student_mean

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run
    from ccsim.experiments.seen import Seen
    from ccsim.experiments.why import Why
    from ccsim.results.journeys import Journeys

Floats = npt.NDArray[np.float64]

NOBODY: Final = "nobody"  # the site of what no person answered
UNIT_COSTS: Final = ("cost_per_contact", "cost_per_resolution")


def by_slice(run: Run, by: str) -> pd.DataFrame:
    """Unit costs, issues resolved, cost, margin lost, and ROI by slice; see `Run.economics`."""
    import pandas as pd

    outcomes, currency = run.outcomes, run.scenario.currency
    seen, why = outcomes.seen, run.reasons()
    names = names_of(outcomes.case.pooled, by)
    resolved = np.stack([_resolved(rows, by) for rows in outcomes.case.journeys])
    costs = costs_by(run, by)
    part = resolved.mean(axis=0) / resolved.mean(axis=0).sum()
    paid = costs.mean(axis=0) / outcomes.case.costs.total
    sides = [(seen.central, why.central.margin), (seen.drawn, why.spread.margin)]
    central, drawn = (_shares(margin, why, names, by) * one.stake.at_stake for one, margin in sides)
    rows = [
        *_simulated("resolved", names, resolved, "issues/year"),
        *_simulated("cost", names, costs, f"{currency}/year"),
        *_modelled("at_stake", names, central, drawn, currency),
    ]
    if outcomes.case.without is not None and not outcomes.missing:
        central, drawn = _gains(seen.central, part, central), _gains(seen.drawn, part, drawn)
        rows += _modelled("gains", names, central, drawn, currency)
        central, drawn = (
            roi(gains, _costs_ahead(one, paid))
            for one, gains in ((seen.central, central), (seen.drawn, drawn))
        )
        rows += _modelled("roi", names, central, drawn, "percent")
    unit = run.measures(by)
    unit = unit[unit["measure"].isin(UNIT_COSTS)].assign(model_low=np.nan, model_high=np.nan)
    columns = ["measure", by, *INTERVALS]
    return pd.concat([unit[columns], pd.DataFrame(rows, columns=columns)], ignore_index=True)


def names_of(rows: Journeys, by: str) -> list[str]:
    """The slices in the order of the journeys' numbers."""
    named = {"channel": rows.channels, "intent": rows.intents, "segment": rows.segments, "site": rows.sites}
    return [name or NOBODY for name in named[by]]


def _resolved(rows: Journeys, by: str) -> Floats:
    """Issues resolved a year by slice."""
    size = len(names_of(rows, by))
    count = np.bincount(getattr(rows, by), rows.count * rows.resolved, size)
    return np.asarray(count * YEAR_WEEKS / rows.weeks)


def costs_by(run: Run, by: str) -> Floats:
    """Costs a year by slice, (replications, slices)."""
    names, year = run.tallies[0].names, YEAR_WEEKS / run.scenario.weeks
    every = run.outcomes.counted_costs
    if by != "site":
        cell = getattr(names, f"cell_{by}")
        size = len(names_of(run.outcomes.case.pooled, by))
        return np.stack([year * np.bincount(cell, paid.by_cell, size) for paid in every])
    sites = names_of(run.outcomes.case.pooled, by)
    place = np.array([sites.index(site) for site in names.sites], np.int64)
    found = np.stack([year * np.bincount(place, paid.by_group, len(sites)) for paid in every])
    total = year * np.array([paid.total for paid in every])
    rest = total - found[:, :-1].sum(axis=1)
    found[:, -1] = np.where(rest > 1e-9 * total, rest, 0.0)
    return np.asarray(found)


def _shares(margin: Floats, why: Why, names: list[str], by: str) -> Floats:
    """Each slice's part in the margin lost, (slices, draws)."""
    column = SLICES.index(by)
    place = np.array([names.index(where[column] or NOBODY) for where in why.places], np.int64)
    found = np.zeros((len(names), margin.shape[2]))
    np.add.at(found, place, margin.sum(axis=0))
    total = found.sum(axis=0)
    return np.asarray(found / np.where(total != 0, total, 1.0))


def _gains(seen: Seen, part: Floats, lost: Floats) -> Floats:
    """Gains against no service by slice: its part in what would be without bad episodes, less its own."""
    whole = seen.stake.gains[seen.stake.horizon - 1] + seen.stake.at_stake
    return np.asarray(part[:, None] * whole - lost)


def _costs_ahead(seen: Seen, paid: Floats) -> Floats:
    """Costs over the horizon by slice, without what is spent once."""
    running = seen.stake.costs[seen.stake.horizon - 1] - seen.side.ledger.one_off
    return np.asarray(paid[:, None] * running)


def _simulated(measure: str, names: list[str], each: Floats, unit: str) -> list[list[object]]:
    """Rows of a figure that the outcome model does not move, from (replications, slices)."""
    mean = student_mean(each)
    columns = (mean.value, np.maximum(mean.low, 0.0), mean.high, mean.se, mean.replications)
    return [
        [measure, name, *(column[place] for column in columns), np.nan, np.nan, unit]
        for place, name in enumerate(names)
    ]


def _modelled(
    measure: str, names: list[str], central: Floats, drawn: Floats, unit: str
) -> list[list[object]]:
    """Rows of a figure that is shared out on the pooled journeys, from (slices, draws)."""
    low, high = np.quantile(drawn, uncertainty.BAND, axis=1)
    return [
        [measure, name, central[place, 0], np.nan, np.nan, np.nan, 0, low[place], high[place], unit]
        for place, name in enumerate(names)
    ]
