"""What the log says of its callers: ranks, patience, handling, redials and returns."""

from __future__ import annotations

import numpy as np
import pandas as pd

SEGMENTS = {2: "high", 1: "low", 0: "unranked"}
UNRANKED_INTENTS = ("prospect", "internet")  # no rank of theirs is kept: the log says 0
# Edges (s) at which the hazard of hanging up may change: fine where announcements are heard.
EDGES = (0, 3, 8, 15, 25, 40, 55, 70, 90, 120, 150, 180, 240, 300, 420)
FEWEST_EVENTS = 12  # bins are joined until each holds as many hang-ups
SHORT_CALL = 10.0  # seconds: below it the README of the data says to trim before fitting


def segment_shares(calls: pd.DataFrame) -> pd.DataFrame:
    """Share of each rank within each intent, as (intent x segment).

    A caller's rank is looked up only when the call has to queue (3 % of the `regular` calls ranked 0
    queued, all of those ranked 1 or 2), and nobody knows beforehand whether it will: so the ranked
    callers who queued stand for all callers of their intent.
    """
    ranked = calls[calls["queued"] & (calls["priority"] > 0) | (calls["intent"] == "returned")]
    ranked = ranked.assign(segment=ranked["priority"].map(SEGMENTS))
    unranked = ranked["intent"].isin(UNRANKED_INTENTS)
    counts = ranked[~unranked].groupby(["intent", "segment"]).size().unstack(fill_value=0)
    for intent in UNRANKED_INTENTS:
        counts.loc[intent] = 0
        counts.loc[intent, "unranked"] = 1
    return counts.div(counts.sum(axis=1), axis=0)[list(SEGMENTS.values())]


def hazards(calls: pd.DataFrame) -> pd.DataFrame:
    """Hazard of hanging up by intent: events / time at risk in each bin (Kaplan-Meier in bins).

    Hanging up is the event; being answered censors. Columns intent, start (s), hazard (per s),
    hangups, at_risk (callers still waiting at `start`). The last bin goes on for ever.
    """
    queued = calls[calls["queued"]]
    rows = []
    for intent, group in queued.groupby("intent"):
        rows += [(intent, *row) for row in _hazard_rows(group)]
    return pd.DataFrame(rows, columns=["intent", "start", "hazard", "hangups", "at_risk"])


def _hazard_rows(calls: pd.DataFrame) -> list[tuple[float, float, int, int]]:
    wait, left = calls["wait"].to_numpy(), ~calls["answered"].to_numpy()
    edges = _joined(wait[left])
    rows = []
    for start, end in zip(edges, [*edges[1:], np.inf], strict=True):
        exposure = np.clip(wait, start, end).sum() - start * len(wait)
        events = int((left & (wait >= start) & (wait < end)).sum())
        rows.append((start, events / exposure, events, int((wait >= start).sum())))
    return rows


def _joined(hangups: np.ndarray) -> list[float]:
    """The edges left after joining bins that hold too few hang-ups."""
    kept = [0.0]
    for edge in EDGES[1:]:
        inside = ((hangups >= kept[-1]) & (hangups < edge)).sum()
        beyond = (hangups >= edge).sum()
        if inside >= FEWEST_EVENTS and beyond >= FEWEST_EVENTS:
            kept.append(float(edge))
    return kept


def survival(table: pd.DataFrame, intent: str, seconds: float) -> float:
    """P(patience > seconds) under the fitted hazards, to compare with Kaplan-Meier."""
    rows = table[table["intent"] == intent]
    starts = rows["start"].to_numpy()
    ends = np.append(starts[1:], np.inf)
    spent = np.clip(seconds, starts, ends) - starts
    return float(np.exp(-(rows["hazard"].to_numpy() * spent).sum()))


def handling(calls: pd.DataFrame) -> pd.DataFrame:
    """Talk time by intent: share and mean of the short calls, mean and cv of the others.

    Calls under ten seconds are mostly broken off; a lognormal fits the others. Both occupy agents,
    so the scenario mixes them.
    """
    served = calls[calls["answered"] & (calls["talk"] > 0)]
    rows = []
    for intent, group in served.groupby("intent"):
        talk = group["talk"]
        short, full = talk[talk < SHORT_CALL], talk[talk >= SHORT_CALL]
        spread = full.std() / full.mean()
        share = len(short) / len(talk)
        rows.append((intent, len(talk), share, short.mean(), full.mean(), spread, talk.mean()))
    columns = ["intent", "calls", "short_share", "short_mean", "mean", "cv", "mean_of_all"]
    return pd.DataFrame(rows, columns=columns)


def talk_by_hour(calls: pd.DataFrame) -> pd.Series:
    """Mean talk of each hour over what its mix of intents alone would make it."""
    served = calls[calls["answered"] & (calls["talk"] > 0)]
    usual = served["intent"].map(served.groupby("intent")["talk"].mean())
    hour = served["half_hour"] // 2
    return served["talk"].groupby(hour).mean() / usual.groupby(hour).mean()


def returns(calls: pd.DataFrame, within: float = 3600.0) -> pd.DataFrame:
    """How often known callers come back, after hanging up and after being served.

    Only callers who queue are known by number, so a return answered at once is not seen. The seen
    share is divided by the chance that a call queues, taken at the time of each return missed
    or not (the share queued in the same half-hour of the same day). Biased all the same: it
    assumes that those known are like those unknown, and one hour hides later returns.
    """
    known = calls[calls["customer"].notna() & calls["queued"]].copy()
    known["at"] = known["day"] * 86_400 + known["entered"]
    known = known.sort_values(["customer", "at"])
    follows = known.groupby("customer")["at"].shift(-1) - known["at"] - known["wait"] - known["talk"]
    queues = calls.groupby(["day", "half_hour"])["queued"].mean()
    keys = pd.MultiIndex.from_frame(known[["day", "half_hour"]])
    chance = queues.reindex(keys).to_numpy()
    rows = []
    for name, mask in (("after_hanging_up", ~known["answered"]), ("after_service", known["answered"])):
        seen = (follows[mask] <= within).to_numpy()
        delay = follows[mask][seen]
        corrected = seen.sum() / chance[mask.to_numpy()].sum()
        rows.append((name, int(mask.sum()), seen.mean(), corrected, delay.mean(), delay.median()))
    columns = ["what", "callers", "seen_share", "corrected_share", "mean_delay", "median_delay"]
    return pd.DataFrame(rows, columns=columns)
