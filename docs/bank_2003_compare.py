"""The 2003 bank's volumes as ccsim draws them, with and without busyness, beside the counts."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from ccsim.demand.arrivals import births
from ccsim.scenario import Scenario, load

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scenarios" / "data"))
from derive_bank_2003 import HERE as DATA
from derive_bank_2003 import STEPS, day_factors, dispersion, figures

SCENARIO = DATA.parent / "bank_2003.yaml"
# As long as the counts: a figure's range is what a record of that length may show.
SAMPLE = ("weeks=28", "warm_up=0 days", "follow_up=0 days")
MISSING = pd.DatetimeIndex(["2003-04-04", "2003-04-07", "2003-05-26", "2003-07-04", "2003-09-01"])
KINDS = {"fitted": None, "plain": "plain_poisson"}


def drawn_days(scenario: Scenario, replication: int) -> pd.DataFrame:
    """Counts drawn in one replication: a row a weekday (date), a column a slot (s of the day).

    The five weekdays that the counts do not hold are left out.
    """
    slots = 86_400 // scenario.interval
    days = scenario.weeks * 7
    count = np.zeros(days * slots, int)
    for cell in births(scenario, replication):
        number = (cell.born // scenario.interval).astype(int)
        count += np.bincount(number, minlength=days * slots)
    dates = [pd.Timestamp(scenario.start + timedelta(days=day)) for day in range(days)]
    table = pd.DataFrame(count.reshape(days, slots), index=pd.DatetimeIndex(dates))
    table.columns = np.arange(slots) * scenario.interval
    opened = table.sum(axis=0) > 0
    kept = (table.index.day_of_week < 5) & ~table.index.isin(MISSING)
    return table.loc[kept, opened[opened].index]


def samples(kind: str, replications: int) -> list[pd.DataFrame]:
    """Records as long as the counts of one kind of arrivals, ``fitted`` or ``plain``."""
    scenario = load(SCENARIO, variant=KINDS[kind], sets=SAMPLE)
    return [drawn_days(scenario, number) for number in range(replications)]


def compared(drawn: dict[str, list[pd.DataFrame]]) -> pd.DataFrame:
    """Figures by name: observed, and for each kind the mean and the 95 % range of its records."""
    seen = pd.read_csv(DATA / "bank_2003_observed.csv", comment="#", index_col="name")["value"]
    out = pd.DataFrame({"observed": seen})
    for kind, records in drawn.items():
        table = pd.DataFrame([figures(record) for record in records])
        out[kind] = table.mean()
        out[f"{kind}_low"], out[f"{kind}_high"] = table.quantile(0.025), table.quantile(0.975)
    return out


__all__ = ["DATA", "SCENARIO", "STEPS", "compared", "day_factors", "dispersion", "samples"]
