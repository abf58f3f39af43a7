"""Economics of one run: the ledger, what customers bring, ROI against no service; whole or by slice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.seen import Reading, Seen, frame
from ccsim.results.economics import roi

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes
    from ccsim.experiments.run import Run

Floats = npt.NDArray[np.float64]

SLICES: Final = ("month", "group", "site", "channel", "intent", "segment")
AFTER: Final = (12, 24, 36)  # months after which total ROI is told


def economics_frame(run: Run, by: str | None = None) -> pd.DataFrame:
    """What a centre costs and brings, whole or by slice; see `Run.economics`."""
    import pandas as pd

    from ccsim.experiments import earned, ledgers

    if by is None or by == "month":
        return whole(run.outcomes) if by is None else by_month(run.outcomes)
    if by == "group":
        return ledgers.by_group(run.outcomes)
    if by not in SLICES:
        raise ValueError(f"cannot slice economics by {by!r}; use one of {', '.join(SLICES)}")
    if by != "site":
        return earned.by_slice(run, by)
    lines = ledgers.by_site(run.outcomes).query("measure != 'cost'")
    return pd.concat([lines, earned.by_slice(run, by)], ignore_index=True)


def whole(outcomes: Outcomes) -> pd.DataFrame:
    """The ledger line by line, what customers bring, and total ROI; see `Run.economics`."""
    book, currency = outcomes.case.costs, outcomes.scenario.currency
    a_year = f"{currency}/year"
    readings = {name: Reading(a_year, line(name)) for name in (*book.lines, *book.shared)}
    readings["cost"] = Reading(a_year, lambda seen: np.array([[seen.side.ledger.total]]))
    readings |= {name: Reading(currency, line(name)) for name in (*book.once, "one_off")}
    readings |= _earned(currency)
    if outcomes.case.without is not None and not outcomes.missing:
        readings |= _against_none(currency)
    return frame(outcomes.seen, [], [()], readings)


def by_month(outcomes: Outcomes) -> pd.DataFrame:
    """Customers, contacts and money so far at the end of each month; see `Run.economics`."""
    currency = outcomes.scenario.currency
    months = [(month,) for month in range(1, len(outcomes.alone.stake.costs) + 1)]
    readings = {
        "customers": Reading("customers", lambda seen: seen.side.ahead.everybody.sum(axis=1)),
        "contacts": Reading("ratio", lambda seen: seen.side.served),
        "cost": Reading(currency, lambda seen: seen.stake.costs),
        "margin": Reading(currency, lambda seen: seen.side.margins.sum(axis=1)),
        "upsell": Reading(currency, lambda seen: seen.side.upsell),
        "word_of_mouth": Reading(currency, lambda seen: seen.side.word_of_mouth),
        "gains": Reading(currency, lambda seen: seen.stake.gains),
        "net": Reading(currency, lambda seen: seen.stake.gains - seen.stake.costs),
        "roi": Reading("percent", lambda seen: roi(seen.stake.gains, seen.stake.costs)),
    }
    return frame(outcomes.seen, ["month"], months, readings)


def roi_by_month(outcomes: Outcomes) -> pd.DataFrame:
    """Costs, gains and total ROI against no service at all, cumulative.

    Columns: month, costs, gains, gains_low, gains_high, roi, roi_low, roi_high (%, money; low and
    high: the 80 % band of the outcome model). nan unless the scenario states
    `economics.without_service` and its customers.
    """
    import pandas as pd

    wanted = {
        "cost": ("costs",),
        "gains": ("gains", "gains_low", "gains_high"),
        "roi": ("roi", "roi_low", "roi_high"),
    }
    found = by_month(outcomes).set_index(["measure", "month"])
    columns = {
        name: found.loc[measure, column]
        for measure, names in wanted.items()
        for name, column in zip(names, ("value", "model_low", "model_high"), strict=False)
    }
    return pd.DataFrame(columns).reset_index()


def line(name: str) -> Callable[[Seen], Floats]:
    """A line of the ledger over all groups; `one_off` without what has a line of its own."""
    return lambda seen: np.array([[seen.side.ledger.by_line[name]]])


def _earned(currency: str) -> dict[str, Reading]:
    """What customers bring over the horizon."""
    return {
        "margin": Reading(currency, lambda seen: _last(seen, seen.side.margins.sum(axis=1))),
        "upsell": Reading(currency, lambda seen: _last(seen, seen.side.upsell)),
        "word_of_mouth": Reading(currency, lambda seen: _last(seen, seen.side.word_of_mouth)),
        "at_stake": Reading(currency, lambda seen: seen.stake.at_stake[None]),
        "customers_lost": Reading("customers", lambda seen: seen.stake.customers_lost[None]),
        "lost_to_bad": Reading("customers", lambda seen: seen.stake.lost_to_bad[None]),
        "break_even_customers": Reading("customers", lambda seen: seen.stake.pays_for_itself[None]),
        "clv": Reading(currency, _worth),
    }


def _against_none(currency: str) -> dict[str, Reading]:
    """Against no service at all."""
    return {
        "gains": Reading(currency, lambda seen: _last(seen, seen.stake.gains)),
        "net": Reading(currency, lambda seen: _last(seen, seen.stake.gains - seen.stake.costs)),
        "npv": Reading(currency, lambda seen: seen.stake.npv[None]),
        "roi": Reading("percent", lambda seen: seen.stake.total_roi[None]),
        **{f"roi_{months}": Reading("percent", _roi_after(months)) for months in AFTER},
        "payback_month": Reading("month", lambda seen: seen.stake.payback[None]),
    }


def _last(seen: Seen, curve: Floats) -> Floats:
    """The curve at the horizon, as one row."""
    return np.asarray(curve[seen.stake.horizon - 1][None])


def _roi_after(months: int) -> Callable[[Seen], Floats]:
    return lambda seen: seen.stake.roi_after(months)[None]


def _worth(seen: Seen) -> Floats:
    """Value for ever of all customers of today."""
    each = seen.side.customers.count[:, None] * seen.side.value(seen.world.draws)
    return np.asarray(each.sum(axis=0)[None])
