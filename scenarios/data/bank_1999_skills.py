"""Which agents answer what, read off whom they took and whom they passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

CREDIT = {0: 0.0, 1: 90.0, 2: 180.0}  # seconds a caller of each rank is moved ahead in the queue
SCARCE = ("stock", "internet")
TAKEN_OFTEN, TAKEN_AT_TIMES, SEEN_AT_ONCE = 0.6, 0.4, 4


def skills_seen(calls: pd.DataFrame) -> pd.DataFrame:
    """For each agent and intent: queued calls taken, passed over, and calls taken at once.

    Passed over: the agent took another caller although one of this intent stood further ahead,
    wait credit counted, by more than five seconds.
    """
    count: Counter[tuple[str, str, str]] = Counter()
    for server, taken, intents, ahead in _choices(calls):
        count[server, taken, "taken"] += 1
        for intent in set(intents[ahead > 5]):
            count[server, intent, "passed"] += 1
    at_once = calls[~calls["queued"] & calls["server"].notna()]
    for server, intent in zip(at_once["server"], at_once["intent"], strict=True):
        count[server, intent, "at_once"] += 1
    table = pd.Series(count).unstack(fill_value=0)
    return table.reindex(columns=["taken", "passed", "at_once"], fill_value=0)


def stock_first(calls: pd.DataFrame) -> pd.Series:
    """Share of choices in which an agent took a stock caller though a regular one stood ahead."""
    rows = []
    for server, taken, intents, ahead in _choices(calls):
        stock, regular = ahead[intents == "stock"], ahead[intents == "regular"]
        among = taken in ("stock", "regular")
        if among and len(stock) and len(regular) and regular.max() > stock.max():
            rows.append((server, taken == "stock"))
    return pd.DataFrame(rows, columns=["server", "stock"]).groupby("server")["stock"].mean()


def groups(seen: pd.DataFrame, prefer: pd.Series) -> dict[str, str]:
    """Group of each agent: brokers, stock_desk, all_rounders, internet_desk or generalists.

    An agent has a scarce skill who takes its callers at least three times in five when one is
    first in the queue, or twice in five and has been seen with it at quiet times too.
    """
    out = {}
    for server in sorted(set(seen.index.get_level_values(0))):
        skills = [intent for intent in SCARCE if _has(seen, server, intent)]
        if "stock" in skills and prefer.get(server, 0.0) > 0.5:
            out[server] = "brokers"
        elif "stock" in skills:
            out[server] = "all_rounders" if "internet" in skills else "stock_desk"
        else:
            out[server] = "internet_desk" if "internet" in skills else "generalists"
    return out


def _has(seen: pd.DataFrame, server: str, intent: str) -> bool:
    if (server, intent) not in seen.index:
        return False
    row = seen.loc[(server, intent)]
    asked = row["taken"] + row["passed"]
    often = row["taken"] / asked if asked else 0.0
    return bool(often >= TAKEN_OFTEN or (often >= TAKEN_AT_TIMES and row["at_once"] >= SEEN_AT_ONCE))


def _choices(calls: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray, np.ndarray]]:
    """Each time an agent took a queued call: agent, its intent, and of everyone in the queue then
    (that call included) the intent and the seconds by which they stood ahead of it."""
    for _, day in calls.groupby("day"):
        queue = day[day["queued"]]
        start, intents = queue["entered"].to_numpy(), queue["intent"].to_numpy(object)
        end, server = start + queue["wait"].to_numpy(), queue["server"].to_numpy(object)
        score = start - queue["priority"].map(CREDIT).to_numpy()
        for i in np.flatnonzero((queue["answered"] & queue["server"].notna()).to_numpy()):
            there = (start < end[i] - 6) & (end > end[i] + 3)
            there[i] = True
            yield server[i], intents[i], intents[there], score[i] - score[there]


def inversions(calls: pd.DataFrame, first: tuple[str, int], then: tuple[str, int]) -> pd.DataFrame:
    """How often a later caller of class ``then`` was answered before an earlier one of ``first``.

    By seconds between the two arrivals, in steps of 30 s; a class is (intent, priority). The step
    at which this falls from nearly always to hardly ever is the wait credit.
    """
    rows = []
    for _, day in calls[calls["queued"] & calls["answered"]].groupby("day"):
        one = day[(day["intent"] == first[0]) & (day["priority"] == first[1])]
        two = day[(day["intent"] == then[0]) & (day["priority"] == then[1])]
        later = two["entered"].to_numpy()[None, :] - one["entered"].to_numpy()[:, None]
        done_one = (one["entered"] + one["wait"]).to_numpy()[:, None]
        done_two = (two["entered"] + two["wait"]).to_numpy()[None, :]
        both = (later > 0) & (two["entered"].to_numpy()[None, :] < done_one)
        both &= np.abs(done_one - done_two) > 8
        rows.append(np.column_stack([later[both] // 30 * 30, (done_two < done_one)[both]]))
    table = pd.DataFrame(np.concatenate(rows), columns=["later_by", "overtaken"])
    return table.groupby("later_by")["overtaken"].agg(["size", "mean"]).reset_index()
