"""Reading the call log of the Anonymous Bank: one tidy row a call, with its quirks dealt with.

The log is Technion's "Anonymous Bank" (Guedj & Mandelbaum, 2000), 1-20 February 1999. It is not
part of this project; only aggregates made from it are.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

FILE = "anonymous_bank_1999_feb01_20.csv"
FIRST_DAY = pd.Timestamp("1999-02-01")  # a Monday
DAYS = 20
HALF_HOUR = 1800
HALF_HOURS = 48
OPENING = {4: (7.0, 14.0), 5: (19.5, 24.0)}  # weekday -> hours; every other day 7:00 to 24:00

INTENTS = {
    "PS": "regular",
    "NE": "stock",
    "NW": "prospect",
    "PE": "english",
    "IN": "internet",
    "TT": "returned",
}

# Time spans the scenario does not try to reproduce, as (day, from, to) in hours of that day.
# 3 February: between 13:00 and 13:45 the VRU lost some 320 calls and four in five of those who
# reached the queue left it at once: an outage. 14 February, evening: three to five times the usual
# calls for two hours, half of them over in 20 seconds: something outside the bank happened.
UNUSUAL = ((2, 12.5, 14.5), (13, 20.5, 23.0))


def read(folder: Path) -> pd.DataFrame:
    """The log as one row a call, PHANTOM rows dropped.

    Columns: day (0 = 1 February), weekday (0 = Monday), intent, priority (0, 1, 2), customer,
    server, answered, queued, lost_in_vru, entered (s of the day: into the queue, or out of the VRU
    for calls answered at once), wait, talk (s), half_hour (0..47), unusual.
    """
    raw = pd.read_csv(folder / FILE, dtype={"customer_id": "str", "server": "str"})
    raw = raw[raw["outcome"] != "PHANTOM"].reset_index(drop=True)
    calls = pd.DataFrame(
        {
            "day": (pd.to_datetime(raw["date"]) - FIRST_DAY).dt.days,
            "intent": raw["type"].map(INTENTS),
            "priority": raw["priority"],
            "customer": raw["customer_id"],
            "server": raw["server"],
            "answered": raw["outcome"] == "AGENT",
            "queued": (raw["q_time"] > 0) | (raw["q_start"] != "0:00:00"),
            "entered": _entered(raw),
            "wait": raw["q_time"].astype(float),
            "talk": raw["ser_time"].astype(float),
        }
    )
    calls["weekday"] = calls["day"] % 7
    calls["lost_in_vru"] = ~calls["answered"] & ~calls["queued"]
    calls["half_hour"] = (calls["entered"] // HALF_HOUR).astype(int)
    calls["unusual"] = _unusual(calls)
    return calls


def offered(calls: pd.DataFrame) -> pd.DataFrame:
    """The calls that asked for a person in opening hours: all but those lost in the VRU."""
    hour = calls["entered"] / 3600
    opens = calls["weekday"].map(lambda weekday: opening(weekday)[0])
    closes = calls["weekday"].map(lambda weekday: opening(weekday)[1])
    return calls[~calls["lost_in_vru"] & (hour >= opens) & (hour < closes)].reset_index(drop=True)


def opening(weekday: int) -> tuple[float, float]:
    """Opening and closing hour of a weekday."""
    return OPENING.get(weekday, (7.0, 24.0))


def _seconds(column: pd.Series) -> pd.Series:
    return pd.to_timedelta(column).dt.total_seconds()


def _entered(raw: pd.DataFrame) -> pd.Series:
    """When the call asked for a person; after midnight it still belongs to the day it began."""
    start = _seconds(raw["vru_entry"])
    queued = (raw["q_time"] > 0) | (raw["q_start"] != "0:00:00")
    entered = _seconds(raw["q_start"]).where(queued, _seconds(raw["vru_exit"]))
    return entered.where(entered >= start - 43_200, entered + 86_400)


def _unusual(calls: pd.DataFrame) -> pd.Series:
    marked = pd.Series(False, index=calls.index)
    for day, start, end in UNUSUAL:
        hour = calls["entered"] / 3600
        marked |= (calls["day"] == day) & (hour >= start) & (hour < end)
    return marked


def days_observed() -> np.ndarray:
    """Days each (weekday, half-hour) was observed in the usual state: array (7, 48)."""
    seen = np.zeros((7, HALF_HOURS))
    for day in range(DAYS):
        seen[day % 7] += 1
    for day, start, end in UNUSUAL:
        seen[day % 7, int(start * 2) : int(end * 2)] -= 1
    return seen
