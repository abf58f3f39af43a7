"""The registry of measures, and the frames they fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.results.automation import AUTOMATION
from ccsim.results.costs import COSTS, Paid, with_costs
from ccsim.results.deferred import DEFERRED
from ccsim.results.measure import By, Measure
from ccsim.results.service import SERVICE
from ccsim.results.slices import COLUMNS, SLICES, facts_by, labels
from ccsim.results.statistics import Estimate, jackknife, percentile_of_days
from ccsim.results.tally import Tally

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.scenario import Scenario

__all__ = ["MEASURES", "SLICES", "Measure", "bad_days_frame", "measures_frame", "unit_of"]

MEASURES: Mapping[str, Measure] = {
    measure.name: measure for measure in (*SERVICE, *DEFERRED, *AUTOMATION, *COSTS)
}

BAD_DAY = 0.1  # the worst day in ten


def measures_frame(
    tallies: Sequence[Tally],
    scenario: Scenario,
    by: By = None,
    costs: Sequence[Paid] | None = None,
    channel: str | None = None,
) -> pd.DataFrame:
    """All measures that can be sliced `by`, over replications.

    Columns: measure, those that name the slice (weekday and time; day; weekday and hour; channel;
    queue; intent; segment; group; site; self_service), value, low and high (95 % interval), se,
    replications (in which something was counted), unit. nan where nothing was counted. `costs`: those
    of the counted weeks in each replication, from the economics ledger.
    `channel`: of its contacts only, whole or by time.

    Raises ValueError for an unknown `by` or channel, or one that cannot be had of one channel.
    """
    if by not in COLUMNS:
        raise ValueError(f"cannot slice by {by!r}; use one of {', '.join(SLICES)}")
    paid = [_in_channel(tally, channel, by) for tally in with_costs(tallies, costs)]
    facts = [facts_by(tally, by) for tally in paid]
    names = labels(tallies[0], by, scenario.start)
    parts = [
        _rows(measure, names, measure.estimate(paid, by, facts), unit_of(measure, by, scenario.currency))
        for measure in MEASURES.values()
        if by in measure.slices
    ]
    return _frame(parts, COLUMNS[by])


OF_ONE_CHANNEL: tuple[By, ...] = (None, "interval", "day", "weekday_hour")


def _in_channel(tally: Tally, channel: str | None, by: By = None) -> Tally:
    if channel is None:
        return tally
    if channel not in tally.names.channels:
        raise ValueError(f"no channel is called {channel!r}; there are {', '.join(tally.names.channels)}")
    if by not in OF_ONE_CHANNEL:
        raise ValueError(f"one channel cannot be sliced by {by!r}; use interval, day or weekday_hour")
    return tally.in_channel(tally.names.channels.index(channel))


def bad_days_frame(tallies: Sequence[Tally], scenario: Scenario, channel: str | None = None) -> pd.DataFrame:
    """The worst day in ten: the 10th percentile of daily values (the 90th where more is worse).

    All days with something offered, of all replications together; the interval by leaving out one
    replication in turn. Columns as in `measures_frame`. It is a bad day to plan for, not the
    interval of a mean. `channel`: of its contacts only.
    """
    parts = []
    tallies = [_in_channel(tally, channel) for tally in tallies]
    offered = np.array([tally.by_day["offered"] > 0 for tally in tallies])
    for measure in MEASURES.values():
        if "day" in measure.slices:
            share = BAD_DAY if measure.better == "up" else 1.0 - BAD_DAY
            daily = np.array([measure.values(tally, "day") for tally in tallies])
            estimate = jackknife(np.where(offered, daily, np.nan), percentile_of_days(share))
            parts.append(_rows(measure, {}, estimate, unit_of(measure, "day", scenario.currency)))
    return _frame(parts, ())


def unit_of(measure: Measure, by: By = None, currency: str = "EUR") -> str:
    """The unit of a measure's values, such as 'share', 's', 'contacts/week' or 'EUR'."""
    if measure.unit in ("contacts", "hours"):
        return f"{measure.unit}/{'day' if by == 'day' else 'week'}"
    return currency if measure.unit == "money" else measure.unit


def _rows(measure: Measure, names: Mapping[str, Sequence[Any]], found: Estimate, unit: str) -> dict[str, Any]:
    factor = 1.0 / 3600.0 if measure.unit == "hours" else 1.0
    value = np.atleast_1d(found.value) * factor
    return {
        "measure": [measure.name] * len(value),
        **names,
        "value": value,
        "low": np.atleast_1d(found.low) * factor,
        "high": np.atleast_1d(found.high) * factor,
        "se": np.atleast_1d(found.se) * factor,
        "replications": np.atleast_1d(found.replications),
        "unit": [unit] * len(value),
    }


def _frame(parts: Sequence[Mapping[str, Any]], slice_columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    columns = ["measure", *slice_columns, "value", "low", "high", "se", "replications", "unit"]
    if not parts:
        return pd.DataFrame(columns=columns)
    joined = {name: np.concatenate([np.asarray(part[name]) for part in parts]) for name in columns}
    return pd.DataFrame(joined)
