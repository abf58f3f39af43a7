"""The measures a second time, from the tidy tables with pandas: slow, plain, no shared code."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd

from ccsim.centre.journal import Journal
from ccsim.results.tables import to_frames

START = datetime.date(2026, 1, 5)
SEVEN_DAYS = pd.Timedelta(days=7)
ASKED = ("handled", "abandoned", "balked", "blocked", "waiting", "in_hand", "transferred")
ANSWERED = ("handled", "transferred", "in_hand")


class Route:
    """The tables of a journal, cut to the counted weeks."""

    def __init__(self, journal: Journal, within: float = 20.0, short: float = 5.0) -> None:
        self.tables = to_frames(journal, START)
        self.within, self.short = within, short
        self.end = pd.Timestamp(START) + pd.Timedelta(seconds=journal.end)
        legs = self.tables["legs"]
        contacts = self.tables["contacts"]
        first = legs[legs.leg == 0].set_index("contact")
        self.contacts = contacts.assign(first=first.outcome.astype(str))[contacts.counted]
        self.legs = legs.assign(first=legs.outcome.astype(str))[legs.counted]
        self.issues = self.tables["issues"][self.tables["issues"].counted]

    def service(self, rows: pd.DataFrame) -> dict[str, float]:
        """Service measures of some contacts or legs."""
        asked = rows[rows.outcome.isin(ASKED)]
        answered = asked[asked["first"].isin(ANSWERED)]
        hung_up = asked[asked["first"] == "abandoned"]
        lost = (asked.outcome == "abandoned").sum()
        n, short = len(asked), (hung_up.wait < self.short).sum()
        in_time = (answered.wait <= self.within).sum()
        early = (hung_up.wait <= self.within).sum()
        known = asked[asked["first"] != "waiting"]
        return {
            "service_level": _share(in_time, n - short),
            "service_level_answered": _share(in_time, len(answered)),
            "service_level_offered": _share(in_time, n),
            "service_level_early": _share(in_time + early, n),
            "abandonment": _share(lost - short, n - short),
            "abandonment_all": _share(lost, n),
            "blocked": _share((asked.outcome == "blocked").sum(), n),
            "balked": _share((asked.outcome == "balked").sum(), n),
            "asa": answered.wait.mean(),
            "wait_p80": _quantile(answered.wait, 0.8),
            "wait_all_p95": _quantile(known.wait, 0.95),
        }

    def fcr(self) -> dict[str, float]:
        """FCR true and observed."""
        contacts, issues = self.tables["contacts"], self.tables["issues"]
        legs = self.tables["legs"]
        solved = legs[legs.resolved].contact
        handled = contacts[contacts.outcome == "handled"].drop_duplicates("issue")
        handled = handled[handled.issue.isin(self.issues.issue)]
        customer = contacts.issue.map(issues.set_index("issue").customer)
        known = customer >= 0
        whose = [
            np.where(known, customer, -1 - contacts.issue),
            np.where(known, contacts.intent.astype(str), ""),
            np.where(known, contacts.segment.astype(str), ""),
        ]
        following = contacts.groupby(whose).arrived.shift(-1) - contacts.arrived
        complete = handled[handled.arrived + SEVEN_DAYS <= self.end].contact
        quiet = ~(following[complete] <= SEVEN_DAYS)
        return {
            "fcr": handled.contact.isin(solved).mean(),
            "fcr_observed": quiet.mean(),
        }

    def occupancy(self, journal: Journal) -> float:
        """Busy over seated, from agent spells cut to the counted weeks."""
        spells = journal.spells()
        cut = np.clip([spells.start, spells.end], 0.0, journal.counted_until)
        length = pd.Series(cut[1] - cut[0]).groupby(spells.state).sum()
        busy, ready = length.get(6, 0.0), length.get(5, 0.0)
        return float(busy / (busy + ready))


def _share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")


def _quantile(waits: pd.Series, share: float) -> float:
    """The shortest wait that at least this share did not exceed."""
    known = np.sort(waits.to_numpy())
    return float(known[max(0, int(np.ceil(share * len(known) - 1e-9)) - 1)])
